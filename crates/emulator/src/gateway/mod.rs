//! What stands before every action: it reads a request, and refuses what is wrong with it.

mod authorization;
mod check;
mod headers;
mod parameters;
mod rate;
mod raw;
mod shape;
mod understood;

use std::net::IpAddr;

use hyper::Method;
use serde_json::{Map, Value};
use tc3::CommonError;
use tc3::signature::credential_scope;
use tc3_spec::{Action, Region, Spec};

use self::authorization::{Authorization, FORM, Mismatch};
use self::headers::{courtesies, once, required};
pub(crate) use self::rate::Rates;
pub(crate) use self::raw::{Body, Raw};
pub(crate) use self::shape::BODY_LIMIT;
use self::shape::is_older_signature;
pub use self::understood::Understood;
use crate::Caller;
use crate::catalogue::Catalogue;
use crate::service_error::ServiceError;

/// How far the time of a signature may be from the emulator's, in seconds.
const WINDOW: u64 = 300;

/// Up to which size of the body, in bytes, it is noted what parameters were understood.
const KEPT_PARAMETERS: usize = 16 * 1024;

/// What requests are held against.
#[derive(Debug)]
pub(crate) struct Gateway {
    pub(crate) catalogue: Catalogue,
    pub(crate) callers: Vec<Caller>,
    /// `None` if no rates are kept.
    pub(crate) rates: Option<Rates>,
}

/// A request that is in order: what to do, and for whom.
#[derive(Debug)]
pub(crate) struct Admitted<'a> {
    pub(crate) caller: &'a Caller,
    pub(crate) spec: &'a Spec,
    /// The action's name.
    pub(crate) name: &'a str,
    pub(crate) action: &'a Action,
    pub(crate) parameters: Map<String, Value>,
}

/// The headers by which a request says what it wants.
struct Common {
    action: String,
    version: String,
    timestamp: u64,
    authorization: Authorization,
    service: String,
}

