//! `Debug`, `Clone`, `PartialEq` and `Default` of messages.

use super::kinds::{AddMember, Kinds};
use super::{read, written};

#[test]
fn debug_shows_present_fields() {
    let kinds: Kinds = read(
        r#"{"Count":1,"Name":"n","Detail":{"a":[1.50]},"Tag":{},"Rows":[[1]],"Members":[{"Flag":true}]}"#,
    );
    assert_eq!(
        format!("{kinds:?}"),
        r#"Kinds { Count: 1, Name: "n", Detail: {"a":[1.50]}, Tag: Tag, Rows: [[1]], Members: [Kinds { Flag: true }] }"#
    );
    let kinds: Kinds = read(r#"{"Count":"x","New":null,"Size":2,"Ratio":1}"#);
    assert_eq!(
        format!("{kinds:?}"),
        r#"Kinds { Size: 2, Ratio: 1.0, Count: "x", New: null }"#
    );
    let kinds = Kinds {
        count: Some(1),
        ratio: Some(f64::NAN),
        ..Kinds::default()
    };
    assert_eq!(
        format!("{kinds:#?}"),
        "Kinds {\n    Count: 1,\n    Ratio: NaN,\n}"
    );
}

#[test]
fn debug_shows_replacements() {
    let mut request = AddMember::default();
    request.extra.insert("Tags", 1);
    assert_eq!(
        format!("{request:?}"),
        r#"AddMember { MemberUin: 0, Name: "", Main: Tag, Tags: 1 }"#
    );
}

#[test]
fn equality_compares_all_fields() {
    let text = concat!(
        r#"{"Flag":true,"Count":1,"Size":2,"Ratio":1.5,"Name":"n","Detail":{"a":1},"Tag":{"TagKey":"k"},"#,
        r#""Inner":{"Count":1},"Names":["a"],"Counts":[1],"Details":[1],"Members":[{"Count":1}],"x":1,"y":2}"#
    );
    let kinds: Kinds = read(text);
    assert_eq!(kinds, kinds.clone());
    assert_eq!(written(&kinds.clone()), text);
    for (from, to) in [
        ("true", "false"),
        (r#""Count":1,"Size""#, r#""Count":2,"Size""#),
        (r#""Size":2"#, r#""Size":3"#),
        ("1.5", "2.5"),
        (r#""n""#, r#""m""#),
        (r#"{"a":1}"#, r#"{"a":2}"#),
        (r#""k""#, r#""l""#),
        (r#""Inner":{"Count":1}"#, r#""Inner":{"Count":2}"#),
        (r#"["a"]"#, r#"["a","b"]"#),
        (r#""Counts":[1]"#, r#""Counts":[2]"#),
        (r#""Details":[1]"#, r#""Details":[]"#),
        (r#"[{"Count":1}]"#, r#"[{"Count":2}]"#),
        (r#""Flag":true,"#, ""),
        (r#","x":1"#, ""),
        (r#""y":2"#, r#""y":3"#),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        assert_ne!(read::<Kinds>(&changed), kinds, "{changed}");
    }
    let other_order: Kinds = read(&text.replace(r#""x":1,"y":2"#, r#""y":2,"x":1"#));
    assert_eq!(other_order, kinds);
    let not_equal = Kinds {
        ratio: Some(f64::NAN),
        ..Kinds::default()
    };
    assert_ne!(not_equal, not_equal.clone(), "NaN is not equal to itself");
}

#[test]
fn clone_keeps_replacements() {
    let mut request = AddMember {
        share: Some(f64::INFINITY),
        ..AddMember::default()
    };
    request.extra.insert("Share", "0.5");
    let copy = request.clone();
    assert_eq!(copy, request);
    assert_eq!(copy.share, Some(f64::INFINITY));
    assert_eq!(copy.extra.get("Share"), Some(&"0.5".into()));
}

#[test]
fn default_is_empty() {
    let request = AddMember::default();
    assert_eq!((request.member_uin, request.name.as_str()), (0, ""));
    assert!(request.tags.is_empty() && request.extra.is_empty());
    assert_eq!(request.share, None);
}
