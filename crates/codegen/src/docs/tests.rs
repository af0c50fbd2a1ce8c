use super::Docs;

const SITE: &str = "https://www.tencentcloud.com";

#[track_caller]
fn check(text: &str, expect: &str) {
    let docs = Docs::of_text(text, SITE);
    assert_eq!(docs.lines().collect::<Vec<_>>().join("\n"), expect);
}

#[test]
fn lines_are_paragraphs_and_items_a_list() {
    check("One.\nTwo.", "One.\n\nTwo.");
    check(
        "Values:\n- a\n* b\n• c\nEnd.",
        "Values:\n\n- a\n- b\n- c\n\nEnd.",
    );
    check("  spaced   out\t.\r\nnext", "spaced out .\n\nnext");
    check("1. one\n2) two", "1\\. one\n\n2\\) two");
    check("-1: none\n- 1: one", "-1: none\n\n- 1: one");
}

#[test]
fn long_lines_are_wrapped_and_show_the_same() {
    let word = "word ".repeat(17);
    check(&format!("{word}further on"), &format!("{word}further\non"));
    check(
        &format!("{word}further # hash"),
        &format!("{word}further\n\\# hash"),
    );
    check(&format!("- {word}more on"), &format!("- {word}more\n  on"));
}

#[test]
fn what_markdown_would_take_for_markup_is_escaped() {
    check("# not a heading", "\\# not a heading");
    check("> not a quote", "\\> not a quote");
    check("a [b] c", "a \\[b\\] c");
    check("Vec<String> and a<b", "Vec\\<String> and a\\<b");
    check("C:\\dir", "C:\\\\dir");
    check("a ` b", "a \\` b");
    check("*.example.com and 2 * 3", "\\*.example.com and 2 \\* 3");
    check("_a_ but SOME_NAME", "\\_a\\_ but SOME_NAME");
    check("x | y", "x \\| y");
    check("---", "\\-\\-\\-");
    check("===", "\\===");
    check("--flag", "\\-\\-flag");
    check("~~gone~~", "\\~\\~gone\\~\\~");
    check("R&D; &lt;", "R\\&D; \\<");
    check("![image]", "\\!\\[image\\]");
    check("[Tag](Tag) and [Tag][1]", "Tag and \\[Tag\\]`[1]`");
}

#[test]
fn links_and_addresses_lead_somewhere() {
    check(
        "See [the page](https://example.com/a_b) for more.",
        "See [the page](<https://example.com/a_b>) for more.",
    );
    check(
        "See [CreateUser](/document/product/1/2 \"title\").",
        "See [CreateUser](<https://www.tencentcloud.com/document/product/1/2>).",
    );
    check("See [x](#anchor).", "See x.");
    check("see https://example.com.", "see <https://example.com>.");
    check(
        "(https://example.com/a(b)) 见https://example.com/中",
        "(<https://example.com/a(b)>) 见<https://example.com/>中",
    );
    check("https:// is a scheme", "https:// is a scheme");
}

#[test]
fn code_and_json_stay_as_they_are() {
    check("Set `a_*b` here", "Set `a_*b` here");
    check("``a`b``", "``a`b``");
    check(
        "Like {\"a\": [1, \"*\"]} or {x}",
        "Like `{\"a\": [1, \"*\"]}` or {x}",
    );
    check("From [0, 10] or [0, 10)", "From `[0, 10]` or \\[0, 10)");
    check(
        "Sample:\n{\n  \"a\": 1\n}\nEnd",
        "Sample:\n\n```text\n{\n  \"a\": 1\n}\n```\n\nEnd",
    );
    check("```json\nlet x\n```\nEnd", "```text\nlet x\n```\n\nEnd");
    check("```\nopen", "\\`\\`\\`\n\nopen");
}

#[test]
fn html_is_shown_as_the_browser_would() {
    check("one<br>two<br/>three", "one\n\ntwo\n\nthree");
    check("<ul><li>a</li><LI class=\"x\">b</LI></ul>", "- a\n- b");
    check("<b>bold</b> and <code>x<y</code>", "**bold** and `x<y`");
    check("前缀<b>（注意）</b>后缀", "前缀（注意）后缀");
    check(
        "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>",
        "a \\| b\n\nc \\| d",
    );
    check(
        "<a href=\"https://example.com\" target=\"_blank\">here</a>",
        "[here](<https://example.com>)",
    );
    check("<div style='x'>text</div>", "text");
    check("a <name> b </name>", "a \\<name> b \\</name>");
    check(
        "&lt;br&gt; &amp;nbsp; &#65;&#x42; &unknown;",
        "\\<br> \\&nbsp; AB \\&unknown;",
    );
    check("`<br>` stays", "`<br>` stays");
    check("half < of", "half \\< of");
}

#[test]
fn nothing_invisible_is_left() {
    check("a\u{202e}b\u{200b}c\u{0}\u{feff}", "abc");
    check("\u{200b}\n \n", "");
    check("\u{2066}", "");
}
