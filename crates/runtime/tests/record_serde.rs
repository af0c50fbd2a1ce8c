//! serde of requests, responses, data types and values, with JSON and with other formats.
#![cfg(feature = "serde")]

#[macro_use]
mod sample;

use std::collections::BTreeMap;

use proptest::prelude::*;
use sample::kinds::{AddMember, DescribeMembersResponse, Kinds, Tag};
use serde::{
    Deserialize, Serialize,
    de::{
        DeserializeOwned,
        value::{Error as PlainError, F64Deserializer, MapDeserializer},
    },
};
use tc3::{Value, json, record::Record};

fn request() -> AddMember {
    let mut request = AddMember::empty();
    request.member_uin = -7;
    request.name = "名".to_owned();
    request.tags = vec![Tag::empty()];
    request.main.tag_key = Some("k".to_owned());
    request.share = Some(0.5);
    request
}

#[test]
fn json_is_what_the_writer_writes() {
    let mut request = request();
    request.extra.insert("Later", vec![Value::Null, 1.into()]);
    request.extra.insert("Share", "a half");
    let text = serde_json::to_string(&request).unwrap();
    assert_eq!(
        text,
        r#"{"MemberUin":-7,"Name":"名","Tags":[{}],"Main":{"TagKey":"k"},"Later":[null,1],"Share":"a half"}"#
    );
    assert_eq!(text.as_bytes(), json::write(&request).unwrap());
    let mut read: AddMember = serde_json::from_str(&text).unwrap();
    assert_eq!(
        read.share, None,
        "what was sent in its stead is in the extra"
    );
    read.share = request.share;
    assert_eq!(read, request);
}

#[test]
fn a_request_needs_all_required_parameters() {
    let complete = r#"{"MemberUin":1,"Name":"","Tags":[],"Main":{}}"#;
    assert!(serde_json::from_str::<AddMember>(complete).is_ok());
    for (from, to, expected) in [
        (
            r#""MemberUin":1,"#,
            "",
            "`AddMember` needs the parameter `MemberUin`",
        ),
        (
            r#""Name":"","#,
            "",
            "`AddMember` needs the parameter `Name`",
        ),
        (
            r#""Name":"""#,
            r#""Name":null"#,
            "`AddMember` needs the parameter `Name`",
        ),
        (
            r#""Name":"""#,
            r#""Name":"","Name":null"#,
            "`AddMember` needs the parameter `Name`",
        ),
        (
            r#""Tags":[],"#,
            "",
            "`AddMember` needs the parameter `Tags`",
        ),
        (
            r#","Main":{}"#,
            "",
            "`AddMember` needs the parameter `Main`",
        ),
        (
            r#""MemberUin":1"#,
            r#""MemberUin":"one""#,
            "the parameter `MemberUin` of `AddMember` can't be `\"one\"`",
        ),
        (
            r#""Tags":[]"#,
            r#""Tags":[null]"#,
            "the parameter `Tags` of `AddMember` can't be `[null]`",
        ),
    ] {
        let text = complete.replacen(from, to, 1);
        let error = serde_json::from_str::<AddMember>(&text).unwrap_err();
        assert!(error.to_string().starts_with(expected), "{error}");
    }
}

#[test]
fn what_is_optional_is_read_tolerantly() {
    let request: AddMember = serde_json::from_str(
        r#"{"Share":"0.5","MemberUin":"1","Name":5,"Tags":[{"TagKey":1}],"Main":{},"New":1}"#,
    )
    .unwrap();
    assert_eq!(request.member_uin, 1);
    assert_eq!(request.name, "5");
    assert_eq!(request.share, Some(0.5));
    assert_eq!(request.tags[0].tag_key.as_deref(), Some("1"));
    assert_eq!(request.extra.get("New"), Some(&1.into()));
    let request: AddMember = serde_json::from_str(
        r#"{"Share":"half","MemberUin":1,"Name":"","Tags":[],"Main":{"TagKey":{}}}"#,
    )
    .unwrap();
    assert_eq!(request.extra.get("Share"), Some(&"half".into()));
    assert_eq!(request.main.extra.len(), 1);
}

