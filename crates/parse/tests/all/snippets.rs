//! Snippets of documentation: descriptions and requests.

use serde_json::{Value, json};
use tc3_parse::{description, request};
use tc3_spec::{Field, TypeRef};

#[test]
fn description_has_a_line_per_paragraph() {
    for (text, expect) in [
        ("", ""),
        ("  A   name.\t", "A name."),
        ("One.\n\n\nTwo.\r\nThree.", "One.\nTwo.\nThree."),
        ("One.<br>Two.<br/>Three.", "One.\nTwo.\nThree."),
        (
            "Either:<ul><li>a</li><li><b>b</b></li></ul>",
            "Either:\na\nb",
        ),
        ("<p>One.</p><p>Two.</p>", "One.\nTwo."),
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("<id> of `<b>`, <code>x</code>", "<id> of `<b>`, `x`"),
        (r"a\_b \* c", "a_b * c"),
        (
            "See <a href=\"https://shop.example/a\" target=\"_blank\">the list</a>.",
            "See [the list](https://shop.example/a).",
        ),
        (
            "See [the list](https://shop.example/a).",
            "See [the list](https://shop.example/a).",
        ),
        ("See <a href=\"/a\">the list</a>.", "See the list."),
        ("名称。<br>颜色。", "名称。\n颜色。"),
    ] {
        assert_eq!(description(text), (expect.to_owned(), false), "{text}");
    }
}

#[test]
fn null_note_is_removed() {
    for (text, expect) in [
        (
            "Its name.\nNote: This field may return `null`, indicating that no valid values can be obtained.",
            "Its name.",
        ),
        (
            "Its name.<br>Note: this field may return null.<br>Example: pen",
            "Its name.\nExample: pen",
        ),
        (
            "Its name.<br><b>Note</b>: This field may return null, indicating that no valid value was found.",
            "Its name.",
        ),
        (
            "This field may return <code>null</code>, indicating that no valid values can be obtained.",
            "",
        ),
        (
            "名称。\n注意：此字段可能返回 null，表示取不到有效值。",
            "名称。",
        ),
    ] {
        assert_eq!(description(text), (expect.to_owned(), true), "{text}");
    }
    for text in [
        "If it is null, all are meant.",
        "Note: this parameter cannot be null.",
    ] {
        assert_eq!(description(text), (text.to_owned(), false));
    }
}

fn field(name: &str, of: &str) -> Field {
    Field {
        name: name.to_owned(),
        type_ref: of.parse::<TypeRef>().expect(of),
        format: None,
        required: false,
        nullable: false,
        deprecated: false,
        secret: None,
        description: String::new(),
    }
}

fn fields() -> Vec<Field> {
    vec![
        field("Name", "String"),
        field("Count", "Integer"),
        field("Price", "Float"),
        field("Gift", "Boolean"),
        field("Colours", "Array of String"),
        field("Address", "Address"),
    ]
}

#[track_caller]
fn check(text: &str, expect: Value) {
    assert_eq!(request(text, &fields()), Ok(expect), "{text}");
}

#[test]
fn post_body_is_the_request() {
    let expect = || json!({"Name": "pen", "Count": 2});
    let head =
        "POST / HTTP/1.1\nHost: shop.example\nContent-Type: application/json\nX-TC-Action: Order";
    let body = "{\n    \"Name\": \"pen\",\n    \"Count\": 2\n}";
    for between in [
        "\n\n",
        "\n",
        "\n<Common request parameters>\n\n",
        "\n<Common request parameters>\n",
        "\n<Common request parameters>",
        "\n\n   ",
        "\r\n\r\n",
    ] {
        check(&format!("{head}{between}{body}"), expect());
        check(&format!("\n  {head}{between}{body}\n\n"), expect());
    }
}

#[test]
fn post_without_body_has_no_parameters() {
    let head = "POST / HTTP/1.1\nHost: shop.example\nX-TC-Action: Order";
    check(head, json!({}));
    check(&format!("{head}\n<Common request parameters>\n"), json!({}));
    check(&format!("{head}\n\n{{}}"), json!({}));
}

