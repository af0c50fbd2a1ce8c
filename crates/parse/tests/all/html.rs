//! HTML in descriptions: line breaks, lists, links, code, tables in cells, entities, and elements without text.

use tc3_parse::{Page, parse};

/// Parses a page of an action and a parameter with these HTML descriptions.
#[track_caller]
fn page(action: &str, parameter: &str) -> Page {
    let html = format!(
        "<html><body><p>Domain name for API request: thing.intl.tencentcloudapi.com.</p><div>{action}</div>\
         <h2>2. Input Parameters</h2><table>\
         <tr><th>Parameter Name</th><th>Required</th><th>Type</th><th>Description</th></tr>\
         <tr><td>Action</td><td>Yes</td><td>String</td><td>Common Params. The value used for this API: X1.</td></tr>\
         <tr><td>Version</td><td>Yes</td><td>String</td><td>Common Params. The value used for this API: 2020-01-02.</td></tr>\
         <tr><td>Filters.N</td><td><img src=\"no.svg\" alt=\"No\"></td><td>Array of <a href=\"#Filter\">Filter</a></td>\
         <td>{parameter}</td></tr></table>\
         <h2>3. Output Parameters</h2><table><tr><th>Parameter Name</th><th>Type</th><th>Description</th></tr>\
         <tr><td>RequestId</td><td>String</td><td>The ID.</td></tr></table>\
         <h2>6. Error Code</h2><p>There is no error code related to the API business logic.</p></body></html>"
    );
    let page = parse("page.html", html.as_bytes());
    assert_eq!(page.diagnostics, []);
    page
}

#[track_caller]
fn check(html: &str, expect: &str) {
    let page = page("Does.", html);
    let field = &page.actions["X1"].request[0];
    assert_eq!(
        (field.name.as_str(), field.type_ref.to_string().as_str()),
        ("Filters", "Array of Filter")
    );
    assert!(!field.required);
    assert_eq!(field.description, expect);
}

#[test]
fn cells() {
    check("one <b>two</b>\n   three&nbsp;four", "one two three four");
    check("one<br>two<br/><br>three", "one\ntwo\nthree");
    check(
        "<p>one</p><ul><li>two</li><li>three <i>3</i></li></ul>four",
        "one\ntwo\nthree 3\nfour",
    );
    check("a &lt;b&gt; &amp; c", "a <b> & c");
    check(
        "see <a href=\"https://x.y/z?a=1&amp;b=2\">the <b>page</b></a>.",
        "see [the page](https://x.y/z?a=1&b=2).",
    );
    check(
        "see <a href=\"#Filter\">Filter</a> and <a href=\"/x\">this</a>",
        "see Filter and this",
    );
    check("<a href=\"https://x.y\">https://x.y</a>", "https://x.y");
    check("<a href=\"javascript:alert(1)\">x</a>", "x");
    check(
        "set <code>a_b</code>, or <code>c</code>",
        "set `a_b`, or `c`",
    );
    check("<pre>{\n  \"a\": 1\n}</pre>", "{\n\"a\": 1\n}");
    check(
        "values:<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>end",
        "values:\na b\n1 2\nend",
    );
    check(
        "a<script>var x = '<td>';</script>b<style>td {}</style><!-- c -->",
        "ab",
    );
    check("", "");
}

#[test]
fn descriptions_of_actions() {
    let description = |html| page(html, "x").actions["X1"].description.clone();
    assert_eq!(description("<p>One.</p><p>Two.</p>"), "One.\nTwo.");
    assert_eq!(
        description(
            "As shown: <table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table> Behind."
        ),
        "As shown:\nA | B\n1 | 2\nBehind."
    );
    assert_eq!(description("<ol><li>One</li><li>Two</li></ol>"), "One\nTwo");
}

#[test]
fn markup_without_end_tags() {
    let page = page("Does.", "x");
    let html = "<p>Domain name for API request: thing.intl.tencentcloudapi.com.<p>Does.\
        <h2>2. Input Parameters</h2><table><tr><td>Action<td>Yes<td>String<td>The value used for this API: X1.\
        <tr><td>Version<td>Yes<td>String<td>The value used for this API: 2020-01-02.\
        <tr><td>Filters.N<td>No<td>Array of Filter<td>x</table>\
        <h2>3. Output Parameters</h2><table><tr><td>RequestId<td>String<td>The ID.</table>\
        <h2>6. Error Code</h2><p>There is no error code related to the API business logic.";
    assert_eq!(parse("page.html", html.as_bytes()).actions, page.actions);
}

// Without limits, the parser would need minutes or overflow the stack.
#[test]
fn hostile_pages_are_errors() {
    for html in [
        "<div>".repeat(100_000),
        "<table><tr><td>".repeat(20_000),
        (0..300)
            .map(|number| format!("<b a{number}>"))
            .collect::<String>()
            + &"<p>x".repeat(20_000),
        "<a href=https://x.y>".repeat(20_000),
        "<".repeat(200_000),
        "<!--".repeat(50_000),
        format!("<html>{}", "&".repeat(200_000)),
        format!("<html><table><tr><td>{}", "x\u{0}<".repeat(50_000)),
    ] {
        assert!(parse("page.html", format!("<html>{html}").as_bytes()).has_errors());
    }
}

#[test]
fn control_characters_are_text() {
    for letter in (0..0x20)
        .chain([0x7f, 0x85, 0xa0, 0x2028, 0xfeff])
        .filter_map(char::from_u32)
    {
        let html = format!("one{letter} {letter}two{letter}{letter}<br>{letter}");
        let page = page("Does.", &html);
        let words: Vec<&str> = page.actions["X1"].request[0]
            .description
            .split(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}')
            .filter(|word| !word.is_empty())
            .collect();
        assert!(
            words.concat().replace('\u{fffd}', "") == "onetwo",
            "{letter:?}: {words:?}"
        );
    }
}
