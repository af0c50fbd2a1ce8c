//! Errors of invalid metadata.

use crate::package::{API, EXAMPLES, WHOLE, api, folder, member, open, order, write};

/// Returns the error for an `api.json` file, without the path of the file.
#[track_caller]
fn import_error(text: &str) -> String {
    let folder = folder(&[(API, text)]);
    let (package, release) = open(folder.path());
    let message = package
        .import(&release, WHOLE)
        .expect_err("the metadata is wrong")
        .to_string();
    let start = folder.path().join(API).display().to_string();
    match message.strip_prefix(&start) {
        Some(rest) => rest.to_owned(),
        None => panic!("the error does not name the file: {message}"),
    }
}

#[test]
fn metadata_errors_have_file_and_path() {
    let one = |kind, of| order(&member("It", kind, of, ""), "");
    let cases = [
        (
            one("string", "uuid"),
            ": objects.OrderRequest.members.It: unknown type `string` of `uuid`",
        ),
        (
            one("int", "string"),
            ": objects.OrderRequest.members.It: unknown type `int` of `string`",
        ),
        (
            one("object", "string"),
            ": objects.OrderRequest.members.It: unknown type `object` of `string`",
        ),
        // These would be confused with types of the documentation.
        (
            one("object", "String"),
            ": objects.OrderRequest.members.It: unknown type `object` of `String`",
        ),
        (
            one("list", "Array of Price"),
            ": objects.OrderRequest.members.It: unknown type `list` of `Array of Price`",
        ),
        (
            one("list", ""),
            ": objects.OrderRequest.members.It: unknown type `list` of ``",
        ),
        (
            order("", "").replace(r#""input": "OrderRequest""#, r#""input": "Lost""#),
            ": actions.Order.input: undefined object `Lost`",
        ),
        (
            order("", "").replace(r#""output": "OrderResponse""#, r#""output": "Lost""#),
            ": actions.Order.output: undefined object `Lost`",
        ),
        (
            order("", "").replace("2021-03-31", "2021-03-32"),
            ": metadata.apiVersion: `2021-03-32` does not match the version in the folder name",
        ),
        (
            order("", "").replace(
                r#""serviceShortName": "shop""#,
                r#""serviceShortName": "The Shop""#,
            ),
            ": service: `The Shop` is not the first label of a domain name",
        ),
        (
            order(&member("The It", "string", "string", ""), ""),
            ": actions.Order.request.The It: `The It` is not a name: expected letters, digits and underscores",
        ),
        (
            order(
                "",
                &[
                    member("It", "string", "string", ""),
                    member("It", "int", "int64", ""),
                ]
                .join(","),
            ),
            ": actions.Order.response.It: duplicate name: rename or remove one",
        ),
        (
            order("", "").replace(r#""Order":"#, r#""An order":"#),
            ": actions.An order: `An order` is not a name: expected letters, digits and underscores",
        ),
    ];
    for (text, expect) in cases {
        assert_eq!(import_error(&text), expect);
    }
}

#[test]
fn syntax_errors_have_line_and_column() {
    let whole = order("", "");
    for (text, expect) in [
        (String::new(), ":1:1: EOF while parsing a value"),
        (
            "[]\n".to_owned(),
            ":1:2: invalid length 0, expected an object",
        ),
        ("{}\n".to_owned(), ":1:2: missing field `metadata`"),
        (
            "{\n  \"metadata\": 5\n}\n".to_owned(),
            ":2:15: invalid type: integer `5`, expected an object",
        ),
        (
            "{\n  metadata\n}\n".to_owned(),
            ":2:3: key must be a string",
        ),
        (
            "{\n  \"metadata\": {\"apiVersion\": \"2021-03-31\"}\n}\n".to_owned(),
            ":2:42: missing field `serviceShortName`",
        ),
        (
            whole.replace(r#""actions": {"#, r#""actions": ["#),
            ":3:13: invalid type: sequence, expected an object",
        ),
        (
            order(&member("It", "string", "string", r#", "required": 2"#), ""),
            ":5:150: invalid value: integer `2`, expected true or false",
        ),
        (
            order(
                &member("It", "string", "string", r#", "disabled": "no""#),
                "",
            ),
            ":5:153: invalid type: string \"no\", expected true or false",
        ),
        (
            api(
                "",
                "\n    \"Price\": {\"document\": \"\", \"members\": []},\n    \"Price\": {\"document\": \"\", \"members\": []}",
            ),
            ":6:11: duplicate key `Price`",
        ),
        (
            api("\n    \"A\": {\"document\": 1}", ""),
            ":4:23: invalid type: integer `1`, expected a string",
        ),
        (
            whole.replace(r#""version": "1.0""#, r#""version": "1.0", "objects": {}"#),
            ":7:29: duplicate field `objects`",
        ),
    ] {
        assert_eq!(import_error(&text), expect, "{text}");
    }
}

#[test]
fn invalid_utf_8_is_reported_with_position() {
    let folder = folder(&[]);
    for (bytes, place) in [
        (&b"\xff"[..], "1:1"),
        (b"{\n\n  \"\xc3\xa4\": \"\xff\"", "3:10"),
        (b"{\n\xe4", "2:1"),
    ] {
        write(&folder.path().join(API), bytes);
        let (package, release) = open(folder.path());
        let message = package
            .import(&release, WHOLE)
            .expect_err("it is not UTF-8")
            .to_string();
        let expect = format!(
            "{}:{place}: the text is not UTF-8",
            folder.path().join(API).display()
        );
        assert_eq!(message, expect);
    }
}

#[test]
fn broken_examples_are_reported_with_position() {
    let text = order("", "");
    for (calls, expect) in [
        ("{", ":1:1: EOF while parsing an object"),
        ("{}", ":1:2: missing field `actions`"),
        (
            "{\"actions\": {\"Order\": [],\n \"Order\": []}}",
            ":2:8: duplicate key `Order`",
        ),
        (
            "{\"actions\": {\"Order\":\n [{\"title\": \"One\"}]}}",
            ":2:18: missing field `document`",
        ),
    ] {
        let folder = folder(&[(API, &text), (EXAMPLES, calls)]);
        let (package, release) = open(folder.path());
        let message = package
            .import(&release, WHOLE)
            .expect_err("the examples are broken")
            .to_string();
        let expect = format!("{}{expect}", folder.path().join(EXAMPLES).display());
        assert_eq!(message, expect);
    }
}
