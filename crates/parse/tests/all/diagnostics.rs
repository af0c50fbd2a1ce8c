//! Diagnostics in the style of rustc: each test has a fault and its output.

use tc3_parse::{Severity, parse, render};
use tc3_spec::Example;

const PAGE: &str = "\
Domain name for API request: thing.intl.tencentcloudapi.com.
This API is used to add a thing.
A maximum of 20 requests can be initiated per second for this API.
Parameter Name | Required | Type | Description |
---|---|---|---|
Action | Yes | String | Common Params. The value used for this API: AddThing. |
Version | Yes | String | Common Params. The value used for this API: 2020-01-02. |
Name | Yes | String | A name. |
Parameter Name | Type | Description |
---|---|---|
ThingId | Integer | The thing. |
RequestId | String | The unique request ID. |
POST / HTTP/1.1
Host: thing.intl.tencentcloudapi.com
<Common request parameters>
{
    \"Name\": \"x\"
}
{
    \"Response\": {
        \"ThingId\": 1,
        \"RequestId\": \"1\"
    }
}
Error Code | Description |
---|---|
FailedOperation | Operation failed. |
";

/// Parses the page with `from` replaced by `to`, and compares the rendered diagnostics.
#[track_caller]
fn check(from: &str, to: &str, severity: Severity, expect: &str) {
    let text = PAGE.replacen(from, to, 1);
    assert!(
        from.is_empty() || text != PAGE,
        "the page does not contain `{from}`"
    );
    let page = parse("page.txt", text.as_bytes());
    let shown = render(&page, text.as_bytes(), false);
    let first = page.diagnostics.first().expect("a diagnostic");
    assert_eq!(first.severity, severity, "{shown}");
    assert_eq!(page.has_errors(), severity == Severity::Error, "{shown}");
    assert_eq!(
        shown.split("\n\n").next().unwrap_or_default(),
        expect.trim_end(),
        "\n{shown}"
    );
}

#[test]
fn page_without_faults() {
    let page = parse("page.txt", PAGE.as_bytes());
    assert_eq!(page.diagnostics, []);
    assert_eq!(render(&page, PAGE.as_bytes(), false), "");
}

#[test]
fn row_without_name() {
    check(
        "Name | Yes | String | A name. |",
        " | Yes | String | A name. |",
        Severity::Error,
        "\
error: the row has no name, so its parameter is ignored: `Yes String A name.`
 --> page.txt:8:2
  |
8 |  | Yes | String | A name. |
  |  ^ no name",
    );
}

#[test]
fn row_with_shifted_cells() {
    check(
        "Name | Yes | String | A name. |",
        "Yes | String | A name. |\n|",
        Severity::Error,
        "\
error: the row has no name, so its parameter is ignored: `Yes String A name.`
 --> page.txt:8:1
  |
8 | Yes | String | A name. |
  | ^ no name",
    );
}

#[test]
fn row_without_required() {
    check(
        "Name | Yes | String",
        "Name |  | String",
        Severity::Warning,
        "\
warning: the row of `Name` does not say whether it is required; assumed optional
 --> page.txt:8:1
  |
8 | Name |  | String | A name. |
  | ^^^^ this parameter",
    );
}

#[test]
fn required_is_neither_yes_nor_no() {
    check(
        "Name | Yes | String",
        "Name | Perhaps | String",
        Severity::Error,
        "\
error: the cell Required of `Name` is neither yes nor no; assumed optional: `Perhaps`
 --> page.txt:8:8
  |
8 | Name | Perhaps | String | A name. |
  |        ^^^^^^^ neither yes nor no",
    );
}

#[test]
fn required_is_a_picture() {
    let text = PAGE.replace("| Yes |", "|  |");
    let page = parse("page.txt", text.as_bytes());
    assert!(page.has_errors());
    assert!(
        page.diagnostics[0]
            .message
            .contains("all parameters are assumed optional")
    );
}

#[test]
fn invalid_type() {
    check(
        "Name | Yes | String",
        "Name | Yes | a list; of strings",
        Severity::Error,
        "\
error: the type of `Name` is invalid, so the row is ignored: `a list; of strings`
 --> page.txt:8:14
  |
8 | Name | Yes | a list; of strings | A name. |
  |              ^^^^^^^^^^^^^^^^^^ not a type",
    );
}

#[test]
fn duplicate_parameter() {
    check(
        "A name. |",
        "A name. |\nName | No | Integer | Again. |",
        Severity::Error,
        "\
error: `Name` is in the table twice; the first row was used
 --> page.txt:9:1
  |
9 | Name | No | Integer | Again. |
  | ^^^^ duplicate",
    );
}

