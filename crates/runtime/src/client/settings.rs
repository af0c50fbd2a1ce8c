use std::{sync::Arc, time::Duration};

use http::HeaderValue;

use super::{Observer, Retry};
use crate::{
    Error, Service, Site,
    check::{check_name, refuse_zero},
};

/// Settings of a client that need no conversion.
pub(super) struct Settings {
    pub(super) service: &'static Service,
    pub(super) site: Option<Site>,
    pub(super) language: Option<Language>,
    pub(super) timeout: Duration,
    pub(super) read_timeout: Duration,
    pub(super) response_limit: usize,
    pub(super) retry: Retry,
    pub(super) observer: Option<Arc<dyn Observer>>,
}

impl Settings {
    pub(super) fn check(&self) -> Result<(), Error> {
        for name in [self.service.name, self.service.version] {
            check_name(name).map_err(|problem| Error::setting("service", problem))?;
        }
        refuse_zero("timeout", self.timeout.is_zero())?;
        refuse_zero("read_timeout", self.read_timeout.is_zero())?;
        refuse_zero("response_limit", self.response_limit == 0)?;
        self.retry.check()
    }
}

/// Language of the service's messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Language {
    /// `en-US`
    English,
    /// `zh-CN`
    Chinese,
}

impl Language {
    /// Returns the value of `X-TC-Language`.
    pub(super) fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::English => "en-US",
            Self::Chinese => "zh-CN",
        })
    }
}
