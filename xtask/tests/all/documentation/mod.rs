//! Descriptions cannot run code: rustdoc finds no tests in generated documentation, whether a sample comes from a page
//! or from imported metadata.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use crate::command::{outcome, read, run, shown, workspace, write};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Descriptions that contain Rust tests if read as Markdown.
const DESCRIPTIONS: [&str; 20] = [
    // Nested and longer fences of both kinds around a sample.
    "```json\n```x\n~~~~~~\n~~~rust\npanic!();\n~~~\n```",
    "```\n~~~~~~\n\n    panic!();\n\n```",
    "````\n```\n```rust\npanic!();\n```\n````",
    "``````````text\n`````````\npanic!();\n``````````",
    "{\n\"a\": \"```\",\n\"b\": \"~~~~~~\"\n}\n~~~~~~\n~~~rust\npanic!();\n~~~",
    // Unclosed and inline fences.
    "~~~~~~\n~~~rust\npanic!();",
    "```rust panic!(); ```",
    "~~~rust panic!(); ~~~",
    "```rust\npanic!();",
    "``` `\npanic!();\n```",
    // Indented code, also in lists and quotes.
    "    panic!();\n\tpanic!();",
    "Text.\n\n    panic!();\n",
    "-     panic!();\n-\tpanic!();\n- a\n\n      panic!();",
    "1.     panic!();\n   - ```rust\n     panic!();\n     ```",
    ">     panic!();\n> ```rust\n> panic!();\n> ```",
    // HTML code, and escaped characters.
    "<pre><code class=\"language-rust\">panic!();</code></pre>",
    "<blockquote>\n\n    panic!();\n\n</blockquote>",
    "&#96;&#96;&#96;rust&#10;panic!();&#10;&#96;&#96;&#96;",
    "&#9;panic!();&#10;&#10;&#x20;&#x20;&#x20;&#x20;panic!();",
    "a\u{2028}```rust\u{2028}panic!();\u{2028}```\u{85}~~~\u{b}panic!();\u{c}~~~",
];

const SERVICE: &str = "thing";
const VERSION: &str = "2020-01-02";

#[test]
fn page_samples_are_not_tests() {
    let place = TempDir::new().expect("a folder");
    let root = place.path();
    let page = format!("specs/{SERVICE}/pages/{VERSION}/Try.html");
    write(&root.join(page), html());
    run(&["regenerate", "--root", shown(root)]).succeeded();
    let spec = read(&root.join(format!("specs/{SERVICE}/{VERSION}.json")));
    assert!(
        spec.contains("~~~~~~\\n~~~rust\\npanic!();\\n~~~"),
        "{spec}"
    );
    let generated = root.join("generated");
    let runtime = workspace().join("crates/runtime");
    let manifest = tc3_codegen::workspace_manifest(&[SERVICE], shown(&runtime));
    // The tests of crates in a repository use it.
    let pipeline = workspace().join("crates/pipeline");
    let manifest = manifest.replace(
        "[workspace.dependencies]\n",
        &format!("[workspace.dependencies]\ntc3-pipeline = {{ path = {pipeline:?} }}\n"),
    );
    write(&generated.join("Cargo.toml"), manifest);
    has_no_tests(&generated);
}

#[test]
fn imported_samples_are_not_tests() {
    let place = TempDir::new().expect("a folder");
    let [package, specs, out] = ["package", "specs", "out"].map(|name| place.path().join(name));
    let folder = package.join(format!("tccli/services/{SERVICE}/v20200102"));
    write(&folder.join("api.json"), metadata().to_string());
    write(
        &package.join("tccli_intl_en-3.1.5.dist-info/METADATA"),
        "Name: tccli-intl-en\nVersion: 3.1.5\n",
    );
    let codes = DESCRIPTIONS.iter().enumerate().map(|(number, text)| {
        let comment: String = text.lines().map(|line| format!("# {line}\n")).collect();
        format!("{comment}CODE{number} = 'Code{number}'\n\n")
    });
    let codes: String = codes.collect();
    let sdk = place.path().join("sdk");
    let file = format!("tencentcloud/{SERVICE}/v20200102/errorcodes.py");
    write(&sdk.join(file), codes);
    let import = [
        &["import", shown(&package), "--specs", shown(&specs)],
        &["--service", SERVICE, "--error-codes", shown(&sdk)][..],
    ];
    run(&import.concat()).succeeded();
    let spec = read(&specs.join(format!("{SERVICE}/{VERSION}.json")));
    assert!(
        spec.contains("~~~~~~\\n~~~rust\\npanic!();\\n~~~"),
        "{spec}"
    );
    run(&["generate", "--specs", shown(&specs), "--out", shown(&out)]).succeeded();
    has_no_tests(&out);
}