impl Gateway {
    /// Reads a request at a time, and notes what it understands of it.
    ///
    /// # Errors
    /// The first thing that is wrong with the request.
    pub(crate) fn admit(
        &self,
        raw: &Raw,
        now: u64,
        understood: &mut Understood,
    ) -> Result<Admitted<'_>, ServiceError> {
        shape::check(raw)?;
        let common = self.common(raw, understood)?;
        let caller = self.authenticate(raw, &common, now)?;
        understood.caller = Some(caller.uin);
        self.direct(raw, &common, caller, now, understood)
    }

    /// The headers that every request has.
    fn common(&self, raw: &Raw, understood: &mut Understood) -> Result<Common, ServiceError> {
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
                "The request is signed by HmacSHA1 or HmacSHA256; the emulator takes TC3-HMAC-SHA256 alone.",
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
                        "The header X-TC-Timestamp is not a Unix time in seconds: `{timestamp}`."
                    ),
                )
            })?;
        understood.timestamp = Some(timestamp);
        courtesies(raw)?;

        let unauthorized = |problem: &str| {
            ServiceError::common(
                CommonError::AuthFailureInvalidAuthorization,
                format_args!("The header Authorization {problem}; expected `{FORM}`."),
            )
        };
        let authorization = match authorization.as_deref() {
            None | Some("") => return Err(unauthorized("is missing")),
            Some("SKIP") => {
                return Err(unauthorized(
                    "is SKIP, and the specs name no action that takes unsigned requests",
                ));
            }
            Some(value) => Authorization::parse(value)
                .map_err(|problem| unauthorized(&format!("cannot be read: {problem}")))?,
        };
        understood.secret_id = Some(authorization.secret_id.clone());
        understood.signed_headers = authorization.names().collect();
        let service = self.service(raw, &authorization)?;
        understood.service = Some(service.clone());
        Ok(Common {
            action,
            version,
            timestamp,
            authorization,
            service,
        })
    }

    /// The service that a request is for: the first label of the host's name. A host that is no service's name, as
    /// `127.0.0.1` or `localhost`, leaves it to the credential scope.
    fn service(&self, raw: &Raw, authorization: &Authorization) -> Result<String, ServiceError> {
        let host = required(once(raw, "Host")?, "Host")?.to_ascii_lowercase();
        let name = match host.rsplit_once(':') {
            Some((name, port)) if !port.contains(']') => name,
            _ => &host,
        };
        let is_address = name.parse::<IpAddr>().is_ok() || name.starts_with('[');
        let scope = &authorization.service;
        if !is_address && let Some((label, domain)) = name.split_once('.') {
            if self.catalogue.has(label) {
                if label != scope {
                    return Err(signature(format_args!(
                        "the credential scope is of the service `{scope}`, and the host is that of `{label}`"
                    )));
                }
                return Ok(label.to_owned());
            }
            if domain.ends_with("tencentcloudapi.com") {
                return Err(self.no_such_product(label));
            }
        }
        if self.catalogue.has(scope) {
            Ok(scope.clone())
        } else {
            Err(self.no_such_product(scope))
        }
    }

    fn no_such_product(&self, name: &str) -> ServiceError {
        let known: Vec<&str> = self.catalogue.services().collect();
        ServiceError::common(
            CommonError::NoSuchProduct,
            format_args!(
                "The service `{name}` does not exist; there is {}.",
                known.join(", ")
            ),
        )
    }

    /// Whose request it is, by its signature.
    fn authenticate(&self, raw: &Raw, common: &Common, now: u64) -> Result<&Caller, ServiceError> {
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
            return Err(signature(format_args!(
                "the header `{missing}` is listed as signed and was not sent"
            )));
        }
        let caller = self
            .callers
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
        if now.abs_diff(common.timestamp) > WINDOW {
            return Err(ServiceError::common(
                CommonError::AuthFailureSignatureExpire,
                format_args!(
                    "The signature has expired: its `Timestamp` {} is more than {WINDOW} seconds away from the server \
                     time {now}.",
                    common.timestamp
                ),
            ));
        }
        let scope = credential_scope(common.timestamp, &authorization.service);
        if !scope.starts_with(&format!("{}/", authorization.date)) {
            return Err(signature(format_args!(
                "the credential scope is of the day `{}`, and the timestamp's day in UTC gives `{scope}`",
                authorization.date
            )));
        }
        authorization
            .verify(raw, &caller.secret_key, common.timestamp)
            .map_err(|mismatch| mismatched(raw, &mismatch))?;
        check_token(raw, caller, now)?;
        Ok(caller)
    }

    /// Finds the action, and holds the request against what is documented of it.
    fn direct<'a>(
        &'a self,
        raw: &Raw,
        common: &Common,
        caller: &'a Caller,
        now: u64,
        understood: &mut Understood,
    ) -> Result<Admitted<'a>, ServiceError> {
        let (service, version) = (&common.service, &common.version);
        let spec = self.catalogue.spec(service, version).ok_or_else(|| {
            let known: Vec<&str> = self.catalogue.versions(service).collect();
            ServiceError::common(
                CommonError::NoSuchVersion,
                format_args!(
                    "The version `{version}` of the service `{service}` does not exist; there is {}.",
                    known.join(", ")
                ),
            )
        })?;
        let name = &common.action;
        let (name, action) = spec.actions.get_key_value(name).ok_or_else(|| {
            ServiceError::common(
                CommonError::InvalidAction,
                format_args!("The action `{name}` does not exist in {service} {version}."),
            )
        })?;
        if caller.denied.contains(name) {
            return Err(ServiceError::common(
                CommonError::AuthFailureUnauthorizedOperation,
                format_args!("No policy allows account {} to call `{name}`.", caller.uin),
            ));
        }
        match (&understood.region, action.region) {
            (None, Some(Region::Required)) => {
                return Err(ServiceError::common(
                    CommonError::MissingParameter,
                    "The request is missing the required parameter `Region`.",
                ));
            }
            (Some(region), _) if !is_region(region) => {
                return Err(ServiceError::common(
                    CommonError::UnsupportedRegion,
                    format_args!("The region `{region}` does not exist."),
                ));
            }
            _ => {}
        }
        if let (Some(rates), Some(limit)) = (&self.rates, action.rate_limit)
            && !rates.admit(
                caller.uin,
                format!("{service} {version} {name}"),
                limit,
                now,
            )
        {
            return Err(ServiceError::common(
                CommonError::RequestLimitExceeded,
                format_args!("`{name}` was called more than {limit} times within a second."),
            ));
        }
        let parameters = if raw.method == Method::GET {
            let query = raw.query.as_deref().unwrap_or_default();
            parameters::from_query(query, spec, action)?
        } else {
            parameters::from_body(&raw.body())?
        };
        // Parameters that are large are not kept as values, which take up many times as much.
        if raw.body().len() <= KEPT_PARAMETERS {
            understood.parameters = Some(parameters.clone());
        }
        check::check(spec, &action.request, &parameters)?;
        Ok(Admitted {
            caller,
            spec,
            name,
            action,
            parameters,
        })
    }
}

/// The token of a temporary credential, and the absence of one where the credential lasts.
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
        (None, Some(_)) => refused("The credential is a lasting one, and goes without a token."),
        (Some(_), None) => refused("The credential is temporary, and its token was not sent."),
        (Some(known), Some(sent)) if *known != sent => {
            refused("The token is not that of the credential.")
        }
        (Some(_), Some(_)) if caller.expires.is_some_and(|expires| expires <= now) => {
            refused("The token has expired.")
        }
        (Some(_), Some(_)) => Ok(()),
    }
}

fn is_region(region: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    region.bytes().all(is_word)
}

fn signature(problem: impl std::fmt::Display) -> ServiceError {
    ServiceError::common(
        CommonError::AuthFailureSignatureFailure,
        format_args!("The signature is not that of the request: {problem}."),
    )
}

/// Says what the signature should have been taken of, so that whoever wrote the client finds the difference.
fn mismatched(raw: &Raw, mismatch: &Mismatch) -> ServiceError {
    let mut canonical_request = mismatch.canonical_request.clone();
    if let Some(token) = raw.header("x-tc-token").filter(|token| !token.is_empty()) {
        canonical_request = canonical_request.replace(&token.to_lowercase(), "<token>");
    }
    signature(format_args!(
        "it was expected of the string to sign {:?}, which is of the canonical request {canonical_request:?}, by the \
         secret key of the credential",
        mismatch.string_to_sign
    ))
}
