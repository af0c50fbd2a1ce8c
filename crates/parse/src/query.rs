//! Parses requests in the form of a URL: `https://…/?Action=X&Name="test"&Filters.0.Values.0=x`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use tc3_spec::{Field, TypeRef};

use crate::markdown;

/// The common parameters, which URLs contain beside those of the action.
const COMMON: &[&str] = &[
    "Action",
    "Version",
    "Region",
    "Timestamp",
    "Nonce",
    "SecretId",
    "Signature",
    "SignatureMethod",
    "Token",
    "Language",
    "RequestClient",
];

/// Whether a parameter is common to all actions, unless the action has one of that name.
pub(crate) fn is_common(name: &str, fields: &[Field]) -> bool {
    COMMON.contains(&name) && !fields.iter().any(|field| field.name == name)
}

/// Converts the parameters of a query to JSON with the types of the table.
///
/// # Errors
/// Returns the problem and the invalid part of the query.
pub(crate) fn parameters(query: &str, fields: &[Field]) -> Result<Value, (String, String)> {
    let mut root = Node::Object(Vec::new());
    for (number, part) in query.split('&').map(str::trim).enumerate() {
        if number > MAX_PARTS {
            return Err(("too many parameters".to_owned(), part.to_owned()));
        }
        // `<Common request parameters>` is a placeholder for the common parameters.
        let part = &*markdown::unlinked(part);
        if part.is_empty() || part.starts_with('<') {
            continue;
        }
        let Some((path, value)) = part.split_once('=') else {
            return Err(("a parameter has no `=`".to_owned(), part.to_owned()));
        };
        let path = path.trim();
        if is_common(path, fields) {
            continue;
        }
        let leaf = Node::Leaf(decode(value.trim()));
        root.insert(path, leaf)
            .map_err(|cause| (cause.to_owned(), part.to_owned()))?;
    }
    let Node::Object(members) = root else {
        return Ok(Value::Null);
    };
    let mut object = Map::new();
    for (name, node) in members {
        let of = fields
            .iter()
            .find(|field| field.name == name)
            .map(|field| &field.type_ref);
        object.insert(name, node.into_json(of));
    }
    Ok(Value::Object(object))
}

/// The maximum number of parameters; the longest known example has some hundred.
const MAX_PARTS: usize = 5000;

/// The maximum depth of a parameter's path.
const MAX_DEPTH: usize = 32;

enum Node {
    Leaf(String),
    Object(Vec<(String, Node)>),
    Array(BTreeMap<u32, Node>),
}

impl Node {
    fn insert(&mut self, path: &str, leaf: Node) -> Result<(), &'static str> {
        let steps: Vec<&str> = path.split('.').collect();
        if steps.len() > MAX_DEPTH || steps.iter().any(|step| step.is_empty()) {
            return Err("a parameter's name must be words and numbers joined by dots");
        }
        let mut at = self;
        for (index, step) in steps.iter().enumerate() {
            let below = || match steps.get(index + 1) {
                Some(next) if next.parse::<u32>().is_ok() => Node::Array(BTreeMap::new()),
                _ => Node::Object(Vec::new()),
            };
            let next = match (at, step.parse::<u32>()) {
                (Node::Array(items), Ok(number)) => items.entry(number).or_insert_with(below),
                (Node::Object(members), Err(_)) => {
                    let known = members.iter().position(|(name, _)| name == step);
                    let known = known.unwrap_or_else(|| {
                        members.push(((*step).to_owned(), below()));
                        members.len() - 1
                    });
                    &mut members[known].1
                }
                _ => return Err("conflicting uses of a parameter"),
            };
            at = next;
        }
        match at {
            Node::Object(members) if members.is_empty() => {
                *at = leaf;
                Ok(())
            }
            Node::Leaf(_) => Err("duplicate parameter"),
            _ => Err("conflicting uses of a parameter"),
        }
    }

    fn into_json(self, of: Option<&TypeRef>) -> Value {
        match self {
            Node::Leaf(text) => leaf(text, of),
            Node::Object(members) => Value::Object(
                members
                    .into_iter()
                    .map(|(name, node)| (name, node.into_json(None)))
                    .collect(),
            ),
            Node::Array(items) => {
                let element = match of {
                    Some(TypeRef::Array(element)) => Some(&**element),
                    _ => None,
                };
                Value::Array(
                    items
                        .into_values()
                        .map(|node| node.into_json(element))
                        .collect(),
                )
            }
        }
    }
}

/// Converts a value to the type of the table. Without a type, only an unquoted number or boolean is converted.
fn leaf(text: String, of: Option<&TypeRef>) -> Value {
    let quoted = text.len() >= 2 && text.starts_with('"') && text.ends_with('"');
    let bare = if quoted {
        &text[1..text.len() - 1]
    } else {
        &text
    };
    let json = || serde_json::from_str::<Value>(bare).ok();
    let value = match of {
        Some(TypeRef::Integer | TypeRef::Float | TypeRef::Double) => {
            json().filter(Value::is_number)
        }
        Some(TypeRef::Boolean) => bare.to_ascii_lowercase().parse().ok().map(Value::Bool),
        Some(TypeRef::Array(_)) => json().filter(Value::is_array),
        Some(TypeRef::Named(_)) => json().filter(Value::is_object),
        Some(_) => None,
        None if quoted => None,
        // `007` and `1e3` are strings, because numbers are not printed like that.
        None => json().filter(|value| {
            let printed = value.to_string();
            (value.is_number() || value.is_boolean()) && printed == bare
        }),
    };
    value.unwrap_or_else(|| Value::String(bare.to_owned()))
}

/// Decodes `+` and percent-encoding, like services. If the percent-encoding is invalid, it is kept.
fn decode(text: &str) -> String {
    let text = &text.replace('+', " ");
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digits = after
            .get(..2)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        match digits.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => bytes.push(byte),
            None => return text.clone(),
        }
        rest = &after[2..];
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.clone())
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tc3_spec::{Field, TypeRef};

    use super::parameters;

    fn field(name: &str, of: &str) -> Field {
        Field {
            name: name.into(),
            type_ref: of.parse::<TypeRef>().expect(of),
            format: None,
            required: false,
            nullable: false,
            deprecated: false,
            secret: None,
            description: String::new(),
        }
    }

    #[test]
    fn quotes_arrays_and_types() {
        let fields = [
            field("Uin", "Integer"),
            field("Name", "String"),
            field("Ids", "Array of String"),
            field("Filters", "Array of Filter"),
            field("On", "Boolean"),
        ];
        let query = "Action=X\n&Version=2021-03-31&Uin=123\n&Name=\"te+st\"&Ids.0=1&Ids.1=b&On=TRUE\
                     &Filters.0.Name=zone&Filters.0.Values.0=x%20y&Filters.0.Values.1=\"2\"&Filters.1.N=2&<Common>";
        let expect = json!({
            "Uin": 123, "Name": "te st", "Ids": ["1", "b"], "On": true,
            "Filters": [{"Name": "zone", "Values": ["x y", "2"]}, {"N": 2}],
        });
        assert_eq!(parameters(query, &fields), Ok(expect));
    }

    #[test]
    fn invalid_queries() {
        for query in [
            "A",
            "A=1&A=2",
            "A=1&A.0=2",
            "A.0=1&A.b=2",
            "A..b=1",
            &format!("{}a=1", "a.".repeat(40)),
        ] {
            assert!(parameters(query, &[]).is_err(), "{query}");
        }
    }
}
