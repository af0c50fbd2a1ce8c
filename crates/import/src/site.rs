//! The vendor's two sites.

use std::fmt;

/// A site of the vendor. Each has its own domain names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Site {
    /// The international site: `cvm.intl.tencentcloudapi.com`.
    Intl,
    /// The site of mainland China: `cvm.tencentcloudapi.com`.
    Mainland,
}

impl Site {
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
