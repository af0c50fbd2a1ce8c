//! The type notation of the documentation.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A type in the documentation's notation: `Integer`, `Array of String`, or the name of a data type.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TypeRef {
    /// `String`.
    String,
    /// `Integer`: signed unless the field's [`IntegerFormat`](crate::IntegerFormat) says otherwise.
    Integer,
    /// `Boolean`.
    Boolean,
    /// `Float`.
    Float,
    /// `Double`.
    Double,
    /// `Date`: a string like `2022-01-01`.
    Date,
    /// `Timestamp`: a string like `2022-01-01 00:00:00`, without a zone.
    Timestamp,
    /// `Timestamp ISO8601`: a string like `2022-01-01T00:00:00+08:00`.
    TimestampIso8601,
    /// `Binary`.
    Binary,
    /// The name of a data type.
    Named(String),
    /// `Array of …`.
    Array(Box<TypeRef>),
}

impl TypeRef {
    /// The built-in types with their notation.
    pub const BUILTIN: [(&'static str, TypeRef); 9] = [
        ("String", TypeRef::String),
        ("Integer", TypeRef::Integer),
        ("Boolean", TypeRef::Boolean),
        ("Float", TypeRef::Float),
        ("Double", TypeRef::Double),
        ("Date", TypeRef::Date),
        ("Timestamp", TypeRef::Timestamp),
        ("Timestamp ISO8601", TypeRef::TimestampIso8601),
        ("Binary", TypeRef::Binary),
    ];

    /// Returns the innermost element type: `Tag` for `Array of Array of Tag`.
    pub fn element(&self) -> &TypeRef {
        let mut inner = self;
        while let TypeRef::Array(element) = inner {
            inner = element;
        }
        inner
    }

    /// Returns the innermost data type, or `None` for a built-in type.
    pub fn named(&self) -> Option<&str> {
        match self.element() {
            TypeRef::Named(name) => Some(name),
            _ => None,
        }
    }
}

impl fmt::Display for TypeRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut inner = self;
        while let TypeRef::Array(element) = inner {
            f.write_str("Array of ")?;
            inner = element;
        }
        match inner {
            TypeRef::Named(name) => f.write_str(name),
            builtin => {
                let (name, _) = TypeRef::BUILTIN
                    .iter()
                    .find(|(_, known)| known == builtin)
                    .expect("all built-in types are listed");
                f.write_str(name)
            }
        }
    }
}

/// Error for a text that is not a type in the documentation's notation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a type: expected a built-in type such as `String`, a data type, or `Array of` a type"
)]
pub struct ParseTypeError(String);

/// The maximum array nesting, far more than any page uses.
const MAX_DEPTH: usize = 8;

impl FromStr for TypeRef {
    type Err = ParseTypeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut rest = text.trim();
        let mut depth = 0;
        while let Some(element) = rest.strip_prefix("Array of ") {
            rest = element.trim_start();
            depth += 1;
        }
        let builtin = TypeRef::BUILTIN
            .iter()
            .find(|(name, _)| *name == rest)
            .map(|(_, builtin)| builtin.clone());
        let element = match builtin {
            Some(builtin) => builtin,
            None if is_word(rest) => TypeRef::Named(rest.to_owned()),
            None => return Err(ParseTypeError(text.to_owned())),
        };
        if depth > MAX_DEPTH {
            return Err(ParseTypeError(text.to_owned()));
        }
        Ok((0..depth).fold(element, |element, _| TypeRef::Array(Box::new(element))))
    }
}

/// Whether a text is a valid name of a data type, action or field: ASCII letters, digits and underscores. A Rust name
/// is made from it, so it may begin with a digit or an underscore.
pub(crate) fn is_word(text: &str) -> bool {
    let mut bytes = text.bytes();
    !text.is_empty() && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

impl Serialize for TypeRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TypeRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: TypeRef) {
        let parsed: TypeRef = text.parse().expect(text);
        assert_eq!(parsed, expect);
        assert_eq!(parsed.to_string(), text);
    }

    #[test]
    fn notation_round_trip() {
        for (name, builtin) in TypeRef::BUILTIN {
            check(name, builtin);
        }
        for name in ["Tag", "9Lives", "_Tag"] {
            check(name, TypeRef::Named(name.into()));
        }
        check(
            "Array of Timestamp ISO8601",
            TypeRef::Array(Box::new(TypeRef::TimestampIso8601)),
        );
        let tags = TypeRef::Array(Box::new(TypeRef::Array(Box::new(TypeRef::Named(
            "Tag".into(),
        )))));
        check("Array of Array of Tag", tags.clone());
        assert_eq!(tags.named(), Some("Tag"));
        assert_eq!(TypeRef::Array(Box::new(TypeRef::String)).named(), None);
    }

    #[test]
    fn invalid_type_is_rejected() {
        for text in ["", "Array of ", "some words", "pet-id", "Tag;", "Straße"] {
            assert!(text.parse::<TypeRef>().is_err(), "{text}");
        }
        assert!(
            format!("{}Tag", "Array of ".repeat(9))
                .parse::<TypeRef>()
                .is_err()
        );
    }
}
