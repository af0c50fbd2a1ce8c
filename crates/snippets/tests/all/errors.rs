//! Tests the errors of invalid calls.

use serde_json::{Map, Value, json};
use tc3_snippets::{Call, Language, arguments, snippet};

use crate::calls::{object, organization};

#[track_caller]
fn check(change: impl Fn(&mut Call<'_>), language: Language, expect: &str) {
    let named = organization().remove(0);
    let mut call = named.call();
    change(&mut call);
    let error = snippet(&call, language).unwrap_err();
    assert_eq!(error.to_string(), expect);
}

#[test]
fn invalid_calls_are_rejected() {
    check(
        |call| call.action = "DescribeOrganisation",
        Language::Rust,
        "`organization` 2021-03-31 has no action `DescribeOrganisation`; did you mean `DescribeOrganization`?",
    );
    for region in ["", "a b", "a\nX-Evil: 1", "a'", "-x", "--force"] {
        check(
            |call| call.region = Some(region),
            Language::Curl,
            &format!("`{region}` is not a region: it must be a name like `ap-guangzhou`"),
        );
    }
    for endpoint in ["", "ftp://a", "http://", "https://a/b", "a\"b", "-x", "a'b"] {
        check(
            |call| call.endpoint = Some(endpoint),
            Language::Go,
            &format!(
                "`{endpoint}` is not an endpoint: it must be a host or host:port, optionally after `https://` or `http://`"
            ),
        );
    }
}

#[test]
fn password_in_endpoint_is_not_quoted() {
    for endpoint in ["user@host", "https://user:hunter2@proxy", "ftp://a:b@c/d"] {
        check(
            |call| call.endpoint = Some(endpoint),
            Language::Go,
            "the endpoint has a user name: remove it; an endpoint is a host or host:port, optionally after `https://` or `http://`",
        );
    }
}

#[test]
fn endpoints_are_in_lower_case() {
    let named = organization().remove(0);
    let mut call = named.call();
    call.endpoint = Some("HTTP://Localhost:80");
    for language in Language::ALL {
        if let Ok(text) = snippet(&call, language) {
            assert!(text.contains("localhost:80"), "{language:?}: {text}");
            assert!(!text.contains("Localhost:80"), "{language:?}: {text}");
        }
    }
}

#[test]
fn infinite_number_is_rejected() {
    let parameters: Map<String, Value> = serde_json::from_str("{\"A\": [{\"B\": 1e400}]}").unwrap();
    let named = organization().remove(0);
    let mut call = named.call();
    call.parameters = &parameters;
    let error = snippet(&call, Language::Python).unwrap_err().to_string();
    assert_eq!(
        error,
        "the number 1e+400 is too large: use one that a double can represent"
    );
}

#[test]
fn unsupported_values_are_rejected() {
    let named = organization().remove(0);
    for (language, parameters, expect) in [
        (
            Language::Php,
            json!({ "A": [u64::MAX] }),
            "PHP cannot send integers outside the signed 64-bit range, as in `A`; choose another language",
        ),
        (
            Language::Tccli,
            json!({ "A": 1 }),
            "tccli cannot send undocumented parameters and values of the wrong type; choose another language",
        ),
        (
            Language::Tc3,
            json!({ "a b": 1 }),
            "the parameter `a b` cannot be an argument, because its name is not a word; send it with another language",
        ),
    ] {
        let parameters = object(parameters);
        let mut call = named.call();
        (call.parameters, call.endpoint) = (&parameters, None);
        let error = snippet(&call, language).unwrap_err();
        assert_eq!(error.to_string(), expect);
        if language == Language::Tc3 {
            assert_eq!(arguments(&call).unwrap_err(), error);
        }
    }
}

#[test]
fn language_names_parse() {
    for language in Language::ALL {
        assert_eq!(language.name().parse(), Ok(language));
    }
    let error = "pyton".parse::<Language>().unwrap_err().to_string();
    let expect = "unknown language `pyton`: expected one of `rust`, `rust-blocking`, ";
    assert!(error.starts_with(expect), "{error}");
    assert!(error.ends_with("`tc3`; did you mean `python`?"), "{error}");
}
