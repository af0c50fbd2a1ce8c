//! What one page says.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer, ser::SerializeMap};
use tc3_spec::{Action, DataType, ErrorCode, Fragment, Source};

use crate::{Diagnostic, Severity};

/// What one page says, in the terms of a spec, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The path that the page was read under.
    pub path: String,
    /// The service: the first label of the domain name.
    pub service: Option<String>,
    /// The version of the API.
    pub version: Option<String>,
    /// The domain name that requests go to.
    pub endpoint: Option<String>,
    /// The action that the page describes, under its name.
    pub actions: BTreeMap<String, Action>,
    /// The data types that the page describes.
    pub types: BTreeMap<String, DataType>,
    /// The error codes of an error-code page, in its order.
    pub errors: Vec<ErrorCode>,
    /// The page itself, if it is one of data types or error codes; an action has its own.
    pub source: Option<Source>,
    /// What is wrong with the page, in its order.
    pub diagnostics: Vec<Diagnostic>,
}

impl Page {
    pub(crate) fn new(path: &str) -> Page {
        Page {
            path: path.to_owned(),
            ..Page::default()
        }
    }

    /// Whether some part of the page could not be read.
    pub fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// How many rows of its tables stand in the page's facts, common parameters not counted.
    pub fn rows(&self) -> usize {
        let of_action =
            |action: &Action| action.request.len() + action.response.len() + action.errors.len();
        self.actions.values().map(of_action).sum::<usize>()
            + self
                .types
                .values()
                .map(|data_type| data_type.fields.len())
                .sum::<usize>()
            + self.errors.len()
    }

    /// The page as a part of a spec.
    pub fn into_fragment(self) -> Fragment {
        Fragment {
            origin: self.path,
            service: self.service,
            version: self.version,
            endpoint: self.endpoint,
            actions: self.actions,
            types: self.types,
            errors: self.errors,
            source: self.source,
        }
    }
}

/// The object that `cargo xtask parse` prints for a page: the facts that it has, in the order and shape of a spec.
impl Serialize for Page {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("page", &self.path)?;
        for (name, value) in [
            ("service", &self.service),
            ("version", &self.version),
            ("endpoint", &self.endpoint),
        ] {
            if let Some(value) = value {
                object.serialize_entry(name, value)?;
            }
        }
        if !self.actions.is_empty() {
            object.serialize_entry("actions", &self.actions)?;
        }
        if !self.types.is_empty() {
            object.serialize_entry("types", &self.types)?;
        }
        if !self.errors.is_empty() {
            object.serialize_entry("errors", &self.errors)?;
        }
        object.serialize_entry("diagnostics", &self.diagnostics)?;
        object.end()
    }
}
