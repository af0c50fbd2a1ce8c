//! Request headers.

use tc3::CommonError;

use super::raw::Raw;
use crate::service_error::ServiceError;

/// The maximum length of `X-TC-RequestClient`.
const MAX_CLIENT_LENGTH: usize = 128;

/// Checks the optional headers.
pub(super) fn optional_headers(raw: &Raw) -> Result<(), ServiceError> {
    let refused = |header: &str, value: &str, expected: &str| {
        Err(ServiceError::common(
            CommonError::InvalidParameter,
            format_args!("The header {header} must be {expected}; got `{value}`."),
        ))
    };
    if let Some(language) = once(raw, "X-TC-Language")?
        && !matches!(language.as_str(), "zh-CN" | "en-US")
    {
        return refused("X-TC-Language", &language, "zh-CN or en-US");
    }
    if let Some(client) = once(raw, "X-TC-RequestClient")? {
        let is_valid = client
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_ ,;.".contains(&byte));
        if client.is_empty() || client.len() > MAX_CLIENT_LENGTH || !is_valid {
            return refused(
                "X-TC-RequestClient",
                &client,
                "up to 128 letters, digits, spaces and `-_,;.`",
            );
        }
    }
    Ok(())
}

/// Returns a header that must not be repeated.
pub(super) fn once(raw: &Raw, name: &str) -> Result<Option<String>, ServiceError> {
    let lower = name.to_ascii_lowercase();
    let mut values = raw.values(&lower);
    let first = values.next();
    if values.next().is_some() {
        return Err(ServiceError::common(
            CommonError::InvalidParameter,
            format_args!("The header {name} is repeated; send it once."),
        ));
    }
    Ok(first)
}

/// Returns the value of a required header.
pub(super) fn required(value: Option<String>, name: &str) -> Result<String, ServiceError> {
    value.filter(|value| !value.is_empty()).ok_or_else(|| {
        ServiceError::common(
            CommonError::MissingParameter,
            format_args!("The request is missing the required header {name}."),
        )
    })
}

/// Returns the name or address in a `Host` header.
pub(super) fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => name,
        _ => host,
    }
}
