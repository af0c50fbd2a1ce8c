//! Property tests of reader and writer, compared with `serde_json`.

use proptest::prelude::*;
use serde::de::IgnoredAny;
use serde_json::Value;
use tc3_protocol::message::{Message as _, from_json};

use super::kinds::Kinds;
use super::{read, written};

/// Returns any JSON.
fn any_json() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "-?[0-9]{1,2}([.][0-9]{1,2})?(e-?[0-9])?|true|false".prop_map(Value::from),
        (-20..20).prop_map(|number| Value::from(f64::from(number) / 4.0)),
        "[\"\\\\/\u{0}-\u{1F}\u{7F}a\u{FFFD}\u{10FFFF}]{0,20}".prop_map(Value::from),
    ];
    scalar.prop_recursive(5, 60, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::vec((name(), inner), 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Returns names of members, most of them fields of `Kinds`.
fn name() -> impl Strategy<Value = String> {
    let fields = Kinds::TABLE.fields.iter();
    let fields = Vec::from_iter(fields.map(|field| field.0.to_owned()));
    prop_oneof![
        4 => prop::sample::select(fields),
        1 => any::<String>(),
    ]
}

/// Returns JSON objects, most of whose members are fields of `Kinds`.
fn any_object() -> impl Strategy<Value = Value> {
    let object = prop::collection::vec((name(), any_json()), 0..12);
    object.prop_map(|members| Value::Object(members.into_iter().collect()))
}

/// Returns texts that are almost JSON.
fn almost_json() -> impl Strategy<Value = String> {
    let tokens = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        " ",
        "\n",
        "\t",
        "\"",
        "\"a\"",
        "\"Count\"",
        "\"Names\":[",
        "\"Members\":[{",
        "null",
        "true",
        "false",
        "nul",
        "0",
        "-",
        "1",
        "12",
        ".",
        "e",
        "E",
        "+",
        "1.5",
        "-0.0e-1",
        "01",
        "\\",
        "\\u",
        "\\ud83d",
        "\\n",
        "\\x",
        "\u{FFFD}",
        "ä",
        "\u{0}",
    ]);
    prop::collection::vec(tokens, 0..20).prop_map(|tokens| tokens.concat())
}

/// Returns JSON with one replaced byte.
fn damaged_json() -> impl Strategy<Value = String> {
    (any_object(), any::<prop::sample::Index>(), any::<u8>()).prop_map(|(json, index, byte)| {
        let mut text = json.to_string().into_bytes();
        let index = index.index(text.len());
        text[index] = byte;
        String::from_utf8_lossy(&text).into_owned()
    })
}

/// Replaces the control characters that the reader tolerates in strings.
fn without_controls(text: &str) -> String {
    let mut in_string = false;
    let mut is_escaped = false;
    let without = text.chars().map(|character| {
        let was_escaped = is_escaped;
        is_escaped = in_string && character == '\\' && !is_escaped;
        match character {
            '"' if !was_escaped => in_string = !in_string,
            '\0'..='\u{1F}' if in_string && !was_escaped => return ' ',
            _ => {}
        }
        character
    });
    without.collect()
}

/// Checks that exactly JSON objects are read, and that a message survives writing and reading.
#[track_caller]
fn check(text: &str) {
    let valid = without_controls(text);
    let is_json = serde_json::from_str::<IgnoredAny>(&valid).is_ok();
    let is_object = is_json && valid.trim_start().starts_with('{');
    match from_json::<Kinds>(text) {
        Ok(kinds) => {
            assert!(is_object, "{text:?}");
            let rewritten = written(&kinds);
            assert!(serde_json::from_str::<IgnoredAny>(&rewritten).is_ok());
            assert_eq!(read::<Kinds>(&rewritten), kinds);
            assert_eq!(kinds.clone(), kinds);
        }
        Err(error) => {
            assert!(!is_object, "{text:?}: {error}");
            assert_eq!(error == "expected an object", is_json, "{text:?}: {error}");
            assert!(error.chars().count() <= 700, "{error}");
        }
    }
}

