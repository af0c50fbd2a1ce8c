//! First pass of the reader, which accepts only values of the documented kinds.
//!
//! It fails at any other value. Its errors are not shown, because the [careful pass](super::read) reports its own.

use std::fmt;

use serde_core::de::{Deserialize, DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Deserializer;
use serde_json::value::RawValue;

use super::budget::{Budget, UNKNOWN_SIZE};
use super::{Field, FieldValue, Json, Kind, Table, UnknownFields, fit};

/// Member of a response with the service's error.
pub(super) const ERROR: &str = "Error";

/// Returns the values of a message, if all are of the documented kinds and no member is the service's `Error`.
pub(super) fn read(
    text: &str,
    table: &'static Table,
    is_response: bool,
    budget: &Budget,
) -> Option<Vec<FieldValue>> {
    // `serde_json` does not check surrogates inside a `RawValue`.
    if text.contains("\\ud") || text.contains("\\uD") {
        return None;
    }
    let (mut json, mut values) = (Deserializer::from_str(text), Vec::new());
    let message = MessageSeed {
        table,
        is_response,
        values: &mut values,
        budget,
    };
    message.deserialize(&mut json).ok()?;
    json.end().ok()?;
    Some(values)
}

/// Reads a message and appends its values.
struct MessageSeed<'v> {
    table: &'static Table,
    /// Whether the message is a response, whose member `Error` is the service's error.
    is_response: bool,
    values: &'v mut Vec<FieldValue>,
    budget: &'v Budget,
}

impl<'de> DeserializeSeed<'de> for MessageSeed<'_> {
    type Value = ();

    fn deserialize<D: serde_core::Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for MessageSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (table, start, budget) = (self.table, self.values.len(), self.budget);
        check(budget, table.width(), size_of::<FieldValue>())?;
        self.values
            .resize_with(start + table.width(), FieldValue::default);
        let values = &mut self.values[start..];
        let mut unknown = UnknownFields::new();
        let (is_response, mut next) = (self.is_response, 0);
        while let Some(key) = map.next_key_seed(KeySeed {
            table,
            is_response,
            next,
        })? {
            match key {
                Key::Field(index) => {
                    let (kind, place) = (table.fields[index].1, &mut values[index]);
                    let seed = ValueSeed {
                        kind,
                        place,
                        budget,
                    };
                    map.next_value_seed(FieldSeed(seed))?;
                    next = index + 1;
                }
                Key::Unknown(name) => {
                    check(budget, 1, UNKNOWN_SIZE)?;
                    unknown.insert(name, map.next_value().map(Json::from_raw)?);
                }
            }
        }
        if !unknown.is_empty() {
            values[table.fields.len()] = FieldValue::Unknown(unknown);
        }
        Ok(())
    }
}

/// Name of a member.
enum Key {
    /// Name of the field with this index.
    Field(usize),
    Unknown(String),
}

/// Finds the field of a member by its name.
struct KeySeed {
    table: &'static Table,
    is_response: bool,
    /// Index after the last field that was read. It is tried first, because services mostly send fields in the
    /// documented order.
    next: usize,
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;

    fn deserialize<D: serde_core::Deserializer<'de>>(self, json: D) -> Result<Key, D::Error> {
        json.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Key, E> {
        let table = self.table;
        if self.is_response && name == ERROR {
            return Err(E::custom("an error of the service"));
        }
        let index = match table.fields.get(self.next) {
            Some(Field(next, _)) if *next == name => Some(self.next),
            _ => table.position(name),
        };
        Ok(index.map_or_else(|| Key::Unknown(name.to_owned()), Key::Field))
    }
}

/// Reads the value of a field, which may be `null`.
struct FieldSeed<'v>(ValueSeed<'v>);

impl<'de> DeserializeSeed<'de> for FieldSeed<'_> {
    type Value = ();

    fn deserialize<D: serde_core::Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for FieldSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E>(self) -> Result<(), E> {
        *self.0.place = FieldValue::Absent;
        Ok(())
    }

    fn visit_some<D: serde_core::Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        self.0.deserialize(json)
    }
}

/// Reads a value into its place.
///
/// It requests each type by name and not `any`: with the feature `arbitrary_precision`, which another crate may enable,
/// `serde_json` represents numbers as maps.
struct ValueSeed<'v> {
    kind: Kind,
    place: &'v mut FieldValue,
    budget: &'v Budget,
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = ();

    fn deserialize<D: serde_core::Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        *self.place = match self.kind {
            Kind::Bool => FieldValue::Bool(bool::deserialize(json)?),
            Kind::I64 => FieldValue::I64(i64::deserialize(json)?),
            Kind::U64 => FieldValue::U64(u64::deserialize(json)?),
            // Only the text contains all digits.
            Kind::F64 => fit::number(<&RawValue>::deserialize(json)?.get(), Kind::F64)
                .ok_or_else(|| D::Error::custom("not a double"))?,
            Kind::String | Kind::Secret | Kind::Public => {
                FieldValue::String(String::deserialize(json)?)
            }
            Kind::Json => FieldValue::Json(Json::from_raw(Box::deserialize(json)?)),
            Kind::Message(table) => {
                let mut values = Vec::new();
                message(table, &mut values, self.budget).deserialize(json)?;
                FieldValue::Message(values)
            }
            Kind::List(kind) => json.deserialize_seq(ListVisitor(*kind, self.budget))?,
        };
        Ok(())
    }
}

fn message<'v>(
    table: fn() -> &'static Table,
    values: &'v mut Vec<FieldValue>,
    budget: &'v Budget,
) -> MessageSeed<'v> {
    MessageSeed {
        table: table(),
        is_response: false,
        values,
        budget,
    }
}

fn check<E: Error>(budget: &Budget, count: usize, size: usize) -> Result<(), E> {
    match budget.allows(count, size) {
        true => Ok(()),
        false => Err(E::custom("too much memory")),
    }
}

/// Reads the elements of an array.
struct ListVisitor<'b>(Kind, &'b Budget);

impl<'de> Visitor<'de> for ListVisitor<'_> {
    type Value = FieldValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Value, A::Error> {
        let (kind, budget, mut values) = (self.0, self.1, Vec::new());
        if let Kind::Message(table) = kind {
            while let Some(()) = elements.next_element_seed(message(table, &mut values, budget))? {}
            return Ok(FieldValue::Messages(values));
        }
        loop {
            let mut value = FieldValue::Absent;
            let place = &mut value;
            let seed = ValueSeed {
                kind,
                place,
                budget,
            };
            match elements.next_element_seed(seed)? {
                Some(()) => {
                    check(budget, 1, size_of::<FieldValue>())?;
                    values.push(value);
                }
                None => return Ok(FieldValue::List(values)),
            }
        }
    }
}
