use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde_core::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_core::ser::{Error as _, Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::number::double;
use super::redact::redact_json;
use super::table::MAX_DEPTH;

/// A JSON value of undocumented shape. It keeps the text, so numbers keep all their digits.
///
/// [`FromStr`] creates it from a text, and `From` from any type that converts to a [`serde_json::Value`].
/// [`parse`](Self::parse) reads it into any type. Two values are equal if their texts are equal, or if their contents are;
/// the order of members does not matter.
///
/// ```
/// # use tc3_protocol::message::Json; // programs use `tc3::Json`
/// let json: Json = r#"{"Uin": 100028582000, "Ratio": 1.50}"#.parse()?;
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
    /// Returns the JSON text.
    pub fn text(&self) -> &str {
        self.0.get()
    }

    /// Reads the value into a type.
    ///
    /// # Errors
    /// Fails if the value does not fit the type.
    pub fn parse<'de, T: Deserialize<'de>>(&'de self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.text())
    }

    pub(super) fn from_raw(raw: Box<RawValue>) -> Self {
        Self(raw)
    }
}

/// Returns `null`.
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

/// Shows the text with redacted secrets.
impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&redact_json(self.text()))
    }
}

/// Serializes the value of the text, in any format. A number that fits no type of serde, and a value that is nested deeper
/// than 128 levels, become strings.
impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Text::new(self.text()).serialize(serializer)
    }
}

/// JSON text that serializes as its value.
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
            Some(b'{' | b'[') if self.depth == MAX_DEPTH => serializer.serialize_str(text),
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

/// Members of an object in the order of the text.
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
