//! The parameters of a request as JSON, whichever way it carries them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use tc3::CommonError;
use tc3_spec::{Action, Field, Spec, TypeRef};

use crate::service_error::ServiceError;

/// The parameters in the body of a POST.
pub(crate) fn from_body(body: &[u8]) -> Result<Map<String, Value>, ServiceError> {
    let refused = |what: String| {
        Err(ServiceError::common(
            CommonError::InvalidParameter,
            format_args!("The body of the request must be a JSON object, and {what}."),
        ))
    };
    match serde_json::from_slice(body) {
        Ok(Value::Object(parameters)) => Ok(parameters),
        Ok(other) => refused(format!("is {}", kind(&other))),
        Err(error) => refused(format!("cannot be read: {error}")),
    }
}

/// What a JSON value is, for messages.
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

/// The parameters in the query of a GET, in which arrays and structures are flattened: `Filters.0.Name=x`.
///
/// All values are texts there. They become what the action's table says they are; one that cannot be stays a text, so
/// that it is refused like any other value of a wrong type.
pub(crate) fn from_query(
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

/// Deeper names than this are no parameter's.
const MAX_DEPTH: usize = 32;

/// A parameter, or what parameters have in common up to a dot.
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
        let refused = |what: &str| {
            Err(ServiceError::common(
                CommonError::InvalidParameter,
                format_args!("The parameter `{name}` of the query {what}."),
            ))
        };
        if name.split('.').count() > MAX_DEPTH {
            return refused("is too deep");
        }
        let mut at = self;
        for step in name.split('.') {
            match at {
                Node::Leaf(_) => return refused("is a value as well as a structure"),
                Node::Inner(children) => at = children.entry(step.to_owned()).or_default(),
            }
        }
        match at {
            Node::Inner(children) if children.is_empty() => {
                *at = Node::Leaf(value);
                Ok(())
            }
            Node::Inner(_) => refused("is a value as well as a structure"),
            Node::Leaf(_) => refused("stands there twice"),
        }
    }

    fn into_json(self, spec: &Spec, of: Option<&TypeRef>) -> Value {
        match (self, of) {
            (Node::Leaf(text), of) => leaf(text, of),
            (Node::Inner(children), Some(TypeRef::Array(element))) => {
                array(children, spec, element)
            }
            (Node::Inner(children), of) => {
                let fields = of
                    .and_then(TypeRef::named)
                    .and_then(|name| spec.types.get(name))
                    .map(|data_type| data_type.fields.as_slice());
                Value::Object(members(children, spec, fields.unwrap_or_default()))
            }
        }
    }
}

/// A structure with its fields.
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

/// An array with its elements, or a structure if one of its names is no number.
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

/// A text as a value of the type that the table names.
fn leaf(text: String, of: Option<&TypeRef>) -> Value {
    let read = match of {
        Some(TypeRef::Integer | TypeRef::Float | TypeRef::Double) => {
            text.parse().ok().map(Value::Number)
        }
        Some(TypeRef::Boolean) => text.to_ascii_lowercase().parse().ok().map(Value::Bool),
        _ => None,
    };
    read.unwrap_or(Value::String(text))
}

/// A part of a query without its percent signs and plus signs.
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
