//! A macro-generated client with hostile names compiles without warnings and round-trips through JSON. The tests of
//! `tc3-codegen` compile the same names in a crate.

#![deny(warnings)]

// The spec omits some data types on purpose.
#[allow(deprecated)]
mod names {
    tc3_macros::client! {
        spec: "tests/cases/hostile/spec.json",
        actions: [
            Add, AddTag, AsX, Builder, Client, Clone, Con, Conventions, Crate, Default, Deref,
            DescribeAll, DescribeVPCs, DescribeVpcs, Documented, Drop, FromEnv, FromEnvBlocking, FromX, IntoX, IsX,
            Iter, Len, Loop, New, Next, Not, Optional, Raw, Self, Send, ToX, Type, Types,
        ],
    }
}

use std::fmt::Debug;

use names::{
    AddTagError, AddTagRequest, AddTagResponse, AddTagResponseType, OptionalRequest, TypeRequest,
    TypeResponse,
};
use serde_json::{Map, Value, json};
use tc3::__private::Message;
use tc3::ErrorCode as _;

#[test]
fn every_parameter_has_a_setter() {
    let request = TypeRequest::builder()
        .r#type("type")
        .self_("self")
        .self_2("Self")
        .super_("super")
        .crate_("crate")
        .r#async("async")
        .r#fn("Fn")
        .r#match("match")
        .extra_("Extra")
        .extra_2("extra")
        .build_("build")
        .send_("Send")
        .build_2("Build")
        .vpc_id("VpcId")
        .vpc_id_("VPCId")
        .vpc_id_2("vpcId")
        .ipv6_address("IPv6Address")
        .ipv6_address_("Ipv6Address")
        .had_auto_fix_vul("hadAutoFixVul")
        .k8s_version("K8s_Version")
        .request_id("RequestID")
        .c("C")
        .string("String")
        .option("Option")
        .vec("Vec")
        .into("Into")
        .set("Set")
        .unset("Unset")
        .value("Value")
        .r("r")
        .r#box("Box")
        .call("Call")
        .caller("Caller")
        .into_iterator("IntoIterator")
        .json("Json")
        .no_client("NoClient")
        .raw_builder("RawBuilder")
        .has_set("HasSet")
        .build();
    let sent = serde_json::to_value(&request).unwrap();
    let sent = sent.as_object().unwrap();
    assert_eq!(sent.len(), TypeRequest::TABLE.fields.len());
    for (name, value) in sent {
        assert_eq!(value, name);
    }
    check_round_trip(&request);
}

