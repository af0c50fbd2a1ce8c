//! Rustdoc runs code blocks that are not marked as another language. No text of a spec becomes such a code block. The only
//! one is the program on the front page. It contains no text of the spec, and is not run.

use std::path::Path;
use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use serde_json::json;
use tc3_spec::Spec;

/// Markdown and HTML that begin or end code blocks.
const PIECES: [&str; 24] = [
    "```",
    "```rust\n",
    "````\n",
    "~~~\n",
    "~~~~~~\n",
    "~~~rust\n",
    "\n",
    "\n\n",
    "    ",
    "\t",
    "- ",
    "  - ",
    "1. ",
    "> ",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<blockquote>",
    "<!--",
    "{\n\"a\": \"```\"\n}\n",
    "&#96;&#96;&#96;&#10;",
    "\u{2028}",
    "panic!();",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        9 => select(&PIECES[..]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

/// Creates a spec with this text in every place for text.
fn spec(text: &str) -> Spec {
    let fields = json!([
        {"name": "Required", "type": "String", "required": true, "description": text},
        {"name": "Thing", "type": "Thing", "description": text},
        {"name": "Unknown", "type": "Array of Unknown", "nullable": true, "description": text},
    ]);
    let codes = json!([{"code": "Failed.Operation", "description": text}]);
    let source = json!({"page": text, "updated": text, "url": text, "fetched": text});
    let spec = json!({
        "format": 1,
        "service": "thing",
        "version": "2021-03-31",
        "endpoint": "thing.intl.tencentcloudapi.com",
        "actions": {"Try": {
            "description": text,
            "request": fields,
            "response": fields,
            "errors": codes,
            "examples": [{"title": text, "description": text}],
            "source": source,
        }},
        "types": {"Thing": {"description": text, "fields": fields}},
        "errors": codes,
        "sources": {"types": [source], "errors": [source]},
    });
    Spec::from_json(&spec.to_string(), Path::new("thing.json")).unwrap()
}

/// Returns the documentation comments of a file as Markdown.
fn documentation(file: &str) -> Vec<String> {
    let mut comments = vec![String::new()];
    for line in file.lines() {
        let line = line.trim_start();
        match line.strip_prefix("///").or(line.strip_prefix("//!")) {
            Some(text) => {
                let comment = comments.last_mut().unwrap();
                comment.push_str(text.strip_prefix(' ').unwrap_or(text));
                comment.push('\n');
            }
            None => comments.push(String::new()),
        }
    }
    comments.retain(|comment| !comment.is_empty());
    comments
}

/// Returns the code blocks that rustdoc would run.
fn programs(markdown: &str) -> Vec<CodeBlockKind<'_>> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let blocks = Parser::new_ext(markdown, options).filter_map(|event| match event {
        Event::Start(Tag::CodeBlock(kind)) => Some(kind),
        _ => None,
    });
    let others = ["text", "toml"].map(|language| CodeBlockKind::Fenced(language.into()));
    blocks.filter(|kind| !others.contains(kind)).collect()
}

/// Checks the documentation of everything generated from a spec with this text.
fn check(text: &str) {
    let spec = spec(text);
    let source = tc3_codegen::generate_source(&spec, &[]).unwrap().text;
    let mut files = tc3_codegen::generate_crate(&[spec]).unwrap().files;
    let root = files.remove(Path::new("src/lib.rs")).unwrap();
    assert_eq!(root, self::root());
    let mut count = 0;
    for file in files.values().chain([&source]) {
        for comment in documentation(file) {
            assert_eq!(programs(&comment), [], "{comment}");
            count += 1;
        }
    }
    assert!(count > 60, "{count} comments");
}

/// Returns the root of the crate of that spec, which no text in it changes.
fn root() -> &'static str {
    static ROOT: LazyLock<String> = LazyLock::new(|| {
        let mut files = tc3_codegen::generate_crate(&[spec("")]).unwrap().files;
        files.remove(Path::new("src/lib.rs")).unwrap()
    });
    &ROOT
}

#[test]
fn front_page_has_one_program() {
    let [page, ..] = &documentation(root())[..] else {
        panic!("{}", root());
    };
    assert_eq!(programs(page), [CodeBlockKind::Fenced("no_run".into())]);
}

#[test]
fn check_detects_code_blocks() {
    for (markdown, count) in [
        ("```text\nx\n```", 0),
        ("```\nx\n```", 1),
        ("~~~rust\nx", 1),
        ("- x\n\n      y", 1),
        ("    x", 1),
    ] {
        assert_eq!(programs(markdown).len(), count, "{markdown}");
    }
    assert_eq!(
        documentation("/// a\n    /// b\nx\n//!     c\n"),
        ["a\nb\n", "    c\n"]
    );
}

#[test]
fn samples_cannot_escape_their_fence() {
    check("```\n~~~~~~\n~~~rust\npanic!();\n~~~\n```");
    check("`````\n```\n```rust\npanic!();\n```\n`````");
    check("{\n\"a\": \"```\"\n}\n~~~~~~\n~~~rust\npanic!();");
}

/// Bidirectional, control and invisible characters.
const HIDDEN: &str = "\u{0}\u{1}\u{8}\u{1b}\u{7f}\u{9f}\u{ad}\u{61c}\u{180e}\u{200b}\u{200c}\u{200d}\u{200e}\
    \u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2060}\u{2064}\u{2066}\u{2067}\u{2068}\u{2069}\u{206f}\
    \u{fe0f}\u{feff}\u{fffb}\u{1d173}\u{e0001}\u{e0041}";

#[test]
fn hidden_characters_are_shown() {
    let text = format!("before{HIDDEN}`{HIDDEN}`\n```\n{HIDDEN}\n```\n{{\n\"a\": \"{HIDDEN}\"\n}}");
    let spec = spec(&text);
    let source = tc3_codegen::generate_source(&spec, &[]).unwrap().text;
    let files = tc3_codegen::generate_crate(&[spec]).unwrap().files;
    for file in files.values().chain([&source]) {
        let hidden = file.chars().find(|c| HIDDEN.contains(*c));
        assert_eq!(hidden, None, "{file}");
    }
    // Comments show code points, but the text of an error code is kept exactly.
    assert!(source.contains("/// beforeU+0000U+0001"), "{source}");
    assert!(source.contains("U+202DU+202EU+2064U+2066"), "{source}");
    assert!(source.contains("\\u{202d}\\u{202e}\\u{2060}"), "{source}");
}

#[test]
fn many_backticks_are_text() {
    let text = "`".repeat(80_000);
    let source = tc3_codegen::generate_source(&spec(&text), &[])
        .unwrap()
        .text;
    let shown = "\\`".repeat(80_000);
    assert!(source.contains(&format!("    /// {shown}\n")));
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_text_has_no_code_blocks(text in text()) {
        check(&text);
    }
}
