//! serde of [`Value`]s. What a deserializer gives becomes JSON text, which the one reader then decodes.

use super::write::{shown, string};
use super::{Number, Object, Value};
use ::serde_core::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor,
};
use ::serde_core::ser::{Serialize, Serializer};
use std::fmt;

/// The name under which `serde_json` gives the text of a number if its feature `arbitrary_precision` is on.
const NUMBER_TEXT: &str = "$serde_json::private::Number";

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(elements) => elements.serialize(serializer),
            Self::Object(object) => object.serialize(serializer),
        }
    }
}

/// As the integer or double that it is; as a string where serde has no number that tells the same.
impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use super::Digits;

        match self.digits() {
            Digits::I64(value) => serializer.serialize_i64(value),
            Digits::U64(value) => serializer.serialize_u64(value),
            Digits::Text(text) => {
                if let Ok(value) = text.parse() {
                    serializer.serialize_i128(value)
                } else if let Ok(value) = text.parse() {
                    serializer.serialize_u128(value)
                } else if let Some(value) = self.digits().to_f64() {
                    serializer.serialize_f64(value)
                } else {
                    serializer.serialize_str(text)
                }
            }
        }
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

/// NaN and infinities, for which JSON has no number, become `null`, bytes an array of numbers.
impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut text = Vec::new();
        Transcoder(&mut text).deserialize(deserializer)?;
        Self::read(&text).map_err(D::Error::custom)
    }
}

/// The JSON text of the map that a deserializer should give.
pub(crate) fn map_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let mut text = Vec::new();
    deserializer.deserialize_map(Transcoder(&mut text))?;
    Ok(text)
}

/// Writes what it visits as JSON.
struct Transcoder<'o>(&'o mut Vec<u8>);

impl<'de> DeserializeSeed<'de> for Transcoder<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Transcoder<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what JSON can tell")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        shown(format_args!("{value}"), self.0);
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        shown(format_args!("{value}"), self.0);
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        shown(format_args!("{value}"), self.0);
        Ok(())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<(), E> {
        shown(format_args!("{value}"), self.0);
        Ok(())
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<(), E> {
        shown(format_args!("{value}"), self.0);
        Ok(())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        if value.is_finite() {
            shown(format_args!("{value:?}"), self.0);
            Ok(())
        } else {
            self.visit_unit()
        }
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        string(value, self.0);
        Ok(())
    }

    fn visit_bytes<E: Error>(self, value: &[u8]) -> Result<(), E> {
        shown(format_args!("{value:?}"), self.0);
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.0.extend_from_slice(b"null");
        Ok(())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        self.0.push(b'[');
        let start = self.0.len();
        while elements.next_element_seed(Transcoder(self.0))?.is_some() {
            self.0.push(b',');
        }
        close(self.0, start, b']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let before = self.0.len();
        self.0.push(b'{');
        let start = self.0.len();
        while let Some(name) = members.next_key_seed(Name)? {
            if name == NUMBER_TEXT {
                self.0.truncate(before);
                let text: String = members.next_value()?;
                let number: Number = text.parse().map_err(A::Error::custom)?;
                shown(format_args!("{number}"), self.0);
                return Ok(());
            }
            string(&name, self.0);
            self.0.push(b':');
            members.next_value_seed(Transcoder(self.0))?;
            self.0.push(b',');
        }
        close(self.0, start, b'}');
        Ok(())
    }
}

/// Closes what was opened before `start`, and takes back the comma behind the last element.
fn close(output: &mut Vec<u8>, start: usize, bracket: u8) {
    if output.len() > start {
        output.pop();
    }
    output.push(bracket);
}

/// Gives the text of a map's key, which formats other than JSON may have as a number or Boolean.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<String, E> {
        Ok(value)
    }
}
