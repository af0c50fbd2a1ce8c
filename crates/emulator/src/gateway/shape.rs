//! Checks of method, path, sizes and content type.

use hyper::Method;
use tc3::CommonError;

use super::headers::{once, required};
use super::raw::{Body, Raw};
use crate::service_error::ServiceError;

/// The maximum query size of a GET, in bytes.
const MAX_QUERY: usize = 32 * 1024;

/// The maximum body size of a POST, in bytes.
pub(crate) const BODY_LIMIT: usize = 10 * 1024 * 1024;

/// Checks method, path, sizes and content type.
pub(super) fn check(raw: &Raw) -> Result<(), ServiceError> {
    if raw.method != Method::GET && raw.method != Method::POST {
        return Err(ServiceError::common(
            CommonError::UnsupportedProtocol,
            format_args!(
                "The method {} is not supported; use GET or POST.",
                raw.method
            ),
        ));
    }
    let too_large = |part: &str, limit: usize| {
        ServiceError::common(
            CommonError::RequestSizeLimitExceeded,
            format_args!("{part} is larger than {limit} bytes."),
        )
    };
    if raw.method == Method::GET && raw.query.as_deref().unwrap_or_default().len() > MAX_QUERY {
        return Err(too_large("The request query", MAX_QUERY));
    }
    if raw.body == Body::TooLarge {
        return Err(too_large("The request body", BODY_LIMIT));
    }
    if raw.path != "/" {
        return Err(ServiceError::common(
            CommonError::InvalidParameter,
            format_args!("The request path must be `/`; got `{}`.", raw.path),
        ));
    }
    let content_type = required(once(raw, "Content-Type")?, "Content-Type")?;
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    let is = |name: &str| essence.eq_ignore_ascii_case(name);
    if raw.method == Method::POST {
        if is("application/json") || (is(FORM_TYPE) && is_older_signature(raw)) {
            return Ok(());
        }
        if is("multipart/form-data") {
            return Err(ServiceError::common(
                CommonError::InvalidRequest,
                "The emulator does not support multipart/form-data.",
            ));
        }
    } else if is(FORM_TYPE) || is("application/json") {
        return Ok(());
    }
    let expected = if raw.method == Method::GET {
        FORM_TYPE
    } else {
        "application/json"
    };
    Err(ServiceError::common(
        CommonError::InvalidParameter,
        format_args!(
            "The content type of a {} must be `{expected}`; got `{content_type}`.",
            raw.method
        ),
    ))
}

const FORM_TYPE: &str = "application/x-www-form-urlencoded";

/// Whether a request uses the older signature, which is sent as a parameter.
pub(super) fn is_older_signature(raw: &Raw) -> bool {
    let body = raw.body();
    let query = raw.query.as_deref().unwrap_or_default().as_bytes();
    let parameters = if raw.method == Method::GET {
        query
    } else {
        &body
    };
    parameters
        .split(|byte| *byte == b'&')
        .any(|part| part.starts_with(b"Signature="))
}
