//! Rustdoc runs the code blocks of documentation, unless they are marked as something else than Rust. Wherever a spec has
//! a text, nothing in it becomes a code block that is not marked as text.

use std::path::Path;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use serde_json::json;
use tc3_spec::Spec;

/// What Markdown and HTML make code blocks of, and what ends them.
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

/// A spec with this text wherever a spec has one.
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

/// The documentation comments of a file, each as the Markdown that rustdoc reads.
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

/// The code blocks that rustdoc would take for Rust.
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
    blocks
        .filter(|kind| *kind != CodeBlockKind::Fenced("text".into()))
        .collect()
}

/// Checks the documentation of everything that is generated of a spec with this text.
fn check(text: &str) {
    let spec = spec(text);
    let source = tc3_codegen::generate_source(&spec, &[]).unwrap().text;
    let files = tc3_codegen::generate_crate(&[spec]).unwrap().files;
    let mut count = 0;
    for file in files.values().chain([&source]) {
        for comment in documentation(file) {
            assert_eq!(programs(&comment), [], "{comment}");
            count += 1;
        }
    }
    assert!(count > 60, "{count} comments");
}

#[test]
fn a_check_that_finds_nothing_would_be_worth_nothing() {
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
fn samples_that_look_for_a_way_out_stay_samples() {
    check("```\n~~~~~~\n~~~rust\npanic!();\n~~~\n```");
    check("`````\n```\n```rust\npanic!();\n```\n`````");
    check("{\n\"a\": \"```\"\n}\n~~~~~~\n~~~rust\npanic!();");
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_text_becomes_a_program(text in text()) {
        check(&text);
    }
}
