use crate::Service;

/// Action of a service.
///
/// ```
/// use tc3::{Action, Region, Service};
///
/// static SERVICE: Service =
///     Service::new("organization", "2021-03-31", "organization.intl.tencentcloudapi.com");
/// static ACTION: Action = Action::new("AddOrganizationMemberEmail", &SERVICE)
///     .rate_limit(20)
///     .region(Region::Unused)
///     .errors(&[("FailedOperation.EmailAlreadyUsed", "The email has been used.")]);
/// assert_eq!(ACTION.rate_limit, Some(20));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Action {
    /// Name, as it is sent in `X-TC-Action`.
    pub name: &'static str,
    /// Version of the service that the action belongs to.
    pub service: &'static Service,
    /// Documented rate limit, in requests per second.
    pub rate_limit: Option<u32>,
    /// Whether the action takes a region.
    pub region: Region,
    /// Whether the action may modify state.
    pub access: Access,
    /// Whether the action has the parameter `ClientToken`, by which the service recognizes a repeated call.
    pub client_token: bool,
    /// Documented error codes and their meanings, in the documentation's order.
    pub errors: &'static [(&'static str, &'static str)],
}

impl Action {
    /// Returns an action that may modify state and takes an optional region, without documented rate limit and error codes.
    pub const fn new(name: &'static str, service: &'static Service) -> Self {
        Self {
            name,
            service,
            rate_limit: None,
            region: Region::Optional,
            access: Access::Write,
            client_token: false,
            errors: &[],
        }
    }

    /// Sets whether the action may modify state.
    pub const fn access(mut self, access: Access) -> Self {
        self.access = access;
        self
    }

    /// Sets whether the action has the parameter `ClientToken`.
    pub const fn client_token(mut self, has: bool) -> Self {
        self.client_token = has;
        self
    }

    /// Sets the documented rate limit.
    pub const fn rate_limit(mut self, requests_per_second: u32) -> Self {
        self.rate_limit = Some(requests_per_second);
        self
    }

    /// Sets whether the action takes a region.
    pub const fn region(mut self, region: Region) -> Self {
        self.region = region;
        self
    }

    /// Sets the documented error codes and their meanings.
    pub const fn errors(mut self, errors: &'static [(&'static str, &'static str)]) -> Self {
        self.errors = errors;
        self
    }
}

/// Whether an action takes a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// A region is required; a call without one fails before anything is sent.
    Required,
    /// The region is sent if one is set.
    Optional,
    /// The service ignores the region, so none is sent.
    Unused,
}

/// Whether an action may modify state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Only reads: a call can be retried even if the service has acted.
    Read,
    /// May modify state: a call is retried only if the service cannot have acted.
    Write,
}
