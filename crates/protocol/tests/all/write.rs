//! Output and errors of the writer.

use tc3_protocol::message::Json;
use tc3_protocol::message::{Message, to_json};

use super::kinds::{AddMember, Kinds, Tag};
use super::written;

#[track_caller]
fn error(message: &impl Message) -> String {
    to_json(message).expect_err("NaN or infinity")
}

#[test]
fn absent_fields_are_not_written() {
    assert_eq!(written(&Kinds::default()), "{}");
    assert_eq!(
        written(&AddMember::default()),
        r#"{"MemberUin":0,"Name":"","Tags":[],"Main":{}}"#
    );
}

#[test]
fn extra_replaces_fields() {
    let mut request = AddMember {
        member_uin: 7,
        share: Some(0.5),
        ..AddMember::default()
    };
    request.extra.insert("Later", vec![1, 2]);
    request.extra.insert("Share", serde_json::Value::Null);
    request.extra.insert("Name", 5);
    request.extra.insert("\"\n", "\"");
    assert_eq!(
        written(&request),
        r#"{"MemberUin":7,"Tags":[],"Main":{},"\"\n":"\"","Later":[1,2],"Name":5,"Share":null}"#
    );
    let mut kinds = Kinds {
        inner: Some(Box::new(Kinds::default())),
        members: Some(vec![Kinds {
            count: Some(1),
            ..Kinds::default()
        }]),
        ..Kinds::default()
    };
    kinds.extra.insert("Inner", 1);
    let members = kinds.members.as_mut().expect("members");
    members[0].extra.insert("Count", "one");
    assert_eq!(
        written(&kinds),
        r#"{"Members":[{"Count":"one"}],"Inner":1}"#
    );
}

#[test]
fn json_keeps_its_text() {
    let text = r#"{ "b": 1.50, "a": [ 18446744073709551616 ] }"#;
    let json: Json = text.parse().expect("JSON");
    let kinds = Kinds {
        detail: Some(json.clone()),
        details: Some(vec![json, Json::from(())]),
        ..Kinds::default()
    };
    assert_eq!(
        written(&kinds),
        format!(r#"{{"Detail":{text},"Details":[{text},null]}}"#)
    );
}

#[test]
fn doubles_are_written_exactly() {
    for (number, text) in [
        (1.0, "1.0"),
        (-0.0, "-0.0"),
        (0.1, "0.1"),
        (1e300, "1e+300"),
        (5e-324, "5e-324"),
        (f64::MAX, "1.7976931348623157e+308"),
    ] {
        let kinds = Kinds {
            ratio: Some(number),
            ..Kinds::default()
        };
        assert_eq!(written(&kinds), format!(r#"{{"Ratio":{text}}}"#));
    }
}

#[test]
fn nan_and_infinity_are_refused() {
    let mut request = AddMember {
        share: Some(f64::NAN),
        ..AddMember::default()
    };
    assert_eq!(
        error(&request),
        "`Share` is NaN, which JSON cannot represent; use a finite number"
    );
    request.extra.insert("Share", 1);
    assert!(to_json(&request).is_ok(), "the field is not written");
    let ratios = Kinds {
        ratios: Some(vec![1.0, 2.0, f64::NEG_INFINITY, f64::NAN]),
        ..Kinds::default()
    };
    let kinds = Kinds {
        members: Some(vec![Kinds::default(), ratios.clone(), ratios.clone()]),
        ..Kinds::default()
    };
    assert_eq!(
        error(&kinds),
        "`Members[1].Ratios[2]` is -inf, which JSON cannot represent; use a finite number"
    );
    let kinds = Kinds {
        inner: Some(Box::new(ratios)),
        ratio: Some(1.0),
        tag: Some(Tag::default()),
        ..Kinds::default()
    };
    let error = error(&kinds);
    assert!(error.starts_with("`Inner.Ratios[2]` is -inf"), "{error}");
}
