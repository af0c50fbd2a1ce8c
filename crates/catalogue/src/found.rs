//! Search results in names and in texts, in one form.

use crate::{Hit, HitKind, TextHit, TextOwner};

/// A hit in a name or in a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The kind: `service`, `action`, `type`, `parameter`, or `field` if the description of a parameter or field matches.
    pub kind: &'static str,
    /// The service.
    pub service: String,
    /// The version of the service.
    pub version: String,
    /// The action or data type; `None` for a service.
    pub owner: Option<String>,
    /// Whether the owner is a data type.
    pub is_type: bool,
    /// The parameter or field of the owner.
    pub field: Option<String>,
    /// The matching description.
    pub text: Option<String>,
}

impl Found {
    /// Returns the name after the service, such as `RunInstances.Placement`; `None` for a service.
    pub fn name(&self) -> Option<String> {
        let owner = self.owner.as_ref()?;
        Some(match &self.field {
            Some(field) => format!("{owner}.{field}"),
            None => owner.clone(),
        })
    }
}

impl From<Hit<'_>> for Found {
    fn from(hit: Hit<'_>) -> Self {
        let (kind, owner, field) = match hit.kind {
            HitKind::Service => ("service", None, None),
            HitKind::Action(action) => ("action", Some(action), None),
            HitKind::Type(name) => ("type", Some(name), None),
            HitKind::Parameter { action, parameter } => {
                ("parameter", Some(action), Some(parameter))
            }
        };
        Self {
            kind,
            service: hit.service.to_owned(),
            version: hit.version.to_owned(),
            owner: owner.map(str::to_owned),
            is_type: kind == "type",
            field: field.map(str::to_owned),
            text: None,
        }
    }
}

impl From<TextHit> for Found {
    fn from(hit: TextHit) -> Self {
        let (kind, owner) = match hit.owner {
            TextOwner::Action(name) => ("action", name),
            TextOwner::Type(name) => ("type", name),
        };
        Self {
            kind: if hit.field.is_some() { "field" } else { kind },
            service: hit.service,
            version: hit.version,
            owner: Some(owner),
            is_type: kind == "type",
            field: hit.field,
            text: Some(hit.text),
        }
    }
}
