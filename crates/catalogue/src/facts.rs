//! The text of a service version: a line for each fact. The first character of a line is the kind of fact.
//!
//! ```text
//! Ecvm.intl.tencentcloudapi.com   the endpoint
//! CFailedOperation.Busy           an error code of the service
//! TTag                            a data type; its fields follow
//! bKey $                          a field: its flags, its name, its type
//! AaDescribeTags                  an action: its flags, its name; its parameters follow
//! PoTags TotalCount               its pagination, if there is one
//! aOffset #
//! R                               the fields of its response follow
//! aTags [Tag
//! ```
//! The flags are a letter: `a` plus a sum. For a field, the sum has 1 if required, 2 if nullable, 4 if deprecated, 8 if the
//! spec marks it as secret, and 16 if the spec marks it as not secret. For an action, it has 1 if it writes, and 2 if
//! deprecated. A type is a `[` for each array around it, and a sign of [`BUILTIN`] or the name of a data type.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use tc3_spec::{
    Access, Action, DataType, ErrorCode, Field, Flag, IntegerFormat, Pagination, Spec, TypeRef,
};

/// The signs of the built-in types. No name begins with one.
const BUILTIN: &str = "$+#~?.:/@!=";

/// Returns the built-in type of a sign.
fn builtin(sign: char) -> Option<(TypeRef, Option<IntegerFormat>)> {
    Some(match sign {
        '$' => (TypeRef::String, None),
        '+' => (TypeRef::Integer, Some(IntegerFormat::Int64)),
        '#' => (TypeRef::Integer, Some(IntegerFormat::Uint64)),
        '~' => (TypeRef::Integer, None),
        '?' => (TypeRef::Boolean, None),
        '.' => (TypeRef::Float, None),
        ':' => (TypeRef::Double, None),
        '/' => (TypeRef::Date, None),
        '@' => (TypeRef::Timestamp, None),
        '!' => (TypeRef::TimestampIso8601, None),
        '=' => (TypeRef::Binary, None),
        _ => return None,
    })
}

/// Maximum nesting of arrays, as in [`TypeRef`]'s notation.
const MAX_DEPTH: usize = 8;

/// Writes the facts of a spec. Descriptions, examples and sources are left out.
pub(crate) fn write(spec: &Spec) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "E{}", spec.endpoint);
    for code in &spec.errors {
        let _ = writeln!(text, "C{}", code.code);
    }
    for (name, data_type) in &spec.types {
        let _ = writeln!(text, "T{name}");
        write_fields(&mut text, &data_type.fields);
    }
    for (name, action) in &spec.actions {
        let writes = action.access_or_derived(name) == Access::Write;
        let flags = flags([writes, action.deprecated]);
        let _ = writeln!(text, "A{flags}{name}");
        if let Some(pagination) = &action.pagination {
            let _ = writeln!(text, "P{}", pagination_text(pagination));
        }
        write_fields(&mut text, &action.request);
        text.push_str("R\n");
        write_fields(&mut text, &action.response);
    }
    text
}

fn write_fields(text: &mut String, fields: &[Field]) {
    for field in fields {
        let secret = [Some(true), Some(false)].map(|secret| field.secret == secret);
        let flags = flags([
            field.required,
            field.nullable,
            field.deprecated,
            secret[0],
            secret[1],
        ]);
        let _ = write!(text, "{flags}{} ", field.name);
        let mut element = &field.type_ref;
        while let TypeRef::Array(inner) = element {
            text.push('[');
            element = inner;
        }
        let is_it = |sign: &char| {
            builtin(*sign).is_some_and(|(of, format)| {
                of == *element && (format == field.format || of != TypeRef::Integer)
            })
        };
        match (BUILTIN.chars().find(is_it), element) {
            (Some(sign), _) => text.push(sign),
            (None, TypeRef::Named(name)) => text.push_str(name),
            (None, _) => unreachable!("all built-in types have a sign"),
        }
        text.push('\n');
    }
}

fn flags<const N: usize>(set: [bool; N]) -> char {
    let bits = set
        .iter()
        .rev()
        .fold(0, |bits, flag| bits << 1 | u8::from(*flag));
    char::from(b'a' + bits)
}

fn pagination_text(pagination: &Pagination) -> String {
    let or_none = |name: &Option<String>| name.clone().unwrap_or_default();
    match pagination {
        Pagination::None => "x".to_owned(),
        Pagination::Offset {
            items,
            total,
            multiple,
        } => format!("o{items} {} {}", or_none(total), u8::from(*multiple)),
        Pagination::Number {
            items,
            number,
            first,
            size,
            total,
        } => format!(
            "n{items} {number} {first} {} {}",
            or_none(size),
            or_none(total)
        ),
        Pagination::Token {
            items,
            token,
            next,
            last,
        } => {
            let last = last
                .as_ref()
                .map(|flag| format!("{} {}", flag.field, flag.value));
            format!("t{items} {token} {next} {}", last.unwrap_or_default())
        }
    }
}

