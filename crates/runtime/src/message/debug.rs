use std::fmt;

use super::write::MessageView;
use super::{FieldValue, Kind};

impl fmt::Debug for MessageView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut output = f.debug_struct(self.table.name);
        for (name, kind, value) in self.fields() {
            output.field(name, &ValueView { value, kind });
        }
        for (name, json) in self.unknown() {
            output.field(name, json);
        }
        output.finish()
    }
}

/// A value as `Debug` writes it.
struct ValueView<'a> {
    value: &'a FieldValue<'a>,
    kind: Kind,
}

impl fmt::Debug for ValueView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let view = |values, table| MessageView {
            values,
            table,
            exact: true,
        };
        match (self.value, self.kind) {
            (FieldValue::Bool(value), _) => value.fmt(f),
            (FieldValue::I64(value), _) => value.fmt(f),
            (FieldValue::U64(value), _) => value.fmt(f),
            (FieldValue::F64(value), _) => value.fmt(f),
            (FieldValue::String(text), _) => text.fmt(f),
            (FieldValue::Json(json), _) => json.fmt(f),
            (FieldValue::Message(values), Kind::Message(table)) => view(values, table()).fmt(f),
            (FieldValue::List(values), Kind::List(Kind::Message(table))) => {
                let messages = values.chunks_exact(table().width());
                let messages = messages.map(|values| view(values, table()));
                f.debug_list().entries(messages).finish()
            }
            (FieldValue::List(values), Kind::List(kind)) => {
                let kind = *kind;
                let elements = values.iter().map(|value| ValueView { value, kind });
                f.debug_list().entries(elements).finish()
            }
            _ => f.write_str("absent"),
        }
    }
}
