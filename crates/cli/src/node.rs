//! JSON as a tree whose numbers keep their text and whose members keep their order.

use serde_json::Value;
use serde_json::value::RawValue;

use crate::json;

/// Maximum nesting depth. Deeper values stay text.
const MAX_DEPTH: usize = 128;

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Null,
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
    /// JSON text of a number, a Boolean, or a value beyond the maximum depth.
    Verbatim(String),
}

impl Node {
    /// Reads JSON text.
    ///
    /// # Errors
    /// Fails if the text is not JSON.
    pub(crate) fn parse(text: &str) -> Result<Self, serde_json::Error> {
        Self::read(serde_json::from_str(text)?, 0)
    }

    fn read(raw: &RawValue, depth: usize) -> Result<Self, serde_json::Error> {
        let text = raw.get();
        Ok(match text.as_bytes().first() {
            Some(b'n') => Self::Null,
            Some(b'"') => Self::Text(serde_json::from_str(text)?),
            Some(b'[') if depth < MAX_DEPTH => {
                let elements: Vec<&RawValue> = serde_json::from_str(text)?;
                let elements = elements.into_iter();
                let elements = elements.map(|element| Self::read(element, depth + 1));
                Self::List(elements.collect::<Result<_, _>>()?)
            }
            Some(b'{') if depth < MAX_DEPTH => {
                let members = json::members(text)?.into_iter();
                let members =
                    members.map(|(name, value)| Ok((name, Self::read(value, depth + 1)?)));
                Self::Object(members.collect::<Result<_, serde_json::Error>>()?)
            }
            _ => Self::Verbatim(text.to_owned()),
        })
    }

    /// Returns the JSON text, on one line.
    pub(crate) fn json(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Text(text) => Value::from(text.as_str()).to_string(),
            Self::Verbatim(text) => text.clone(),
            Self::List(elements) => {
                let elements: Vec<String> = elements.iter().map(Self::json).collect();
                format!("[{}]", elements.join(","))
            }
            Self::Object(members) => {
                let member = |(name, value): &(String, Self)| {
                    format!("{}:{}", Value::from(name.as_str()), value.json())
                };
                let members: Vec<String> = members.iter().map(member).collect();
                format!("{{{}}}", members.join(","))
            }
        }
    }

    /// Returns the text of a scalar, or the JSON of another value. It is empty for null.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Text(text) => text.clone(),
            other => other.json(),
        }
    }

    /// Returns the value at a path of names, which is applied to every element of a list.
    pub(crate) fn pick(&self, path: &str) -> Self {
        let (name, within) = match path.split_once('.') {
            Some((name, within)) => (name, Some(within)),
            None => (path, None),
        };
        match self {
            Self::List(elements) => {
                Self::List(elements.iter().map(|element| element.pick(path)).collect())
            }
            Self::Object(members) => {
                let found = members.iter().find(|(member, _)| member == name);
                let found = found.map_or(&Self::Null, |(_, value)| value);
                match within {
                    Some(within) => found.pick(within),
                    None => found.clone(),
                }
            }
            _ => Self::Null,
        }
    }

    /// Whether the value is neither a list nor an object.
    pub(crate) fn is_scalar(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Object(_))
    }
}

/// Returns JSON on one line.
pub(crate) fn compact(json: &str) -> String {
    Node::parse(json).map_or_else(|_| json.to_owned(), |node| node.json())
}
