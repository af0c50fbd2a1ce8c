use std::fmt;

use serde_core::ser::{Serialize, SerializeMap as _, Serializer};

use super::{Field, FieldValue, Json, Kind, Table};

/// Writes the values of a message as a JSON object; `Json` values keep their text.
///
/// # Errors
/// If a Float or Double is NaN or infinite.
pub(crate) fn write(values: &[FieldValue<'_>], table: &Table) -> Result<Vec<u8>, WriteError> {
    if let Some(error) = not_finite(values, table) {
        return Err(error);
    }
    let exact = true;
    let message = MessageView {
        values,
        table,
        exact,
    };
    serde_json::to_vec(&message).map_err(|error| WriteError(error.to_string()))
}

/// Why a message could not be written.
#[derive(Debug)]
pub(crate) struct WriteError(String);

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WriteError {}

/// Finds a number that JSON has no text for.
fn not_finite(values: &[FieldValue<'_>], table: &Table) -> Option<WriteError> {
    fn find(value: &FieldValue<'_>, kind: Kind) -> Option<(String, f64)> {
        match (value, kind) {
            (FieldValue::F64(number), _) if !number.is_finite() => Some((String::new(), *number)),
            (FieldValue::Message(values), Kind::Message(table)) => {
                let (path, number) = in_message(values, table())?;
                Some((format!(".{path}"), number))
            }
            (FieldValue::List(values), Kind::List(Kind::Message(table))) => {
                let mut messages = values.chunks_exact(table().width()).enumerate();
                messages.find_map(|(index, values)| {
                    let (path, number) = in_message(values, table())?;
                    Some((format!("[{index}].{path}"), number))
                })
            }
            (FieldValue::List(values), Kind::List(kind)) => {
                let mut elements = values.iter().enumerate();
                elements.find_map(|(index, value)| {
                    let (path, number) = find(value, *kind)?;
                    Some((format!("[{index}]{path}"), number))
                })
            }
            _ => None,
        }
    }
    fn in_message(values: &[FieldValue<'_>], table: &Table) -> Option<(String, f64)> {
        let mut fields = table.fields.iter().zip(values);
        fields.find_map(|(Field(name, kind), value)| {
            let (path, number) = find(value, *kind)?;
            Some((format!("{name}{path}"), number))
        })
    }
    let (path, number) = in_message(values, table)?;
    let message = format!("`{path}` is {number}, and JSON has no such number; use a finite one");
    Some(WriteError(message))
}

/// A message as serde writes it: the fields that are present, then the unknown fields.
pub(super) struct MessageView<'a> {
    pub(super) values: &'a [FieldValue<'a>],
    pub(super) table: &'a Table,
    /// Whether `serde_json` writes it, so that `Json` values can keep their text.
    pub(super) exact: bool,
}

/// A value as serde writes it.
struct ValueView<'a> {
    value: &'a FieldValue<'a>,
    kind: Kind,
    exact: bool,
}

impl<'a> MessageView<'a> {
    /// The names and values of the fields that are present, and not replaced by an unknown field of the same name.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&'static str, Kind, &'a FieldValue<'a>)> {
        let (values, unknown) = (self.values, unknown(self.values));
        let fields = self.table.fields.iter().zip(values);
        let fields = fields.filter(|(_, value)| !matches!(value, FieldValue::Absent));
        let fields = fields
            .filter(move |(field, _)| unknown.is_none_or(|unknown| unknown.get(field.0).is_none()));
        fields.map(|(Field(name, kind), value)| (*name, *kind, value))
    }

    /// The unknown fields.
    pub(super) fn unknown(&self) -> impl Iterator<Item = (&'a str, &'a Json)> {
        unknown(self.values)
            .into_iter()
            .flat_map(|unknown| unknown.iter())
    }
}

fn unknown<'a>(values: &'a [FieldValue<'a>]) -> Option<&'a super::UnknownFields> {
    match values.last() {
        Some(FieldValue::Unknown(unknown)) => Some(unknown),
        _ => None,
    }
}

impl Serialize for MessageView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let exact = self.exact;
        // Some formats must know the number in advance.
        let count = self.fields().count() + self.unknown().count();
        let mut map = serializer.serialize_map(Some(count))?;
        for (name, kind, value) in self.fields() {
            map.serialize_entry(name, &ValueView { value, kind, exact })?;
        }
        for (name, json) in self.unknown() {
            if exact {
                map.serialize_entry(name, json.raw())?;
            } else {
                map.serialize_entry(name, json)?;
            }
        }
        map.end()
    }
}

impl Serialize for ValueView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let exact = self.exact;
        match (self.value, self.kind) {
            (FieldValue::Bool(value), _) => serializer.serialize_bool(*value),
            (FieldValue::I64(value), _) => serializer.serialize_i64(*value),
            (FieldValue::U64(value), _) => serializer.serialize_u64(*value),
            (FieldValue::F64(value), _) => serializer.serialize_f64(*value),
            (FieldValue::String(text), _) => serializer.serialize_str(text),
            (FieldValue::Json(json), _) if exact => json.raw().serialize(serializer),
            (FieldValue::Json(json), _) => json.serialize(serializer),
            (FieldValue::Message(values), Kind::Message(table)) => {
                let table = table();
                MessageView {
                    values,
                    table,
                    exact,
                }
                .serialize(serializer)
            }
            (FieldValue::List(values), Kind::List(Kind::Message(table))) => {
                let table = table();
                let messages = values.chunks_exact(table.width());
                serializer.collect_seq(messages.map(|values| MessageView {
                    values,
                    table,
                    exact,
                }))
            }
            (FieldValue::List(values), Kind::List(kind)) => {
                let kind = *kind;
                serializer.collect_seq(values.iter().map(|value| ValueView { value, kind, exact }))
            }
            _ => serializer.serialize_unit(),
        }
    }
}
