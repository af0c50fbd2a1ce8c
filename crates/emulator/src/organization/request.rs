//! The input and the result of a stateful action.

use serde_json::{Map, Value};

use super::codes;
use super::parameters::Parameters;
use crate::service_error::ServiceError;
use crate::state::{Member, Organization, State};
use crate::{Caller, Limits};

/// The content of `Response` without `RequestId`.
pub(crate) type ActionResult = Result<Map<String, Value>, ServiceError>;

/// The input of an action.
pub(crate) struct Request<'a> {
    pub(crate) caller: &'a Caller,
    pub(crate) parameters: Parameters<'a>,
    pub(crate) limits: &'a Limits,
    /// Unix time in seconds.
    pub(crate) now: u64,
}

impl<'a> Request<'a> {
    pub(crate) fn new(
        caller: &'a Caller,
        parameters: &'a Map<String, Value>,
        limits: &'a Limits,
        now: u64,
    ) -> Self {
        Self {
            caller,
            parameters: Parameters(parameters),
            limits,
            now,
        }
    }

    /// Returns the organization that the caller administers.
    pub(super) fn organization<'s>(
        &self,
        state: &'s State,
    ) -> Result<&'s Organization, ServiceError> {
        let uin = self.caller.uin;
        state.administered_by(uin).ok_or_else(|| {
            ServiceError::new(
                codes::ORGANIZATION_NOT_EXIST,
                format_args!("Account {uin} does not administer an organization."),
            )
        })
    }

    /// Returns the caller's organization, and its member of the parameter `MemberUin`.
    pub(super) fn member<'s>(
        &self,
        state: &'s State,
    ) -> Result<(&'s Organization, &'s Member), ServiceError> {
        let organization = self.organization(state)?;
        let uin = self.parameters.number("MemberUin")?;
        let member = organization.member(uin).ok_or_else(|| {
            ServiceError::new(
                codes::ORGANIZATION_MEMBER_NOT_EXIST,
                format_args!(
                    "Account {uin} is not a member of organization {}.",
                    organization.id
                ),
            )
        })?;
        Ok((organization, member))
    }
}

/// Unwraps the object of a `json!` literal.
pub(super) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}
