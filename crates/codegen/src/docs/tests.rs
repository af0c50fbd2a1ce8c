use super::{Docs, code};

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
fn long_lines_are_wrapped() {
    let word = "word ".repeat(17);
    check(&format!("{word}further on"), &format!("{word}further\non"));
    check(
        &format!("{word}further # hash"),
        &format!("{word}further\n\\# hash"),
    );
    check(&format!("- {word}more on"), &format!("- {word}more\n  on"));
}

#[test]
fn markdown_syntax_is_escaped() {
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
fn links_and_urls_are_kept() {
    check(
        "See [the page](https://example.com/a_b) for more.",
        "See [the page](https://example.com/a_b) for more.",
    );
    check(
        "See [CreateUser](/document/product/1/2 \"title\").",
        "See [CreateUser](https://www.tencentcloud.com/document/product/1/2).",
    );
    check("See [x](#anchor).", "See x.");
    check("see https://example.com.", "see <https://example.com>.");
    check(
        "(https://example.com/a(b)) 见https://example.com/中",
        "(<https://example.com/a(b)>) 见<https://example.com/>中",
    );
    check("https:// is a scheme", "https:// is a scheme");
    check(
        "see <a href=\"\">https://example.com/a</a> or [http://example.com]()",
        "see <https://example.com/a> or <http://example.com>",
    );
}

#[test]
fn code_and_json_are_kept() {
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
fn sample_cannot_end_its_fence() {
    check(
        "```\n~~~~~~\n~~~rust\nx\n~~~\n```",
        "```text\n~~~~~~\n~~~rust\nx\n~~~\n```",
    );
    check(
        "`````\n```\n```rust\nx\n````\n`````",
        "`````text\n```\n```rust\nx\n````\n`````",
    );
    check("```\na ```` b\n```", "`````text\na ```` b\n`````");
    check(
        "{\n\"a\": \"```\"\n}\n~~~rust\nx",
        "````text\n{\n\"a\": \"```\"\n}\n````\n\n\\~\\~\\~rust\n\nx",
    );
    // A closing fence is at least as long as the opening one, and nothing follows it.
    check("````\n```\nx", "\\`\\`\\`\\`\n\n\\`\\`\\`\n\nx");
    check("```\nx\n``` y\n`````\nz", "````text\nx\n``` y\n````\n\nz");
}

#[test]
fn unfenced_code_is_text() {
    check("    indented\n\ttoo", "indented\n\ntoo");
    check("-     item\n-\titem", "- item\n- item");
    check(">     quote", "\\> quote");
    check("1.     one", "1\\. one");
    check("<pre>\n    a\n</pre>", "a");
    check("&#9;a&#10;&#32;&#32;&#32;&#32;b", "a\n\nb");
    check("~~~\na\n~~~", "\\~\\~\\~\n\na\n\n\\~\\~\\~");
    check("```rust a() ```", "`rust a()`");
    assert_eq!(code("a`b"), "``a`b``");
}

#[test]
fn html_becomes_markdown() {
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
        "[here](https://example.com)",
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
fn control_characters_are_shown() {
    check("a\u{202e}b\u{0}", "aU+202EbU+0000");
    check("\u{2066}", "U+2066");
    check("&#x202e;&#8;", "U+202EU+0008");
    check("`a\u{202d}`", "`aU+202D`");
    check("```\n\u{2067}x\n```", "```text\nU+2067x\n```");
    check("\u{e0041}\u{3164}", "U+E0041U+3164");
    check(
        "[a\u{200f}](https://example.com/\u{202e})",
        "[aU+200F](https://example.com/U+202E)",
    );
}

#[test]
fn joiners_and_breaks_are_removed() {
    check("a\u{200b}b\u{2060}c\u{feff}\u{ad}", "abc");
    check("\u{26a0}\u{fe0f} careful", "\u{26a0} careful");
    check("\u{200b}\n \n", "");
}

/// Texts longer than any description: quadratic work would take hours.
#[test]
fn long_hostile_texts_take_linear_time() {
    const COUNT: usize = 200_000;
    for (piece, shown) in [
        ("`", "\\`"),
        ("[", "\\["),
        ("]", "\\]"),
        ("(", "("),
        ("<", "\\<"),
        ("&", "&"),
        ("*", "\\*"),
        ("_", "\\_"),
        ("{", "{"),
        ("h", "h"),
        ("~", "\\~"),
        ("<!--", "\\<!\\-\\-"),
        ("[](", "`[]`("),
        ("[\"]\",", "\\[\"\\]\","),
        ("[1,", "\\[1,"),
        ("&a", "&a"),
    ] {
        let count = COUNT / piece.len();
        let docs = Docs::of_text(&piece.repeat(count), SITE);
        let lines: Vec<&str> = docs.lines().collect();
        assert!(lines == [shown.repeat(count)], "{piece}");
    }
    let lines = |text: &str| Docs::of_text(text, SITE).0.len();
    assert_eq!(lines(&"``` a\n".repeat(COUNT / 6)), COUNT / 6 * 2 - 1);
    // Each pair is the word `a`a, and 18 of them fit a line.
    let words = (COUNT / 3).div_ceil(2);
    assert_eq!(lines(&"`a ".repeat(COUNT / 3)), words.div_ceil(18));
    assert_eq!(lines(&"[\n".repeat(COUNT / 2)), COUNT - 1);
    let url = format!("http://a{}", ")".repeat(COUNT));
    let expect = format!("<http://a>{}", ")".repeat(COUNT));
    assert_eq!(Docs::of_text(&url, SITE).0, [expect]);
    // Runs of all lengths: each end would be searched to the end of the text.
    let runs: Vec<String> = (1..800).map(|length| "`".repeat(length)).collect();
    let shown = Docs::of_text(&runs.join(" "), SITE).0.join(" ");
    assert!(shown == runs.join(" ").replace('`', "\\`"));
}

mod shown {
    //! Compares with the parser that rustdoc uses.

    use proptest::collection::vec;
    use proptest::prelude::*;
    use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

    use super::{Docs, SITE};

    fn markdown(text: &str) -> String {
        let docs = Docs::of_text(text, SITE);
        docs.lines().collect::<Vec<_>>().join("\n")
    }

    fn options() -> Options {
        Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_SMART_PUNCTUATION
    }

    /// Returns the visible text, after checking that there is nothing else.
    fn shown(markdown: &str) -> String {
        let mut shown = String::new();
        for event in Parser::new_ext(markdown, options()) {
            match event {
                Event::Text(text) | Event::Code(text) => shown.push_str(&text),
                Event::SoftBreak => shown.push(' '),
                Event::Start(Tag::Link { dest_url, .. }) => {
                    assert!(dest_url.starts_with("http"), "{dest_url}\n{markdown}");
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    assert_eq!(kind, CodeBlockKind::Fenced("text".into()), "\n{markdown}");
                }
                Event::Start(Tag::Paragraph | Tag::List(None) | Tag::Item | Tag::Strong)
                | Event::End(_) => {}
                other => panic!("{other:?} of\n{markdown}"),
            }
        }
        shown
    }

    /// Removes characters that may be markup, and replaces typographic signs by their ASCII form.
    fn plain(text: &str) -> String {
        text.chars()
            .flat_map(|c| match c {
                '…' => vec!['.'; 3],
                '“' | '”' => vec!['"'],
                '‘' | '’' => vec!['\''],
                c if c.is_whitespace() || "`*-+[]()".contains(c) => vec![],
                c => vec![c],
            })
            .collect()
    }

    proptest! {
        #[test]
        fn any_text_is_shown_unchanged(
            text in vec(prop::sample::select("xyZ09中 \n\\`*_[])<>#+-.!|~&={}\"':,/?^$%@".chars().collect::<Vec<_>>()), 0..60)
        ) {
            let text: String = text.into_iter().collect();
            let markdown = markdown(&text);
            prop_assert_eq!(plain(&shown(&markdown)), plain(&text), "\n{}", markdown);
        }

        #[test]
        fn any_description_has_only_known_markup(
            pieces in vec(piece(), 0..20)
        ) {
            shown(&markdown(&pieces.concat()));
        }
    }

    /// A piece of Markdown, HTML, or any text.
    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            9 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned),
            1 => any::<String>(),
        ]
    }

    const PIECES: [&str; 64] = [
        "<br>",
        "<b>",
        "</b>",
        "<ul><li>",
        "</li></ul>",
        "<table><tr><td>",
        "</td></tr>",
        "<name>",
        "<!--",
        "-->",
        "<code>",
        "</code>",
        "<a href=\"https://example.com/x_y\">",
        "<a href='#z'>",
        "</a>",
        "&lt;",
        "&amp;",
        "&copy;",
        "`",
        "``",
        "```",
        "```json",
        "\n",
        "\n\n",
        "\n- ",
        "\n* ",
        "\n1. ",
        "\n# ",
        "\n> ",
        "\n    ",
        "\n---\n",
        "\n===\n",
        "| a | b |\n|---|---|\n",
        "**",
        "*",
        "[text](",
        ")",
        "https://example.com/a",
        "https://",
        "[x]: https://example.com\n",
        "{\"a\": 1}",
        "{\n\"a\": [\n1]}\n",
        "word",
        "中文。",
        "\\",
        "[^1]",
        "\n```\n",
        "\n````\n",
        "\n```rust\n",
        "\n~~~rust\n",
        "\n~~~\n",
        "\n~~~~~~\n",
        "~",
        "\t",
        "\n\t",
        "\n\n    code\n",
        "-     code",
        "\n  - ",
        "\n> ```\n",
        "<pre>",
        "</pre>",
        "<blockquote>",
        "&#10;&#96;&#96;&#96;&#10;",
        "\u{2028}\u{a0}",
    ];
}
