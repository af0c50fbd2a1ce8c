//! Pagination of actions.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Whether, and by which parameters, the response of an action comes in pages.
///
/// In a file it is an object, `{ "by": "offset", "items": "Members", "total": "TotalCount" }` or
/// `{ "by": "token", "items": "Members" }`, or `false` to override a wrongly derived pagination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pagination {
    /// Not paginated.
    None,
    /// Paginated by `Offset` (items to skip) and `Limit` (page size).
    Offset {
        /// The array in the response.
        items: String,
        /// The Integer in the response with the total number of items.
        total: Option<String>,
    },
    /// Paginated by `NextToken`, which the next request repeats.
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
