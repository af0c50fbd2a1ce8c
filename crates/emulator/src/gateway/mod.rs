//! The API gateway: parses, authenticates and validates requests.

mod authorization;
mod check;
mod ending;
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
use tc3_spec::{Action, Region, Spec, nearest};

use self::authorization::{Authorization, FORM, Mismatch};
use self::ending::ending;
use self::headers::{once, optional_headers, required, without_port};
pub(crate) use self::rate::Rates;
pub(crate) use self::raw::{Body, Raw};
pub(crate) use self::shape::BODY_LIMIT;
use self::shape::is_older_signature;
pub use self::understood::Understood;
use crate::Caller;
use crate::catalogue::Catalogue;
use crate::service_error::ServiceError;

/// The maximum difference between the signature's time and the emulator's, in seconds.
pub(crate) const WINDOW: u64 = 300;

/// The maximum body size, in bytes, for which parsed parameters are logged.
const LOGGED_PARAMETERS_LIMIT: usize = 16 * 1024;

/// The data that requests are checked against.
#[derive(Debug)]
pub(crate) struct Gateway {
    pub(crate) catalogue: Catalogue,
    pub(crate) callers: Vec<Caller>,
    /// `None` if rate limits are disabled.
    pub(crate) rates: Option<Rates>,
}

/// Times for the checks of a request: Unix times in seconds.
#[derive(Clone, Copy)]
pub(crate) struct Times {
    /// The emulator's time.
    pub(crate) now: u64,
    /// The time that clients must sign with.
    pub(crate) client_time: u64,
}

/// An authenticated and valid request.
#[derive(Debug)]
pub(crate) struct Admitted<'a> {
    pub(crate) caller: &'a Caller,
    pub(crate) spec: &'a Spec,
    /// The action's name.
    pub(crate) name: &'a str,
    pub(crate) action: &'a Action,
    pub(crate) parameters: Map<String, Value>,
}

/// The common request headers.
struct Common {
    action: String,
    version: String,
    timestamp: u64,
    authorization: Authorization,
    service: String,
}

