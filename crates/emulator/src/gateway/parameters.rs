//! Parses request parameters to JSON.

use std::collections::BTreeMap;

use hyper::Method;
use serde_json::{Map, Value};
use tc3::CommonError;
use tc3_spec::{Action, Field, Spec, TypeRef};

use super::raw::Raw;
use crate::service_error::ServiceError;

/// Parses the parameters of a GET or POST.
pub(super) fn parse(
    raw: &Raw,
    spec: &Spec,
    action: &Action,
) -> Result<Map<String, Value>, ServiceError> {
    if raw.method == Method::GET {
        from_query(raw.query.as_deref().unwrap_or_default(), spec, action)
    } else {
        from_body(&raw.body())
    }
}

/// Parses the body of a POST.
fn from_body(body: &[u8]) -> Result<Map<String, Value>, ServiceError> {
    let refused = |problem: String| {
        Err(ServiceError::common(
            CommonError::InvalidParameter,
            format_args!("The request body must be a JSON object; {problem}."),
        ))
    };
    match serde_json::from_slice(body) {
        Ok(Value::Object(parameters)) => Ok(parameters),
        Ok(other) => refused(format!("got {}", kind(&other))),
        Err(error) => refused(error.to_string()),
    }
}

/// Returns the JSON type of a value, for messages.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Parses the query of a GET, in which arrays and structures are flattened: `Filters.0.Name=x`.
///
/// Text values are converted to the documented types. A value that cannot be converted stays text, and validation
/// rejects it later.
fn from_query(
    query: &str,
    spec: &Spec,
    action: &Action,
) -> Result<Map<String, Value>, ServiceError> {
    let mut root = Node::default();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        root.insert(&decode(name)?, decode(value)?)?;
    }
    Ok(match root {
        Node::Leaf(_) => Map::new(),
        Node::Inner(children) => members(children, spec, &action.request),
    })
}

/// The maximum nesting depth of a name.
const MAX_DEPTH: usize = 32;

/// A value, or the parameters below a common prefix.
enum Node {
    Leaf(String),
    Inner(BTreeMap<String, Node>),
}

impl Default for Node {
    fn default() -> Self {
        Node::Inner(BTreeMap::new())
    }
}

impl Node {
    fn insert(&mut self, name: &str, value: String) -> Result<(), ServiceError> {
        let refused = |problem: &str| {
            Err(ServiceError::common(
                CommonError::InvalidParameter,
                format_args!("The query parameter `{name}` {problem}."),
            ))
        };
        if name.split('.').count() > MAX_DEPTH {
            return refused("is nested too deeply");
        }
        let mut at = self;
        for step in name.split('.') {
            match at {
                Node::Leaf(_) => return refused("is both a value and a structure"),
                Node::Inner(children) => at = children.entry(step.to_owned()).or_default(),
            }
        }
        match at {
            Node::Inner(children) if children.is_empty() => {
                *at = Node::Leaf(value);
                Ok(())
            }
            Node::Inner(_) => refused("is both a value and a structure"),
            Node::Leaf(_) => refused("is repeated"),
        }
    }

    fn into_json(self, spec: &Spec, type_ref: Option<&TypeRef>) -> Value {
        match (self, type_ref) {
            (Node::Leaf(text), type_ref) => scalar(text, type_ref),
            (Node::Inner(children), Some(TypeRef::Array(element))) => {
                array(children, spec, element)
            }
            (Node::Inner(children), type_ref) => {
                let fields = type_ref
                    .and_then(TypeRef::named)
                    .and_then(|name| spec.types.get(name))
                    .map(|data_type| data_type.fields.as_slice());
                Value::Object(members(children, spec, fields.unwrap_or_default()))
            }
        }
    }
}

/// Converts a structure.
fn members(children: BTreeMap<String, Node>, spec: &Spec, fields: &[Field]) -> Map<String, Value> {
    children
        .into_iter()
        .map(|(name, node)| {
            let field = fields.iter().find(|field| field.name == name);
            let value = node.into_json(spec, field.map(|field| &field.type_ref));
            (name, value)
        })
        .collect()
}

/// Converts an array, or a structure if a name is not a number.
fn array(children: BTreeMap<String, Node>, spec: &Spec, element: &TypeRef) -> Value {
    let mut numbered = Vec::new();
    for name in children.keys() {
        match name.parse::<u32>() {
            Ok(number) => numbered.push(number),
            Err(_) => return Value::Object(members(children, spec, &[])),
        }
    }
    let mut items: Vec<(u32, Node)> = numbered.into_iter().zip(children.into_values()).collect();
    items.sort_by_key(|(number, _)| *number);
    let items = items.into_iter();
    Value::Array(
        items
            .map(|(_, node)| node.into_json(spec, Some(element)))
            .collect(),
    )
}

/// Converts a text to the documented type.
fn scalar(text: String, type_ref: Option<&TypeRef>) -> Value {
    let parsed = match type_ref {
        Some(TypeRef::Integer | TypeRef::Float | TypeRef::Double) => {
            text.parse().ok().map(Value::Number)
        }
        Some(TypeRef::Boolean) => text.to_ascii_lowercase().parse().ok().map(Value::Bool),
        _ => None,
    };
    parsed.unwrap_or(Value::String(text))
}

/// Percent-decodes a part of a query.
fn decode(text: &str) -> Result<String, ServiceError> {
    let refused = || {
        ServiceError::common(
            CommonError::InvalidParameter,
            format_args!("`{text}` in the query is not percent-encoded UTF-8."),
        )
    };
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || rest.next().and_then(|byte| char::from(byte).to_digit(16));
                let (high, low) = (digit(), digit());
                match high.zip(low).map(|(high, low)| high * 16 + low) {
                    Some(value) => u8::try_from(value).map_err(|_| refused())?,
                    None => return Err(refused()),
                }
            }
            other => other,
        });
    }
    String::from_utf8(bytes).map_err(|_| refused())
}
