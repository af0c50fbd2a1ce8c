//! A client of hostile names compiles without a warning, and everything in it can be called and comes through JSON.

#![deny(warnings)]

// The client of a whole service, of which this calls some. Its names are those of the service, where clippy would
// advise others unless they were exported.
#[allow(dead_code, unreachable_pub, unused_imports)]
#[allow(clippy::all)]
#[path = "cases/hostile/src/v20210331/mod.rs"]
mod hostile;

use std::fmt::Debug;

use hostile::{
    AddTagError, AddTagRequest, AddTagResponse, AddTagResponseType, OptionalRequest, TypeRequest,
    TypeResponse,
};
use serde_json::{Map, Value, json};
use tc3::ErrorCode as _;
use tc3::record::{Record, Table};

#[test]
fn every_parameter_has_a_field_and_a_setter_of_its_own() {
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
        .build();
    let sent = serde_json::to_value(&request).unwrap();
    let sent = sent.as_object().unwrap();
    assert_eq!(sent.len(), TypeRequest::LAYOUT.table().fields().count());
    for (name, value) in sent {
        assert_eq!(value, name);
    }
    same_again(&request);
}

#[test]
fn of_values_given_twice_the_last_counts() {
    let request = OptionalRequest::builder().r#type(1).r#type(2).build();
    assert_eq!(request.r#type, Some(2));
}

#[test]
fn optional_parameters_and_fields_of_responses_keep_what_they_are_given() {
    let mut numbers = filled(OptionalRequest::LAYOUT.table(), |_, index| json!(index));
    numbers.insert("Unheard".to_owned(), json!([1, null]));
    let request: OptionalRequest = from(&numbers);
    assert_eq!(request.r#type, Some(0));
    assert!(request.extra.get("Unheard").is_some());
    same_again(&request);

    let texts = filled(TypeResponse::LAYOUT.table(), |name, _| json!(name));
    let response: TypeResponse = from(&texts);
    assert_eq!(response.request_id_.as_deref(), Some("RequestID"));
    assert_eq!(response.request_id, "RequestId");
    same_again(&response);
}

#[test]
fn data_types_with_the_names_of_the_prelude_are_told_from_it() {
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
    same_again(&response);

    let tag = hostile::Tag::builder().tag_key("k").build();
    let string = hostile::String::builder().name("n").names(["a"]).build();
    assert_eq!(string.names, Some(vec!["a".to_owned()]));
    let clash = AddTagResponseType::builder().tag(tag.clone()).build();
    assert_eq!(clash.tag, Some(tag));
}

#[test]
fn data_types_may_hold_themselves() {
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
    same_again(&response);
}

#[test]
#[allow(deprecated)]
fn what_is_deprecated_or_undescribed_still_works() {
    let tag = hostile::Tag::builder().tag_key("k").build();
    let request = AddTagRequest::builder()
        .old(1)
        .tags([tag.clone()])
        .tag(tag)
        .mystery("any JSON")
        .mysteries([tc3::Value::Bool(true), tc3::Value::Null])
        .build();
    assert_eq!(
        serde_json::to_value(&request).unwrap(),
        json!({
            "Tag": {"TagKey": "k"},
            "Tags": [{"TagKey": "k"}],
            "Mystery": "any JSON",
            "Mysteries": [true, null],
            "Old": 1,
        })
    );
    same_again(&request);
}

#[test]
fn error_codes_of_all_spellings_are_told_apart() {
    for (code, variant) in [
        ("Unknown", AddTagError::UnknownCode),
        ("Unknown.Code", AddTagError::UnknownCodeCode),
        ("DOCUMENTED", AddTagError::DOCUMENTEDCode),
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

/// A value for each field of a record's table.
fn filled(table: Table, value: impl Fn(&str, usize) -> Value) -> Map<String, Value> {
    let fields = table.fields().enumerate();
    fields
        .map(|(index, name)| (name.to_owned(), value(name, index)))
        .collect()
}

fn from<T: serde::de::DeserializeOwned>(value: &Map<String, Value>) -> T {
    serde_json::from_value(Value::Object(value.clone())).unwrap()
}

/// A record is the same after a detour through JSON, and so is a clone of it.
#[track_caller]
fn same_again<T>(record: &T)
where
    T: Clone + Debug + PartialEq + serde::Serialize + serde::de::DeserializeOwned,
{
    let text = serde_json::to_string(record).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), record);
    assert_eq!(&record.clone(), record);
}
