//! Random JSON, against `serde_json`.

use proptest::prelude::*;
use serde_json::Value;
use tc3::__private::{Message as _, echo};

use crate::kinds::Kinds;

/// Any JSON.
fn any_json() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "-?[0-9]{1,2}([.][0-9]{1,2})?(e-?[0-9])?|true|false".prop_map(Value::from),
        (-20..20).prop_map(|number| Value::from(f64::from(number) / 4.0)),
    ];
    scalar.prop_recursive(5, 60, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::vec((name(), inner), 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// The name of a member: often that of a field.
fn name() -> impl Strategy<Value = String> {
    let fields = Kinds::TABLE.fields.iter().map(|field| field.0.to_owned());
    prop_oneof![
        4 => prop::sample::select(Vec::from_iter(fields)),
        1 => any::<String>(),
    ]
}

/// An object that a service could send: fields that mostly hold what is documented.
fn any_object() -> impl Strategy<Value = Value> {
    let object = prop::collection::vec((name(), any_json()), 0..12);
    object.prop_map(|members| Value::Object(members.into_iter().collect()))
}

/// Text that is more or less JSON.
fn almost_json() -> impl Strategy<Value = String> {
    let tokens = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        " ",
        "\n",
        "\"",
        "\"a\"",
        "\"Count\"",
        "\"Names\":[",
        "\"Members\":[{",
        "\"Inner\":",
        "\"Ratio\":",
        "null",
        "true",
        "nul",
        "0",
        "-",
        "1",
        ".",
        "e",
        "1.5",
        "01",
        "\\",
        "\\u",
        "\\ud83d",
        "\\n",
        "\u{FFFD}",
        "ä",
        "\u{0}",
    ]);
    prop::collection::vec(tokens, 0..20).prop_map(|tokens| tokens.concat())
}

/// Whether a written value tells the same as the one that was read: null may be absent, and a number or Boolean the same
/// as its text.
fn tells(written: Option<&Value>, read: &Value) -> bool {
    let Some(written) = written else {
        return read.is_null();
    };
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    };
    match (written, read) {
        (Value::Array(written), Value::Array(read)) => {
            let mut pairs = written.iter().zip(read);
            written.len() == read.len() && pairs.all(|(written, read)| tells(Some(written), read))
        }
        (Value::Object(written), Value::Object(read)) => {
            written.keys().all(|name| read.contains_key(name))
                && read
                    .iter()
                    .all(|(name, read)| tells(written.get(name), read))
        }
        _ => {
            let [written_text, read_text] = [text(written), text(read)];
            let number = |text: &Option<String>| text.as_ref()?.parse::<f64>().ok();
            written == read
                || (written_text.is_some() && written_text == read_text)
                || (number(&read_text).is_some() && number(&written_text) == number(&read_text))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn messages_lose_nothing(object in any_object()) {
        let (written, _) = echo::<Kinds>(&object.to_string()).unwrap();
        // Of both the texts, since `serde_json` rounds doubles as it reads them.
        let [before, after] = [&object.to_string(), &written]
            .map(|text| serde_json::from_str::<Value>(text).unwrap());
        prop_assert!(tells(Some(&after), &before), "{} became {}", object, written);
        // What was written is read and written as it is.
        prop_assert_eq!(&echo::<Kinds>(&written).unwrap().0, &written);
    }

    #[test]
    fn pretty_text_is_read_alike(object in any_object()) {
        let pretty = serde_json::to_string_pretty(&object).unwrap();
        let [one, other] = [object.to_string(), pretty]
            .map(|text| serde_json::from_str::<Kinds>(&text).unwrap());
        prop_assert_eq!(&one, &other);
        prop_assert_eq!(one.clone(), other);
    }

    #[test]
    fn almost_json_is_read_or_refused(text in almost_json()) {
        let is_object = serde_json::from_str::<Value>(&text).is_ok_and(|value| value.is_object());
        let read = echo::<Kinds>(&text);
        // Strings that JSON forbids are repaired, so more is read than `serde_json` does.
        prop_assert!(read.is_ok() || !is_object, "{:?}", read);
    }

    #[test]
    fn damaged_json_is_read_or_refused(
        object in any_object(),
        index in any::<prop::sample::Index>(),
        with in any::<char>(),
    ) {
        let mut text: Vec<char> = object.to_string().chars().collect();
        let index = index.index(text.len());
        text[index] = with;
        let text = String::from_iter(text);
        let is_object = serde_json::from_str::<Value>(&text).is_ok_and(|value| value.is_object());
        prop_assert!(echo::<Kinds>(&text).is_ok() || !is_object);
    }

    #[test]
    fn cut_off_text_is_refused(object in any_object(), index in any::<prop::sample::Index>()) {
        let text: Vec<char> = object.to_string().chars().collect();
        let cut = String::from_iter(&text[..index.index(text.len())]);
        prop_assert!(echo::<Kinds>(&cut).is_err());
    }
}
