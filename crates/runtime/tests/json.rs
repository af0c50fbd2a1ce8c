//! The reader and the writer of JSON against `serde_json`, on texts of all kinds, and what errors tell.

#[macro_use]
mod sample;

use proptest::prelude::*;
use sample::kinds::Kinds;
use serde::de::IgnoredAny;
use serde_json::Value as Oracle;
use tc3::{
    Value,
    json::{self, Number, Object, ReadError},
    record::Record,
};

/// What `serde_json` read, as this crate has it.
fn value(oracle: &Oracle) -> Value {
    match oracle {
        Oracle::Null => Value::Null,
        Oracle::Bool(value) => (*value).into(),
        Oracle::Number(number) => Value::Number(number.to_string().parse().unwrap()),
        Oracle::String(text) => text.as_str().into(),
        Oracle::Array(elements) => elements.iter().map(value).collect(),
        Oracle::Object(members) => {
            let members = members
                .iter()
                .map(|(name, member)| (name.as_str(), value(member)));
            members.collect::<Object>().into()
        }
    }
}

/// Any JSON.
fn any_json() -> impl Strategy<Value = Oracle> {
    let scalar = prop_oneof![
        Just(Oracle::Null),
        any::<bool>().prop_map(Oracle::from),
        any::<i64>().prop_map(Oracle::from),
        any::<u64>().prop_map(Oracle::from),
        any::<f64>().prop_map(Oracle::from),
        any::<String>().prop_map(Oracle::from),
        "-?[0-9]{1,2}([.][0-9]{1,2})?(e-?[0-9])?|true|false".prop_map(Oracle::from),
        (-20..20).prop_map(|number| Oracle::from(f64::from(number) / 4.0)),
        "[\"\\\\/\u{0}-\u{1F}\u{7F}a\u{FFFD}\u{10FFFF}]{0,20}".prop_map(Oracle::from),
    ];
    scalar.prop_recursive(5, 60, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Oracle::from),
            prop::collection::vec((name(), inner), 0..8)
                .prop_map(|members| Oracle::Object(members.into_iter().collect())),
        ]
    })
}

