//! The arguments of `tc3` say exactly what the parameters are.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use tc3_snippets::{Call, arguments};
use tc3_spec::{Field, Spec, TypeRef};

use crate::calls::{HOSTILE, Named, object, organization, shop};

#[track_caller]
fn check(named: &Named, parameters: &Value, expect: &[&str]) {
    let parameters = object(parameters.clone());
    let call = Call {
        parameters: &parameters,
        ..named.call()
    };
    let arguments = arguments(&call).unwrap();
    let start = arguments.iter().position(|it| it == "--Version").unwrap() + 4;
    assert_eq!(arguments[start..], *expect);
}

#[test]
fn values_are_written_as_documented() {
    let named = organization();
    let users = named.iter().find(|it| it.name == "texts").unwrap();
    let of = |zone: &str, expect: &[&str]| check(users, &json!({ "ZoneId": zone }), expect);
    of("z", &["--ZoneId", "z"]);
    of("", &["--ZoneId="]);
    of("--x", &["--ZoneId=--x"]);
    of("-5", &["--ZoneId", "-5"]);
    of("-", &["--ZoneId", "@%-"]);
    of("@a b", &["--ZoneId", "@%@a%20b"]);
    of("[]", &["--ZoneId", "@%[]"]);
    of("50% \"é\"\n", &["--ZoneId", "@%50%25%20%22é%22%0A"]);
    check(
        users,
        &json!({ "FilterGroups": ["a", "b"] }),
        &["--FilterGroups", "a", "b"],
    );
    check(
        users,
        &json!({ "FilterGroups": [] }),
        &["--FilterGroups", "[]"],
    );
    check(
        users,
        &json!({ "FilterGroups": ["a", "", "--x"] }),
        &[
            "--FilterGroups.0",
            "a",
            "--FilterGroups.1=",
            "--FilterGroups.2=--x",
        ],
    );
    check(
        users,
        &json!({ "ZoneId": null }),
        &["--force", "--ZoneId", "@:null"],
    );
    check(
        users,
        &json!({ "ZoneId": 5, "New": { "a": "b" } }),
        &["--force", "--ZoneId", "@:5", "--New", "@:{%22a%22:%22b%22}"],
    );
}

#[test]
fn arguments_decode_to_the_parameters() {
    for named in organization().iter().chain(&shop()) {
        round_trip(&named.call());
    }
}

#[track_caller]
fn round_trip(call: &Call<'_>) {
    let arguments = arguments(call).unwrap();
    for argument in &arguments {
        assert!(!argument.contains('"'), "{argument}");
    }
    let fields = &call.spec.actions[call.action].request;
    let decoded = decode(call.spec, fields, &arguments);
    assert_eq!(&decoded, call.parameters, "{arguments:?}");
}

/// Reads arguments as `tc3` does.
fn decode(spec: &Spec, fields: &[Field], arguments: &[String]) -> Map<String, Value> {
    let mut root = Value::Object(Map::new());
    let mut rest = arguments
        .iter()
        .skip_while(|it| !it.starts_with("--Version"))
        .skip(2)
        .peekable();
    while let Some(option) = rest.next() {
        let option = option.strip_prefix("--").expect("an option");
        if option == "force" {
            continue;
        }
        let (path, mut values) = match option.split_once('=') {
            Some((path, value)) => (path, vec![value]),
            None => (option, Vec::new()),
        };
        if !option.contains('=') {
            while let Some(value) = rest.next_if(|it| !it.starts_with("--")) {
                values.push(value.as_str());
            }
        }
        if ["region", "endpoint"].contains(&path) {
            continue;
        }
        set(spec, fields, &mut root, path, &values);
    }
    object(root)
}

