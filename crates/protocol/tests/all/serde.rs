//! serde implementations of messages and `Json`, with several formats.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tc3_protocol::message::{EmptyResponse, Json, Message as _};

use super::kinds::{AddMember, DescribeMembersResponse, Kinds, Tag};
use super::{read, written};

fn request() -> AddMember {
    AddMember {
        member_uin: -7,
        name: "名".to_owned(),
        tags: vec![Tag::default()],
        main: Tag {
            tag_key: Some("k".to_owned()),
            ..Tag::default()
        },
        share: Some(0.5),
        ..AddMember::default()
    }
}

#[test]
fn empty_response_is_built_and_keeps_unknown_fields() {
    let parse = |text| serde_json::from_str::<EmptyResponse>(text).expect("a response");
    let built = EmptyResponse::builder().request_id("id-1").build();
    assert_eq!(parse(r#"{"RequestId":"id-1"}"#), built);
    let text = r#"{"RequestId":"id-1","Later":[1]}"#;
    let response = parse(text);
    assert_ne!(response, built);
    let written = serde_json::to_string(&response).expect("serialized");
    assert_eq!(written, text);
}

#[test]
fn serialize_equals_the_writer() {
    let mut request = request();
    request
        .extra
        .insert("Later", vec![Json::from(()).to_string(), "1".to_owned()]);
    request.extra.insert("Share", "a half");
    let text = serde_json::to_string(&request).expect("serialized");
    assert_eq!(
        text,
        r#"{"MemberUin":-7,"Name":"名","Tags":[{}],"Main":{"TagKey":"k"},"Later":["null","1"],"Share":"a half"}"#
    );
    assert_eq!(text, written(&request));
    let mut read: AddMember = serde_json::from_str(&text).expect("a request");
    assert_eq!(read.share, None, "`extra` replaces the field");
    read.share = request.share;
    assert_eq!(read, request);
}

#[test]
fn required_parameters_are_checked() {
    let complete = r#"{"MemberUin":1,"Name":"","Tags":[],"Main":{}}"#;
    assert!(serde_json::from_str::<AddMember>(complete).is_ok());
    let needs = |name: &str| format!("`AddMember` needs the parameter `{name}`");
    let cannot = |name: &str, value: &str| {
        format!("the parameter `{name}` of `AddMember` cannot be `{value}`")
    };
    let long = "x".repeat(1000);
    for (from, to, expected) in [
        (r#""MemberUin":1,"#, "", needs("MemberUin")),
        (r#""Name":"","#, "", needs("Name")),
        (r#""Name":"""#, r#""Name":null"#, needs("Name")),
        (r#""Name":"""#, r#""Name":"","Name":null"#, needs("Name")),
        (r#""Tags":[],"#, "", needs("Tags")),
        (r#","Main":{}"#, "", needs("Main")),
        (
            r#""MemberUin":1"#,
            r#""MemberUin":"one""#,
            cannot("MemberUin", r#"\"one\""#),
        ),
        (r#""Tags":[]"#, r#""Tags":[null]"#, cannot("Tags", "[null]")),
        (
            r#""MemberUin":1"#,
            &format!(r#""MemberUin":"{long}""#),
            cannot("MemberUin", &format!(r#"\"{}"#, &long[..31])),
        ),
    ] {
        let text = complete.replacen(from, to, 1);
        let error = serde_json::from_str::<AddMember>(&text).expect_err(&text);
        assert!(error.to_string().starts_with(&expected), "{error}");
    }
}

#[test]
fn optional_fields_are_read_tolerantly() {
    let text =
        r#"{"Share":"0.5","MemberUin":"1","Name":5,"Tags":[{"TagKey":1}],"Main":{},"New":1}"#;
    let request: AddMember = serde_json::from_str(text).expect("a request");
    assert_eq!(request.member_uin, 1);
    assert_eq!(request.name, "5");
    assert_eq!(request.share, Some(0.5));
    assert_eq!(request.tags[0].tag_key.as_deref(), Some("1"));
    assert_eq!(request.extra.get("New"), Some(&1.into()));
    let text = r#"{"Share":"half","MemberUin":1,"Name":"","Tags":[],"Main":{"TagKey":{}}}"#;
    let request: AddMember = serde_json::from_str(text).expect("a request");
    assert_eq!(request.extra.get("Share"), Some(&"half".into()));
    assert_eq!(request.main.extra.len(), 1);
}

#[test]
fn response_fields_are_optional() {
    let response: DescribeMembersResponse = serde_json::from_str("{}").expect("a response");
    assert_eq!(response, DescribeMembersResponse::default());
    let text = r#"{"Total":null,"Members":[{"Count":"7"}],"RequestId":1}"#;
    let response: DescribeMembersResponse = serde_json::from_str(text).expect("a response");
    assert_eq!(response.request_id, "1");
    assert_eq!(response.members.expect("members")[0].count, Some(7));
}

#[test]
fn other_types_than_maps_are_refused() {
    for text in ["1", "[]", "\"x\"", "null"] {
        let error = serde_json::from_str::<Tag>(text).expect_err(text);
        let error = error.to_string();
        assert!(error.starts_with("invalid type: "), "{error}");
        assert!(error.contains("expected a map"), "{error}");
    }
}

#[test]
fn format_errors_keep_their_position() {
    let error = serde_json::from_str::<Kinds>("{\"Count\":\n1,}").expect_err("a comma too many");
    assert_eq!((error.line(), error.column()), (2, 3));
}

/// Returns a message with all kinds of fields that the formats support.
fn kinds() -> Kinds {
    read(concat!(
        r#"{"Flag":true,"Count":-1,"Size":7,"Ratio":-1.5e-7,"Name":"名","Detail":{"b":[true,1.5]},"#,
        r#""Tag":{"TagKey":"k","New":2},"Inner":{"Inner":{}},"Names":["a",""],"Counts":[],"#,
        r#""Ratios":[0.5,3.0],"Details":["x",[1]],"Rows":[[1,2],[]],"Members":[{"Count":1},{}],"#,
        r#""New":{"deep":[false]}}"#
    ))
}

#[test]
fn message_pack_round_trip() {
    let kinds = kinds();
    let bytes = rmp_serde::to_vec(&kinds).expect("serialized");
    assert_eq!(
        rmp_serde::from_slice::<Kinds>(&bytes).expect("deserialized"),
        kinds
    );
    let request = request();
    let bytes = rmp_serde::to_vec(&request).expect("serialized");
    assert_eq!(
        rmp_serde::from_slice::<AddMember>(&bytes).expect("deserialized"),
        request
    );
    let numbers = Kinds {
        size: Some(u64::MAX),
        count: Some(i64::MIN),
        ..Kinds::default()
    };
    let bytes = rmp_serde::to_vec(&numbers).expect("serialized");
    assert_eq!(
        rmp_serde::from_slice::<Kinds>(&bytes).expect("deserialized"),
        numbers
    );
}

#[test]
fn toml_round_trip() {
    let kinds = kinds();
    let text = toml::to_string(&kinds).expect("serialized");
    assert_eq!(toml::from_str::<Kinds>(&text).expect("deserialized"), kinds);
    let request = request();
    let text = toml::to_string(&request).expect("serialized");
    assert!(text.contains("MemberUin = -7"), "{text}");
    assert_eq!(
        toml::from_str::<AddMember>(&text).expect("a request"),
        request
    );
    let error = toml::from_str::<AddMember>("Name = 'x'").expect_err("incomplete");
    let error = error.to_string();
    assert!(error.contains("needs the parameter `MemberUin`"), "{error}");
}

#[test]
fn nan_is_not_serialized() {
    let kinds = Kinds {
        ratio: Some(f64::NAN),
        ..Kinds::default()
    };
    let error = toml::to_string(&kinds).expect_err("NaN");
    assert!(error.to_string().contains("`Ratio` is NaN"), "{error}");
}

#[test]
fn messages_are_fields_of_derived_types() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Stored {
        at: u64,
        #[serde(flatten)]
        request: AddMember,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(untagged)]
    enum Either {
        Request(Box<AddMember>),
        Other(BTreeMap<String, Json>),
    }

    let stored = Stored {
        at: 1,
        request: request(),
    };
    check_round_trip(&stored, |read, stored| {
        // A flattened message gets the whole map, so its `extra` differs.
        assert_eq!(read.at, stored.at);
        assert_eq!(read.request.main, stored.request.main);
    });
    let other = BTreeMap::from([("Name".to_owned(), Json::from("x"))]);
    for either in [Either::Request(Box::new(request())), Either::Other(other)] {
        check_round_trip(&either, |read, either| assert_eq!(read, either));
    }
}

#[track_caller]
fn check_round_trip<T: Serialize + DeserializeOwned>(value: &T, check: impl Fn(&T, &T)) {
    let text = serde_json::to_string(value).expect("serialized");
    check(&serde_json::from_str(&text).expect("deserialized"), value);
    let tree = serde_json::to_value(value).expect("serialized");
    check(&serde_json::from_value(tree).expect("deserialized"), value);
}

#[test]
fn json_round_trip() {
    let text = r#"{"a":[[],{}],"b":true,"f":2.5,"i":-9223372036854775808,"n":null,"s":"x","u":18446744073709551615}"#;
    let json: Json = serde_json::from_str(text).expect("JSON");
    assert_eq!(json.text(), text);
    assert_eq!(serde_json::to_string(&json).expect("serialized"), text);
    let bytes = rmp_serde::to_vec(&json).expect("serialized");
    assert_eq!(
        rmp_serde::from_slice::<Json>(&bytes).expect("deserialized"),
        json
    );
}

#[test]
fn numbers_beyond_serdes_types() {
    for (number, expected) in [
        ("18446744073709551616", "18446744073709551616"),
        ("-9223372036854775809", "-9223372036854775809"),
        (
            "340282366920938463463374607431768211455",
            "340282366920938463463374607431768211455",
        ),
        ("1.50", "1.5"),
        ("1E2", "100.0"),
        ("1e400", "\"1e400\""),
        ("0.1234567890123456789", "\"0.1234567890123456789\""),
        ("[1e400,{\"a\":1.50}]", "[\"1e400\",{\"a\":1.5}]"),
    ] {
        let json: Json = number.parse().expect("JSON");
        assert_eq!(serde_json::to_string(&json).expect("serialized"), expected);
    }
}

#[test]
fn hostile_nesting_is_serialized_as_text() {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let json: Json = deep.parse().expect("JSON");
    let text = serde_json::to_string(&json).expect("serialized");
    assert!(text.contains("\"[["), "the inner part is a string");
}

#[test]
fn doubles_are_exact() {
    for ratio in [
        0.1 + 0.2,
        1e23,
        1.797_693_134_862_315_7e308,
        2.2250738585072014e-308,
    ] {
        let kinds = Kinds {
            ratio: Some(ratio),
            ..Kinds::default()
        };
        let bytes = rmp_serde::to_vec(&kinds).expect("serialized");
        let read: Kinds = rmp_serde::from_slice(&bytes).expect("deserialized");
        assert_eq!(read.ratio, Some(ratio));
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn deserialize_equals_the_reader(members in prop::collection::vec(
        (
            prop::sample::select(Vec::from_iter(Kinds::TABLE.fields.iter().map(|field| field.0))),
            prop::sample::select(vec![
                "null", "true", "1", "-1", "1.5", "2.0", "\"x\"", "\"1\"", "\"1.5\"", "\"true\"", "\"ä\\u0000\"",
                "[]", "[1]", "[\"a\",1]", "[null]", "[[1],[2]]", "{}", "{\"Count\":\"1\",\"a\":[1]}",
                "[{\"TagKey\":1},{}]", "{\"TagKey\":[]}",
            ]),
        ),
        0..8,
    )) {
        let members = members.iter().map(|(name, value)| format!("\"{name}\":{value}"));
        let text = format!("{{{}}}", Vec::from_iter(members).join(","));
        let expected: Kinds = read(&text);
        prop_assert_eq!(serde_json::from_str::<Kinds>(&text).unwrap(), expected.clone());
        prop_assert_eq!(serde_json::to_string(&expected).unwrap(), written(&expected));
    }
}
