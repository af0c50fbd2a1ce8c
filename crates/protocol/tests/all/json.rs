//! `Json` and `UnknownFields`.

use serde_json::json;
use tc3_protocol::message::{Json, UnknownFields};

fn json(text: &str) -> Json {
    text.parse().expect("JSON")
}

#[test]
fn text_is_kept() {
    for text in [
        "0",
        "-0",
        "1.50",
        "1E+05",
        "18446744073709551616",
        "0.1000000000000000055511151231257827",
        "1e400",
        r#"{ "b": 1, "a": [ ] }"#,
        "\"\\u0041\"",
    ] {
        assert_eq!(json(text).text(), text);
        assert_eq!(json(text).to_string(), text);
        assert_eq!(format!("{:?}", json(text)), text);
    }
    for text in ["", "+1", "01", "1.", "NaN", "{", "[1,]", "1 2", "'a'"] {
        assert!(text.parse::<Json>().is_err(), "{text}");
    }
}

#[test]
fn equality_ignores_order_and_white_space() {
    assert_eq!(json(r#"{"a":1,"b":[2]}"#), json(r#"{ "b": [2], "a": 1 }"#));
    assert_eq!(json("1e400"), json("1e400"));
    assert_ne!(json("1"), json("1.0"));
    assert_ne!(json("1e400"), json("\"1e400\""));
    assert_ne!(json("[1]"), json("[2]"));
    let deep = |middle: &str| json(&["[".repeat(500).as_str(), middle, &"]".repeat(500)].concat());
    assert_eq!(deep("1"), deep("1"));
    assert_ne!(deep("1"), deep("2"));
}

#[test]
fn json_from_rust_values() {
    assert_eq!(Json::from("x").text(), "\"x\"");
    assert_eq!(Json::from(u64::MAX).text(), "18446744073709551615");
    assert_eq!(Json::from(1.0).text(), "1.0");
    assert_eq!(Json::from(f64::NAN).text(), "null");
    assert_eq!(Json::from(None::<bool>).text(), "null");
    assert_eq!(Json::from(vec![1, 2]).text(), "[1,2]");
    assert_eq!(Json::from(json!({"a": [true]})).text(), r#"{"a":[true]}"#);
}

#[test]
fn json_is_parsed_into_types() {
    assert_eq!(json("[1, 2]").parse::<Vec<u8>>().expect("numbers"), [1, 2]);
    assert!(json("[1, 300]").parse::<Vec<u8>>().is_err());
}

#[test]
fn unknown_fields_are_a_pointer_sized_map() {
    assert_eq!(size_of::<UnknownFields>(), size_of::<usize>());
    let mut extra = UnknownFields::new();
    assert!(extra.is_empty());
    assert_eq!(extra.insert("a", 1), None);
    assert_eq!(extra.insert("a", "x"), Some(1.into()));
    assert_eq!(extra.insert("b", true), None);
    assert_eq!(extra.len(), 2);
    assert_eq!(extra.get("a"), Some(&"x".into()));
    assert_eq!(extra.get("c"), None);
    assert_eq!(extra.remove("a"), Some("x".into()));
    assert_eq!(extra.remove("a"), None);
    assert_eq!(extra.remove("b"), Some(true.into()));
    assert!(extra.is_empty());
    assert_eq!(
        extra,
        UnknownFields::new(),
        "a cleared map equals a new one"
    );
    let collected = UnknownFields::from_iter([("b", 1), ("a", 2), ("b", 3)]);
    assert_eq!(format!("{collected:?}"), r#"{"a": 2, "b": 3}"#);
    let entries = Vec::from_iter(collected);
    assert_eq!(entries[0], ("a".to_owned(), 2.into()));
}

#[test]
fn changed_clone_leaves_original_unchanged() {
    let original = UnknownFields::from_iter([("a", 1)]);
    let mut clone = original.clone();
    clone.insert("b", 2);
    clone.remove("a");
    assert_eq!(clone, UnknownFields::from_iter([("b", 2)]));
    let entries = Vec::from_iter(original.clone());
    assert_eq!(entries, [("a".to_owned(), 1.into())]);
    assert_eq!(original, UnknownFields::from_iter([("a", 1)]));
}
