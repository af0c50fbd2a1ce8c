//! Compares examples with the tables of the page.

use serde_json::{Map, Value};
use tc3_spec::{Field, TypeRef};

use crate::block::Line;
use crate::diagnostic::Diagnostics;
use crate::query;
use crate::source::At;

/// The parameters of the page's tables.
#[derive(Clone, Copy)]
pub(crate) struct Tables<'t> {
    pub(crate) request: &'t [Field],
    pub(crate) response: &'t [Field],
}

impl Tables<'_> {
    /// Reports differences between the tables and the request that begins in a line.
    pub(crate) fn check_request(
        &self,
        request: &Value,
        line: &Line<'_>,
        diagnostics: &mut Diagnostics<'_, '_>,
    ) {
        let Value::Object(object) = request else {
            return;
        };
        for (name, value) in object {
            match self.request.iter().find(|field| field.name == *name) {
                Some(field) => check_type("request", field, value, line.at, diagnostics),
                None if query::is_common(name, self.request) => {}
                None => diagnostics.example_unknown(line.at, "request", name),
            }
        }
        let missing = |field: &&Field| field.required && !object.contains_key(&field.name);
        for field in self.request.iter().filter(missing) {
            diagnostics.example_missing(line.at, &line.text, &field.name);
        }
    }

    /// Reports differences between the tables and a response.
    pub(crate) fn check_response(
        &self,
        response: &Map<String, Value>,
        at: At,
        diagnostics: &mut Diagnostics<'_, '_>,
    ) {
        for (name, value) in response {
            match self.response.iter().find(|field| field.name == *name) {
                Some(field) => check_type("response", field, value, at, diagnostics),
                None if name == "RequestId" || name == "Error" => {}
                None => diagnostics.example_unknown(at, "response", name),
            }
        }
    }
}

fn check_type(
    what: &str,
    field: &Field,
    value: &Value,
    at: At,
    diagnostics: &mut Diagnostics<'_, '_>,
) {
    if !fits(value, &field.type_ref) {
        let of = field.type_ref.to_string();
        diagnostics.example_type(at, what, &field.name, &of, &value.to_string());
    }
}

/// Whether a value can be of a type, as far as an action's page defines it.
fn fits(value: &Value, of: &TypeRef) -> bool {
    match (value, of) {
        (Value::Null, _) => true,
        (Value::Array(items), TypeRef::Array(element)) => {
            items.iter().all(|item| fits(item, element))
        }
        (Value::Object(_), TypeRef::Named(_)) => true,
        (Value::Bool(_), TypeRef::Boolean) => true,
        (Value::Number(number), TypeRef::Integer) => number.is_i64() || number.is_u64(),
        (Value::Number(_), TypeRef::Float | TypeRef::Double) => true,
        (Value::String(_), of) => !matches!(
            of,
            TypeRef::Array(_)
                | TypeRef::Named(_)
                | TypeRef::Boolean
                | TypeRef::Integer
                | TypeRef::Float
                | TypeRef::Double
        ),
        _ => false,
    }
}
