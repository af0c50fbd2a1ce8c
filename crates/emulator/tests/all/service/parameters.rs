use serde_json::{Value, json};

use super::signed::Request;
use super::world::{send, start_shop};

/// Returns the parsed parameters of a body, or of a query if the text begins with `?`.
#[track_caller]
fn check(parameters: &str, found: Value) {
    let emulator = start_shop();
    let request = weigh(parameters);
    let response = send(&emulator, &request);
    assert_eq!(response.error(), None, "{parameters}");
    let request = &emulator.requests()[0];
    let understood = request.understood.parameters.clone();
    assert_eq!(understood.map(Value::Object), Some(found), "{parameters}");
}

/// Checks that the parameters are rejected with a message that contains a word.
#[track_caller]
fn check_refused(parameters: &str, code: &str, words: &str) {
    let message = send(&start_shop(), &weigh(parameters)).refused(code);
    assert!(message.contains(words), "{words} is missing: {message}");
}

fn weigh(parameters: &str) -> Request {
    match parameters.strip_prefix('?') {
        Some(query) => Request::get("WeighThing", query),
        None => Request::post("WeighThing", parameters),
    }
}

#[test]
fn all_parameter_types() {
    let all = json!({
        "Signed": -5,
        "Unsigned": 5,
        "Whole": 0,
        "Exact": 1.5,
        "MoreExact": 2,
        "Is": false,
        "Text": "x",
        "Bytes": "eA==",
        "Day": "2024-02-29",
        "Moment": "2024-02-29 12:00:00",
        "Instant": "2024-02-29T12:00:00+08:00",
        "Texts": ["a", "b"],
        "Filter": { "Name": "x" },
        "Filters": [{ "Name": "x", "Values": [] }, { "Name": "y", "Values": ["z"] }],
        "Unknown": { "any": [1, "thing"] },
    });
    check(&all.to_string(), all.clone());
    check("{}", json!({}));
    check(" { } \n", json!({}));
}

#[test]
fn nested_query_parameters() {
    check(
        "?Filters.0.Name=x&Filters.0.Values.0=a&Filters.0.Values.1=x",
        json!({ "Filters": [{ "Name": "x", "Values": ["a", "x"] }] }),
    );
    // Elements are sorted by number, not by text, in which 10 precedes 2.
    let names = (0..11).map(|number| format!("Texts.{number}=t{number}"));
    let mut names: Vec<String> = names.collect();
    names.sort();
    let texts: Vec<String> = (0..11).map(|number| format!("t{number}")).collect();
    check(&format!("?{}", names.join("&")), json!({ "Texts": texts }));
    check("?Filter.Name=x", json!({ "Filter": { "Name": "x" } }));
    check("?", json!({}));
}

#[test]
fn query_is_percent_decoded() {
    for (query, text) in [
        ("Text=a%20b+c", "a b c"),
        ("Text=%E6%9c%AA%e5%91%BD", "\u{672a}\u{547d}"),
        ("Text=1%2B1%3D2%26%25", "1+1=2&%"),
        ("Text=a=b", "a=b"),
        ("Text=", ""),
        ("Text", ""),
        ("&&Text=x&", "x"),
        ("%54ext=x", "x"),
    ] {
        check(&format!("?{query}"), json!({ "Text": text }));
    }
    for query in [
        "Text=%", "Text=%4", "Text=%zz", "Text=%+1", "Text=%ff", "%=x",
    ] {
        check_refused(&format!("?{query}"), "InvalidParameter", "percent-encoded");
    }
}

#[test]
fn query_values_are_converted() {
    check(
        "?Signed=-5&Unsigned=18446744073709551615&Exact=1.5&Is=true&Text=5&Unknown=5",
        json!({
            "Signed": -5,
            "Unsigned": u64::MAX,
            "Exact": 1.5,
            "Is": true,
            "Text": "5",
            "Unknown": "5",
        }),
    );
    for (query, name) in [
        ("Signed=five", "Signed"),
        ("Signed=", "Signed"),
        ("Signed=1.5", "Signed"),
        ("Unsigned=-1", "Unsigned"),
        ("Is=yes", "Is"),
        ("Exact=much", "Exact"),
        ("Texts=x", "Texts"),
        ("Texts.first=x", "Texts"),
        ("Text.0=x", "Text"),
        ("Filters.0=x", "Filters.0"),
        (
            "Filters.0.Name=x&Filters.0.Values.0.y=1",
            "Filters.0.Values.0",
        ),
    ] {
        let words = format!("`{name}` is wrong");
        check_refused(&format!("?{query}"), "InvalidParameter", &words);
    }
}

#[test]
fn contradictory_query_is_rejected() {
    for (query, problem) in [
        ("Text=x&Text=x", "repeated"),
        ("Texts.0=x&Texts.0=y", "repeated"),
        ("Filter=x&Filter.Name=x", "both a value and a structure"),
        ("Filter.Name=x&Filter=x", "both a value and a structure"),
    ] {
        check_refused(&format!("?{query}"), "InvalidParameter", problem);
    }
    let deep = format!("?{}=x", ["a"; 40].join("."));
    check_refused(&deep, "InvalidParameter", "too deep");
}