#[test]
fn domain_name_only_in_example() {
    check(
        "thing.intl.tencentcloudapi.com",
        "example.com",
        Severity::Warning,
        "\
warning: the page has a domain name only in its examples; `thing.intl.tencentcloudapi.com` was used
 --> page.txt:6:1
  |
6 | Action | Yes | String | Common Params. The value used for this API: AddThing. |
  | ^ before this table",
    );
}

#[test]
fn missing_domain_name() {
    let text = PAGE.replace("thing.intl.tencentcloudapi.com", "example.com");
    check(
        PAGE,
        &text,
        Severity::Error,
        "\
error: found no domain name (`<service>.tencentcloudapi.com`), so the service is unknown; save the whole page
 --> page.txt:6:1
  |
6 | Action | Yes | String | Common Params. The value used for this API: AddThing. |
  | ^ before this table",
    );
}

#[test]
fn version_without_date() {
    check("2020-01-02", "latest", Severity::Error, "\
error: the table of input parameters has no row Version with a date; save the page again: `Version Yes String Common Params. The value used for this API: latest.`
 --> page.txt:7:1
  |
7 | Version | Yes | String | Common Params. The value used for this API: latest. |
  | ^ in this table");
}

#[test]
fn missing_request_id() {
    check(
        "RequestId | String | The unique request ID. |\n",
        "",
        Severity::Error,
        "\
error: the last output parameter is not RequestId, so rows may be missing; save the whole page: `ThingId Integer The thing.`
  --> page.txt:11:1
   |
11 | ThingId | Integer | The thing. |
   | ^ the last row",
    );
}

#[test]
fn missing_error_codes() {
    check(
        "Error Code | Description |\n---|---|\nFailedOperation | Operation failed. |\n",
        "",
        Severity::Warning,
        "\
warning: found neither error codes nor a sentence that there are none; the page may be truncated
  --> page.txt:24:1
   |
24 | }
   | ^ after this",
    );
}

