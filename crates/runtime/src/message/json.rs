use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde_core::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_core::ser::{Error as _, Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::number::double;
use super::redact::redact_json;
use super::table::DEPTH;

/// A JSON value of undocumented shape, kept as the text that was sent: numbers keep all their digits.
///
/// It is made from a text by [`FromStr`], or from whatever becomes a [`serde_json::Value`]; [`parse`](Self::parse) reads
/// it into any type. Values are equal if they have the same text or, whatever the order of members, the same content.
///
/// ```
/// let json: tc3::Json = r#"{"Uin": 100028582000, "Ratio": 1.50}"#.parse()?;
/// assert_eq!(json.text(), r#"{"Uin": 100028582000, "Ratio": 1.50}"#);
///
/// #[derive(serde::Deserialize)]
/// #[serde(rename_all = "PascalCase")]
/// struct Member {
///     uin: i64,
/// }
/// assert_eq!(json.parse::<Member>()?.uin, 100_028_582_000);
/// assert_eq!(json.parse::<serde_json::Value>()?["Uin"], 100_028_582_000_i64);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct Json(Box<RawValue>);

impl Json {
    /// The JSON text.
    pub fn text(&self) -> &str {
        self.0.get()
    }

    /// Reads the value into a type.
    ///
    /// # Errors
    /// If the value does not fit the type.
    pub fn parse<'de, T: Deserialize<'de>>(&'de self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.text())
    }

    pub(super) fn from_raw(raw: Box<RawValue>) -> Self {
        Self(raw)
    }
}

/// `null`.
impl Default for Json {
    fn default() -> Self {
        Self(RawValue::NULL.to_owned())
    }
}

impl<T: Into<Value>> From<T> for Json {
    fn from(value: T) -> Self {
        // A `Value` always has a text; its map keys are strings and its numbers are finite.
        let text = value.into().to_string();
        RawValue::from_string(text).map(Self).unwrap_or_default()
    }
}

impl FromStr for Json {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        RawValue::from_string(text.to_owned()).map(Self)
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        let value = |json: &Self| json.parse::<Value>().ok();
        self.text() == other.text()
            || value(self).is_some_and(|content| Some(content) == value(other))
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

/// Shows the text without the secrets in it.
impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&redact_json(self.text()))
    }
}

/// Serializes as the value that the text stands for, whatever the format; what no type of serde holds, and what nests
/// deeper than 128 levels, as a string.
impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Text::new(self.text()).serialize(serializer)
    }
}

/// A JSON text that serializes as the value that it stands for.
pub(super) struct Text<'t> {
    text: &'t str,
    depth: usize,
}

impl<'t> Text<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, depth: 0 }
    }

    fn part(&self, json: &'t RawValue) -> Self {
        Self {
            text: json.get(),
            depth: self.depth + 1,
        }
    }
}

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.text;
        let error = S::Error::custom::<serde_json::Error>;
        match text.as_bytes().first() {
            Some(b'{' | b'[') if self.depth == DEPTH => serializer.serialize_str(text),
            Some(b'{') => {
                let Members(members) = serde_json::from_str(text).map_err(error)?;
                let members = members.iter();
                serializer.collect_map(members.map(|(name, json)| (name, self.part(json))))
            }
            Some(b'[') => {
                let elements: Vec<&RawValue> = serde_json::from_str(text).map_err(error)?;
                serializer.collect_seq(elements.iter().map(|json| self.part(json)))
            }
            Some(b'"') => {
                let text: Cow<'_, str> = serde_json::from_str(text).map_err(error)?;
                serializer.serialize_str(&text)
            }
            Some(b't' | b'f') => serializer.serialize_bool(text == "true"),
            Some(b'n') => serializer.serialize_unit(),
            _ => number(text, serializer),
        }
    }
}

/// Serializes a JSON number.
fn number<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(value) = text.parse() {
        serializer.serialize_i64(value)
    } else if let Ok(value) = text.parse() {
        serializer.serialize_u64(value)
    } else if let Ok(value) = text.parse() {
        serializer.serialize_i128(value)
    } else if let Ok(value) = text.parse() {
        serializer.serialize_u128(value)
    } else if let Some(value) = double(text) {
        serializer.serialize_f64(value)
    } else {
        serializer.serialize_str(text)
    }
}

/// The members of an object, in their order.
pub(super) struct Members<'t>(pub(super) Vec<(String, &'t RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::from)
    }
}
