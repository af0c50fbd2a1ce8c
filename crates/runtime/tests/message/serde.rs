//! serde's traits, with several formats.

use serde::{Deserialize, Serialize};
use tc3::{Json, UnknownFields};

use crate::kinds::{AddMember, DescribeMembersResponse, Kinds, Tag};
use crate::read;

fn request() -> AddMember {
    AddMember {
        member_uin: -7,
        name: "Ada".to_owned(),
        tags: vec![Tag {
            tag_key: Some("k".to_owned()),
            ..Tag::default()
        }],
        main: Tag::default(),
        share: Some(0.25),
        extra: UnknownFields::from_iter([("New", true)]),
    }
}

fn kinds() -> Kinds {
    Kinds {
        flag: Some(true),
        count: Some(i64::MIN),
        size: Some(7),
        ratio: Some(-0.5),
        name: Some("ä\n".to_owned()),
        detail: Some(Json::from(serde_json::json!({"a": [1, "x"]}))),
        inner: Some(Box::new(Kinds {
            names: Some(vec!["a".to_owned()]),
            ..Kinds::default()
        })),
        rows: Some(vec![vec![1], vec![]]),
        members: Some(vec![Kinds::default()]),
        ..Kinds::default()
    }
}

#[test]
fn json_both_ways() {
    let text = serde_json::to_string(&request()).unwrap();
    assert_eq!(
        text,
        r#"{"MemberUin":-7,"Name":"Ada","Tags":[{"TagKey":"k"}],"Main":{},"Share":0.25,"New":true}"#
    );
    assert_eq!(read::<AddMember>(&text), request());
    let text = serde_json::to_string(&kinds()).unwrap();
    assert_eq!(read::<Kinds>(&text), kinds());
}

#[test]
fn message_pack_both_ways() {
    let bytes = rmp_serde::to_vec_named(&kinds()).unwrap();
    assert_eq!(rmp_serde::from_slice::<Kinds>(&bytes).unwrap(), kinds());
    let bytes = rmp_serde::to_vec_named(&request()).unwrap();
    assert_eq!(
        rmp_serde::from_slice::<AddMember>(&bytes).unwrap(),
        request()
    );
}

#[test]
fn toml_both_ways() {
    let text = toml::to_string(&request()).unwrap();
    assert!(text.contains("MemberUin = -7"), "{text}");
    assert_eq!(toml::from_str::<AddMember>(&text).unwrap(), request());
}

#[test]
fn messages_stand_in_types_with_derives() {
    #[derive(Debug, Deserialize, PartialEq, Serialize)]
    struct Stored {
        at: String,
        request: AddMember,
        #[serde(flatten)]
        tag: Tag,
    }
    let stored = Stored {
        at: "now".to_owned(),
        request: request(),
        tag: Tag {
            tag_value: Some("v".to_owned()),
            ..Tag::default()
        },
    };
    let text = serde_json::to_string(&stored).unwrap();
    assert_eq!(read::<Stored>(&text).request, stored.request);
}

#[test]
fn request_needs_all_required_parameters() {
    let complete = r#"{"MemberUin":1,"Name":"Ada","Tags":[],"Main":{}}"#;
    assert!(serde_json::from_str::<AddMember>(complete).is_ok());
    for (from, to, expected) in [
        (
            r#""MemberUin":1,"#,
            "",
            "`AddMember` needs the parameter `MemberUin`",
        ),
        (r#""Ada""#, "null", "`AddMember` needs the parameter `Name`"),
        (
            r#""Tags":[],"#,
            "",
            "`AddMember` needs the parameter `Tags`",
        ),
        (
            ":1,",
            ":1.5,",
            "the parameter `MemberUin` of `AddMember` cannot be `1.5`",
        ),
        (
            "[]",
            "[1]",
            "the parameter `Tags` of `AddMember` cannot be `[1]`",
        ),
    ] {
        let error = serde_json::from_str::<AddMember>(&complete.replacen(from, to, 1));
        let error = error.unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn response_may_lack_anything() {
    assert_eq!(
        read::<DescribeMembersResponse>("{}"),
        DescribeMembersResponse::default()
    );
    let response: DescribeMembersResponse =
        read(r#"{"RequestId":1,"Members":[{"Count":"7"}],"Total":null}"#);
    assert_eq!(response.request_id, "1");
    assert_eq!(response.members.unwrap()[0].count, Some(7));
}

#[test]
fn debug_shows_what_is_present() {
    let text = r#"{"Count":7,"Tag":{"TagKey":"k"},"Names":[],"Members":[{"Flag":true}],"Age":1.5}"#;
    assert_eq!(
        format!("{:?}", read::<Kinds>(text)),
        r#"Kinds { Count: 7, Tag: Tag { TagKey: "k" }, Names: [], Members: [Kinds { Flag: true }], Age: 1.5 }"#
    );
    assert_eq!(format!("{:?}", Kinds::default()), "Kinds");
}

#[test]
fn messages_are_equal_if_all_their_values_are() {
    assert_eq!(kinds().clone(), kinds());
    assert_eq!(Kinds::default(), read::<Kinds>("{}"));
    let changes: [fn(&mut Kinds); 4] = [
        |kinds| kinds.count = None,
        |kinds| kinds.inner.as_mut().unwrap().names = None,
        |kinds| kinds.members.as_mut().unwrap().push(Kinds::default()),
        |kinds| drop(kinds.extra.insert("New", 1)),
    ];
    for change in changes {
        let mut other = kinds();
        change(&mut other);
        assert_ne!(other, kinds());
    }
}

#[test]
fn json_is_equal_by_content() {
    let json = |text: &str| text.parse::<Json>().unwrap();
    assert_eq!(json(r#"{"a":1, "b":[]}"#), json(r#"{"b":[],"a":1}"#));
    assert_ne!(json("1"), json("2"));
    assert_eq!(json("1.50").text(), "1.50");
    assert_eq!(
        json(r#"{"a":1}"#).parse::<serde_json::Value>().unwrap()["a"],
        1
    );
    assert!("{".parse::<Json>().is_err());
    assert_eq!(Json::from("x").text(), r#""x""#);
    assert_eq!(Json::from(f64::NAN).text(), "null");
}
