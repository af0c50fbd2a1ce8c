//! The Rust names in a call of an action.

use std::collections::BTreeMap;

use tc3_spec::Spec;

use crate::check::check;
use crate::error::Error;
use crate::ir::{Field, Message};
use crate::resolve::{resolve, service_module};
use crate::select::select;

/// The Rust names in a call of an action, as code has them: keywords are raw identifiers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallNames {
    /// A module for the service: `cvm`.
    pub service: String,
    /// The module of the version in a generated crate: `v20170312`.
    pub version: String,
    /// The method of the client.
    pub method: String,
    /// The request.
    pub request: TypeNames,
    /// The data types that the request contains, by their documented names.
    pub types: BTreeMap<String, TypeNames>,
}

/// The Rust names of a request or a data type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeNames {
    /// The type.
    pub name: String,
    /// The setters of its builder, by wire name.
    pub setters: BTreeMap<String, String>,
}

/// Returns the names in a call of an action.
///
/// # Errors
/// Fails if the spec is invalid or lacks the action.
pub fn call_names(spec: &Spec, action: &str) -> Result<CallNames, Error> {
    check(spec)?;
    let version = resolve(spec, Some(&select(spec, &[action])?));
    let sent = version.types.iter().filter(|ty| ty.role.is_sent());
    let types = sent
        .map(|ty| (ty.wire.clone(), TypeNames::new(ty)))
        .collect();
    let mut actions = version.actions.iter();
    let selected = actions.find(|selected| selected.wire == action);
    let selected = selected.expect("the action was selected");
    Ok(CallNames {
        service: service_module(&spec.service).to_string(),
        version: version.module.to_string(),
        method: selected.method.to_string(),
        request: TypeNames::new(&selected.request),
        types,
    })
}

impl TypeNames {
    fn new(message: &Message) -> Self {
        let setter = |field: &Field| (field.wire.clone(), field.ident.to_string());
        Self {
            name: message.ident.to_string(),
            setters: message.fields.iter().map(setter).collect(),
        }
    }
}
