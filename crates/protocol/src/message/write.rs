use std::{fmt, slice};

use serde_core::ser::Serialize;

use super::{Field, Json, Kind, Table, UnknownFields};

/// Error for a number that JSON cannot represent.
#[derive(Debug)]
pub struct WriteError {
    path: String,
    number: f64,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, number) = (self.path.trim_start_matches('.'), self.number);
        write!(
            f,
            "`{path}` is {number}, which JSON cannot represent; use a finite number"
        )
    }
}

impl std::error::Error for WriteError {}

/// Writer of JSON text. It stops at the first error.
pub struct JsonWriter {
    text: Vec<u8>,
    error: Option<WriteError>,
}

/// Writer of the members of an object.
pub(super) struct Members<'a> {
    json: &'a mut JsonWriter,
    fields: slice::Iter<'static, Field>,
    default: Option<(&'a str, &'a str)>,
}

impl Members<'_> {
    /// Writes the next field, unless it is absent or an unknown field replaces it.
    pub(super) fn add(
        &mut self,
        unknown: Option<&UnknownFields>,
        write: impl FnOnce(&mut JsonWriter, Kind) -> bool,
    ) {
        let Some(Field(name, kind)) = self.fields.next() else {
            return;
        };
        let is_replaced = || unknown.is_some_and(|unknown| unknown.get(name).is_some());
        if self.json.error.is_some() || is_replaced() {
            return;
        }
        let start = self.json.text.len();
        self.json.comma();
        self.json.text.push(b'"');
        self.json.text.extend_from_slice(name.as_bytes());
        self.json.text.extend_from_slice(b"\":");
        if !write(self.json, *kind) {
            match self.default {
                Some((field, default)) if field == *name => self.json.scalar(default),
                _ => self.json.text.truncate(start),
            }
        }
        if let Some(error) = &mut self.json.error {
            error.path.insert_str(0, &format!(".{name}"));
        }
    }

    /// Writes the unknown fields and the end of the object.
    pub(super) fn end(self, unknown: Option<&UnknownFields>) {
        let json = self.json;
        for (name, value) in unknown.into_iter().flat_map(UnknownFields::iter) {
            json.comma();
            json.scalar(name);
            json.text.push(b':');
            json.json(value);
        }
        json.text.push(b'}');
    }
}

impl JsonWriter {
    pub(super) fn new() -> Self {
        Self {
            text: Vec::with_capacity(128),
            error: None,
        }
    }

    pub(super) fn finish(self) -> Result<Vec<u8>, WriteError> {
        self.error.map_or(Ok(self.text), Err)
    }

    /// Starts an object with the fields of a table. `default` is a String field and its value if it is absent.
    pub(super) fn object<'a>(
        &'a mut self,
        table: &'static Table,
        default: Option<(&'a str, &'a str)>,
    ) -> Members<'a> {
        self.text.push(b'{');
        Members {
            json: self,
            fields: table.fields.iter(),
            default,
        }
    }

    pub(super) fn list<E>(
        &mut self,
        elements: impl Iterator<Item = E>,
        write: impl Fn(&mut Self, E) -> bool,
    ) {
        self.text.push(b'[');
        for (index, element) in elements.enumerate() {
            self.comma();
            // Elements are never absent.
            write(self, element);
            if let Some(error) = &mut self.error {
                error.path.insert_str(0, &format!("[{index}]"));
                return;
            }
        }
        self.text.push(b']');
    }

    pub(super) fn scalar<T: Serialize + ?Sized>(&mut self, value: &T) {
        // Writing a scalar to memory never fails.
        let _ = serde_json::to_writer(&mut self.text, value);
    }

    pub(super) fn double(&mut self, number: &f64) {
        if number.is_finite() {
            return self.scalar(number);
        }
        let (path, number) = (String::new(), *number);
        self.error = Some(WriteError { path, number });
    }

    pub(super) fn json(&mut self, json: &Json) {
        self.text.extend_from_slice(json.text().as_bytes());
    }

    /// Writes a comma, unless the next member or element is the first one.
    fn comma(&mut self) {
        if !matches!(self.text.last(), Some(b'{' | b'[')) {
            self.text.push(b',');
        }
    }
}
