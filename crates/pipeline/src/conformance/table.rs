//! Compares documented responses with their own tables.

use serde_json::Value;
use tc3_spec::{Field, Spec, TypeRef};

use super::compare::REQUEST_ID;

/// The deviations of a response from its tables, each with the path.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Deviations {
    /// The number of null values.
    pub(super) nulls: usize,
    /// Nulls that the table does not allow.
    pub(super) undocumented_nulls: Vec<String>,
    /// Values of another type than the table's.
    pub(super) other_types: Vec<String>,
    /// Fields that are not in the table.
    pub(super) unknown_fields: Vec<String>,
}

impl Deviations {
    /// Compares the response of an action with the spec.
    pub(super) fn of(spec: &Spec, action: &str, response: &Value) -> Self {
        let mut walk = Walk {
            spec,
            found: Deviations::default(),
        };
        if let (Some(action), Value::Object(members)) = (spec.actions.get(action), response) {
            for (name, value) in members {
                if name != REQUEST_ID {
                    walk.member("", name, value, &action.response);
                }
            }
        }
        walk.found
    }
}

struct Walk<'a> {
    spec: &'a Spec,
    found: Deviations,
}

impl Walk<'_> {
    fn member(&mut self, at: &str, name: &str, value: &Value, fields: &[Field]) {
        let at = match at {
            "" => name.to_owned(),
            _ => format!("{at}.{name}"),
        };
        match fields.iter().find(|field| field.name == name) {
            Some(field) => self.value(&at, value, &field.type_ref, field.nullable),
            None => self.found.unknown_fields.push(at),
        }
    }

    fn value(&mut self, at: &str, value: &Value, of: &TypeRef, nullable: bool) {
        let is_of_type = match (value, of) {
            (Value::Null, _) => {
                self.found.nulls += 1;
                if !nullable {
                    self.found.undocumented_nulls.push(at.to_owned());
                }
                true
            }
            (Value::Array(elements), TypeRef::Array(of)) => {
                for (index, element) in elements.iter().enumerate() {
                    self.value(&format!("{at}[{index}]"), element, of, false);
                }
                true
            }
            (value, TypeRef::Named(name)) => match (value, self.spec.types.get(name)) {
                (_, None) => true,
                (Value::Object(members), Some(of)) => {
                    for (name, value) in members {
                        self.member(at, name, value, &of.fields);
                    }
                    true
                }
                _ => false,
            },
            (Value::Bool(_), TypeRef::Boolean)
            | (Value::Number(_), TypeRef::Float | TypeRef::Double)
            | (
                Value::String(_),
                TypeRef::String
                | TypeRef::Date
                | TypeRef::Timestamp
                | TypeRef::TimestampIso8601
                | TypeRef::Binary,
            ) => true,
            (Value::Number(number), TypeRef::Integer) => number.as_i128().is_some(),
            _ => false,
        };
        if !is_of_type {
            self.found
                .other_types
                .push(format!("{at} is `{of}` in the table, but {value} here"));
        }
    }
}
