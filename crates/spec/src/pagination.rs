//! Pagination of actions.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Pagination of an action's response, with its parameters.
///
/// In a file it is an object, or `false` to override a wrongly derived pagination:
/// - `{ "by": "offset", "items": "Members", "total": "TotalCount", "multiple": true }`
/// - `{ "by": "number", "items": "Members", "number": "PageNumber", "first": 1, "size": "PageSize", "total": "TotalCount" }`
/// - `{ "by": "token", "items": "Members", "token": "Cursor", "next": "NextCursor", "last": { "HasMore": false } }`
///
/// `items`, `total`, `next` and the name in `last` are paths in the response: `Result.Members` is the field `Members` of
/// the structure `Result`. `total`, `multiple`, `size` and `last` may be absent; `token` and `next` are `NextToken` then.
// `remote = "Self"` makes functions for the objects; the traits below add `false`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    remote = "Self",
    tag = "by",
    rename_all = "lowercase",
    deny_unknown_fields
)]
pub enum Pagination {
    /// Not paginated.
    #[serde(skip)]
    None,
    /// Paginated by `Offset` (items to skip) and `Limit` (page size).
    Offset {
        /// The array in the response.
        items: String,
        /// The Integer in the response with the total number of items.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        total: Option<String>,
        /// Whether `Offset` must be a multiple of `Limit`.
        #[serde(default, skip_serializing_if = "is_false")]
        multiple: bool,
    },
    /// Paginated by the number of a page.
    Number {
        /// The array in the response.
        items: String,
        /// The parameter with the number of the page.
        number: String,
        /// The number of the first page.
        first: u64,
        /// The parameter with the page size.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        size: Option<String>,
        /// The Integer in the response with the total number of items.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        total: Option<String>,
    },
    /// Paginated by a token in the response, which the next request sends back.
    Token {
        /// The array in the response.
        items: String,
        /// The parameter with the token.
        #[serde(default = "next_token", skip_serializing_if = "is_next_token")]
        token: String,
        /// The field of the response with the token of the next page.
        #[serde(default = "next_token", skip_serializing_if = "is_next_token")]
        next: String,
        /// The Boolean of the response that says whether a page is the last one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last: Option<Flag>,
    },
}

/// Boolean of a response that says whether a page is the last one. In a file it is an object with one member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<String, bool>", into = "BTreeMap<String, bool>")]
pub struct Flag {
    /// The field of the response.
    pub field: String,
    /// Its value on the last page.
    pub value: bool,
}

impl TryFrom<BTreeMap<String, bool>> for Flag {
    type Error = &'static str;

    fn try_from(map: BTreeMap<String, bool>) -> Result<Self, Self::Error> {
        let mut members = map.into_iter();
        match (members.next(), members.next()) {
            (Some((field, value)), None) => Ok(Self { field, value }),
            _ => Err("expected one field, such as `{ \"HasMore\": false }`"),
        }
    }
}

impl From<Flag> for BTreeMap<String, bool> {
    fn from(flag: Flag) -> Self {
        Self::from([(flag.field, flag.value)])
    }
}

pub(crate) const NEXT_TOKEN: &str = "NextToken";

fn next_token() -> String {
    NEXT_TOKEN.to_owned()
}

fn is_next_token(name: &String) -> bool {
    name == NEXT_TOKEN
}

fn is_false(value: &bool) -> bool {
    !value
}

impl Pagination {
    /// Returns the path of the array in the response, unless the action is not paginated.
    pub fn items(&self) -> Option<&str> {
        match self {
            Self::None => None,
            Self::Offset { items, .. } | Self::Number { items, .. } | Self::Token { items, .. } => {
                Some(items)
            }
        }
    }

    /// Returns the parameter that selects the page by a number.
    pub fn position(&self) -> Option<&str> {
        match self {
            Self::None | Self::Token { .. } => None,
            Self::Offset { .. } => Some("Offset"),
            Self::Number { number, .. } => Some(number),
        }
    }
}

/// Describes the pagination briefly: "`Members` by offset, of `TotalCount`".
impl fmt::Display for Pagination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = |total: &Option<String>| {
            total
                .as_ref()
                .map_or(String::new(), |total| format!(", of `{total}`"))
        };
        match self {
            Self::None => f.write_str("no pages"),
            Self::Offset {
                items,
                total: all,
                multiple,
            } => {
                let by = if *multiple {
                    "multiples of the limit"
                } else {
                    "offset"
                };
                write!(f, "`{items}` by {by}{}", total(all))
            }
            Self::Number {
                items,
                number,
                first,
                total: all,
                ..
            } => write!(f, "`{items}` by `{number}` from {first}{}", total(all)),
            Self::Token {
                items,
                token,
                next,
                last,
            } => {
                write!(f, "`{items}` by `{token}`")?;
                if next != token {
                    write!(f, " from `{next}`")?;
                }
                match last {
                    Some(Flag { field, value }) => write!(f, " until `{field}` is {value}"),
                    None => Ok(()),
                }
            }
        }
    }
}

impl Serialize for Pagination {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None => serializer.serialize_bool(false),
            _ => Self::serialize(self, serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Pagination {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FalseOrShape)
    }
}

struct FalseOrShape;

impl<'de> Visitor<'de> for FalseOrShape {
    type Value = Pagination;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`false`, or an object with the key `by`")
    }

    fn visit_bool<E: de::Error>(self, is_paginated: bool) -> Result<Pagination, E> {
        if is_paginated {
            return Err(E::invalid_value(de::Unexpected::Bool(true), &self));
        }
        Ok(Pagination::None)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Pagination, A::Error> {
        Pagination::deserialize(MapAccessDeserializer::new(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_distinguishes_paginations() {
        let token = |next: &str, last: Option<bool>| Pagination::Token {
            items: "Rows".to_owned(),
            token: "Cursor".to_owned(),
            next: next.to_owned(),
            last: last.map(|value| Flag {
                field: "HasMore".to_owned(),
                value,
            }),
        };
        for (pagination, text) in [
            (token("Cursor", None), "`Rows` by `Cursor`"),
            (
                token("NextCursor", None),
                "`Rows` by `Cursor` from `NextCursor`",
            ),
            (
                token("Cursor", Some(false)),
                "`Rows` by `Cursor` until `HasMore` is false",
            ),
        ] {
            assert_eq!(pagination.to_string(), text);
        }
    }
}