#[test]
fn missing_parameter_error_has_path() {
    let missing = "MissingParameter";
    check_refused(r#"{"Filter":{}}"#, missing, "`Filter.Name`");
    check_refused(
        r#"{"Filters":[{"Name":"x"},{"Values":["y"]}]}"#,
        missing,
        "`Filters.1.Name`",
    );
    check_refused("?Filters.0.Values.0=y", missing, "`Filters.0.Name`");
    let emulator = start_shop();
    for body in ["{}", r#"{"Name":null}"#] {
        let message = send(&emulator, &Request::post("AddThing", body)).refused(missing);
        assert!(message.contains("`Name`"), "{message}");
    }
}

#[test]
fn unknown_parameter_error_has_path() {
    let unknown = "UnknownParameter";
    check_refused(
        r#"{"Colour":1}"#,
        unknown,
        "The parameter `Colour` is not recognized.",
    );
    check_refused(
        r#"{"text":"x"}"#,
        unknown,
        "The parameter `text` is not recognized; did you mean `Text`?",
    );
    check_refused(r#"{"Text":"x","Colour":null}"#, unknown, "`Colour`");
    let nested = r#"{"Filters":[{"Name":"x"},{"Name":"x","Colour":1}]}"#;
    check_refused(nested, unknown, "`Filters.1.Colour`");
    check_refused(
        "?Filters.0.Name=x&Filters.0.Colour=y",
        unknown,
        "`Filters.0.Colour`",
    );
}

#[test]
fn wrong_type_error_has_path() {
    for (body, words) in [
        (
            r#"{"Signed":"5"}"#,
            "`Signed` is wrong: expected int64, found a string",
        ),
        (
            r#"{"Signed":1.0}"#,
            "`Signed` is wrong: expected int64, found the number 1.0",
        ),
        (
            r#"{"Whole":true}"#,
            "`Whole` is wrong: expected Integer, found a boolean",
        ),
        (
            r#"{"Exact":"1.5"}"#,
            "`Exact` is wrong: expected Float, found a string",
        ),
        (
            r#"{"Is":"true"}"#,
            "`Is` is wrong: expected Boolean, found a string",
        ),
        (
            r#"{"Is":1}"#,
            "`Is` is wrong: expected Boolean, found the number 1",
        ),
        (
            r#"{"Text":5}"#,
            "`Text` is wrong: expected String, found the number 5",
        ),
        (
            r#"{"Bytes":[1]}"#,
            "`Bytes` is wrong: expected Binary, found an array",
        ),
        (r#"{"Day":20240229}"#, "`Day` is wrong: expected Date"),
        (
            r#"{"Texts":"a"}"#,
            "`Texts` is wrong: expected Array of String, found a string",
        ),
        (
            r#"{"Texts":["a",null]}"#,
            "`Texts.1` is wrong: expected String, found null",
        ),
        (
            r#"{"Filter":"x"}"#,
            "`Filter` is wrong: expected Filter, found a string",
        ),
        (
            r#"{"Filters":{"Name":"x"}}"#,
            "`Filters` is wrong: expected Array of Filter",
        ),
        (
            r#"{"Filters":[{"Name":"x","Values":["a",7]}]}"#,
            "`Filters.0.Values.1` is wrong: expected String, found the number 7",
        ),
    ] {
        check_refused(body, "InvalidParameter", words);
    }
}

#[test]
fn integer_ranges() {
    for body in [
        r#"{"Signed":9223372036854775807}"#,
        r#"{"Signed":-9223372036854775808}"#,
        r#"{"Unsigned":18446744073709551615}"#,
        r#"{"Unsigned":0}"#,
        r#"{"Whole":18446744073709551615}"#,
        r#"{"Whole":-9223372036854775808}"#,
    ] {
        check(body, serde_json::from_str(body).unwrap());
    }
    for body in [
        r#"{"Signed":9223372036854775808}"#,
        r#"{"Signed":-9223372036854775809}"#,
        r#"{"Unsigned":18446744073709551616}"#,
        r#"{"Unsigned":-1}"#,
        r#"{"Whole":18446744073709551616}"#,
        r#"{"Whole":1e3}"#,
    ] {
        check_refused(body, "InvalidParameter", "is wrong: expected");
    }
}

#[test]
fn time_formats() {
    for (name, value) in [
        ("Instant", "2024-02-29T12:00:00Z"),
        ("Instant", "2024-02-29T12:00:00.5-05:30"),
        ("Moment", "2024-12-31 23:59:59"),
    ] {
        let body = json!({ name: value });
        check(&body.to_string(), body.clone());
    }
    for (name, value) in [
        ("Day", "2023-02-29"),
        ("Day", "2024-2-29"),
        ("Day", "29.02.2024"),
        ("Day", "2024-02-29 12:00:00"),
        ("Day", ""),
        ("Moment", "2024-02-29T12:00:00"),
        ("Moment", "2024-02-29 24:00:00"),
        ("Moment", "2024-02-29"),
        ("Instant", "2024-02-29 12:00:00"),
        ("Instant", "2024-02-29T12:00:00"),
    ] {
        let body = json!({ name: value }).to_string();
        check_refused(&body, "InvalidParameterValue", &format!("`{name}`"));
    }
}

#[test]
fn null_counts_as_absent() {
    let body = r#"{"Signed":null,"Text":null,"Filters":null,"Day":null,"Unknown":null}"#;
    check(body, serde_json::from_str(body).unwrap());
}

#[test]
fn body_must_be_json_object() {
    for (body, problem) in [
        ("", "EOF"),
        ("[]", "an array"),
        ("null", "null"),
        ("7", "a number"),
        (r#""{}""#, "a string"),
        ("{", "EOF"),
        ("{} {}", "trailing"),
        (r#"{"Text":'x'}"#, "expected value"),
        (r#"{"Text":"x",}"#, "trailing comma"),
        ("Text=x", "expected value"),
        (r#"{"Signed":1e400}"#, ""),
        (r#"{"Text":"\ud800"}"#, "hex escape"),
    ] {
        check_refused(body, "InvalidParameter", problem);
    }
    let not_utf8 = Request::post("WeighThing", b"{\"Text\":\"\xff\"}".to_vec());
    send(&start_shop(), &not_utf8).refused("InvalidParameter");
}
