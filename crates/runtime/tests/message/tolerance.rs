//! What the reader makes of JSON that deviates from the documentation.

use tc3::UnknownFields;

use crate::kinds::Kinds;
use crate::{becomes, echo, problem, read};

/// The text of an unknown field.
fn unknown(fields: &UnknownFields, name: &str) -> Option<String> {
    fields.get(name).map(|json| json.text().to_owned())
}

/// Checks that a value is not lost although it does not fit the field of this name.
#[track_caller]
fn is_kept(name: &str, value: &str) {
    let text = format!(r#"{{"{name}":{value}}}"#);
    let (written, misfits) = tc3::__private::echo::<Kinds>(&text).unwrap();
    assert_eq!(written, text);
    assert_eq!(misfits, [name]);
}

#[test]
fn documented_values_are_read() {
    let text = r#"{"Flag":true,"Count":-7,"Size":18446744073709551615,"Ratio":1.5,"Name":"Ada","Detail":{"b":[1.50],"a":null},"Tag":{"TagKey":"k"},"Inner":{"Count":1,"Inner":{}},"Names":["a","b"],"Counts":[1,2],"Ratios":[0.1,2.0],"Details":[null,1.0,"x"],"Rows":[[1],[],[2,3]],"Members":[{"Name":"x"},{},{"Members":[{}]}]}"#;
    let kinds: Kinds = read(text);
    assert_eq!(kinds.count, Some(-7));
    assert_eq!(kinds.size, Some(u64::MAX));
    assert_eq!(kinds.inner.as_ref().unwrap().count, Some(1));
    assert_eq!(kinds.rows, Some(vec![vec![1], vec![], vec![2, 3]]));
    let members = kinds.members.as_ref().unwrap();
    assert_eq!(members[0].name.as_deref(), Some("x"));
    assert_eq!(members[2].members.as_ref().unwrap().len(), 1);
    assert!(kinds.extra.is_empty());
    assert_eq!(echo(text), text);
}

#[test]
fn null_is_absent() {
    let names = ["Flag", "Count", "Name", "Tag", "Inner", "Names", "Members"];
    for name in names {
        assert_eq!(echo(&format!(r#"{{"{name}":null}}"#)), "{}");
    }
    // JSON of undocumented shape may be null.
    assert_eq!(echo(r#"{"Detail":null}"#), r#"{"Detail":null}"#);
}

#[test]
fn numbers_and_booleans_are_read_as_strings() {
    for text in [
        "12",
        "-1",
        "1.50",
        "1e3",
        "-0",
        "12345678901234567890123",
        "true",
        "false",
    ] {
        let kinds: Kinds = read(&format!(r#"{{"Name":{text}}}"#));
        let (written, _) = tc3::__private::echo::<Kinds>(&format!(r#"{{"Name":{text}}}"#)).unwrap();
        assert_eq!(written, format!(r#"{{"Name":"{text}"}}"#));
        assert!(kinds.name.is_some());
    }
}

#[test]
fn strings_are_read_as_what_they_are_the_usual_text_of() {
    becomes(read::<Kinds>(r#"{"Count":"12"}"#).count, Some(12));
    becomes(read::<Kinds>(r#"{"Size":"12"}"#).size, Some(12));
    becomes(read::<Kinds>(r#"{"Ratio":"1.5"}"#).ratio, Some(1.5));
    becomes(read::<Kinds>(r#"{"Ratio":"2"}"#).ratio, Some(2.0));
    becomes(read::<Kinds>(r#"{"Flag":"false"}"#).flag, Some(false));
    for text in ["012", " 12", "+1", "1.0", "", "9223372036854775808"] {
        is_kept("Count", &format!("{text:?}"));
    }
    for (name, text) in [
        ("Flag", "True"),
        ("Ratio", "1.50"),
        ("Ratio", "NaN"),
        ("Size", "-1"),
    ] {
        is_kept(name, &format!("{text:?}"));
    }
}

#[test]
fn whole_numbers_are_read_as_integers() {
    for (text, count) in [
        ("1.0", "1"),
        ("1e3", "1000"),
        ("-12.5e1", "-125"),
        ("9007199254740993.0", "9007199254740993"),
    ] {
        let written = echo(&format!(r#"{{"Count":{text}}}"#));
        assert_eq!(written, format!(r#"{{"Count":{count}}}"#));
    }
}

#[test]
fn values_that_do_not_fit_are_kept_with_their_text() {
    for (name, values) in [
        (
            "Count",
            &["1.5", "9223372036854775808", "1e40", "true", "{}", "[]"][..],
        ),
        ("Size", &["-1", "18446744073709551616"]),
        (
            "Ratio",
            &["1e400", "0.1000000000000000055511151231257827", "false"],
        ),
        ("Flag", &["0", "1", "\"yes\""]),
        ("Name", &["[1.50]", "{\"a\":1.50}"]),
        ("Tag", &["1", "\"x\"", "[]"]),
        (
            "Names",
            &["\"a\"", "{}", "[\"a\",{}]", "[null]", "[\"a\",null,1.50]"],
        ),
        ("Counts", &["[1,2.5]"]),
        ("Rows", &["[[1],[2.5]]", "[1]", "[null]"]),
        ("Members", &["[{},1]", "[null]", "[{},null]", "{}"]),
    ] {
        for value in values {
            is_kept(name, value);
        }
    }
    // Deep within a message, the nearest field keeps it.
    let kinds: Kinds = read(r#"{"Members":[{"Inner":{"Count":1.50}},{"Count":2}]}"#);
    let members = kinds.members.unwrap();
    let inner = members[0].inner.as_ref().unwrap();
    assert_eq!(inner.count, None);
    assert_eq!(inner.extra.len(), 1);
    assert_eq!(members[1].count, Some(2));
}

#[test]
fn unknown_fields_keep_their_text() {
    let text = r#"{"Age":1.50,"Big":123456789012345678901234567890,"New":{"b": 1,"a":[ ]}}"#;
    let (written, misfits) = tc3::__private::echo::<Kinds>(text).unwrap();
    assert_eq!(written, text);
    assert!(misfits.is_empty());
    let kinds: Kinds = read(r#"{"New":{"b":1},"Count":3}"#);
    assert_eq!(unknown(&kinds.extra, "New").as_deref(), Some(r#"{"b":1}"#));
    assert_eq!(kinds.count, Some(3));
}

#[test]
fn last_value_of_a_name_counts() {
    for (text, expected) in [
        (r#"{"Count":1,"Count":2}"#, r#"{"Count":2}"#),
        (r#"{"Count":1,"Count":"x"}"#, r#"{"Count":"x"}"#),
        (r#"{"Count":"x","Count":1}"#, r#"{"Count":1}"#),
        (r#"{"Count":1,"Count":null}"#, "{}"),
        (r#"{"New":1,"New":2}"#, r#"{"New":2}"#),
        (r#"{"Names":["a"],"Names":["b"]}"#, r#"{"Names":["b"]}"#),
    ] {
        assert_eq!(echo(text), expected, "{text}");
    }
}

#[test]
fn broken_strings_are_repaired() {
    for (text, name) in [
        (r#"{"Name":"\ud83d"}"#, "\u{FFFD}"),
        (r#"{"Name":"\ude00x"}"#, "\u{FFFD}x"),
        (r#"{"Name":"\ud83d\ud83d\ude00"}"#, "\u{FFFD}😀"),
        ("{\"Name\":\"a\tb\u{1}\"}", "a\tb\u{1}"),
    ] {
        let (written, _) = tc3::__private::echo::<Kinds>(text).unwrap();
        let kinds: Kinds = read(&written);
        assert_eq!(kinds.name.as_deref(), Some(name), "{text}");
    }
    // What need not be repaired keeps its text, also beside what must be.
    let text = "{\"Name\":\"\t\",\"Ratio\":1e400}";
    assert_eq!(echo(text), r#"{"Name":"\t","Ratio":1e400}"#);
}

#[test]
fn errors_say_what_is_wrong_and_where() {
    for (text, expected) in [
        ("", "EOF while parsing a value at line 1 column 0"),
        ("<html>", "expected value at line 1 column 1"),
        ("{} {}", "trailing characters at line 1 column 4"),
        ("[1]", "expected an object at line 1 column 1"),
        (
            r#"{"Members":[{},{"Inner":{"Counts":[1,2x]}}]}"#,
            "expected `,` or `]` at line 1 column 39, in `Members[1].Inner.Counts",
        ),
        (
            r#"{"New":{"a":tru}}"#,
            "expected ident at line 1 column 16, in `New`",
        ),
        (
            "{\n\"Count\":1.5,\n\"Name\":?}",
            "expected value at line 3 column 8, in `Name`",
        ),
    ] {
        let problem = problem(text);
        assert!(problem.starts_with(expected), "{text}: {problem}");
    }
}

#[test]
fn errors_quote_little() {
    let secret = "s".repeat(10_000);
    for text in [
        secret.clone(),
        format!(r#""{secret}""#),
        format!(r#"{{"{secret}": x}}"#),
        format!(r#"{{"{secret}":"#).repeat(100),
        r#"{"Inner":"#.repeat(100) + "x",
    ] {
        let problem = problem(&text);
        assert!(problem.len() < 700, "{problem}");
        assert!(problem.matches('s').count() < 100, "{problem}");
    }
}

#[test]
fn nesting_is_bounded() {
    for open in [
        "[",
        "{\"a\":",
        "[{\"\":",
        "{\"Members\":[",
        "{\"Inner\":",
        "{\"Rows\":[[",
        "{\"Detail\":[",
        // The careful pass.
        "{\"Count\":1.5,\"Members\":[",
        "{\"Count\":1.5,\"Inner\":",
    ] {
        problem(&open.repeat(100_000));
    }
    // Deviating values at the greatest depth that is read.
    let deep = |depth: usize| {
        format!(
            r#"{}{{"Count":1.5}}{}"#,
            r#"{"Inner":"#.repeat(depth),
            "}".repeat(depth)
        )
    };
    assert_eq!(echo(&deep(100)), deep(100));
    let text = deep(5000);
    assert!(problem(&text).contains("recursion") || problem(&text).contains("deep"));
}

#[test]
fn deepest_message_needs_little_stack() {
    let depth = 60;
    let text = format!(
        "{}{}{}",
        r#"{"Members":["#.repeat(depth),
        r#"{"Count":1.5}"#,
        "]}".repeat(depth)
    );
    let read = move || assert_eq!(echo(&text), text);
    // A quarter of what a thread has by default.
    let thread = std::thread::Builder::new().stack_size(512 * 1024);
    thread.spawn(read).unwrap().join().unwrap();
}

#[test]
fn names_may_repeat_a_hundred_thousand_times() {
    let mut text = String::from("{");
    for index in 0..300_000 {
        text.push_str(&format!(r#""name {}":1,"Count":"x","#, index % 150_000));
    }
    text.push_str(r#""Count":1}"#);
    let (written, misfits) = tc3::__private::echo::<Kinds>(&text).unwrap();
    assert!(misfits.is_empty());
    assert_eq!(written.matches("name").count(), 150_000);
    assert!(written.starts_with(r#"{"Count":1,"#));
}
