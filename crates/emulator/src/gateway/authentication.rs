//! Authenticates callers.

use tc3::CommonError;
use tc3::signature::credential_scope;

use super::authorization::{Mismatch, signature_error};
use super::common::Common;
use super::headers::once;
use super::raw::Raw;
use super::times::Times;
use crate::Caller;
use crate::service_error::ServiceError;

/// The maximum difference between the signature's time and the emulator's, in seconds.
pub(crate) const WINDOW: u64 = 300;

/// Returns the caller after verifying the signature.
pub(super) fn authenticate<'a>(
    callers: &'a [Caller],
    raw: &Raw,
    common: &Common,
    times: Times,
) -> Result<&'a Caller, ServiceError> {
    let authorization = &common.authorization;
    for name in ["content-type", "host"] {
        if !authorization.names().any(|signed| signed == name) {
            return Err(ServiceError::common(
                CommonError::AuthFailureInvalidAuthorization,
                format_args!(
                    "The header Authorization does not list `{name}` among the signed headers."
                ),
            ));
        }
    }
    if let Some(missing) = authorization
        .names()
        .find(|name| raw.header(name).is_none())
    {
        return Err(signature_error(format_args!(
            "the header `{missing}` is listed as signed but was not sent"
        )));
    }
    let caller = callers
        .iter()
        .find(|caller| caller.secret_id == authorization.secret_id)
        .ok_or_else(|| {
            ServiceError::common(
                CommonError::AuthFailureSecretIdNotFound,
                format_args!(
                    "The secret id `{}` does not exist in the emulator.",
                    authorization.secret_id
                ),
            )
        })?;
    if times.client_time.abs_diff(common.timestamp) > WINDOW {
        return Err(ServiceError::common(
            CommonError::AuthFailureSignatureExpire,
            format_args!(
                "The signature has expired: its `Timestamp` {} is more than {WINDOW} seconds away from the server \
                 time {}.",
                common.timestamp, times.client_time
            ),
        ));
    }
    let scope = credential_scope(common.timestamp, &authorization.service);
    if !scope.starts_with(&format!("{}/", authorization.date)) {
        return Err(signature_error(format_args!(
            "the credential scope has the date `{}`, but the timestamp requires `{scope}`",
            authorization.date
        )));
    }
    authorization
        .verify(raw, &caller.secret_key, common.timestamp)
        .map_err(|mismatch| mismatch_error(raw, &mismatch))?;
    check_token(raw, caller, times.now)?;
    Ok(caller)
}

/// Checks the session token; a permanent credential must have none.
fn check_token(raw: &Raw, caller: &Caller, now: u64) -> Result<(), ServiceError> {
    let refused = |problem: &str| {
        Err(ServiceError::common(
            CommonError::AuthFailureTokenFailure,
            problem,
        ))
    };
    let token = once(raw, "X-TC-Token")?.filter(|token| !token.is_empty());
    match (&caller.token, token) {
        (None, None) => Ok(()),
        (None, Some(_)) => refused("The credential is permanent and must not have a token."),
        (Some(_), None) => refused("The credential is temporary and requires a token."),
        (Some(known), Some(sent)) if *known != sent => {
            refused("The token does not match the credential.")
        }
        (Some(_), Some(_)) if caller.expires.is_some_and(|expires| expires <= now) => {
            refused("The token has expired.")
        }
        (Some(_), Some(_)) => Ok(()),
    }
}

/// Creates the error for a wrong signature. It has the expected signature input, so that the author of a client can
/// compare it.
fn mismatch_error(raw: &Raw, mismatch: &Mismatch) -> ServiceError {
    let mut canonical_request = mismatch.canonical_request.clone();
    if let Some(token) = raw.header("x-tc-token").filter(|token| !token.is_empty()) {
        canonical_request = canonical_request.replace(&token.to_lowercase(), "<token>");
    }
    signature_error(format_args!(
        "expected the string to sign {:?} with the canonical request {canonical_request:?}",
        mismatch.string_to_sign
    ))
}
