//! Comparison of values with their documentation.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

use crate::shape::Shape;
use crate::{DataType, Field, IntegerFormat, nearest_names};

/// Deviation of a value from its documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deviation {
    /// The action, or the data type of the structure that has the value.
    pub owner: String,
    /// The path of the value: names of fields, and indexes of lists from 0, such as `Filters.0.Name`.
    pub path: String,
    /// The kind of deviation.
    pub kind: DeviationKind,
}

/// Kind of deviation, with its details.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeviationKind {
    /// A required parameter is missing. Contains its type.
    Missing(String),
    /// The owner has no such field. Contains the names of similar fields, the closest first.
    Unknown(Vec<String>),
    /// The value has another type than this documented one, which has an article.
    Type(String),
    /// A response has null for a field that is not documented as nullable.
    Null,
}

/// Describes the deviation, without the path.
impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            DeviationKind::Missing(type_ref) => write!(f, "is required ({type_ref})"),
            DeviationKind::Unknown(_) => write!(f, "is not a documented field of {}", self.owner),
            DeviationKind::Type(article) => write!(f, "must be {article}"),
            DeviationKind::Null => f.write_str("is null, which is not documented"),
        }
    }
}

/// Direction of the values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Parameters: some are required. A null counts as absent.
    Request,
    /// A response: any field may be absent, and some may be null.
    Response,
}

/// Returns the deviations of the members of an action's request or response from its fields.
pub fn deviations(
    owner: &str,
    fields: &[Field],
    types: &BTreeMap<String, DataType>,
    direction: Direction,
    members: &Map<String, Value>,
) -> Vec<Deviation> {
    let mut check = Check {
        types,
        direction,
        found: Vec::new(),
    };
    check.members(owner, fields, members, "");
    check.found
}

struct Check<'s> {
    types: &'s BTreeMap<String, DataType>,
    direction: Direction,
    found: Vec<Deviation>,
}

impl<'s> Check<'s> {
    fn add(&mut self, owner: &str, path: String, kind: DeviationKind) {
        let owner = owner.to_owned();
        self.found.push(Deviation { owner, path, kind });
    }

    fn members(
        &mut self,
        owner: &str,
        fields: &'s [Field],
        members: &Map<String, Value>,
        path: &str,
    ) {
        for field in fields {
            let path = join(path, &field.name);
            match members.get(&field.name) {
                Some(Value::Null) if self.direction == Direction::Response && !field.nullable => {
                    self.add(owner, path, DeviationKind::Null);
                }
                Some(value) => self.value(owner, Shape::of(self.types, field), value, &path),
                None if self.direction == Direction::Response => {}
                None if field.required && !field.is_client_token() => {
                    let kind = DeviationKind::Missing(field.type_ref.to_string());
                    self.add(owner, path, kind);
                }
                None => {}
            }
        }
        for name in members.keys() {
            if !fields.iter().any(|field| field.name == *name) {
                let names = fields.iter().map(|field| field.name.as_str());
                // A response has no misspelled names, and may have many and long ones.
                let similar = match self.direction {
                    Direction::Request => nearest_names(name, names),
                    Direction::Response => Vec::new(),
                };
                let similar = similar.into_iter().map(str::to_owned).collect();
                self.add(owner, join(path, name), DeviationKind::Unknown(similar));
            }
        }
    }

    fn value(&mut self, owner: &str, shape: Shape<'s>, value: &Value, path: &str) {
        let fits = match (shape, value) {
            (_, Value::Null) | (Shape::Any, _) => true,
            (Shape::Text, value) => value.is_string(),
            (Shape::Boolean, value) => value.is_boolean(),
            (Shape::Number, value) => value.is_number(),
            (Shape::Integer(format), value) => match format {
                Some(IntegerFormat::Uint64) => value.is_u64(),
                Some(IntegerFormat::Int64) => value.is_i64(),
                None => value.is_i64() || value.is_u64(),
            },
            (Shape::Structure(name, fields), Value::Object(members)) => {
                self.members(name, fields, members, path);
                true
            }
            (Shape::List(element, format), Value::Array(elements)) => {
                let shape = Shape::of_type(self.types, element, format);
                for (index, element) in elements.iter().enumerate() {
                    self.value(owner, shape, element, &format!("{path}.{index}"));
                }
                true
            }
            (Shape::Structure(..) | Shape::List(..), _) => false,
        };
        if !fits {
            self.add(owner, path.to_owned(), DeviationKind::Type(shape.article()));
        }
    }
}

fn join(path: &str, name: &str) -> String {
    match path {
        "" => name.to_owned(),
        path => format!("{path}.{name}"),
    }
}
