//! Tests that the arguments of `tc3` decode to exactly the parameters.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use tc3_arguments::{Described, Options, Problem, parameters, split};
use tc3_snippets::{Call, arguments};

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
fn values_have_documented_forms() {
    let named = organization();
    let users = named.iter().find(|it| it.name == "texts").unwrap();
    let of = |zone: &str, expect: &[&str]| check(users, &json!({ "ZoneId": zone }), expect);
    of("z", &["--ZoneId", "z"]);
    of("", &["--ZoneId="]);
    of("--x", &["--ZoneId=--x"]);
    of("-v", &["--ZoneId=-v"]);
    of("-o=json", &["--ZoneId=-o=json"]);
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
        &json!({ "FilterGroups": ["[a,b]"] }),
        &["--FilterGroups", "@%[a,b]"],
    );
    check(
        users,
        &json!({ "FilterGroups": [" [a", "{b}"] }),
        &["--FilterGroups", "@%%20[a", "@%{b}"],
    );
    check(
        users,
        &json!({ "FilterGroups": ["a", "", "--x", "-v"] }),
        &[
            "--FilterGroups.0",
            "a",
            "--FilterGroups.1=",
            "--FilterGroups.2=--x",
            "--FilterGroups.3=-v",
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
fn arguments_round_trip() {
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
    assert_eq!(&decoded(call, &arguments), call.parameters, "{arguments:?}");
}

/// Reads arguments as `tc3` does.
fn decoded(call: &Call<'_>, arguments: &[String]) -> Map<String, Value> {
    let (name, action) = call.spec.actions.get_key_value(call.action).unwrap();
    let types = &call.spec.types;
    let described = Described {
        name,
        action,
        types,
    };
    let start = arguments.iter().position(|it| it == name).unwrap() + 1;
    let option = |name: &str| match name {
        "--Version" | "--region" | "--endpoint" | "-o" => Some(true),
        "--force" | "-v" => Some(false),
        _ => None,
    };
    let found = split(described, arguments, start, &option);
    assert_eq!(found.problems, [], "{arguments:?}");
    let parse = |force| {
        let options = Options {
            force,
            ..Options::default()
        };
        let mut read = |path: &str| Err(format!("unexpected file: {path}"));
        parameters(described, &found.parameters, options, &mut read)
    };
    // Some calls lack required parameters.
    let is_missing = |problem: &Problem| problem.message.contains(" needs `--");
    let parsed = match parse(arguments.iter().any(|it| it == "--force")) {
        Err(problems) if problems.iter().all(is_missing) => parse(true),
        parsed => parsed,
    };
    parsed.unwrap_or_else(|problems| panic!("{arguments:?}: {problems:#?}"))
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,8}",
        "[-@%=\"{}\\[\\]\\\\ :a0]{0,6}",
        Just(HOSTILE.to_owned()),
        any::<String>(),
    ]
}

/// Generates any JSON without numbers that are too large.
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
    fn arbitrary_parameters_round_trip(
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
        prop_assume!(parameters.values().all(has_words));
        round_trip(&Call { parameters: &parameters, ..named.call() });
    }
}

/// Whether all names in a value are words, as arguments require.
fn has_words(value: &Value) -> bool {
    match value {
        Value::Array(values) => values.iter().all(has_words),
        Value::Object(members) => members.iter().all(|(name, value)| {
            !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && has_words(value)
        }),
        _ => true,
    }
}
