//! The action of a request.

use tc3::CommonError;
use tc3_spec::{Action, Spec};

use super::common::Common;
use super::suggestion::suggestion;
use crate::catalogue::Catalogue;
use crate::service_error::ServiceError;

/// A documented action.
#[derive(Clone, Copy)]
pub(super) struct Documented<'a> {
    pub(super) spec: &'a Spec,
    pub(super) name: &'a str,
    pub(super) action: &'a Action,
}

/// Returns the action of a request.
pub(super) fn find<'a>(
    catalogue: &'a Catalogue,
    service: &str,
    common: &Common,
) -> Result<Documented<'a>, ServiceError> {
    let version = &common.version;
    let spec = catalogue.spec(service, version).ok_or_else(|| {
        let known: Vec<&str> = catalogue.versions(service).collect();
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
        let suggestion = suggestion(name, spec.actions.keys());
        ServiceError::common(
            CommonError::InvalidAction,
            format_args!("The action `{name}` does not exist in {service} {version}{suggestion}"),
        )
    })?;
    Ok(Documented { spec, name, action })
}
