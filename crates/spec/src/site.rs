//! The vendor's two sites.

use std::fmt;
use std::str::FromStr;

/// A site of the vendor. Each has its own domain names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Site {
    /// The international site: `cvm.intl.tencentcloudapi.com`.
    Intl,
    /// The site of mainland China: `cvm.tencentcloudapi.com`.
    Mainland,
}

impl Site {
    /// Both sites.
    pub const ALL: [Site; 2] = [Site::Intl, Site::Mainland];

    /// Returns the name that options and files use: `intl` or `mainland`.
    pub fn name(self) -> &'static str {
        match self {
            Site::Intl => "intl",
            Site::Mainland => "mainland",
        }
    }

    /// Returns the domain name of a service.
    pub fn endpoint(self, service: &str) -> String {
        match self {
            Site::Intl => format!("{service}.intl.tencentcloudapi.com"),
            Site::Mainland => format!("{service}.tencentcloudapi.com"),
        }
    }
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Site::Intl => "the international site",
            Site::Mainland => "the site of mainland China",
        })
    }
}

/// Error for a text that is not the name of a site.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown site `{0}`: expected `intl` or `mainland`")]
pub struct UnknownSite(String);

impl FromStr for Site {
    type Err = UnknownSite;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let named = Site::ALL.into_iter().find(|site| site.name() == name);
        named.ok_or_else(|| UnknownSite(name.to_owned()))
    }
}
