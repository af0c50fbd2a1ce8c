use std::fmt;

use super::redact::{REDACTED, is_secret};
use super::{Field, FieldValue, Kind, Table, UnknownFields};

/// `Debug` output of a message: its name, the fields that are present, and the unknown fields.
pub(super) struct MessageDebug<'a> {
    pub(super) table: &'a Table,
    pub(super) values: &'a [FieldValue],
}

/// `Debug` output of a value.
struct ValueDebug<'a> {
    kind: Kind,
    value: &'a FieldValue,
}

impl fmt::Debug for MessageDebug<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { table, values } = self;
        let unknown = FieldValue::unknown(values);
        let is_replaced = |name| unknown.and_then(|unknown| unknown.get(name)).is_some();
        let mut output = f.debug_struct(table.name);
        for (&Field(name, kind), value) in table.fields.iter().zip(*values) {
            if *value == FieldValue::Absent || is_replaced(name) {
                continue;
            }
            match is_hidden(name, kind) {
                true => output.field(name, &format_args!("{REDACTED}")),
                false => output.field(name, &ValueDebug { kind, value }),
            };
        }
        for (name, json) in unknown.into_iter().flat_map(UnknownFields::iter) {
            match is_secret(name) {
                true => output.field(name, &format_args!("{REDACTED}")),
                false => output.field(name, json),
            };
        }
        output.finish()
    }
}

/// Returns whether the value of a field is redacted.
fn is_hidden(name: &str, kind: Kind) -> bool {
    match kind {
        Kind::Secret => true,
        Kind::String | Kind::Json => is_secret(name),
        Kind::List(kind) => is_hidden(name, *kind),
        _ => false,
    }
}

impl fmt::Debug for ValueDebug<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.value, self.kind) {
            (FieldValue::Bool(value), _) => value.fmt(f),
            (FieldValue::I64(value), _) => value.fmt(f),
            (FieldValue::U64(value), _) => value.fmt(f),
            (FieldValue::F64(value), _) => value.fmt(f),
            (FieldValue::String(text), _) => text.fmt(f),
            (FieldValue::Json(json), _) => json.fmt(f),
            (FieldValue::Message(values), Kind::Message(table)) => {
                let table = table();
                MessageDebug { table, values }.fmt(f)
            }
            (FieldValue::List(values), Kind::List(&kind)) => {
                let elements = values.iter();
                let elements = elements.map(|value| ValueDebug { kind, value });
                f.debug_list().entries(elements).finish()
            }
            (FieldValue::Messages(values), Kind::List(Kind::Message(table))) => {
                let table = table();
                let messages = values.chunks_exact(table.width());
                let messages = messages.map(|values| MessageDebug { table, values });
                f.debug_list().entries(messages).finish()
            }
            (value, _) => value.fmt(f),
        }
    }
}