impl Gateway {
    /// Checks a request, and records the parsed parts in `understood`.
    ///
    /// # Errors
    /// Returns the first error found.
    pub(crate) fn admit(
        &self,
        raw: &Raw,
        times: Times,
        understood: &mut Understood,
    ) -> Result<Admitted<'_>, ServiceError> {
        shape::check(raw)?;
        let common = self.common(raw, understood)?;
        let caller = self.authenticate(raw, &common, times)?;
        understood.caller = Some(caller.uin);
        self.resolve(raw, &common, caller, times.now, understood)
    }

    /// Parses the common headers.
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
                format_args!("The header Authorization {problem}; expected `{FORM}`."),
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
        let service = self.service(raw, &authorization, &action, &version)?;
        understood.service = Some(service.clone());
        Ok(Common {
            action,
            version,
            timestamp,
            authorization,
            service,
        })
    }

    /// Returns the service of a request: the first label of the host name, or the credential scope's service if the host
    /// names no service, such as `127.0.0.1` or `localhost`.
    ///
    /// The vendor's SDK for Node.js puts the first label of any host into the scope, such as `127`. Then the service is the
    /// one that has the action.
    fn service(
        &self,
        raw: &Raw,
        authorization: &Authorization,
        action: &str,
        version: &str,
    ) -> Result<String, ServiceError> {
        let host = required(once(raw, "Host")?, "Host")?.to_ascii_lowercase();
        let name = without_port(&host);
        let is_address = name.parse::<IpAddr>().is_ok() || name.starts_with('[');
        let scope = &authorization.service;
        if !is_address && let Some((label, domain)) = name.split_once('.') {
            if self.catalogue.has(label) {
                if label != scope {
                    return Err(signature(format_args!(
                        "the credential scope names the service `{scope}`, but the host names `{label}`"
                    )));
                }
                return Ok(label.to_owned());
            }
            if domain.ends_with("tencentcloudapi.com") {
                return Err(self.no_such_product(label));
            }
        }
        if self.catalogue.has(scope) {
            return Ok(scope.clone());
        }
        let label = host.split('.').next().unwrap_or_default();
        if !scope.eq_ignore_ascii_case(label) {
            return Err(self.no_such_product(scope));
        }
        let having = self.catalogue.having(action, version);
        match having.as_slice() {
            [service] => Ok((*service).to_owned()),
            [] => {
                let specs = self.catalogue.specs();
                let specs = specs.filter(|spec| spec.version == version);
                let ending = ending(action, specs.flat_map(|spec| spec.actions.keys()));
                Err(ServiceError::common(
                    CommonError::InvalidAction,
                    format_args!(
                        "No service has the action `{action}` in version {version}{ending}"
                    ),
                ))
            }
            several => Err(ServiceError::common(
                CommonError::NoSuchProduct,
                format_args!(
                    "The host `{host}` names no service, and several have the action `{action}` in version {version}: {}; \
                     use a host name that begins with one of them.",
                    several.join(", ")
                ),
            )),
        }
    }

    fn no_such_product(&self, name: &str) -> ServiceError {
        let ending = match nearest(name, self.catalogue.services()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                let known: Vec<&str> = self.catalogue.services().collect();
                format!("available: {}.", known.join(", "))
            }
        };
        ServiceError::common(
            CommonError::NoSuchProduct,
            format_args!("The service `{name}` does not exist; {ending}"),
        )
    }

    /// Returns the caller after verifying the signature.
    fn authenticate(
        &self,
        raw: &Raw,
        common: &Common,
        times: Times,
    ) -> Result<&Caller, ServiceError> {
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
                "the header `{missing}` is listed as signed but was not sent"
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
            return Err(signature(format_args!(
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

    /// Finds the action, and checks permission, region, rate limit and parameters.
    fn resolve<'a>(
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
                    "The version `{version}` of the service `{service}` does not exist; available: {}.",
                    known.join(", ")
                ),
            )
        })?;
        let name = &common.action;
        let (name, action) = spec.actions.get_key_value(name).ok_or_else(|| {
            let ending = ending(name, spec.actions.keys());
            ServiceError::common(
                CommonError::InvalidAction,
                format_args!("The action `{name}` does not exist in {service} {version}{ending}"),
            )
        })?;
        if caller.denied.contains(name) {
            return Err(ServiceError::common(
                CommonError::AuthFailureUnauthorizedOperation,
                format_args!("Account {} is not allowed to call `{name}`.", caller.uin),
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
                format_args!("The rate limit of `{name}` was exceeded: {limit} per second."),
            ));
        }
        let parameters = if raw.method == Method::GET {
            let query = raw.query.as_deref().unwrap_or_default();
            parameters::from_query(query, spec, action)?
        } else {
            parameters::from_body(&raw.body())?
        };
        // Parsed values take many times the memory of their text.
        if raw.body().len() <= LOGGED_PARAMETERS_LIMIT {
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

fn is_region(region: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    region.bytes().all(is_word)
}

fn signature(problem: impl std::fmt::Display) -> ServiceError {
    ServiceError::common(
        CommonError::AuthFailureSignatureFailure,
        format_args!("The signature does not match the request: {problem}."),
    )
}

/// Reports the expected signature input, so that a client's author can compare it.
fn mismatch_error(raw: &Raw, mismatch: &Mismatch) -> ServiceError {
    let mut canonical_request = mismatch.canonical_request.clone();
    if let Some(token) = raw.header("x-tc-token").filter(|token| !token.is_empty()) {
        canonical_request = canonical_request.replace(&token.to_lowercase(), "<token>");
    }
    signature(format_args!(
        "expected the string to sign {:?} with the canonical request {canonical_request:?}",
        mismatch.string_to_sign
    ))
}
