//! The common request headers.

use tc3::CommonError;

use super::authorization::{Authorization, FORMAT};
use super::headers::{once, optional_headers, required};
use super::raw::Raw;
use super::shape::is_older_signature;
use super::understood::Understood;
use crate::service_error::ServiceError;

/// The common request headers.
pub(super) struct Common {
    pub(super) action: String,
    pub(super) version: String,
    pub(super) timestamp: u64,
    pub(super) authorization: Authorization,
}

/// Parses the common headers.
pub(super) fn parse(raw: &Raw, understood: &mut Understood) -> Result<Common, ServiceError> {
    let action = once(raw, "X-TC-Action")?;
    understood.action.clone_from(&action);
    let version = once(raw, "X-TC-Version")?;
    understood.version.clone_from(&version);
    understood.region = once(raw, "X-TC-Region")?.filter(|region| !region.is_empty());
    let timestamp = once(raw, "X-TC-Timestamp")?;
    let authorization = once(raw, "Authorization")?;
    if action.is_none() && authorization.is_none() && is_older_signature(raw) {
        return Err(ServiceError::common(
            CommonError::AuthFailureInvalidAuthorization,
            "The request is signed with HmacSHA1 or HmacSHA256; the emulator accepts only TC3-HMAC-SHA256.",
        ));
    }
    let action = required(action, "X-TC-Action")?;
    let version = required(version, "X-TC-Version")?;
    let timestamp = required(timestamp, "X-TC-Timestamp")?;
    let timestamp = timestamp
        .parse()
        .ok()
        .filter(|_| timestamp.bytes().all(|byte| byte.is_ascii_digit()))
        .ok_or_else(|| {
            ServiceError::common(
                CommonError::InvalidParameter,
                format_args!(
                    "The header X-TC-Timestamp must be a Unix time in seconds; got `{timestamp}`."
                ),
            )
        })?;
    understood.timestamp = Some(timestamp);
    optional_headers(raw)?;

    let unauthorized = |problem: &str| {
        ServiceError::common(
            CommonError::AuthFailureInvalidAuthorization,
            format_args!("The header Authorization {problem}; expected `{FORMAT}`."),
        )
    };
    let authorization = match authorization.as_deref() {
        None | Some("") => return Err(unauthorized("is missing")),
        Some("SKIP") => {
            return Err(unauthorized(
                "is SKIP, but no action in the specs accepts unsigned requests",
            ));
        }
        Some(value) => Authorization::parse(value)
            .map_err(|problem| unauthorized(&format!("is malformed: {problem}")))?,
    };
    understood.secret_id = Some(authorization.secret_id.clone());
    understood.signed_headers = authorization.names().collect();
    Ok(Common {
        action,
        version,
        timestamp,
        authorization,
    })
}
