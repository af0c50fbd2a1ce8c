//! Checks of settings.

use http::HeaderValue;

use crate::Error;

pub(crate) fn region(region: &str) -> Result<HeaderValue, Error> {
    check_name(region).map_err(|problem| Error::setting("region", problem))
}

pub(crate) fn refuse_zero(setting: &str, is_zero: bool) -> Result<(), Error> {
    if is_zero {
        return Err(Error::setting(setting, "must be greater than zero"));
    }
    Ok(())
}

/// Checks the name of an action.
pub(crate) fn action(name: &str) -> Result<(), Error> {
    let checked = check_name(name).map(drop);
    checked.map_err(|problem| Error::request(format!("action {problem}")))
}

/// Returns a name as the value of a header, or the problem. A valid name is also valid in a signature.
pub(crate) fn check_name(name: &str) -> Result<HeaderValue, String> {
    let is_valid = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    match HeaderValue::from_str(name) {
        Ok(value) if !name.is_empty() && name.bytes().all(is_valid) => Ok(value),
        _ => Err(format!(
            "`{}` is invalid; use letters, digits, hyphens and underscores only",
            name.escape_debug()
        )),
    }
}