#[test]
fn url_parameters_have_documented_types() {
    let expect = || {
        json!({
            "Name": "7",
            "Count": 7,
            "Price": 1.5,
            "Gift": true,
            "Colours": ["red", "blue"],
            "Address": {"Street": "High Street"},
        })
    };
    let query = "Name=7&Count=7&Price=1.5&Gift=TRUE&Colours.0=red&Colours.1=blue&Address.Street=High%20Street";
    check(
        &format!("https://shop.example/?Action=Order&Version=2021-03-31&{query}"),
        expect(),
    );
    check(
        &format!(
            "https://shop.example/?Action=Order\n&{}\n&<Common request parameters>",
            query.replace('&', "\n&")
        ),
        expect(),
    );
    check(
        &format!("http://shop.example/?{query}&Action=Order"),
        expect(),
    );
    check(&format!("GET /?Action=Order&{query} HTTP/1.1"), expect());
    check("https://shop.example/?Action=Order", json!({}));
}

#[test]
fn common_parameters_are_removed() {
    let text = "https://shop.example/?Action=Order&Region=ap-tokyo&Token=t&Name=pen";
    check(text, json!({"Name": "pen"}));
    let own = [field("Token", "String")];
    assert_eq!(
        request(text, &own),
        Ok(json!({"Token": "t", "Name": "pen"}))
    );
}

#[test]
fn json_is_a_request() {
    check("{\"Name\": \"pen\"}", json!({"Name": "pen"}));
    check("\n\t{\"Name\": \"pen\"}  ", json!({"Name": "pen"}));
    // JSON values are kept as written, whatever their types in the table.
    check(
        "{\"Count\": \"2\", \"Other\": null}",
        json!({"Count": "2", "Other": null}),
    );
    let number = request("{\"Count\": 18446744073709551616.10}", &fields());
    assert_eq!(
        number.map(|value| value.to_string()),
        Ok("{\"Count\":18446744073709551616.10}".to_owned())
    );
}

#[test]
fn errors_of_invalid_requests() {
    for (text, expect) in [
        ("", "it is neither a `POST`, nor a URL, nor JSON"),
        (
            "Order two pens.",
            "it is neither a `POST`, nor a URL, nor JSON",
        ),
        ("[1, 2]", "it is neither a `POST`, nor a URL, nor JSON"),
        (
            "https://shop.example/pens",
            "it is neither a `POST`, nor a URL, nor JSON",
        ),
        (
            "{\"Name\": pen}",
            "its body is not JSON: expected value: line 1, column 10",
        ),
        (
            "POST / HTTP/1.1\nHost: shop.example\n\n{\n  \"Name\": pen\n}",
            "its body is not JSON: expected value: line 5, column 11",
        ),
        // Line and column are those of the whole text, not of the body.
        (
            "POST / HTTP/1.1\nHost: shop.example\n\n  {\"Name\": pen}",
            "its body is not JSON: expected value: line 4, column 12",
        ),
        (
            "POST / HTTP/1.1\n<Common request parameters>{\n\"A\": 1, \"A\": 2}",
            "its body is not JSON: duplicate key `A`: line 3, column 11",
        ),
        (
            "{\"Name\": \"pen\"} and so on",
            "its body is not JSON: trailing characters: line 1, column 17",
        ),
        (
            "{\"Name\": {\"Name\": 1, \"Name\": 2}}",
            "its body is not JSON: duplicate key `Name`: line 1, column 27",
        ),
        (
            "{\"Name\": \"pen\"",
            "its body is not JSON: EOF while parsing an object: line 1, column 14",
        ),
        (
            "https://shop.example/?Action=Order&Name",
            "a parameter has no `=`: `Name`",
        ),
        (
            "https://shop.example/?Action=Order&Colours=red&Colours.0=blue",
            "conflicting uses of a parameter: `Colours.0=blue`",
        ),
    ] {
        assert_eq!(request(text, &fields()), Err(expect.to_owned()), "{text}");
    }
}
