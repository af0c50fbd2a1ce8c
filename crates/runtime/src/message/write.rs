use std::fmt;

use serde_core::ser::Serialize;

use super::{Content as _, Field, FieldValue, FieldWriter, Kind, Table, UnknownFields, View};

/// Writes a message as a JSON object; [`Json`](super::Json) keeps its text.
///
/// `default` is a field, by its wire name, and a String that it has if it is absent.
///
/// # Errors
/// If a Float or Double is NaN or infinite.
pub(crate) fn write(
    message: View<'_>,
    table: &'static Table,
    default: Option<(&str, &str)>,
) -> Result<Vec<u8>, WriteError> {
    let mut output = Output {
        text: Vec::with_capacity(128),
        error: None,
    };
    output.message(message, table, default);
    output.error.map_or(Ok(output.text), Err)
}

/// A number that JSON has no text for.
#[derive(Debug)]
pub(crate) struct WriteError {
    path: String,
    number: f64,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, number) = (self.path.trim_start_matches('.'), self.number);
        write!(
            f,
            "`{path}` is {number}, and JSON has no such number; use a finite one"
        )
    }
}

impl std::error::Error for WriteError {}

/// The JSON text, up to the first error.
struct Output {
    text: Vec<u8>,
    error: Option<WriteError>,
}

impl Output {
    fn message(&mut self, message: View<'_>, table: &'static Table, default: Option<(&str, &str)>) {
        self.text.push(b'{');
        let mut fields = table.fields.iter();
        let output = &mut *self;
        let mut add = |content: View<'_>, unknown: Option<&UnknownFields>| {
            if let Some(field) = fields.next() {
                output.member(field, content, unknown, default);
            }
        };
        let unknown = match message {
            View::Message(message) => FieldWriter::write(message, &mut add),
            View::Values([values @ .., last]) => {
                let unknown = match last {
                    FieldValue::Unknown(fields) => Some(fields),
                    _ => None,
                };
                values.iter().for_each(|value| add(value.view(), unknown));
                unknown
            }
            _ => None,
        };
        for (name, json) in unknown.into_iter().flat_map(UnknownFields::iter) {
            self.comma();
            self.scalar(name);
            self.text.push(b':');
            self.text.extend_from_slice(json.text().as_bytes());
        }
        self.text.push(b'}');
    }

    /// Writes a field, unless it is absent or an unknown field replaces it.
    fn member(
        &mut self,
        Field(name, kind): &Field,
        content: View<'_>,
        unknown: Option<&UnknownFields>,
        default: Option<(&str, &str)>,
    ) {
        let content = match (content, default) {
            (View::Absent, Some((field, default))) if field == *name => View::String(default),
            _ => content,
        };
        let is_replaced = || unknown.is_some_and(|unknown| unknown.get(name).is_some());
        if matches!(content, View::Absent) || self.error.is_some() || is_replaced() {
            return;
        }
        self.comma();
        self.text.push(b'"');
        self.text.extend_from_slice(name.as_bytes());
        self.text.extend_from_slice(b"\":");
        self.value(content, *kind);
        if let Some(error) = &mut self.error {
            error.path.insert_str(0, &format!(".{name}"));
        }
    }

    fn value(&mut self, value: View<'_>, kind: Kind) {
        match (value, kind) {
            (View::Bool(value), _) => self.scalar(&value),
            (View::I64(value), _) => self.scalar(&value),
            (View::U64(value), _) => self.scalar(&value),
            (View::F64(value), _) if value.is_finite() => self.scalar(&value),
            (View::F64(number), _) => {
                let path = String::new();
                self.error = Some(WriteError { path, number });
            }
            (View::String(text), _) => self.scalar(text),
            (View::Json(json), _) => self.text.extend_from_slice(json.text().as_bytes()),
            (View::Message(_) | View::Values(_), Kind::Message(table)) => {
                self.message(value, table(), None);
            }
            (View::Values(values), Kind::List(kind @ Kind::Message(table))) => {
                let messages = values.chunks_exact(table().width());
                self.list(messages.map(View::Values), *kind);
            }
            (View::List(list), Kind::List(kind)) => {
                self.list((0..).map_while(|index| list.get(index)), *kind);
            }
            _ => self.text.extend_from_slice(b"null"),
        }
    }

    fn list<'a>(&mut self, elements: impl Iterator<Item = View<'a>>, kind: Kind) {
        self.text.push(b'[');
        for (index, element) in elements.enumerate() {
            self.comma();
            self.value(element, kind);
            if let Some(error) = &mut self.error {
                error.path.insert_str(0, &format!("[{index}]"));
                return;
            }
        }
        self.text.push(b']');
    }

    fn scalar<T: Serialize + ?Sized>(&mut self, value: &T) {
        // Scalars always have a text, and memory takes it.
        let _ = serde_json::to_writer(&mut self.text, value);
    }

    /// Writes a comma, unless the next part is the first one.
    fn comma(&mut self) {
        if !matches!(self.text.last(), Some(b'{' | b'[')) {
            self.text.push(b',');
        }
    }
}
