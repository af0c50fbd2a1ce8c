use std::{sync::Arc, time::Duration};

use http::HeaderValue;

use super::{Observer, Retry, Site, Target};
use crate::{Credentials, Error, Service};

/// What a client was set up with, checked.
pub(super) struct Settings {
    pub(super) service: &'static Service,
    pub(super) credentials: Credentials,
    pub(super) target: Arc<Target>,
    pub(super) site: Option<Site>,
    pub(super) region: Option<HeaderValue>,
    pub(super) language: Option<Language>,
    /// How long a call may take, all its attempts and pauses together.
    pub(super) timeout: Duration,
    /// How long the service may be silent.
    pub(super) silence: Duration,
    pub(super) response_bytes: usize,
    pub(super) retry: Retry,
    pub(super) observer: Option<Arc<dyn Observer>>,
}

/// The language of the service's messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Language {
    /// `en-US`
    English,
    /// `zh-CN`
    Chinese,
}

impl Language {
    /// The value of `X-TC-Language`.
    pub(super) fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::English => "en-US",
            Self::Chinese => "zh-CN",
        })
    }
}

/// Refuses a service whose name could not stand in a signature.
pub(super) fn check_service(service: &Service) -> Result<(), Error> {
    for (what, text) in [("name", service.name), ("version", service.version)] {
        if !is_label(text) {
            return Err(Error::setting(
                "service",
                format_args!(
                    "the {what} `{}` cannot be one; it may have letters, digits, hyphens and underscores",
                    text.escape_debug()
                ),
            ));
        }
    }
    Ok(())
}

pub(super) fn region(region: &str) -> Result<HeaderValue, Error> {
    let refused = || {
        Error::setting(
            "region",
            format_args!(
                "`{}` cannot be one; it may have letters, digits and hyphens, like `ap-guangzhou`",
                region.escape_debug()
            ),
        )
    };
    if !is_label(region) {
        return Err(refused());
    }
    HeaderValue::from_str(region).map_err(|_| refused())
}

pub(super) fn check_duration(name: &str, duration: Duration) -> Result<(), Error> {
    if duration.is_zero() {
        return Err(Error::setting(
            name,
            "no call is done in no time; it may be any duration but 0",
        ));
    }
    Ok(())
}

/// Whether a name can stand in a header and in a signature.
pub(super) fn is_label(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}