fn set(spec: &Spec, fields: &[Field], root: &mut Value, path: &str, values: &[&str]) {
    let mut of = Of::Structure(fields);
    let mut at = root;
    for name in path.split('.') {
        (at, of) = match of {
            Of::Structure(fields) => {
                let field = fields.iter().find(|field| field.name == name);
                if at.is_null() {
                    *at = json!({});
                }
                let members = at.as_object_mut().expect("a structure");
                let next = members.entry(name).or_insert(Value::Null);
                (
                    next,
                    field.map_or(Of::Unknown, |field| Of::new(spec, &field.type_ref)),
                )
            }
            Of::List(element) => {
                if at.is_null() {
                    *at = json!([]);
                }
                let elements = at.as_array_mut().expect("a list");
                let index: usize = name.parse().expect("an index");
                if index == elements.len() {
                    elements.push(Value::Null);
                }
                (&mut elements[index], Of::new(spec, element))
            }
            Of::Scalar(_) | Of::Unknown => panic!("{path} goes too far"),
        };
    }
    *at = match (&of, values) {
        (Of::List(_), ["[]"]) => json!([]),
        (Of::List(element), values) if !values[0].starts_with("@:") => {
            values.iter().map(|value| scalar(element, value)).collect()
        }
        (Of::Structure(_), ["{}"]) => json!({}),
        (Of::Scalar(of), [value]) => scalar(of, value),
        (_, [value]) => untyped(value),
        _ => panic!("{path} has {values:?}"),
    };
}

enum Of<'a> {
    Structure(&'a [Field]),
    List(&'a TypeRef),
    Scalar(&'a TypeRef),
    Unknown,
}

impl<'a> Of<'a> {
    fn new(spec: &'a Spec, of: &'a TypeRef) -> Self {
        match of {
            TypeRef::Array(element) => Of::List(element),
            TypeRef::Named(name) => match spec.types.get(name) {
                Some(data_type) => Of::Structure(&data_type.fields),
                None => Of::Unknown,
            },
            of => Of::Scalar(of),
        }
    }
}

fn scalar(of: &TypeRef, value: &str) -> Value {
    if value.starts_with("@:") {
        return untyped(value);
    }
    match of {
        TypeRef::Integer | TypeRef::Float | TypeRef::Double | TypeRef::Boolean => {
            serde_json::from_str(value).expect("a number or a boolean")
        }
        _ => {
            assert!(!["-", "[]", "{}"].contains(&value));
            match value.strip_prefix('@') {
                Some(text) => Value::String(decoded(text.strip_prefix('%').expect("no file"))),
                None => Value::String(value.to_owned()),
            }
        }
    }
}

fn untyped(value: &str) -> Value {
    let json = value.strip_prefix("@:").expect("any JSON");
    serde_json::from_str(&decoded(json)).expect("JSON")
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first == b'%' {
            let digits = std::str::from_utf8(&after[..2]).expect("two digits");
            bytes.push(u8::from_str_radix(digits, 16).expect("two digits"));
            rest = &after[2..];
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,8}",
        "[-@%=\"{}\\[\\]\\\\ :a0]{0,6}",
        Just(HOSTILE.to_owned()),
        any::<String>(),
    ]
}

/// Any JSON without numbers that are too large.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::vec((text(), inner), 0..3)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn person() -> impl Strategy<Value = Value> {
    let leaf = (text(), any::<u64>()).prop_map(|(name, uin)| json!({ "Name": name, "Uin": uin }));
    leaf.prop_recursive(3, 8, 3, |inner| {
        let friends = prop::collection::vec(prop_oneof![inner.clone(), any_json()], 0..3);
        (text(), prop_oneof![inner, any_json()], friends).prop_map(|(name, friend, friends)| {
            json!({ "Name": name, "Friend": friend, "Friends": friends, "Nick": name })
        })
    })
}

proptest! {
    #[test]
    fn any_parameters_survive(
        customer in person(),
        discount in any_json(),
        grid in prop::collection::vec(prop::collection::vec(any::<i64>(), 0..3), 0..3),
        words in prop::collection::vec(prop::collection::vec(text(), 0..3), 0..3),
        kind in text(),
        more in prop::collection::vec(("[A-Za-z0-9_]{1,5}", any_json()), 0..3),
    ) {
        let named = &shop()[0];
        let mut parameters = object(json!({
            "Customer": customer, "Discount": discount, "Grid": grid, "Words": words, "type": kind,
        }));
        for (name, value) in more {
            parameters.entry(name).or_insert(value);
        }
        let is_nameable = |value: &Value| nameable(value);
        prop_assume!(parameters.values().all(is_nameable));
        round_trip(&Call { parameters: &parameters, ..named.call() });
    }
}

/// Whether the members of structures that may be documented have words for names.
fn nameable(value: &Value) -> bool {
    match value {
        Value::Array(values) => values.iter().all(nameable),
        Value::Object(members) => members.iter().all(|(name, value)| {
            !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && nameable(value)
        }),
        _ => true,
    }
}
