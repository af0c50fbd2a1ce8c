//! The service of a request.

use std::net::IpAddr;

use tc3::CommonError;
use tc3_spec::did_you_mean;

use super::authorization::signature_error;
use super::common::Common;
use super::headers::{once, required, without_port};
use super::raw::Raw;
use super::suggestion::suggestion;
use crate::catalogue::Catalogue;
use crate::service_error::ServiceError;

/// Returns the service of a request: the first label of the host name, or the credential scope's service if the host
/// names no service, such as `127.0.0.1` or `localhost`.
///
/// The vendor's SDK for Node.js puts the first label of any host into the scope, such as `127`. Then the action determines
/// the service.
pub(super) fn find(
    catalogue: &Catalogue,
    raw: &Raw,
    common: &Common,
) -> Result<String, ServiceError> {
    let host = required(once(raw, "Host")?, "Host")?.to_ascii_lowercase();
    let name = without_port(&host);
    let is_address = name.parse::<IpAddr>().is_ok() || name.starts_with('[');
    let scope = &common.authorization.service;
    let (action, version) = (&common.action, &common.version);
    if !is_address && let Some((label, domain)) = name.split_once('.') {
        if catalogue.has(label) {
            if label != scope {
                return Err(signature_error(format_args!(
                    "the credential scope names the service `{scope}`, but the host names `{label}`"
                )));
            }
            return Ok(label.to_owned());
        }
        if domain.ends_with("tencentcloudapi.com") {
            return Err(no_such_product(catalogue, label));
        }
    }
    if catalogue.has(scope) {
        return Ok(scope.clone());
    }
    let label = host.split('.').next().unwrap_or_default();
    if !scope.eq_ignore_ascii_case(label) {
        return Err(no_such_product(catalogue, scope));
    }
    let services = catalogue.services_with(action, version);
    match services.as_slice() {
        [service] => Ok((*service).to_owned()),
        [] => {
            let specs = catalogue.specs();
            let specs = specs.filter(|spec| spec.version == *version);
            let suggestion = suggestion(action, specs.flat_map(|spec| spec.actions.keys()));
            Err(ServiceError::common(
                CommonError::InvalidAction,
                format_args!(
                    "No service has the action `{action}` in version {version}{suggestion}"
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

fn no_such_product(catalogue: &Catalogue, name: &str) -> ServiceError {
    let suggestion = match did_you_mean(name, catalogue.services()) {
        hint if hint.is_empty() => {
            let known: Vec<&str> = catalogue.services().collect();
            format!("; available: {}.", known.join(", "))
        }
        hint => hint,
    };
    ServiceError::common(
        CommonError::NoSuchProduct,
        format_args!("The service `{name}` does not exist{suggestion}"),
    )
}
