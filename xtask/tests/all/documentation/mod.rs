//! Tests that descriptions cannot run code: the only test that rustdoc finds in generated documentation is the program on
//! the front page. Samples come from pages and from imported metadata.

use std::path::{Path, PathBuf};
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
    write(&generated.join("Cargo.toml"), manifest());
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

/// Returns the manifest of a workspace of that crate, with what crates in this repository inherit.
fn manifest() -> String {
    let root = read(&workspace().join("Cargo.toml"));
    let (_, shared) = root.split_once("[workspace.package]").expect("shared keys");
    let (shared, _) = shared
        .split_once("[workspace.dependencies]")
        .expect("its end");
    // The tests of crates in a repository use the pipeline.
    let [runtime, pipeline] =
        ["runtime", "pipeline"].map(|name| workspace().join("crates").join(name));
    format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{SERVICE:?}]\n\n[workspace.package]{shared}[workspace.dependencies]\n\
         tc3 = {{ path = {runtime:?}, default-features = false }}\ntc3-pipeline = {{ path = {pipeline:?} }}\n"
    )
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

/// Checks that cargo runs no tests of the generated documentation, and that rustdoc finds only the program on the front page,
/// but does find an added one.
#[track_caller]
fn has_no_tests(generated: &Path) {
    let lock = workspace().join("Cargo.lock");
    fs::copy(lock, generated.join("Cargo.lock")).expect("the list is there");
    let manifest = read(&generated.join(SERVICE).join("Cargo.toml"));
    assert!(manifest.contains("\ndoctest = false\n"), "{manifest}");
    let runtime = check(generated);
    let root = generated.join(SERVICE).join("src/lib.rs");
    let found = tests(&root, &runtime);
    assert!(is_front_page(&found), "{found:?}");
    let sample = "/// ```\n/// panic!();\n/// ```\npub struct Sample;\n";
    write(&root, read(&root) + sample);
    let found = tests(&root, &runtime).into_iter();
    let (samples, others): (Vec<_>, Vec<_>) =
        found.partition(|test| test.contains(" - Sample (line "));
    assert_eq!(samples.len(), 1, "{samples:?}");
    assert!(is_front_page(&others), "{others:?}");
}

/// Whether the only test is the program on the crate's front page, which rustdoc would compile but not run.
fn is_front_page(tests: &[String]) -> bool {
    matches!(tests, [test] if test.contains("src/lib.rs - (line "))
}

/// Checks the generated workspace with cargo, and returns the metadata of the runtime.
#[track_caller]
fn check(generated: &Path) -> PathBuf {
    // With those of the generator's tests, so that the runtime is built once.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../tests/trybuild");
    let mut command = Command::new(env::var_os("CARGO").expect("cargo runs the test"));
    command
        .args(["check", "--quiet", "--offline", "--no-default-features"])
        .arg("--message-format=json")
        .current_dir(generated)
        .env("CARGO_TARGET_DIR", target);
    let outcome = outcome(&mut command);
    let messages = outcome.succeeded().lines();
    let mut messages = messages.map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let runtime = messages.find(|message| message["target"]["name"] == "tc3");
    let file = runtime.and_then(|runtime| runtime["filenames"][0].as_str().map(PathBuf::from));
    file.expect("the runtime's metadata")
}

/// Returns the tests that rustdoc finds. Cargo would build what the package's own tests need.
#[track_caller]
fn tests(root: &Path, runtime: &Path) -> Vec<String> {
    let folder = runtime.parent().expect("a folder");
    let mut command = Command::new(env::var_os("RUSTDOC").unwrap_or("rustdoc".into()));
    command
        .args(["--test", shown(root), "--edition=2024", "-L", shown(folder)])
        .args(["--extern", &format!("tc3={}", shown(runtime))])
        .args(["--test-args", "--list --format terse"]);
    let outcome = outcome(&mut command);
    let lines = outcome.succeeded().lines();
    let tests = lines.filter_map(|line| line.strip_suffix(": test"));
    tests.map(str::to_owned).collect()
}
