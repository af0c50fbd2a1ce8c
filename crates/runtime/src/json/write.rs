use super::scan::ordinary;
use super::{Value, WriteError};
use crate::record::{Fields, Given, Typed, Values, View, text};
use std::io::Write as _;

/// Writes a record as a JSON object, without spaces: the fields that are present in the order of the table, then what
/// is [extra](crate::Extra).
///
/// # Errors
/// Fails if a Float or Double is NaN or infinite.
pub fn write(record: &dyn Values) -> Result<Vec<u8>, WriteError> {
    let mut output = Vec::with_capacity(256);
    write_to(record, &mut output)?;
    Ok(output)
}

/// Appends to `output` what [`write`](fn@write) gives.
///
/// # Errors
/// Fails as [`write`](fn@write) does; part of the record is then in `output`.
pub fn write_to(record: &dyn Values, output: &mut Vec<u8>) -> Result<(), WriteError> {
    write_fields(record.fields(), output)
}

fn write_fields(record: Fields<'_>, output: &mut Vec<u8>) -> Result<(), WriteError> {
    match record {
        Fields::Typed(record) => write_record(record, output),
        Fields::Given(parameters) => write_views(
            record,
            parameters.given().iter().map(Given::view_of),
            output,
        ),
    }
}

fn write_record(record: Typed<'_>, output: &mut Vec<u8>) -> Result<(), WriteError> {
    write_views(Fields::Typed(record), record.views(), output)
}

/// Appends a record whose fields hold this, in their order.
#[inline]
fn write_views<'a>(
    record: Fields<'a>,
    views: impl Iterator<Item = View<'a>>,
    output: &mut Vec<u8>,
) -> Result<(), WriteError> {
    let extra = record.extra();
    let has_extra = !extra.is_empty();
    let mut open = b'{';
    let mut names = record.table().names();
    for view in views {
        let Some((name, words)) = names.next_words() else {
            break;
        };
        if matches!(view, View::Absent) || (has_extra && extra.get(text(name)).is_some()) {
            continue;
        }
        output.extend_from_slice(&[open, b'"']);
        open = b',';
        // Names are short: whole words are faster than just as many bytes as there are.
        let end = output.len() + name.len();
        for word in words {
            output.extend_from_slice(word);
        }
        output.truncate(end);
        output.extend_from_slice(b"\":");
        match view {
            // Most fields are texts.
            View::Str(value) => string(value, output),
            view => write_view(view, output).map_err(|error| error.in_member(text(name)))?,
        }
    }
    for (name, value) in extra.iter() {
        output.push(open);
        open = b',';
        string(name, output);
        output.push(b':');
        self::value(value, output);
    }
    if open == b'{' {
        output.push(open);
    }
    output.push(b'}');
    Ok(())
}

/// Appends what a field holds.
pub(crate) fn write_view(view: View<'_>, output: &mut Vec<u8>) -> Result<(), WriteError> {
    match view {
        // An element of an array, where leaving it out would move the others.
        View::Absent => output.extend_from_slice(b"null"),
        View::Bool(value) => boolean(value, output),
        View::I64(value) => integer(value.unsigned_abs(), value < 0, output),
        View::U64(value) => integer(value, false, output),
        View::F64(value) if value.is_finite() => shown(format_args!("{value:?}"), output),
        View::F64(value) => return Err(WriteError::new(value)),
        View::Str(text) => string(text, output),
        View::Value(value) => self::value(value, output),
        View::Record(record) => write_fields(record, output)?,
        View::List(list) => match list.records() {
            Some(records) => write_elements(records, write_record, output)?,
            None => write_elements(list.views(), write_view, output)?,
        },
    }
    Ok(())
}

fn write_elements<T>(
    elements: impl Iterator<Item = T>,
    write: fn(T, &mut Vec<u8>) -> Result<(), WriteError>,
    output: &mut Vec<u8>,
) -> Result<(), WriteError> {
    output.push(b'[');
    for (index, element) in elements.enumerate() {
        if index > 0 {
            output.push(b',');
        }
        write(element, output).map_err(|error| error.in_element(index))?;
    }
    output.push(b']');
    Ok(())
}

/// Appends a JSON value.
pub(super) fn value(value: &Value, output: &mut Vec<u8>) {
    match value {
        Value::Null => output.extend_from_slice(b"null"),
        Value::Bool(value) => boolean(*value, output),
        Value::Number(number) => shown(format_args!("{number}"), output),
        Value::String(text) => string(text, output),
        Value::Array(elements) => {
            output.push(b'[');
            for (index, element) in elements.iter().enumerate() {
                if index > 0 {
                    output.push(b',');
                }
                self::value(element, output);
            }
            output.push(b']');
        }
        Value::Object(object) => {
            output.push(b'{');
            for (index, (name, value)) in object.iter().enumerate() {
                if index > 0 {
                    output.push(b',');
                }
                string(name, output);
                output.push(b':');
                self::value(value, output);
            }
            output.push(b'}');
        }
    }
}

fn boolean(value: bool, output: &mut Vec<u8>) {
    output.extend_from_slice(if value { b"true" } else { b"false" });
}

/// Appends what is shown.
pub(super) fn shown(value: std::fmt::Arguments<'_>, output: &mut Vec<u8>) {
    // A vector takes all that is written.
    let _ = output.write_fmt(value);
}

fn integer(mut size: u64, negative: bool, output: &mut Vec<u8>) {
    // The sign and the twenty digits that a u64 has at most.
    let mut text = [b'-'; 21];
    let mut start = text.len();
    loop {
        start -= 1;
        text[start] = b'0' + (size % 10) as u8;
        size /= 10;
        if size == 0 {
            break;
        }
    }
    output.extend_from_slice(&text[start - usize::from(negative)..]);
}

/// Appends bytes of which there are mostly few: then whole words are faster than just as many bytes as there are.
fn append(bytes: &[u8], output: &mut Vec<u8>) {
    const FEW: usize = 32;
    if bytes.len() > FEW {
        return output.extend_from_slice(bytes);
    }
    let end = output.len() + bytes.len();
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        output.extend_from_slice(word);
    }
    match bytes.last_chunk::<8>() {
        // Part of it is there already.
        Some(last) => {
            output.truncate(end - last.len());
            output.extend_from_slice(last);
        }
        None => rest.iter().for_each(|byte| output.push(*byte)),
    }
}

/// Appends a string in quotation marks.
pub(super) fn string(text: &str, output: &mut Vec<u8>) {
    output.push(b'"');
    let mut rest = text.as_bytes();
    loop {
        let (run, special) = rest.split_at(ordinary(rest));
        append(run, output);
        let Some((&byte, behind)) = special.split_first() else {
            break;
        };
        match byte {
            b'"' => output.extend_from_slice(b"\\\""),
            b'\\' => output.extend_from_slice(b"\\\\"),
            b'\n' => output.extend_from_slice(b"\\n"),
            b'\r' => output.extend_from_slice(b"\\r"),
            b'\t' => output.extend_from_slice(b"\\t"),
            0x8 => output.extend_from_slice(b"\\b"),
            0xC => output.extend_from_slice(b"\\f"),
            _ => shown(format_args!("\\u{byte:04x}"), output),
        }
        rest = behind;
    }
    output.push(b'"');
}
