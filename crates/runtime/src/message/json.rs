use std::fmt;
use std::str::FromStr;

use serde_core::de::{Deserialize, Deserializer};
use serde_core::ser::{Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

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

    /// The value as `serde_json` has it, in which numbers that neither an integer nor a double holds are rounded.
    pub(crate) fn to_value(&self) -> Value {
        // Only a text that nests too deep cannot be parsed.
        self.parse()
            .unwrap_or_else(|_| Value::String(self.text().to_owned()))
    }

    pub(super) fn from_raw(raw: Box<RawValue>) -> Self {
        Self(raw)
    }

    pub(super) fn raw(&self) -> &RawValue {
        &self.0
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
        Self(RawValue::from_string(text).unwrap_or_else(|_| RawValue::NULL.to_owned()))
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
        self.text() == other.text() || self.to_value() == other.to_value()
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

/// Serializes as the value that the text stands for, whatever the format.
impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_value().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::from)
    }
}