/// Returns whether a written value is equivalent to the one that was read. Absent equals null, a string equals the
/// number or Boolean in it, and 1 equals 1.0.
fn is_equivalent(written: Option<&Value>, read: &Value) -> bool {
    let Some(written) = written else {
        return read.is_null();
    };
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    };
    match (written, read) {
        (Value::Array(written), Value::Array(read)) => {
            let mut pairs = written.iter().zip(read);
            written.len() == read.len()
                && pairs.all(|(written, read)| is_equivalent(Some(written), read))
        }
        (Value::Object(written), Value::Object(read)) => {
            written.keys().all(|name| read.contains_key(name))
                && read
                    .iter()
                    .all(|(name, read)| is_equivalent(written.get(name), read))
        }
        _ => {
            let (written_text, read_text) = (text(written), text(read));
            let number = |text: &Option<String>| text.as_ref()?.parse::<f64>().ok();
            let is_same = match (number(&written_text), number(&read_text)) {
                // `serde_json` may lose the last digit of a double.
                (Some(written), Some(read)) => (written - read).abs() <= read.abs() * 1e-15,
                _ => false,
            };
            written == read || (written_text.is_some() && written_text == read_text) || is_same
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 256,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn unicode_escapes_are_read(units in prop::collection::vec(any::<u16>(), 0..6)) {
        let escapes: String = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
        let kinds: Kinds = read(&format!(r#"{{"Name":"{escapes}"}}"#));
        prop_assert_eq!(kinds.name.unwrap(), String::from_utf16_lossy(&units));
    }

    #[test]
    fn any_bytes_are_read_or_refused(text in prop::collection::vec(any::<u8>(), 0..60)) {
        check(&String::from_utf8_lossy(&text));
    }

    #[test]
    fn any_string_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let string = String::from_utf8_lossy(&bytes);
        check(&format!("{{\"Name\":\"{string}\"}}"));
    }

    #[test]
    fn almost_json_is_read_or_refused(text in almost_json()) {
        check(&text);
        check(&format!("{{{text}}}"));
    }

    #[test]
    fn damaged_json_is_read_or_refused(text in damaged_json()) {
        check(&text);
    }

    #[test]
    fn truncated_json_is_refused(json in any_object(), index in any::<prop::sample::Index>()) {
        let text = json.to_string();
        let cut = String::from_utf8_lossy(&text.as_bytes()[..index.index(text.len())]).into_owned();
        check(&cut);
        let error = from_json::<Kinds>(&cut).unwrap_err();
        let is_cut = error.starts_with("EOF while parsing ");
        prop_assert!(is_cut || error.starts_with("invalid number at "), "{error}");
    }

    #[test]
    fn writing_loses_nothing(json in any_object()) {
        let text = json.to_string();
        let kinds: Kinds = read(&text);
        let rewritten = written(&kinds);
        let after: Value = serde_json::from_str(&rewritten).unwrap();
        prop_assert!(is_equivalent(Some(&after), &json), "{json} became {after}");
        let reread: Kinds = read(&rewritten);
        prop_assert_eq!(written(&reread), rewritten);
        prop_assert_eq!(&reread, &kinds);
        prop_assert_eq!(&kinds.clone(), &kinds);
    }

    /// The result depends neither on white space nor on the pass.
    #[test]
    fn both_passes_read_the_same(json in any_object()) {
        let expected: Kinds = read(&json.to_string());
        let pretty = serde_json::to_string_pretty(&json).unwrap();
        prop_assert_eq!(&read::<Kinds>(&pretty), &expected);
        // A control character forces the second pass.
        let careful = pretty.replacen('{', "{\"\t\":1,", 1).replace("1,}", "1}");
        let mut careful: Kinds = read(&careful);
        careful.extra.remove("\t");
        prop_assert_eq!(&careful, &expected);
    }
}