#[test]
fn a_response_may_lack_anything() {
    let response: DescribeMembersResponse = serde_json::from_str("{}").unwrap();
    assert_eq!(response, DescribeMembersResponse::empty());
    let response: DescribeMembersResponse =
        serde_json::from_str(r#"{"Total":null,"Members":[{"Count":"7"}],"RequestId":1}"#).unwrap();
    assert_eq!(response.request_id, "1");
    assert_eq!(response.members.unwrap()[0].count, Some(7));
}

#[test]
fn what_is_no_map_is_refused() {
    for text in ["1", "[]", "\"x\"", "null"] {
        let error = serde_json::from_str::<Tag>(text).unwrap_err().to_string();
        assert!(error.starts_with("invalid type: "), "{error}");
    }
}

#[test]
fn errors_of_the_format_keep_their_place() {
    let error = serde_json::from_str::<Kinds>("{\"Count\":\n1,}").unwrap_err();
    assert_eq!((error.line(), error.column()), (2, 3));
}

/// All kinds of fields, as far as formats can tell them.
fn kinds() -> Kinds {
    let mut kinds = Kinds::empty();
    json::read(
        concat!(
            r#"{"Flag":true,"Count":-1,"Size":7,"Ratio":-1.5e-7,"Name":"名","Detail":{"b":[true,1.5]},"#,
            r#""Tag":{"TagKey":"k","New":2},"Inner":{"Inner":{}},"Names":["a",""],"Counts":[],"#,
            r#""Ratios":[0.5],"Details":["x",[1]],"Rows":[[1,2],[]],"Members":[{"Count":1},{}],"#,
            r#""New":{"deep":[false]}}"#
        )
        .as_bytes(),
        &mut kinds,
    )
    .unwrap();
    kinds
}

#[test]
fn message_pack_both_ways() {
    let kinds = kinds();
    let bytes = rmp_serde::to_vec(&kinds).unwrap();
    assert_eq!(rmp_serde::from_slice::<Kinds>(&bytes).unwrap(), kinds);
    let request = request();
    let bytes = rmp_serde::to_vec(&request).unwrap();
    assert_eq!(rmp_serde::from_slice::<AddMember>(&bytes).unwrap(), request);
}

#[test]
fn toml_both_ways() {
    let kinds = kinds();
    let text = toml::to_string(&kinds).unwrap();
    assert_eq!(toml::from_str::<Kinds>(&text).unwrap(), kinds);
    let request = request();
    let text = toml::to_string(&request).unwrap();
    assert!(text.contains("MemberUin = -7"), "{text}");
    assert_eq!(toml::from_str::<AddMember>(&text).unwrap(), request);
    let error = toml::from_str::<AddMember>("Name = 'x'").unwrap_err();
    assert!(
        error
            .to_string()
            .contains("needs the parameter `MemberUin`")
    );
}

#[test]
fn records_stand_in_types_with_derives() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Stored {
        at: u64,
        #[serde(flatten)]
        request: AddMember,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(untagged)]
    enum Either {
        Request(AddMember),
        Other(BTreeMap<String, Value>),
    }

    let request = request();
    both_ways(
        &Stored {
            at: 1,
            request: request.clone(),
        },
        |read, stored| {
            // To a flattened record the whole map is shown.
            assert_eq!(read.at, stored.at);
            assert_eq!(read.request.main, stored.request.main);
        },
    );
    both_ways(&Either::Request(request), |read, either| {
        assert_eq!(read, either)
    });
    let other = BTreeMap::from([("Name".to_owned(), Value::from("x"))]);
    both_ways(&Either::Other(other), |read, either| {
        assert_eq!(read, either)
    });
}

#[track_caller]
fn both_ways<T: Serialize + DeserializeOwned>(value: &T, check: impl Fn(&T, &T)) {
    let text = serde_json::to_string(value).unwrap();
    check(&serde_json::from_str(&text).unwrap(), value);
    let tree = serde_json::to_value(value).unwrap();
    check(&serde_json::from_value(tree).unwrap(), value);
}

#[test]
fn values_go_both_ways() {
    let text = r#"{"n":null,"b":true,"i":-9223372036854775808,"u":18446744073709551615,"f":2.5,"s":"x","a":[[],{}]}"#;
    let value: Value = serde_json::from_str(text).unwrap();
    assert_eq!(value, text.parse().unwrap());
    assert_eq!(serde_json::to_string(&value).unwrap(), text);
    assert_eq!(serde_json::from_str::<Value>("1").unwrap(), 1.into());
}

#[test]
fn numbers_that_serde_has_not_are_told_all_the_same() {
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
    ] {
        let value: Value = number.parse().unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), expected);
    }
}

#[test]
fn numbers_of_arbitrary_precision_keep_their_text() {
    let number = [("$serde_json::private::Number", "1.50e400")].into_iter();
    let value = Value::deserialize(MapDeserializer::<_, PlainError>::new(number)).unwrap();
    assert_eq!(value, "1.50e400".parse().unwrap());
    let no_number = [("$serde_json::private::Number", "x")].into_iter();
    assert!(Value::deserialize(MapDeserializer::<_, PlainError>::new(no_number)).is_err());
}

#[test]
fn what_json_has_not_is_told_as_near_as_it_can_be() {
    let nan = Value::deserialize(F64Deserializer::<PlainError>::new(f64::NAN)).unwrap();
    assert_eq!(nan, Value::Null);
    let bytes = rmp_serde::to_vec(&BTreeMap::from([(1, Some(true)), (-2, None)])).unwrap();
    assert_eq!(
        rmp_serde::from_slice::<Value>(&bytes).unwrap(),
        r#"{"1": true, "-2": null}"#.parse().unwrap()
    );
    // Binary of two bytes.
    assert_eq!(
        rmp_serde::from_slice::<Value>(&[0xC4, 2, 0, 255]).unwrap(),
        vec![0, 255].into()
    );
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn serde_reads_as_the_reader_does(members in prop::collection::vec(
        (
            prop::sample::select(Vec::from_iter(Kinds::LAYOUT.table().fields())),
            prop::sample::select(vec![
                "null", "true", "1", "-1", "1.5", "2.0", "\"x\"", "\"1\"", "\"1.5\"", "\"true\"", "\"ä\\u0000\"",
                "[]", "[1]", "[\"a\",1]", "[null]", "[[1],[2]]", "{}", "{\"Count\":\"1\",\"a\":[1]}",
                "[{\"TagKey\":1},{}]", "{\"TagKey\":[]}",
            ]),
        ),
        0..8,
    )) {
        let members: Vec<String> = members
            .iter()
            .map(|(name, value)| format!("\"{name}\":{value}"))
            .collect();
        let text = format!("{{{}}}", members.join(","));
        let mut expected = Kinds::empty();
        json::read(text.as_bytes(), &mut expected).unwrap();
        prop_assert_eq!(serde_json::from_str::<Kinds>(&text).unwrap(), expected.clone());
        let written = json::write(&expected).unwrap();
        prop_assert_eq!(serde_json::to_vec(&expected).unwrap(), written);
    }
}
