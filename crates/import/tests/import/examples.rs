//! Examples in all notations.

use serde_json::json;
use tc3_spec::Example;

use crate::RESPONSE;
use crate::package::{API, EXAMPLES, WHOLE, import, member, order};

/// Imports an examples file of the action `Order`.
#[track_caller]
fn examples(calls: &serde_json::Value) -> (Vec<Example>, Vec<String>) {
    let members = [
        member("Name", "string", "string", ""),
        member("Count", "int", "int64", ""),
        member("Colours", "list", "string", ""),
    ];
    let api = order(&members.join(","), "");
    let calls = json!({"actions": {"Order": calls}}).to_string();
    let mut import = import(&[(API, &api), (EXAMPLES, &calls)], WHOLE);
    let warnings = import.warnings.iter().map(ToString::to_string).collect();
    let order = import.spec.actions.remove("Order").expect("the action");
    (order.examples, warnings)
}

#[test]
fn all_request_notations_are_parsed() {
    for input in [
        "POST / HTTP/1.1\nHost: shop.example\nContent-Type: application/json\nX-TC-Action: Order\n\
         <Common request parameters>\n\n{\n    \"Name\": \"pen\",\n    \"Count\": 2,\n    \"Colours\": [\"red\"]\n}",
        "https://shop.example/?Action=Order&Name=pen\n&Count=2\n&Colours.0=red\n&<Common request parameters>",
        r#"{"Name": "pen", "Count": 2, "Colours": ["red"]}"#,
        "\n  {\"Name\": \"pen\", \"Count\": 2, \"Colours\": [\"red\"]}\n",
    ] {
        let call = json!([{"title": "Order <b>pens</b>", "document": "Two of them.", "input": input, "output": RESPONSE}]);
        let (examples, warnings) = examples(&call);
        assert_eq!(warnings, [""; 0], "{input}");
        assert_eq!(
            examples,
            [Example {
                title: Some("Order pens".to_owned()),
                description: Some("Two of them.".to_owned()),
                request: Some(json!({"Name": "pen", "Count": 2, "Colours": ["red"]})),
                response: Some(json!({"RequestId": "r-1"})),
            }],
            "{input}"
        );
    }
}

#[test]
fn example_numbers_are_preserved() {
    let call = json!([{
        "title": "",
        "document": "",
        "input": r#"{"Count": 18446744073709551616}"#,
        "output": r#"{"Response": {"Price": 1.10}}"#,
    }]);
    let (examples, _) = examples(&call);
    let [example] = &examples[..] else {
        panic!("one example: {examples:?}");
    };
    assert_eq!((&example.title, &example.description), (&None, &None));
    let text = |value: &Option<serde_json::Value>| value.as_ref().map(ToString::to_string);
    assert_eq!(
        text(&example.request).as_deref(),
        Some(r#"{"Count":18446744073709551616}"#)
    );
    assert_eq!(
        text(&example.response).as_deref(),
        Some(r#"{"Price":1.10}"#)
    );
}

#[test]
fn unreadable_example_part_is_ignored_with_warning() {
    let good = r#"{"Name": "pen"}"#;
    for (input, output, expect) in [
        (
            "Order two pens.",
            RESPONSE,
            "actions.Order[1].input: it is neither a `POST`, nor a URL, nor JSON; ignored",
        ),
        (
            "POST / HTTP/1.1\nHost: shop.example\n\n{\n    \"Name\": pen\n}",
            RESPONSE,
            "actions.Order[1].input: its body is not JSON: expected value: line 5, column 13; ignored",
        ),
        (
            r#"{"Name": "pen", "Name": "ink"}"#,
            RESPONSE,
            "actions.Order[1].input: its body is not JSON: duplicate key `Name`: line 1, column 22; ignored",
        ),
        (
            "https://shop.example/?Action=Order&Name=pen&Name=ink",
            RESPONSE,
            "actions.Order[1].input: duplicate parameter: `Name=ink`; ignored",
        ),
        (
            good,
            "Thank you.",
            "actions.Order[1].output: it is not JSON: expected value at line 1 column 1; ignored",
        ),
        (
            good,
            "{\n  \"Response\": {\"A\": 1, \"A\": 2}\n}",
            "actions.Order[1].output: it is not JSON: duplicate key `A` at line 2 column 26; ignored",
        ),
        (
            good,
            r#"{"RequestId": "r-1"}"#,
            "actions.Order[1].output: it has no `Response`; ignored",
        ),
        (
            good,
            r#"{"Response": "r-1"}"#,
            "actions.Order[1].output: its `Response` is not an object; ignored",
        ),
        (
            good,
            r#"["Response"]"#,
            "actions.Order[1].output: it is not an object; ignored",
        ),
    ] {
        let calls = json!([
            {"title": "First", "document": "", "input": good, "output": RESPONSE},
            {"title": "Second", "document": "", "input": input, "output": output},
        ]);
        let (examples, warnings) = examples(&calls);
        assert_eq!(warnings, [expect]);
        // The rest of the example and the other examples are kept.
        assert_eq!(examples.len(), 2);
        assert!(examples[0].request.is_some() && examples[0].response.is_some());
        assert_eq!(examples[1].title.as_deref(), Some("Second"));
        let of_request = expect.contains(".input");
        assert_eq!(examples[1].request.is_none(), of_request, "{expect}");
        assert_eq!(examples[1].response.is_none(), !of_request, "{expect}");
    }
}

#[test]
fn examples_of_unknown_action_are_ignored() {
    let calls = r#"{"actions": {"Unknown": [{"title": "", "document": "", "input": "", "output": ""}], "Order": []}}"#;
    let import = import(&[(API, &order("", "")), (EXAMPLES, calls)], WHOLE);
    let warnings: Vec<_> = import.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        ["actions.Unknown: examples of an unknown action are ignored"]
    );
    assert_eq!(import.spec.actions["Order"].examples, []);
}
