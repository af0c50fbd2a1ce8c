//! What can be told of a request before its headers are understood.

use hyper::Method;
use tc3::CommonError;

use super::headers::{once, required};
use super::raw::{Body, Raw};
use crate::service_error::ServiceError;

/// How long the query of a GET may be, in bytes.
const QUERY_LIMIT: usize = 32 * 1024;

/// How long the body of a POST may be, in bytes.
pub(crate) const BODY_LIMIT: usize = 10 * 1024 * 1024;

/// What can be told before anything is read: method, path, sizes, content type.
pub(super) fn check(raw: &Raw) -> Result<(), ServiceError> {
    if raw.method != Method::GET && raw.method != Method::POST {
        return Err(ServiceError::common(
            CommonError::UnsupportedProtocol,
            format_args!(
                "The method {} is not supported; only GET and POST are.",
                raw.method
            ),
        ));
    }
    let too_large = |what: &str, limit: usize| {
        ServiceError::common(
            CommonError::RequestSizeLimitExceeded,
            format_args!("{what} is larger than {limit} bytes."),
        )
    };
    if raw.method == Method::GET && raw.query.as_deref().unwrap_or_default().len() > QUERY_LIMIT {
        return Err(too_large("The query of the request", QUERY_LIMIT));
    }
    if raw.body == Body::TooLarge {
        return Err(too_large("The body of the request", BODY_LIMIT));
    }
    if raw.path != "/" {
        return Err(ServiceError::common(
            CommonError::InvalidParameter,
            format_args!(
                "The path of the request is `{}`, and actions are called at `/`.",
                raw.path
            ),
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
                "The emulator knows no action that takes multipart/form-data.",
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
            "The content type of a {} must be `{expected}`, and is `{content_type}`.",
            raw.method
        ),
    ))
}

const FORM_TYPE: &str = "application/x-www-form-urlencoded";

/// Whether a request is signed in the older way, in which the signature is a parameter.
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