/// Reads the facts of a service version. With `action`, reads only that action and the data types that it reaches, and
/// returns `None` if it does not exist.
///
/// # Errors
/// Returns the problem if the text is malformed.
pub(crate) fn read(
    text: &str,
    service: &str,
    version: &str,
    action: Option<&str>,
) -> Result<Option<Spec>, String> {
    let mut spec = Spec::empty(service, version);
    // Collecting many sorted items into a map is faster than inserting each.
    let (mut actions, mut data_types) = (Vec::new(), Vec::new());
    // Unread data types, with the text after their names.
    let mut types = HashMap::new();
    let mut lines = Lines(text);
    while let Some(line) = lines.next() {
        match split(line) {
            Some(('E', endpoint)) => endpoint.clone_into(&mut spec.endpoint),
            Some(('C', code)) => spec.errors.push(ErrorCode {
                code: code.to_owned(),
                description: String::new(),
            }),
            Some(('T', name)) if action.is_some() => {
                types.insert(name, lines);
                lines.skip_fields();
            }
            Some(('T', name)) => {
                data_types.push((name.to_owned(), lines.data_type()?));
            }
            Some(('A', head)) => {
                let (flags, name) = read_flags(head).ok_or_else(|| malformed(line))?;
                if action.is_none_or(|wanted| wanted == name) {
                    actions.push((name.to_owned(), lines.action(flags)?));
                } else {
                    lines.skip_action();
                }
            }
            _ => return Err(malformed(line)),
        }
    }
    spec.actions = actions.into_iter().collect();
    spec.types = data_types.into_iter().collect();
    if action.is_some() {
        if spec.actions.is_empty() {
            return Ok(None);
        }
        spec.types = reached(&spec, &types)?;
    }
    Ok(Some(spec))
}

/// Reads the endpoint and the actions, without parameters, responses, data types and error codes.
pub(crate) fn outline(text: &str, service: &str, version: &str) -> Spec {
    let mut spec = Spec::empty(service, version);
    let mut actions = Vec::new();
    for line in text.lines() {
        match split(line) {
            Some(('E', endpoint)) => endpoint.clone_into(&mut spec.endpoint),
            Some(('A', head)) => {
                let action = read_flags(head).map(|(flags, name)| (name.to_owned(), action(flags)));
                actions.extend(action);
            }
            _ => {}
        }
    }
    spec.actions = actions.into_iter().collect();
    spec
}

/// Creates an action with flags only.
fn action([writes, deprecated]: [bool; 2]) -> Action {
    Action {
        access: Some(if writes { Access::Write } else { Access::Read }),
        deprecated,
        ..Action::default()
    }
}

/// Reads the data types that the actions of a spec reach.
fn reached(
    spec: &Spec,
    types: &HashMap<&str, Lines<'_>>,
) -> Result<BTreeMap<String, DataType>, String> {
    let names = |fields: &[Field]| -> Vec<String> {
        let names = fields.iter().filter_map(|field| field.type_ref.named());
        names.map(str::to_owned).collect()
    };
    let actions = spec.actions.values();
    let mut next: Vec<String> = actions
        .flat_map(|action| [names(&action.request), names(&action.response)])
        .flatten()
        .collect();
    let mut reached = BTreeMap::new();
    while let Some(name) = next.pop() {
        if let (false, Some(lines)) = (reached.contains_key(&name), types.get(&*name)) {
            let data_type = lines.clone().data_type()?;
            next.extend(names(&data_type.fields));
            reached.insert(name, data_type);
        }
    }
    Ok(reached)
}

/// The unread lines of a text.
#[derive(Clone, Copy)]
struct Lines<'t>(&'t str);

impl<'t> Lines<'t> {
    fn next(&mut self) -> Option<&'t str> {
        if self.0.is_empty() {
            return None;
        }
        let end = memchr::memchr(b'\n', self.0.as_bytes()).unwrap_or(self.0.len());
        let (line, rest) = self.0.split_at(end);
        self.0 = rest.get(1..).unwrap_or_default();
        Some(line)
    }

    /// Whether the next line begins with this character.
    fn begins(&self, kind: u8) -> bool {
        self.0.as_bytes().first() == Some(&kind)
    }

    /// Returns the next line if it is a field.
    fn next_field(&mut self) -> Option<&'t str> {
        let is_field = self.0.bytes().next()?.is_ascii_lowercase();
        is_field.then(|| self.next()).flatten()
    }

    fn fields(&mut self) -> Result<Vec<Field>, String> {
        let mut counted = *self;
        let count = std::iter::from_fn(|| counted.next_field()).count();
        let mut fields = Vec::with_capacity(count);
        while let Some(line) = self.next_field() {
            fields.push(read_field(line).ok_or_else(|| malformed(line))?);
        }
        Ok(fields)
    }

    fn skip_fields(&mut self) {
        while self.next_field().is_some() {}
    }

    fn data_type(&mut self) -> Result<DataType, String> {
        Ok(DataType {
            description: String::new(),
            fields: self.fields()?,
        })
    }

    fn action(&mut self, flags: [bool; 2]) -> Result<Action, String> {
        let pagination = match self.begins(b'P') {
            true => self.next().map(read_pagination).transpose()?,
            false => None,
        };
        let request = self.fields()?;
        if self.begins(b'R') {
            self.next();
        }
        Ok(Action {
            pagination,
            request,
            response: self.fields()?,
            ..action(flags)
        })
    }

    fn skip_action(&mut self) {
        if self.begins(b'P') {
            self.next();
        }
        self.skip_fields();
        if self.begins(b'R') {
            self.next();
        }
        self.skip_fields();
    }
}

