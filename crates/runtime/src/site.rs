/// Site that selects the host of a service.
///
/// A service has a host on the vendor's international site, one on the mainland's, and one in each region. Its
/// documentation names one of them, which is the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Site {
    /// `organization.intl.tencentcloudapi.com`
    International,
    /// `organization.tencentcloudapi.com`
    Mainland,
    /// `organization.ap-guangzhou.tencentcloudapi.com`, for the region of the client or of the call.
    Regional,
}

impl Site {
    /// Parses the name of a site in an environment variable or a profile.
    pub(crate) fn parse(name: &str) -> Result<Self, &'static str> {
        match name {
            "intl" => Ok(Self::International),
            "mainland" => Ok(Self::Mainland),
            _ => Err("is not a site; use `intl` or `mainland`"),
        }
    }
}