/// The name of a member: often one of the sample type's fields.
fn name() -> impl Strategy<Value = String> {
    let fields = Vec::from_iter(Kinds::LAYOUT.table().fields());
    prop_oneof![
        4 => prop::sample::select(fields).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

/// A JSON object that a service could answer with: fields that mostly hold what is documented.
fn any_object() -> impl Strategy<Value = Oracle> {
    let object = prop::collection::vec((name(), any_json()), 0..12);
    object.prop_map(|members| Oracle::Object(members.into_iter().collect()))
}

/// Text that is JSON more or less.
fn almost_json() -> impl Strategy<Value = Vec<u8>> {
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
    prop::collection::vec(tokens, 0..20).prop_map(|tokens| tokens.concat().into_bytes())
}

/// JSON of which one byte is another one.
fn damaged_json() -> impl Strategy<Value = Vec<u8>> {
    (any_json(), any::<prop::sample::Index>(), any::<u8>()).prop_map(|(oracle, index, byte)| {
        let mut text = oracle.to_string().into_bytes();
        let index = index.index(text.len());
        text[index] = byte;
        text
    })
}

/// That this crate takes for JSON what `serde_json` does, without a panic, and what stands in it.
///
/// `serde_json` looks at the syntax alone where it ignores a value, so strings may hold what it would refuse to give.
fn check_syntax(text: &[u8]) {
    let is_json = serde_json::from_slice::<IgnoredAny>(text).is_ok();
    let read = Value::read(text);
    assert_eq!(read.is_ok(), is_json, "{:?}", String::from_utf8_lossy(text));
    let is_object = matches!(read, Ok(Value::Object(_)));
    let mut kinds = Kinds::empty();
    let decoded = json::read(text, &mut kinds);
    assert_eq!(
        decoded.is_ok(),
        is_object,
        "{:?}",
        String::from_utf8_lossy(text)
    );
    if let (Ok(read), Ok(oracle)) = (&read, serde_json::from_slice::<Oracle>(text)) {
        let written: Oracle = serde_json::from_str(&read.to_string()).unwrap();
        assert_eq!(written, oracle);
    }
    for error in [read.err(), decoded.err()].into_iter().flatten() {
        let lines = text.split(|&byte| byte == b'\n');
        assert!((1..=lines.count()).contains(&error.line()));
        assert!((1..=text.len() + 1).contains(&error.column()));
        assert!(error.found().chars().count() <= 260, "{error}");
    }
}

/// Whether a value tells the same where it may be what it was read as: absent for null, the number or Boolean of a
/// text and the reverse, and 1 for 1.0.
fn tells(written: Option<&Value>, read: &Value) -> bool {
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
            written.len() == read.len() && pairs.all(|(written, read)| tells(Some(written), read))
        }
        (Value::Object(written), Value::Object(read)) => {
            written.iter().all(|(name, _)| read.get(name).is_some())
                && read
                    .iter()
                    .all(|(name, read)| tells(written.get(name), read))
        }
        _ => {
            let (written_text, read_text) = (text(written), text(read));
            let number = |text: &Option<String>| text.as_ref()?.parse::<Number>().ok()?.as_f64();
            written == read
                || (written_text.is_some() && written_text == read_text)
                || (number(&read_text).is_some() && number(&written_text) == number(&read_text))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn values_are_read_as_serde_json_does(oracle in any_json()) {
        let expected = value(&oracle);
        prop_assert_eq!(Value::read(oracle.to_string().as_bytes()).unwrap(), expected.clone());
        let pretty = serde_json::to_string_pretty(&oracle).unwrap();
        prop_assert_eq!(pretty.parse::<Value>().unwrap(), expected);
    }

    #[test]
    fn values_are_written_as_serde_json_does(oracle in any_json()) {
        let value = Value::read(oracle.to_string().as_bytes()).unwrap();
        prop_assert_eq!(value.to_string(), oracle.to_string());
    }

    #[test]
    fn escapes_are_read_as_serde_json_does(units in prop::collection::vec(any::<u16>(), 0..6)) {
        let escapes: String = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
        let value: Value = format!("\"{escapes}\"").parse().unwrap();
        prop_assert_eq!(value.as_str().unwrap(), String::from_utf16_lossy(&units));
    }

    #[test]
    fn any_bytes(text in prop::collection::vec(any::<u8>(), 0..60)) {
        check_syntax(&text);
    }

    #[test]
    fn any_string(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        check_syntax(&[b"{\"Name\":\"".as_slice(), &bytes, b"\"}"].concat());
    }

    #[test]
    fn any_text_that_is_almost_json(text in almost_json()) {
        check_syntax(&text);
    }

    #[test]
    fn any_text_that_is_damaged(text in damaged_json()) {
        check_syntax(&text);
    }

    #[test]
    fn any_text_that_is_cut_off(oracle in any_object(), index in any::<prop::sample::Index>()) {
        let text = oracle.to_string();
        let cut = &text.as_bytes()[..index.index(text.len())];
        check_syntax(cut);
        let error = json::read(cut, &mut Kinds::empty()).unwrap_err();
        prop_assert!(error.line() == 1);
    }

    #[test]
    fn records_lose_nothing(oracle in any_object()) {
        let text = oracle.to_string();
        let mut kinds = Kinds::empty();
        json::read(text.as_bytes(), &mut kinds).unwrap();
        let written = json::write(&kinds).unwrap();
        let (before, after) = (value(&oracle), Value::read(&written).unwrap());
        prop_assert!(tells(Some(&after), &before), "{} became {}", before, after);
        let mut reread = Kinds::empty();
        json::read(&written, &mut reread).unwrap();
        prop_assert_eq!(&reread, &kinds);
        prop_assert_eq!(&kinds.clone(), &kinds);
        prop_assert_eq!(json::write(&reread).unwrap(), written);
    }
}

#[test]
fn strings_hold_all_escapes() {
    let value: Value = r#""\"\\\/\b\f\n\r\t\u0041\u00e4\u20AC\ud83d\uDE00""#
        .parse()
        .unwrap();
    assert_eq!(value, "\"\\/\u{8}\u{c}\n\r\tAä€😀".into());
    assert_eq!(
        value.to_string(),
        r#""\"\\/\b\f\n\r\tAä€😀""#,
        "only what must be escaped is"
    );
    assert_eq!(
        Value::from("\u{0}\u{1f}\u{7f}").to_string(),
        "\"\\u0000\\u001f\u{7f}\""
    );
}

#[test]
fn halves_of_surrogate_pairs_are_replaced() {
    for (text, expected) in [
        (r#""\ud83d""#, "\u{FFFD}"),
        (r#""\ude00""#, "\u{FFFD}"),
        (r#""\ud83dx""#, "\u{FFFD}x"),
        (r#""\ud83d\n""#, "\u{FFFD}\n"),
        (r#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"),
        (r#""\ud83d\u0041""#, "\u{FFFD}A"),
        (r#""\ude00\ud83d""#, "\u{FFFD}\u{FFFD}"),
    ] {
        assert_eq!(text.parse::<Value>().unwrap(), expected.into(), "{text}");
    }
}

#[test]
fn bytes_that_are_not_utf_8_are_replaced_in_strings_alone() {
    let value = Value::read(b"{\"n\xFFame\": \"a\xE4\xB8\\n\xC3\xA4\xC0\"}").unwrap();
    assert_eq!(
        value.get("n\u{FFFD}ame").unwrap().as_str(),
        Some("a\u{FFFD}\nä\u{FFFD}")
    );
    let mut kinds = Kinds::empty();
    json::read(b"{\"Name\": \"\xCE\xD2\"}", &mut kinds).unwrap();
    assert_eq!(kinds.name.as_deref(), Some("\u{FFFD}\u{FFFD}"));
    check(
        b"[1, \xE4]",
        "expected a value, found `\u{FFFD}]` at line 1, column 5, in `[1]`",
    );
}

#[test]
fn nesting_is_bounded() {
    let nested = |depth: usize| [vec![b'['; depth], vec![b']'; depth]].concat();
    assert!(Value::read(&nested(128)).is_ok());
    let error = Value::read(&nested(129)).unwrap_err();
    assert_eq!(error.column(), 129);
    assert_eq!(error.expected(), "no deeper nesting than 128");
    for open in [
        "[",
        "{\"a\":",
        "[{\"\":",
        "{\"Members\":[",
        "{\"Inner\":",
        "{\"Rows\":[[",
        "{\"Detail\":[",
    ] {
        let endless = open.repeat(1_000_000);
        assert!(Value::read(endless.as_bytes()).is_err());
        assert!(json::read(endless.as_bytes(), &mut Kinds::empty()).is_err());
    }
}

#[test]
fn what_stands_side_by_side_is_not_nested() {
    let members = [
        "\"a\":[[1]]",
        "\"Counts\":[1]",
        "\"Rows\":[[1],[1,\"x\"]]",
        "\"Members\":[{\"Count\":1},1]",
        "\"Tag\":{\"a\":1}",
    ];
    let text = format!(
        "{{{}}}",
        members.map(|member| [member; 200].join(",")).join(",")
    );
    assert!(Value::read(text.as_bytes()).is_ok());
    let mut kinds = Kinds::empty();
    json::read(text.as_bytes(), &mut kinds).unwrap();
    assert_eq!(kinds.counts, Some(vec![1]));
    assert_eq!(kinds.extra.len(), 3);
}

#[test]
fn the_deepest_record_needs_little_stack() {
    let depth = 63;
    let text = format!(
        "{}{}{}",
        r#"{"Members":["#.repeat(depth),
        r#"{"Inner":{}}"#,
        "]}".repeat(depth)
    );
    let read = move || {
        let mut kinds = Kinds::empty();
        json::read(text.as_bytes(), &mut kinds).unwrap();
        assert_eq!(json::write(&kinds).unwrap(), text.as_bytes());
    };
    // A quarter of what a thread has by default.
    let thread = std::thread::Builder::new().stack_size(512 * 1024);
    thread.spawn(read).unwrap().join().unwrap();
}

#[test]
fn names_may_repeat_a_hundred_thousand_times() {
    let mut text = String::from("{");
    for index in 0..300_000 {
        text.push_str(&format!(r#""name {}":1,"Count":"x","#, index % 150_000));
    }
    text.push_str(r#""Count":1}"#);
    let mut kinds = Kinds::empty();
    json::read(text.as_bytes(), &mut kinds).unwrap();
    assert_eq!(kinds.extra.len(), 150_000);
    assert_eq!(kinds.count, Some(1));
}

#[test]
fn numbers_keep_their_text() {
    for text in [
        "0",
        "-0",
        "1.0",
        "1.50",
        "1e5",
        "1E+05",
        "-1.0e-0",
        "9223372036854775808",
        "18446744073709551616",
        "-9223372036854775809",
        "0.1000000000000000055511151231257827",
        "1e400",
    ] {
        assert_eq!(text.parse::<Value>().unwrap().to_string(), text);
    }
}

#[track_caller]
fn check(text: &[u8], expected: &str) {
    let error: ReadError = match Value::read(text) {
        Ok(Value::Object(_)) => json::read(text, &mut Kinds::empty()).unwrap_err(),
        Ok(value) => panic!("{value}"),
        Err(error) => {
            if text.starts_with(b"{") {
                let decoded = json::read(text, &mut Kinds::empty()).unwrap_err();
                assert_eq!(decoded.to_string(), expected, "both readers say the same");
            }
            error
        }
    };
    assert_eq!(error.to_string(), expected);
}

#[test]
fn errors_tell_where_and_what() {
    check(b"", "expected a value, found the end at line 1, column 1");
    check(
        b" \n",
        "expected a value, found the end at line 2, column 1",
    );
    check(
        b"<html>",
        "expected a value, found `<html>` at line 1, column 1",
    );
    check(
        b"1 2",
        "expected nothing more, found `2` at line 1, column 3",
    );
    check(b"nul", "expected a value, found `nul` at line 1, column 1");
    check(
        b"[1 2]",
        "expected `,` or `]`, found `2]` at line 1, column 4",
    );
    check(
        b"[1,]",
        "expected a value, found `]` at line 1, column 4, in `[1]`",
    );
    check(
        b"[1",
        "expected `,` or `]`, found the end at line 1, column 3",
    );
    check(b"-", "expected a digit, found the end at line 1, column 2");
    check(b"-x", "expected a digit, found `x` at line 1, column 2");
    check(b"1.", "expected a digit, found the end at line 1, column 3");
    check(
        b"1e+",
        "expected a digit, found the end at line 1, column 4",
    );
    check(
        b"01",
        "expected no digit after a leading zero, found `1` at line 1, column 2",
    );
    check(
        b"\"a",
        "expected the rest of a string, found the end at line 1, column 3",
    );
    check(
        b"\"a\nb\"",
        "expected no control character in a string, found `\\nb\"` at line 1, column 3",
    );
    check(
        b"\"\\x\"",
        "expected an escape that JSON has, found `\\x\"` at line 1, column 2",
    );
    check(
        b"\"\\u12G4\"",
        "expected four hexadecimal digits after `\\u`, found `\\u12G4\"` at line 1, column 2",
    );
    check(
        b"{",
        "expected a name in quotation marks, found the end at line 1, column 2",
    );
    check(
        b"{\"a\":1,}",
        "expected a name in quotation marks, found `}` at line 1, column 8",
    );
    check(
        b"{a:1}",
        "expected a name in quotation marks, found `a:1}` at line 1, column 2",
    );
    check(
        b"{\"Count\" 1}",
        "expected `:`, found `1}` at line 1, column 10, in `Count`",
    );
    check(
        b"{\"new\" 1}",
        "expected `:`, found `1}` at line 1, column 8, in `new`",
    );
    check(
        b"{\"Count\":1;}",
        "expected `,` or `}`, found `;}` at line 1, column 11",
    );
    check(
        b"{\n  \"Members\": [{}, {\"Inner\": {\"Rows\": [[], [1, 2x]]}}]\n}",
        "expected `,` or `]`, found `x]]}}]\\n}` at line 2, column 48, in `Members[1].Inner.Rows[1]`",
    );
    check(
        "{\"Name\": \"äöü€😀\", \"Count\": ?}".as_bytes(),
        "expected a value, found `?}` at line 1, column 28, in `Count`",
    );
    check(
        "{\"Namen\": {\"ä.b\": [0, tru]}}".as_bytes(),
        "expected a value, found `tru]}}` at line 1, column 23, in `Namen.ä.b[1]`",
    );
    check(
        b"{\"Detail\": [\"0123456789012345678901234567890123456789\"\0]}",
        "expected `,` or `]`, found `\\u{0}]}` at line 1, column 55, in `Detail`",
    );
}

#[test]
fn errors_tell_their_parts() {
    let text = b"{\"Members\": [{}, {}, {}, {\"Count\":\n 12x}]}";
    let error = json::read(text, &mut Kinds::empty()).unwrap_err();
    assert_eq!((error.line(), error.column()), (2, 4));
    assert_eq!(error.path(), "Members[3]");
    assert_eq!(error.expected(), "`,` or `}`");
    assert_eq!(error.found(), "`x}]}`");
    assert_eq!(size_of::<ReadError>(), size_of::<usize>());
}

#[test]
fn errors_quote_little() {
    let secret = "s".repeat(10_000);
    let error = Value::read(secret.as_bytes()).unwrap_err();
    assert_eq!(error.found(), format!("`{}…`", "s".repeat(32)));
    let text = format!("{{\"{secret}\": x}}");
    let error = Value::read(text.as_bytes()).unwrap_err();
    assert!(error.to_string().len() < 200, "{error}");
    let text = format!("{{\"{secret}\":").repeat(100);
    let error = Value::read(text.as_bytes()).unwrap_err();
    assert!(error.to_string().len() < 700, "{error}");
    let text = "{\"Inner\":".repeat(17) + "x";
    let error = json::read(text.as_bytes(), &mut Kinds::empty()).unwrap_err();
    let eight = ["Inner"; 8].join(".");
    assert_eq!(error.path(), format!("{eight}.….{eight}"));
    assert_eq!(
        json::read(b"[1]", &mut Kinds::empty())
            .unwrap_err()
            .expected(),
        "an object"
    );
}
