/// One version of a service.
///
/// ```
/// use tc3::Service;
///
/// static SERVICE: Service =
///     Service::new("organization", "2021-03-31", "organization.intl.tencentcloudapi.com");
/// assert_eq!(SERVICE.name, "organization");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Service {
    /// The service's short name, as in credential scopes: `organization`.
    pub name: &'static str,
    /// The version of the API, a date: `2021-03-31`.
    pub version: &'static str,
    /// The domain name of the default endpoint.
    pub endpoint: &'static str,
}

impl Service {
    /// Creates a service from its short name, the version of its API and its domain name.
    pub const fn new(name: &'static str, version: &'static str, endpoint: &'static str) -> Self {
        Self {
            name,
            version,
            endpoint,
        }
    }
}
