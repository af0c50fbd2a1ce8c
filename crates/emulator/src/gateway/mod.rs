//! The API gateway: parses, authenticates and validates requests.

mod access;
mod action;
mod authentication;
mod authorization;
mod check;
mod common;
mod headers;
mod parameters;
mod rate;
mod raw;
mod service;
mod shape;
mod suggestion;
mod times;
mod understood;

use serde_json::{Map, Value};
use tc3_spec::{Action, Spec};

use self::action::Documented;
pub(crate) use self::authentication::WINDOW;
pub(crate) use self::rate::Rates;
pub(crate) use self::raw::{Body, Raw};
pub(crate) use self::shape::BODY_LIMIT;
pub(crate) use self::times::Times;
pub use self::understood::Understood;
use crate::Caller;
use crate::catalogue::Catalogue;
use crate::service_error::ServiceError;

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
        let common = common::parse(raw, understood)?;
        let service = service::find(&self.catalogue, raw, &common)?;
        understood.service = Some(service.clone());
        let caller = authentication::authenticate(&self.callers, raw, &common, times)?;
        understood.caller = Some(caller.uin);
        let documented = action::find(&self.catalogue, &service, &common)?;
        let Documented { spec, name, action } = documented;
        access::check_permission(caller, name)?;
        access::check_region(understood.region.as_deref(), action)?;
        if let Some(rates) = &self.rates {
            access::check_rate(rates, caller, documented, times.now)?;
        }
        let parameters = parameters::parse(raw, spec, action)?;
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
