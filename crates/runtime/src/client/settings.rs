use http::HeaderValue;

use crate::{Credential, Error, Service, endpoint::Endpoint, transport::Limits};

/// What a client was set up with, checked. `Debug` shows no secret, as the credential's own shows none.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) service: &'static Service,
    pub(super) credential: Credential,
    pub(super) endpoint: Endpoint,
    pub(super) region: Option<HeaderValue>,
    pub(super) limits: Limits,
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

fn is_label(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}
