//! Generated code compiles.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use serde_json::{Value, json};

use super::{TestFolder, action, data_type, field, mall, spec};
use crate::command::{outcome, workspace};

/// Runs cargo in a generated workspace and expects no output, not even a warning. The features of the transports, which only
/// concern the runtime, are off.
#[track_caller]
pub(super) fn cargo(workspace: &Path, arguments: &[&str], features: &[&str]) {
    // With those of the generator's tests, so that what all of them need is built once.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../tests/trybuild");
    let mut command = Command::new(env::var_os("CARGO").expect("cargo runs the test"));
    command
        .args(arguments)
        .args(["--quiet", "--offline", "--no-default-features"])
        .args(["--features", &features.join(",")])
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", target);
    let outcome = outcome(&mut command);
    assert_eq!(outcome.code, Some(0), "{}", outcome.err);
    assert_eq!(outcome.err, "");
}

/// Copies the lock file, because cargo cannot resolve versions without a network.
pub(super) fn lock(out: &Path) {
    let from = workspace().join("Cargo.lock");
    fs::copy(from, out.join("Cargo.lock")).expect("the list is there");
}

/// The features that generated code depends on.
const FEATURES: [&str; 2] = ["serde", "testing"];

const TEXTS: [&str; 12] = [
    "<b>Bold</b> & <script>alert(1)</script> &lt;not a tag&gt; </td>",
    "[link](https://shop.example/a_(b)) [broken]( [Missing] [`Missing`] [a][b] [x]: y",
    "https://shop.example/?a=1&b=<id> and <https://shop.example>",
    "```\nlet x = ;\n```\nrest",
    "`unclosed and **bold and _under_ ~~struck",
    "    let indented: u8 = ;\n\tand a tab",
    "# Heading\n> quote\n- item\n1. item\n---\n| a | b |",
    "Array<String>, Vec<T>, <instance-id>, List<Map<A, B>>",
    "C:\\dir\\ \\n \\",
    "/** comment */ // comment */ \" quote \"# raw {braces} {0} #[attribute]",
    "名称\u{202e}反 é\u{301} 🦀 \u{feff}",
    "$$ [^1] [^1]: note <!-- open",
];

/// Returns a service with hostile names and texts.
fn hostile() -> Value {
    let words = [
        "type",
        "self",
        "Self",
        "crate",
        "Crate",
        "super",
        "async",
        "await",
        "match",
        "fn",
        "impl",
        "dyn",
        "Box",
        "Vec",
        "Option",
        "String",
        "Some",
        "None",
        "Ok",
        "Err",
        "IPv6",
        "Ipv6",
        "VpcId",
        "VPCId",
        "vpcId",
        "lower",
        "UPPER",
        "a_b",
        "AB",
        "A1",
        "Extra",
        "RequestID",
        "Client",
        "Builder",
        "Build",
        "New",
        "Default",
        "gen",
        "union",
        "static",
        "r",
        "u8",
        "Value",
        "Send",
        "Clone",
    ];
    let of = [
        "String",
        "Integer",
        "Array of String",
        "Vpc",
        "Array of VPC",
        "Nowhere",
    ];
    let fields = |required: bool| -> Value {
        let named = words.iter().enumerate();
        let fields = named.map(|(index, name)| {
            let text = TEXTS[index % TEXTS.len()];
            json!({
                "name": name,
                "type": of[index % of.len()],
                "required": required && index % 3 == 0,
                "nullable": index % 4 == 0,
                "deprecated": index % 5 == 0,
                "description": text,
            })
        });
        fields.collect::<Vec<_>>().into()
    };
    let listing = action(
        json!([field("Offset", "Integer"), field("Limit", "Integer")]),
        json!([
            field("TotalCount", "Integer"),
            field("Vpcs", "Array of Vpc")
        ]),
    );
    let mut actions = json!({
        "DescribeVpcs": listing.clone(),
        "DescribeVPCs": listing,
        "Deprecated": action(json!([]), json!([])),
    });
    actions["Deprecated"]["deprecated"] = true.into();
    for (index, name) in [
        "Type", "Self", "Crate", "Match", "Async", "Send", "Call", "lower",
    ]
    .iter()
    .enumerate()
    {
        actions[name] = action(fields(true), fields(false));
        actions[name]["description"] = TEXTS[index].into();
        actions[name]["errors"] = json!([
            {"code": "Self", "description": TEXTS[index + 1]},
            {"code": "self", "description": ""},
            {"code": "Invalid.Parameter", "description": TEXTS[index + 2]},
            {"code": "InvalidParameter", "description": ""},
        ]);
    }
    let types = json!({
        "Vpc": data_type(fields(true)),
        "VPC": data_type(json!([field("VPC", "VPC"), field("Vpc", "Vpc")])),
        // Direct and mutual recursion, and recursion through lists.
        "Node": data_type(json!([field("Next", "Node"), field("Name", "String")])),
        "Left": data_type(json!([field("Right", "Right")])),
        "Right": data_type(json!([field("Left", "Left"), field("Lefts", "Array of Array of Left")])),
        "Tree": data_type(json!([field("Trees", "Array of Tree"), field("Node", "Node")])),
        "Empty": data_type(json!([])),
        "Result": data_type(json!([field("Empty", "Empty")])),
        "TypeRequest": data_type(json!([field("Tree", "Tree")])),
        "self": data_type(json!([field("self", "self")])),
    });
    let mut spec = spec("hostile", "2021-03-31", actions, types);
    spec["errors"] = json!([{"code": "Internal.Self", "description": TEXTS[0]}]);
    let request = &mut spec["actions"]["Deprecated"]["request"];
    *request = json!([
        field("Node", "Node"),
        field("Left", "Left"),
        field("Tree", "Tree"),
        field("Empty", "Empty"),
        field("Result", "Result"),
        field("Clash", "TypeRequest"),
        field("It", "self"),
    ]);
    spec
}

#[test]
fn all_actions_compile() {
    let mut specs = mall();
    specs.push(hostile());
    let place = TestFolder::with(&specs);
    place.generate(&[]).succeeded();
    let method = "    #[deprecated = \"the documentation advises against its use\"]\n    #[inline]\n    pub fn ";
    for (action, is_deprecated) in [("deprecated", true), ("lower", false)] {
        let text = place.read(&format!("hostile/src/v20210331/{action}.rs"));
        assert_eq!(text.contains(method), is_deprecated, "{action}");
    }
    lock(&place.out());
    cargo(
        &place.out(),
        &["check", "--workspace", "--all-targets"],
        &FEATURES,
    );
}

#[test]
fn selected_actions_compile() {
    let mut specs = mall();
    specs.push(hostile());
    let place = TestFolder::with(&specs);
    place
        .generate(&[
            "--action",
            "Look",
            "--action",
            "Deprecated",
            "--action",
            "DescribeVPCs",
        ])
        .succeeded();
    lock(&place.out());
    cargo(&place.out(), &["check", "--workspace"], &FEATURES);
}

#[test]
fn documentation_has_no_warnings() {
    let place = TestFolder::with(&[hostile()]);
    place.generate(&[]).succeeded();
    lock(&place.out());
    cargo(
        &place.out(),
        &["doc", "--workspace", "--no-deps"],
        &FEATURES,
    );
}
