//! What a package calls itself.

use crate::Site;

/// The name and version of a package on PyPI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distribution {
    /// The name: `tccli-intl-en`.
    pub name: String,
    /// The version: `3.1.193.1`.
    pub version: String,
}

impl Distribution {
    /// Reads the head of a `METADATA` file, lines like `Name: tccli`.
    pub(crate) fn from_metadata(text: &str) -> Option<Self> {
        let head = || text.lines().take_while(|line| !line.is_empty());
        let value = |key: &str| {
            head()
                .find_map(|line| line.strip_prefix(key))
                .map(str::trim)
        };
        Some(Self {
            name: value("Name:")?.to_owned(),
            version: value("Version:")?.to_owned(),
        })
    }

    /// The site whose services the package describes, as its name tells.
    pub fn site(&self) -> Site {
        if self.name.contains("intl") {
            Site::Intl
        } else {
            Site::Mainland
        }
    }
}
