//! Checks that a caller may call an action: permission, region and rate limit.

use tc3::CommonError;
use tc3_spec::{Action, Region};

use super::action::Documented;
use super::rate::Rates;
use crate::Caller;
use crate::service_error::ServiceError;

/// Checks that the account may call the action.
pub(super) fn check_permission(caller: &Caller, name: &str) -> Result<(), ServiceError> {
    if caller.denied.iter().any(|denied| denied == name) {
        return Err(ServiceError::common(
            CommonError::AuthFailureUnauthorizedOperation,
            format_args!("Account {} is not allowed to call `{name}`.", caller.uin),
        ));
    }
    Ok(())
}

/// Checks that a region is well-formed, and given if it is required.
pub(super) fn check_region(region: Option<&str>, action: &Action) -> Result<(), ServiceError> {
    match (region, action.region) {
        (None, Some(Region::Required)) => Err(ServiceError::common(
            CommonError::MissingParameter,
            "The request is missing the required parameter `Region`.",
        )),
        (Some(region), _) if !is_region(region) => Err(ServiceError::common(
            CommonError::UnsupportedRegion,
            format_args!("The region `{region}` does not exist."),
        )),
        _ => Ok(()),
    }
}

fn is_region(region: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    region.bytes().all(is_word)
}

/// Counts a call against the rate limit of its action.
pub(super) fn check_rate(
    rates: &Rates,
    caller: &Caller,
    called: Documented<'_>,
    now: u64,
) -> Result<(), ServiceError> {
    let Documented { spec, name, action } = called;
    let key = || format!("{} {} {name}", spec.service, spec.version);
    match action.rate_limit {
        Some(limit) if !rates.admit(caller.uin, key(), limit, now) => Err(ServiceError::common(
            CommonError::RequestLimitExceeded,
            format_args!("The rate limit of `{name}` was exceeded: {limit} per second."),
        )),
        _ => Ok(()),
    }
}
