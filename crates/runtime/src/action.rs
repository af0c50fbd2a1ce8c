use crate::Service;

/// One action of a service: all that a client needs to know of it besides its parameters.
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
    /// The action's name, as it is sent in `X-TC-Action`.
    pub name: &'static str,
    /// The version of the service that the action belongs to.
    pub service: &'static Service,
    /// How many requests a second the documentation allows, if it says so.
    pub rate_limit: Option<u32>,
    /// Whether the action needs a region.
    pub region: Region,
    /// Whether the action only reads, so that it does no harm twice.
    pub access: Access,
    /// Whether the action has the parameter `ClientToken`, by which the service recognizes a call that it had before.
    pub client_token: bool,
    /// The documented error codes with their meanings, in the documentation's order.
    pub errors: &'static [(&'static str, &'static str)],
}

impl Action {
    /// An action of `service`, without documented rate limit and error codes, that may be given a region.
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

    /// Sets whether the action only reads. Without it, an action counts as one that changes something.
    pub const fn access(mut self, access: Access) -> Self {
        self.access = access;
        self
    }

    /// Sets whether the action has the parameter `ClientToken`.
    pub const fn client_token(mut self, has: bool) -> Self {
        self.client_token = has;
        self
    }

    /// Sets the documented rate, in requests a second.
    pub const fn rate_limit(mut self, requests_a_second: u32) -> Self {
        self.rate_limit = Some(requests_a_second);
        self
    }

    /// Sets whether the action needs a region.
    pub const fn region(mut self, region: Region) -> Self {
        self.region = region;
        self
    }

    /// Sets the documented error codes, each with its meaning.
    pub const fn errors(mut self, errors: &'static [(&'static str, &'static str)]) -> Self {
        self.errors = errors;
        self
    }

    /// The documented meaning of one of the action's own error codes.
    pub(crate) fn meaning(&self, code: &str) -> Option<&'static str> {
        self.errors
            .iter()
            .find(|(documented, _)| *documented == code)
            .map(|(_, meaning)| *meaning)
    }
}

/// Whether an action needs a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// A call without a region is refused before anything is sent.
    Required,
    /// The region is sent if the client has one.
    Optional,
    /// The service takes no notice of a region, so none is sent.
    Unused,
}

/// What an action does to what the service keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It only reads: a call whose answer was lost can be sent again.
    Read,
    /// It changes something, or may: a call is sent again only where nothing can have happened.
    Write,
}
