//! How the response of an action comes in pages.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Whether, and by which parameters, the response of an action comes in pages.
///
/// In a file it is an object, `{ "by": "offset", "items": "Members", "total": "TotalCount" }` or
/// `{ "by": "token", "items": "Members" }`, or `false` for an action of which nobody is to believe that it has pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pagination {
    /// All of it comes in one response.
    None,
    /// The request says by `Offset` how many items to pass over, and by `Limit` how many to give.
    Offset {
        /// The array in the response.
        items: String,
        /// The Integer in the response that tells how many items there are in all.
        total: Option<String>,
    },
    /// The response says by `NextToken` where the next page begins, and the next request repeats it.
    Token {
        /// The array in the response.
        items: String,
    },
}

/// The object in a file.
#[derive(Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "lowercase", deny_unknown_fields)]
enum Shape {
    Offset {
        items: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        total: Option<String>,
    },
    Token {
        items: String,
    },
}

impl Serialize for Pagination {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let shape = match self.clone() {
            Pagination::None => return serializer.serialize_bool(false),
            Pagination::Offset { items, total } => Shape::Offset { items, total },
            Pagination::Token { items } => Shape::Token { items },
        };
        shape.serialize(serializer)
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
        let shape = Shape::deserialize(MapAccessDeserializer::new(map))?;
        Ok(match shape {
            Shape::Offset { items, total } => Pagination::Offset { items, total },
            Shape::Token { items } => Pagination::Token { items },
        })
    }
}
