//! The name and version of a package.

use tc3_spec::Site;

/// The name and version of a package on PyPI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distribution {
    /// The name: `tccli-intl-en`.
    pub name: String,
    /// The version: `3.1.193.1`.
    pub version: String,
}

impl Distribution {
    /// Parses the header of a `METADATA` file, with lines like `Name: tccli`.
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

    /// Returns the site whose services the package describes, from its name.
    pub fn site(&self) -> Site {
        if self.name.contains("intl") {
            Site::Intl
        } else {
            Site::Mainland
        }
    }
}