/// Reads a field; `None` if its line is malformed.
fn read_field(line: &str) -> Option<Field> {
    let ([required, nullable, deprecated, secret, public], rest) = read_flags(line)?;
    let secret = match (secret, public) {
        (false, false) => None,
        (true, true) => return None,
        (secret, _) => Some(secret),
    };
    // Searched from the end, because most types are a single sign.
    let space = rest.bytes().rposition(|byte| byte == b' ')?;
    let (name, type_text) = (&rest[..space], &rest[space + 1..]);
    let element = type_text.trim_start_matches('[');
    let depth = type_text.len() - element.len();
    let (element, format) = match builtin(element.chars().next()?) {
        Some(builtin) => builtin,
        None => (TypeRef::Named(element.to_owned()), None),
    };
    (depth <= MAX_DEPTH).then(|| Field {
        name: name.to_owned(),
        type_ref: (0..depth).fold(element, |element, _| TypeRef::Array(Box::new(element))),
        format,
        required,
        nullable,
        deprecated,
        secret,
        description: String::new(),
    })
}

fn read_pagination(line: &str) -> Result<Pagination, String> {
    let parse = || {
        let (kind, rest) = split(line.strip_prefix('P')?)?;
        let words: Vec<&str> = rest.split(' ').collect();
        let or_none = |name: &str| (!name.is_empty()).then(|| name.to_owned());
        Some(match (kind, &*words) {
            ('x', [""]) => Pagination::None,
            ('o', [items, total, multiple]) => Pagination::Offset {
                items: (*items).to_owned(),
                total: or_none(total),
                multiple: *multiple == "1",
            },
            ('n', [items, number, first, size, total]) => Pagination::Number {
                items: (*items).to_owned(),
                number: (*number).to_owned(),
                first: first.parse().ok()?,
                size: or_none(size),
                total: or_none(total),
            },
            ('t', [items, token, next, last @ ..]) => Pagination::Token {
                items: (*items).to_owned(),
                token: (*token).to_owned(),
                next: (*next).to_owned(),
                last: match last {
                    [""] => None,
                    [field, value] => Some(Flag {
                        field: (*field).to_owned(),
                        value: value.parse().ok()?,
                    }),
                    _ => return None,
                },
            },
            _ => return None,
        })
    };
    parse().ok_or_else(|| malformed(line))
}

/// Reads the flags at the start of a text.
fn read_flags<const N: usize>(text: &str) -> Option<([bool; N], &str)> {
    let bits = text.as_bytes().first()?.checked_sub(b'a')?;
    let flags = std::array::from_fn(|at| bits >> at & 1 > 0);
    (bits >> N == 0).then(|| (flags, &text[1..]))
}

/// Splits a text after its first character.
fn split(text: &str) -> Option<(char, &str)> {
    let mut characters = text.chars();
    let first = characters.next()?;
    Some((first, characters.as_str()))
}

fn malformed(line: &str) -> String {
    format!("malformed line `{}`", line.escape_debug())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Texts that no spec produces give an error or a spec, and never panic.
        #[test]
        fn hostile_text_never_panics(text in "([ECTAPRabh][A-Za-z\\[$+. 0-9é]{0,12}\n?){0,20}", action in "[A-Z]{0,2}") {
            let _ = read(&text, "shop", "2021-03-31", None);
            let _ = read(&text, "shop", "2021-03-31", Some(&action));
        }
    }

    #[test]
    fn malformed_line_is_named() {
        for (text, line) in [
            ("X", "X"),
            ("Tx\nzName $\n", "zName $"),
            ("Tx\naName\n", "aName"),
            ("AaX\nPq\n", "Pq"),
            ("AaX\nPnA B c D E\n", "PnA B c D E"),
            ("Tx\naName [[[[[[[[[$\n", "aName [[[[[[[[[$"),
            ("A\n", "A"),
        ] {
            let read = read(text, "shop", "2021-03-31", None);
            assert_eq!(read, Err(format!("malformed line `{line}`")));
        }
    }
}
