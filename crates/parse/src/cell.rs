//! Recognizes single cells: a name, a type, an error code.

use tc3_spec::TypeRef;

use crate::words;

/// Whether a cell can be a parameter's name, with or without array notation.
pub(crate) fn is_name(text: &str) -> bool {
    let bare = bare_name(text);
    bare.starts_with(|c: char| c.is_ascii_alphabetic())
        && bare.len() <= 100
        && bare
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Returns the wire name: `Filters` for `Filters.N`.
pub(crate) fn bare_name(text: &str) -> &str {
    let text = words::unmarked(text);
    [".N", ".n", "[]", ".0", "."]
        .iter()
        .find_map(|suffix| text.strip_suffix(suffix))
        .unwrap_or(text)
}

/// Whether a text is a type.
pub(crate) fn is_type(text: &str) -> bool {
    text.len() <= 120 && type_of(text).is_some()
}

/// Parses a type cell. In pages, a word that begins with a digit or an underscore is not the name of a data type.
pub(crate) fn type_of(text: &str) -> Option<TypeRef> {
    let of: TypeRef = clean_type(text).parse().ok()?;
    let is_name = |name: &str| name.starts_with(|c: char| c.is_ascii_alphabetic());
    of.named().is_none_or(is_name).then_some(of)
}

/// Splits a text after the type with which it begins.
pub(crate) fn take_type(text: &str) -> Option<(&str, &str)> {
    let mut end = 0;
    while let Some(rest) = text[end..].strip_prefix("Array of ") {
        end = text.len() - rest.trim_start().len();
    }
    let element = &text[end..];
    if element.starts_with('[') {
        // `[Tag](https://…)`
        let close = element.find(')')?;
        end += close + 1;
    } else if element.starts_with("Timestamp ISO8601") {
        end += "Timestamp ISO8601".len();
    } else {
        let length = element
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .unwrap_or(element.len());
        if !element.starts_with(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
        end += length;
        // `Tag (https://…)`
        let rest = text[end..].trim_start();
        if rest.starts_with("(http") || rest.starts_with("(#") {
            end = text.len() - rest.len() + rest.find(')')? + 1;
        }
    }
    let (of, rest) = text.split_at(end);
    let ends = rest.is_empty() || rest.starts_with(char::is_whitespace);
    (ends && is_type(of)).then(|| (of, rest.trim_start()))
}

/// Converts a type cell to the spec's notation, without links, markup and superfluous space.
fn clean_type(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.trim();
    // `String[]` is another way to write `Array of String`.
    if let Some(element) = rest.strip_suffix("[]") {
        out.push_str("Array of ");
        rest = element;
    }
    while let Some(at) = rest.find(['[', ']', '(', '`', '*']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // The link target is not part of the type.
        let taken = match rest.as_bytes()[0] {
            b'(' => rest.find(')').map_or(rest.len(), |end| end + 1),
            _ => 1,
        };
        rest = &rest[taken..];
    }
    out.push_str(rest);
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    let element = out.rsplit("Array of ").next().unwrap_or_default();
    match TypeRef::BUILTIN
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(element))
    {
        Some((name, _)) => format!("{}{name}", &out[..out.len() - element.len()]),
        None => out,
    }
}

/// Whether a cell is a built-in type or an array of one. Names and words for required are not.
pub(crate) fn is_builtin(text: &str) -> bool {
    type_of(text).is_some_and(|of| of.named().is_none())
}

/// Whether a text is certainly a type, not a name or prose.
pub(crate) fn is_certain_type(text: &str) -> bool {
    is_builtin(text) || text.starts_with("Array of ")
}

/// Whether a text can be an error code in a table of codes: `FailedOperation`, `InvalidParameter.CodeError`.
pub(crate) fn is_code(text: &str) -> bool {
    let is_word = |part: &str| {
        part.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    };
    text.len() <= 160
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .split('.')
            .all(|part| !part.is_empty() && is_word(part))
}

/// Whether a text is an error code of several words, which prose does not contain: neither `Failed` nor `Node.js` is one.
pub(crate) fn is_compound_code(text: &str) -> bool {
    let has_several_words = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_uppercase())
            && part.bytes().any(|byte| byte.is_ascii_lowercase())
            && part.bytes().filter(u8::is_ascii_uppercase).count() >= 2
    };
    is_code(text)
        && text.split('.').any(has_several_words)
        && text.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Whether a text is certainly an error code: one with a dot, or a common one.
pub(crate) fn is_known_code(text: &str) -> bool {
    const FIRST_LEVEL: &[&str] = &[
        "AuthFailure",
        "DryRunOperation",
        "FailedOperation",
        "InternalError",
        "InvalidFilter",
        "InvalidParameter",
        "InvalidParameterValue",
        "LimitExceeded",
        "MissingParameter",
        "OperationDenied",
        "RequestLimitExceeded",
        "ResourceInUse",
        "ResourceInsufficient",
        "ResourceNotFound",
        "ResourceUnavailable",
        "ResourcesSoldOut",
        "UnauthorizedOperation",
        "UnknownParameter",
        "UnsupportedOperation",
        "UnsupportedRegion",
    ];
    text.contains('.') || FIRST_LEVEL.contains(&text)
}

/// Splits a text after its first word.
pub(crate) fn word(text: &str) -> (&str, &str) {
    match text.find(char::is_whitespace) {
        Some(end) => (&text[..end], text[end..].trim_start()),
        None => (text, ""),
    }
}

/// Whether a name is a compound word, with a capital after a small letter or digit: `TaskInfo`, but not `Task` or `TTS`.
pub(crate) fn is_compound(name: &str) -> bool {
    name.as_bytes()
        .windows(2)
        .any(|pair| !pair[0].is_ascii_uppercase() && pair[1].is_ascii_uppercase())
}
