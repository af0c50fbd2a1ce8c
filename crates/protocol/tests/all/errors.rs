//! Errors of the reader: position and path, without the content.

use tc3_protocol::message::from_json;

use super::kinds::Kinds;

#[track_caller]
fn error(text: &str) -> String {
    from_json::<Kinds>(text).expect_err(text)
}

#[test]
fn error_has_position_and_path() {
    for (text, expected) in [
        ("", "EOF while parsing a value at line 1 column 0"),
        (" \n", "EOF while parsing a value at line 2 column 0"),
        ("<html>", "expected value at line 1 column 1"),
        ("{} {}", "trailing characters at line 1 column 4"),
        ("{", "EOF while parsing an object at line 1 column 1"),
        ("{\"a\":1,}", "key must be a string at line 1 column 8"),
        ("{a:1}", "key must be a string at line 1 column 2"),
        (
            "{\"Count\" 1}",
            "expected `:` at line 1 column 10, in `Count`",
        ),
        (
            "{\"Count\":1;}",
            "expected `,` or `}` at line 1 column 11, in `Count`",
        ),
        (
            "{\"Count\":01}",
            "invalid number at line 1 column 11, in `Count`",
        ),
        (
            "{\"Name\":\"\\x\"}",
            "invalid escape at line 1 column 11, in `Name`",
        ),
        (
            "{\"Names\":[1,",
            "EOF while parsing a value at line 1 column 12, in `Names[1]`",
        ),
        (
            "{\n  \"Members\": [{}, {\"Inner\": {\"Rows\": [[], [1, 2x]]}}]\n}",
            "expected `,` or `]` at line 2 column 48, in `Members[1].Inner.Rows[1][1]`",
        ),
        (
            "{\"Name\": \"äöü€😀\", \"Count\": ?}",
            "expected value at line 1 column 36, in `Count`",
        ),
        // The position is right after a value that needs the second pass, and in an unknown field.
        (
            "{\"Count\": \"1\", \"Name\": 1e999, \"Namen\": {\"ä.b\": [0, tru]}}",
            "expected ident at line 1 column 56, in `Namen.ä.b[1]`",
        ),
        (
            "{\"Detail\": [\"a,{\\\"]\", 2}",
            "expected `,` or `]` at line 1 column 24, in `Detail[1]`",
        ),
    ] {
        assert_eq!(error(text), expected, "{text}");
    }
}

#[test]
fn other_json_is_refused() {
    for text in ["1", "[]", "\"x\"", "null", "true", "[{}]", "1e400"] {
        assert_eq!(error(text), "expected an object", "{text}");
    }
}

#[test]
fn truncated_text_is_refused() {
    let text = r#"{"Total": 12, "Members": [{"Name": "成\u00e4员", "Inner": {}}], "New": [1.5e3, null, true]}"#;
    assert!(from_json::<Kinds>(text).is_ok());
    for (length, _) in text.char_indices() {
        let error = error(&text[..length]);
        // serde_json reports a truncated number as invalid.
        let is_cut = error.starts_with("EOF while parsing ");
        assert!(is_cut || error.starts_with("invalid number at "), "{error}");
    }
}

#[test]
fn content_is_not_quoted() {
    let secret = "s".repeat(10_000);
    for text in [
        secret.clone(),
        format!("\"{secret}\""),
        format!("{{\"Name\": \"{secret}\", \"Count\": {secret}}}"),
        format!("{{\"Count\": \"{secret}\"; 1}}"),
    ] {
        let error = error(&text);
        assert!(!error.contains("ss"), "{error}");
    }
    let error = error(&format!("{{\"{secret}\": x}}"));
    assert!(error.len() < 100, "{error}");
}

#[test]
fn long_paths_are_shortened() {
    let error = error(&("{\"Inner\":".repeat(17) + "x"));
    let eight = ["Inner"; 8].join(".");
    assert!(
        error.ends_with(&format!(", in `{eight}.….{eight}`")),
        "{error}"
    );
    let text = format!("{{\"{}\":", "s".repeat(10_000)).repeat(100);
    assert!(self::error(&text).len() < 700);
}

#[test]
fn control_characters_in_paths_are_escaped() {
    let error = error("{\"a\u{202E}\u{7F}\": x}");
    assert!(error.ends_with(r"in `a\u{202e}\u{7f}`"), "{error}");
}