/// Returns a page whose descriptions are all hostile: as text, with and without line breaks, and as HTML.
fn html() -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let rows = DESCRIPTIONS.iter().enumerate().map(|(number, text)| {
        let (broken, pre) = (escape(text).replace('\n', "<br>"), escape(text));
        let cells = [broken, format!("<pre>{pre}</pre>"), (*text).to_owned()];
        let cells = cells.iter().zip(["Lines", "Pre", "Html"]);
        cells
            .map(|(cell, name)| {
                format!("<tr><td>{name}{number}</td><td>No</td><td>String</td><td>{cell}</td></tr>")
            })
            .collect()
    });
    let rows: Vec<String> = rows.collect();
    let codes = DESCRIPTIONS.iter().enumerate().map(|(number, text)| {
        let text = escape(text).replace('\n', "<br>");
        format!("<tr><td>Code{number}</td><td>{text}</td></tr>")
    });
    let codes: String = codes.collect();
    let description = escape(DESCRIPTIONS[0]).replace('\n', "<br>");
    format!(
        "<html><body><p>Domain name for API request: {SERVICE}.intl.tencentcloudapi.com.</p><p>{description}</p>\
         <h2>2. Input Parameters</h2><table>\
         <tr><th>Parameter Name</th><th>Required</th><th>Type</th><th>Description</th></tr>\
         <tr><td>Action</td><td>Yes</td><td>String</td><td>Common Params. The value used for this API: Try.</td></tr>\
         <tr><td>Version</td><td>Yes</td><td>String</td><td>Common Params. The value used for this API: {VERSION}.</td></tr>\
         {}</table>\
         <h2>3. Output Parameters</h2><table><tr><th>Parameter Name</th><th>Type</th><th>Description</th></tr>\
         <tr><td>RequestId</td><td>String</td><td>The ID.</td></tr></table>\
         <h2>6. Error Code</h2><table><tr><th>Error Code</th><th>Description</th></tr>{codes}</table></body></html>",
        rows.concat()
    )
}

/// Returns metadata whose descriptions are all hostile.
fn metadata() -> Value {
    let members = || -> Value {
        let members = DESCRIPTIONS.iter().enumerate().map(|(number, text)| {
            json!({"name": format!("P{number}"), "type": "string", "member": "string", "document": text})
        });
        members.collect()
    };
    let mut with_thing = members();
    let thing =
        json!({"name": "Thing", "type": "object", "member": "Thing", "document": DESCRIPTIONS[1]});
    with_thing.as_array_mut().expect("an array").push(thing);
    json!({
        "metadata": {"apiVersion": VERSION, "serviceShortName": SERVICE},
        "actions": {
            "Try": {"document": DESCRIPTIONS[0], "input": "TryRequest", "output": "TryResponse"},
        },
        "objects": {
            "TryRequest": {"document": "", "members": with_thing.clone()},
            "TryResponse": {"document": "", "members": with_thing},
            "Thing": {"document": DESCRIPTIONS[2], "members": members()},
        },
    })
}

/// Checks that rustdoc finds no tests in the generated workspace, but does find an added one.
#[track_caller]
fn has_no_tests(generated: &Path) {
    let lock = workspace().join("Cargo.lock");
    fs::copy(lock, generated.join("Cargo.lock")).expect("the list is there");
    let manifest = generated.join(SERVICE).join("Cargo.toml");
    let text = read(&manifest);
    // The manifest disables tests, so this runs rustdoc directly.
    let with_tests = text.replace("\ndoctest = false\n", "\n");
    assert_ne!(with_tests, text);
    assert_eq!(tests(generated), [""; 0]);
    write(&manifest, with_tests);
    assert_eq!(tests(generated), [""; 0]);
    let root = generated.join(SERVICE).join("src/lib.rs");
    let sample = "/// ```\n/// panic!();\n/// ```\npub struct Sample;\n";
    write(&root, read(&root) + sample);
    let found = tests(generated);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains(" - Sample (line "), "{found:?}");
}

/// Returns the tests that rustdoc finds.
#[track_caller]
fn tests(generated: &Path) -> Vec<String> {
    // With the crates of `conformance`, so that the runtime is built once.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("conformance/target");
    let mut command = Command::new(env::var_os("CARGO").expect("cargo runs the test"));
    command
        .args(["test", "--doc", "--quiet", "--offline"])
        .args(["--no-default-features", "--", "--list", "--format", "terse"])
        .current_dir(generated)
        .env("CARGO_TARGET_DIR", target);
    let outcome = outcome(&mut command);
    let lines = outcome.succeeded().lines();
    let tests = lines.filter_map(|line| line.strip_suffix(": test"));
    tests.map(str::to_owned).collect()
}