#[test]
fn example_without_required_parameter() {
    check(
        "    \"Name\": \"x\"",
        "",
        Severity::Warning,
        "\
warning: the example's request lacks `Name`, which the table says is required
  --> page.txt:16:1
   |
16 | {
   | ^ in this request",
    );
}

#[test]
fn example_with_unknown_parameter() {
    check(
        "\"Name\": \"x\"",
        "\"Name\": \"x\", \"Nmae\": 1",
        Severity::Warning,
        "\
warning: the example's request has `Nmae`, which is not in the table
  --> page.txt:17:19
   |
17 |     \"Name\": \"x\", \"Nmae\": 1
   |                   ^^^^ not in the table",
    );
}

#[test]
fn example_with_wrong_type() {
    check(
        "\"ThingId\": 1",
        "\"ThingId\": \"one\"",
        Severity::Warning,
        "\
warning: the example's response has `\"one\"` for `ThingId`, which the table says is `Integer`
  --> page.txt:21:10
   |
21 |         \"ThingId\": \"one\",
   |          ^^^^^^^ another type than the table's",
    );
}

#[test]
fn example_is_not_json() {
    check("\"ThingId\": 1,", "\"ThingId\": 1;", Severity::Warning, "\
warning: the example's response is not JSON, so it is ignored: expected `,` or `}`: `\"ThingId\": 1;`
  --> page.txt:21:9
   |
21 |         \"ThingId\": 1;
   |         ^^^^^^^^^^^^^ in this JSON");
}

#[test]
fn example_without_envelope() {
    check("\"Response\"", "\"Answer\"", Severity::Warning, "\
warning: the example's response has no `Response`, so it is ignored: `{ \"Answer\": { \"ThingId\": 1, \"RequestId\": \"1\" } }`
  --> page.txt:19:1
   |
19 | {
   | ^ no `Response`");
}

#[test]
fn invalid_query() {
    let url = "https://thing.intl.tencentcloudapi.com/?Action=AddThing\n&Name\n";
    check(
        "POST / HTTP/1.1\nHost: thing.intl.tencentcloudapi.com\n<Common request parameters>\n{\n    \"Name\": \"x\"\n}\n",
        url,
        Severity::Warning,
        "\
warning: the example's request is invalid, so it is ignored: a parameter has no `=`: `Name`
  --> page.txt:14:2
   |
14 | &Name
   |  ^^^^ this parameter",
    );
}

#[test]
fn page_of_another_kind() {
    let text = "Just some words.\n";
    let page = parse("page.txt", text.as_bytes());
    assert!(page.has_errors());
    assert_eq!(render(&page, text.as_bytes(), false), "\
error: found no table of input parameters (with the rows Action and Version), no data types and no error codes; save the whole documentation page, or delete the file
 --> page.txt:1:1
  |
1 | Just some words.
  | ^^^^^^^^^^^^^^^^ the page begins here

");
}

#[test]
fn page_without_text() {
    for text in ["", "\n \n", "<!doctype html><html><body></body></html>"] {
        let page = parse("page.txt", text.as_bytes());
        let messages = page.diagnostics.iter().map(|of| of.message.as_str());
        let messages: Vec<&str> = messages.collect();
        assert_eq!(
            messages,
            ["the page is empty: save it again, or delete the file"]
        );
    }
}

#[test]
fn invalid_utf8() {
    let mut bytes = PAGE.as_bytes().to_vec();
    let at = PAGE.find("A name").expect("a description");
    bytes[at] = 0xff;
    let page = parse("page.txt", &bytes);
    assert!(page.has_errors());
    assert_eq!(
        (page.diagnostics[0].line, page.diagnostics[0].column),
        (8, 23)
    );
    assert_eq!(
        page.actions["AddThing"].request[0].description,
        "\u{fffd} name."
    );
}

#[test]
fn structure_without_name() {
    let text = "\
Data Types
Access key list
Used by actions: ListAccessKeys.
Name Type Description
AccessKeyId String Access key ID
";
    let page = parse("page.txt", text.as_bytes());
    assert_eq!(page.types.len(), 0);
    assert_eq!(
        render(&page, text.as_bytes(), false),
        "\
error: this table has no structure name above it, so its 1 rows are ignored
 --> page.txt:5:1
  |
5 | AccessKeyId String Access key ID
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no name above

"
    );
}

#[test]
fn doubtful_row() {
    let text = PAGE
        .lines()
        .filter(|line| !line.starts_with("---"))
        .map(|line| line.replace(" | ", " ").trim_end_matches(" |").to_owned() + "\n")
        .collect::<String>()
        .replace(
            "ThingId Integer The thing.\n",
            "ThingId Integer The thing.\nPublicNet Shape A word.\n",
        );
    let page = parse("page.txt", text.as_bytes());
    assert_eq!(render(&page, text.as_bytes(), false), "\
warning: this line could be a row, but was read as text of the previous row: `PublicNet Shape A word.`
  --> page.txt:10:1
   |
10 | PublicNet Shape A word.
   | ^^^^^^^^^^^^^^^^^^^^^^^ row or text?

");
    assert_eq!(
        page.actions["AddThing"].response[0].description,
        "The thing.\nPublicNet Shape A word."
    );
}

#[test]
fn html_positions() {
    let text = "<!DOCTYPE html>\n<html><body>\n<p>Domain name for API request: thing.intl.tencentcloudapi.com.</p>\n<table>\n\
<tr><th>Parameter Name</th><th>Required</th><th>Type</th><th>Description</th></tr>\n\
<tr><td>Action</td><td>Yes</td><td>String</td><td>Common Params. The value used for this API: AddThing.</td></tr>\n\
<tr><td>Version</td><td>Yes</td><td>String</td><td>Common Params. The value used for this API: 2020-01-02.</td></tr>\n\
<tr><td>Name</td><td>Perhaps</td><td>String</td><td>A name.</td></tr>\n</table>\n<table>\n\
<tr><td>RequestId</td><td>String</td><td>The ID.</td></tr>\n</table>\n<p>There is no error code related to the API.</p>\n\
</body></html>\n";
    let page = parse("page.html", text.as_bytes());
    assert_eq!(
        render(&page, text.as_bytes(), false),
        "\
error: the cell Required of `Name` is neither yes nor no; assumed optional: `Perhaps`
 --> page.html:8:22
  |
8 | <tr><td>Name</td><td>Perhaps</td><td>String</td><td>A name.</td></tr>
  |                      ^^^^^^^ neither yes nor no

"
    );
}

/// Returns the page with cells joined by spaces.
fn joined() -> String {
    PAGE.lines()
        .filter(|line| !line.starts_with("---"))
        .map(|line| line.replace(" | ", " ").trim_end_matches(" |").to_owned() + "\n")
        .collect()
}

#[test]
fn rows_like_site_text_are_kept() {
    let text = joined()
        .replace(
            "ThingId Integer The thing.",
            "ThingId Integer The thing.\nNextToken String The next.\nSource String x",
        )
        .replace(
            "FailedOperation Operation failed.",
            "FailedOperation.Busy Busy.\nSource: the site.\nInternalError.Db Db.",
        );
    let page = parse("page.txt", text.as_bytes());
    let action = &page.actions["AddThing"];
    assert_eq!(page.diagnostics, []);
    assert_eq!(
        action
            .response
            .iter()
            .map(|field| &*field.name)
            .collect::<Vec<_>>(),
        ["ThingId", "NextToken", "Source"]
    );
    assert_eq!(action.errors.len(), 2);
    assert_eq!(action.errors[0].description, "Busy.\nSource: the site.");
}

#[test]
fn parameter_named_like_a_common_one() {
    let text = PAGE.replace(
        "Name | Yes | String | A name. |",
        "Name | Yes | String | A name. |\nVersion | No | Integer | Its version. |",
    );
    let page = parse("page.txt", text.as_bytes());
    assert_eq!(page.actions["AddThing"].request[1].name, "Version");
    assert_eq!(page.version.as_deref(), Some("2020-01-02"));
}

#[test]
fn joined_row_without_required_is_reported() {
    let text = joined().replace(
        "Name Yes String A name.",
        "Name Yes String A name.\nThingIds Array of String The things.",
    );
    let page = parse("page.txt", text.as_bytes());
    assert_eq!(page.diagnostics.len(), 1, "{:?}", page.diagnostics);
    assert!(
        page.diagnostics[0]
            .message
            .contains("`ThingIds Array of String The things.`")
    );
}

#[test]
fn unreadable_body_has_no_request() {
    check(
        "{\n    \"Name\": \"x\"\n}",
        "Action=AddThing",
        Severity::Warning,
        "\
warning: the example's request is not JSON, so it is ignored: it does not begin with a brace: `Action=AddThing`
  --> page.txt:16:1
   |
16 | Action=AddThing
   | ^^^^^^^^^^^^^^^ in this JSON",
    );
}

/// Returns which requests and responses the examples have, and the number of diagnostics, with `from` replaced by `to`.
fn examples(from: &str, to: &str) -> (Vec<(bool, bool)>, usize) {
    let text = PAGE.replacen(from, to, 1);
    assert_ne!(text, PAGE);
    let page = parse("page.txt", text.as_bytes());
    let read = |example: &Example| (example.request.is_some(), example.response.is_some());
    let examples = &page.actions["AddThing"].examples;
    (examples.iter().map(read).collect(), page.diagnostics.len())
}

#[test]
fn invalid_request_keeps_response() {
    assert_eq!(
        examples("\"Name\": \"x\"", "\"Name\": \"{\"v\": {}}\"\""),
        (vec![(false, true)], 1)
    );
}

#[test]
fn json_in_description_is_not_a_request() {
    assert_eq!(
        examples("POST /", "The callback holds:\n{ \"Id\": 1 }\nPOST /"),
        (vec![(true, true)], 0)
    );
    // Without `POST …`, the JSON alone is the request.
    assert_eq!(
        examples(
            "POST / HTTP/1.1\nHost: thing.intl.tencentcloudapi.com\n<Common request parameters>\n",
            ""
        ),
        (vec![(true, true)], 0)
    );
}

#[test]
fn request_after_common_parameters() {
    assert_eq!(
        examples("parameters>\n{", "parameters>{"),
        (vec![(true, true)], 0)
    );
}

#[test]
fn titled_example_has_one_response() {
    let titled = PAGE.replacen("POST /", "Example1 Adding a thing\nPOST /", 1);
    let twice = "{ \"Response\": { \"ThingId\": 2, \"RequestId\": \"2\" } }\nError Code |";
    let text = titled.replacen("Error Code |", twice, 1);
    let page = parse("page.txt", text.as_bytes());
    let examples = &page.actions["AddThing"].examples;
    assert_eq!(examples.len(), 1);
    assert_eq!(
        examples[0].response.as_ref().map(|of| &of["ThingId"]),
        Some(&1.into())
    );
    let messages: Vec<_> = page.diagnostics.iter().map(|of| &*of.message).collect();
    assert_eq!(
        messages,
        [
            "the example already has a response, so this one is ignored: `{ \"Response\": { \"ThingId\": 2, \"RequestId\": \"2\" } }`"
        ]
    );

    // The word Example in its description begins no other example.
    let text = titled.replacen("POST /", "Example1\nPOST /", 1);
    let examples = &parse("page.txt", text.as_bytes()).actions["AddThing"].examples;
    assert_eq!(examples.len(), 1);
    assert_eq!(examples[0].description.as_deref(), Some("Example1"));

    // An unreadable response is replaced by the next one.
    let broken = titled.replacen("\"ThingId\": 1,", "\"ThingId\": 1,,", 1);
    let text = broken.replacen("Error Code |", twice, 1);
    let examples = &parse("page.txt", text.as_bytes()).actions["AddThing"].examples;
    assert_eq!(examples.len(), 1);
    assert_eq!(
        examples[0].response.as_ref().map(|of| &of["ThingId"]),
        Some(&2.into())
    );
}
