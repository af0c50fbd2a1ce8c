//! Examples, in all ways in which they are written.

use serde_json::json;
use tc3_spec::Example;

use crate::ANSWER;
use crate::package::{API, EXAMPLES, WHOLE, import, member, order};

/// A file of examples of the action `Order`, and what becomes of them.
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
fn requests_are_read_however_they_are_written() {
    for input in [
        "POST / HTTP/1.1\nHost: shop.example\nContent-Type: application/json\nX-TC-Action: Order\n\
         <Common request parameters>\n\n{\n    \"Name\": \"pen\",\n    \"Count\": 2,\n    \"Colours\": [\"red\"]\n}",
        "https://shop.example/?Action=Order&Name=pen\n&Count=2\n&Colours.0=red\n&<Common request parameters>",
        r#"{"Name": "pen", "Count": 2, "Colours": ["red"]}"#,
        "\n  {\"Name\": \"pen\", \"Count\": 2, \"Colours\": [\"red\"]}\n",
    ] {
        let call = json!([{"title": "Order <b>pens</b>", "document": "Two of them.", "input": input, "output": ANSWER}]);
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
fn numbers_of_examples_stay_as_they_are_written() {
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
fn what_cannot_be_read_of_an_example_is_left_out_with_a_warning() {
    let good = r#"{"Name": "pen"}"#;
    for (input, output, expect) in [
        (
            "Order two pens.",
            ANSWER,
            "actions.Order[1].input: it is neither a `POST`, nor a URL, nor JSON, so it is left out",
        ),
        (
            "POST / HTTP/1.1\nHost: shop.example\n\n{\n    \"Name\": pen\n}",
            ANSWER,
            "actions.Order[1].input: its body is not JSON: expected value: line 5, column 13, so it is left out",
        ),
        (
            r#"{"Name": "pen", "Name": "ink"}"#,
            ANSWER,
            "actions.Order[1].input: its body is not JSON: the key `Name` stands here twice: line 1, column 22, so it is \
             left out",
        ),
        (
            "https://shop.example/?Action=Order&Name=pen&Name=ink",
            ANSWER,
            "actions.Order[1].input: a parameter stands there twice: `Name=ink`, so it is left out",
        ),
        (
            good,
            "Thank you.",
            "actions.Order[1].output: it is not JSON: expected value at line 1 column 1, so it is left out",
        ),
        (
            good,
            "{\n  \"Response\": {\"A\": 1, \"A\": 2}\n}",
            "actions.Order[1].output: it is not JSON: the key `A` stands here twice at line 2 column 26, so it is left out",
        ),
        (
            good,
            r#"{"RequestId": "r-1"}"#,
            "actions.Order[1].output: it has no `Response`, so it is left out",
        ),
        (
            good,
            r#"{"Response": "r-1"}"#,
            "actions.Order[1].output: its `Response` is no object, so it is left out",
        ),
        (
            good,
            r#"["Response"]"#,
            "actions.Order[1].output: it is no object, so it is left out",
        ),
    ] {
        let calls = json!([
            {"title": "First", "document": "", "input": good, "output": ANSWER},
            {"title": "Second", "document": "", "input": input, "output": output},
        ]);
        let (examples, warnings) = examples(&calls);
        assert_eq!(warnings, [expect]);
        // The rest of the example stays, and the one before it.
        assert_eq!(examples.len(), 2);
        assert!(examples[0].request.is_some() && examples[0].response.is_some());
        assert_eq!(examples[1].title.as_deref(), Some("Second"));
        let of_request = expect.contains(".input");
        assert_eq!(examples[1].request.is_none(), of_request, "{expect}");
        assert_eq!(examples[1].response.is_none(), !of_request, "{expect}");
    }
}

#[test]
fn the_examples_of_an_action_that_is_not_there_are_left_out() {
    let calls = r#"{"actions": {"Unknown": [{"title": "", "document": "", "input": "", "output": ""}], "Order": []}}"#;
    let import = import(&[(API, &order("", "")), (EXAMPLES, calls)], WHOLE);
    let warnings: Vec<_> = import.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        ["actions.Unknown: the examples of an action that is not there are left out"]
    );
    assert_eq!(import.spec.actions["Order"].examples, []);
}