#[test]
fn last_setter_applies() {
    let request = OptionalRequest::builder().r#type(1).r#type(2).build();
    assert_eq!(request.r#type, Some(2));
}

#[test]
fn optional_fields_keep_their_values() {
    let mut numbers = filled::<OptionalRequest>(|_, index| json!(index));
    numbers.insert("Unheard".to_owned(), json!([1, null]));
    let request: OptionalRequest = from(&numbers);
    assert_eq!(request.r#type, Some(0));
    assert!(request.extra.get("Unheard").is_some());
    check_round_trip(&request);

    let texts = filled::<TypeResponse>(|name, _| json!(name));
    let response: TypeResponse = from(&texts);
    assert_eq!(response.request_id_.as_deref(), Some("RequestID"));
    assert_eq!(response.request_id, "RequestId");
    check_round_trip(&response);
}

#[test]
fn types_with_names_of_the_prelude() {
    let everything = json!({
        "A": {"Inner": {"TagKey": "a"}},
        "B": [{"Inner": {"TagKey": "b"}}],
        "C": {"Inner": {}},
        "D": [],
        "E": {"Inner": {"TagValue": "e"}},
        "F": {"Inner": {}, "More": true},
        "I": ["x", "y"],
        "J": {"any": ["thing", 1.50]},
        "L": {"Name": "n", "Names": ["m"], "Old": "o"},
        "M": [[{"Inner": {}}], []],
    });
    let response: AddTagResponse = from(
        json!({"Everything": everything, "RequestId": "id"})
            .as_object()
            .unwrap(),
    );
    let decoded = response.everything.as_ref().unwrap();
    assert_eq!(
        decoded.i.as_deref(),
        Some(["x".to_owned(), "y".to_owned()].as_slice())
    );
    assert_eq!(serde_json::to_value(decoded).unwrap(), everything);
    check_round_trip(&response);

    let tag = names::Tag::builder().tag_key("k").build();
    let string = names::String::builder().name("n").names(["a"]).build();
    assert_eq!(string.names, Some(vec!["a".to_owned()]));
    let clash = AddTagResponseType::builder().tag(tag.clone()).build();
    assert_eq!(clash.tag, Some(tag));
}

#[test]
fn recursive_types() {
    let node = json!({
        "Name": "root",
        "Next": {"Next": {"Name": "third"}},
        "Children": [{"Children": [{"Name": "grandchild"}]}],
        "Left": {"Right": {"Left": {"Right": {}}, "Lefts": [{}]}},
    });
    let response: AddTagResponse = from(
        json!({"Node": node, "Empty": {}, "RequestId": "id"})
            .as_object()
            .unwrap(),
    );
    let decoded = response.node.as_ref().unwrap();
    let third = decoded.next.as_ref().unwrap().next.as_ref().unwrap();
    assert_eq!(third.name.as_deref(), Some("third"));
    assert_eq!(serde_json::to_value(decoded).unwrap(), node);
    check_round_trip(&response);

    let left = names::Left::builder()
        .right(names::Right::builder().build())
        .build();
    assert_eq!(serde_json::to_value(left).unwrap(), json!({"Right": {}}));
}

#[test]
#[allow(deprecated)]
fn deprecated_and_undefined_fields() {
    let tag = names::Tag::builder().tag_key("k").build();
    let request = AddTagRequest::builder()
        .old(1)
        .tags([tag.clone()])
        .tag(tag)
        .first(names::_1st::builder().build())
        .mystery("any JSON")
        .mysteries([Value::Bool(true), Value::Null])
        .build();
    assert_eq!(
        serde_json::to_value(&request).unwrap(),
        json!({
            "Tag": {"TagKey": "k"},
            "Tags": [{"TagKey": "k"}],
            "First": {},
            "Mystery": "any JSON",
            "Mysteries": [true, null],
            "Old": 1,
        })
    );
    check_round_trip(&request);
}

#[test]
fn error_codes_of_all_spellings() {
    for (code, variant) in [
        ("Unknown", AddTagError::UnknownCode),
        ("Unknown.Code", AddTagError::UnknownCodeCode),
        ("DOCUMENTED", AddTagError::DOCUMENTED),
        ("InvalidParameter", AddTagError::InvalidParameter),
        (
            "InvalidParameter.CODE_ERROR",
            AddTagError::InvalidParameterCodeError,
        ),
        ("Invalid.Parameter", AddTagError::InvalidParameterCode),
        ("not-found.user_id", AddTagError::NotFoundUserId),
        ("Self", AddTagError::SelfCode),
        ("A1.1", AddTagError::A1_1),
    ] {
        assert_eq!(AddTagError::from_code(code), variant);
        assert_eq!(variant.as_str(), code);
        assert_eq!(variant.clone(), variant);
    }
    let unknown = AddTagError::from_code("Brand.New");
    assert!(matches!(&unknown, AddTagError::Unknown(code) if code.as_str() == "Brand.New"));
    assert_eq!(unknown.to_string(), "Brand.New");
}

/// Returns a value for each field of a message.
fn filled<T: Message>(value: impl Fn(&str, usize) -> Value) -> Map<String, Value> {
    let names = T::TABLE.fields.iter().map(|field| field.0).enumerate();
    names
        .map(|(index, name)| (name.to_owned(), value(name, index)))
        .collect()
}

fn from<T: serde::de::DeserializeOwned>(value: &Map<String, Value>) -> T {
    serde_json::from_value(Value::Object(value.clone())).unwrap()
}

/// Checks that a message round-trips through JSON and clone.
#[track_caller]
fn check_round_trip<T>(message: &T)
where
    T: Clone + Debug + PartialEq + serde::Serialize + serde::de::DeserializeOwned,
{
    let text = serde_json::to_string(message).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), message);
    assert_eq!(&message.clone(), message);
}
