//! The program on the front page of a crate compiles, in the folder of a foreign workspace.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::compiled::{cargo, lock};
use super::{action, data_type, field, spec};
use crate::command::{read, run, shown, workspace, write};

/// Services of the catalogue, with an action to select and a text of its program.
const SAMPLES: [(&str, Option<&str>, &str); 6] = [
    // Two versions, and no action that reads.
    ("rce", None, ".device_token(\"device-token\")"),
    // No required parameter.
    ("cmq", None, "client.describe_queue_detail().items();"),
    ("ims", None, "client.image_moderation().send().await?;"),
    // Only structures, and an empty response.
    ("message", None, "SendType::builder().msg_type(1)"),
    // A plain value and a list of structures.
    (
        "dataintegration",
        None,
        "BatchContent::builder().body(\"body\")",
    ),
    // A list by token.
    ("alb", Some("DescribeLoadBalancers"), ".items();"),
];

/// Returns a service whose only action has reserved words, nested lists and recursive structures.
fn unusual_service() -> Value {
    let required = |name: &str, of: &str| {
        let mut field = field(name, of);
        field["required"] = true.into();
        field
    };
    let request = json!([
        required("type", "String"),
        required("self", "Boolean"),
        required("Price", "Float"),
        required("Rows", "Array of Array of String"),
        required("Cells", "Array of Array of Result"),
        required("Node", "Node"),
        required("Nodes", "Array of Node"),
        required("Empty", "Empty"),
        required("Any", "Nowhere"),
        required("Anything", "Array of Nowhere"),
        required("Password", "String"),
    ]);
    let response = json!([field("LoginPassword", "String"), field("match", "Integer")]);
    let actions = json!({"Match": action(request, response)});
    let types = json!({
        "Node": data_type(json!([required("Next", "Node"), required("String", "String")])),
        "Result": data_type(json!([required("Client", "Client")])),
        "Client": data_type(json!([required("fn", "Array of Integer")])),
        "Empty": data_type(json!([])),
    });
    spec("odd", "2021-03-31", actions, types)
}

/// Returns the program on the front page of the crate in a folder.
#[track_caller]
fn program(folder: &Path) -> String {
    let page = read(&folder.join("src/lib.rs"));
    let lines = page.lines().skip_while(|line| *line != "//! ```no_run");
    let program = lines.skip(1).take_while(|line| *line != "//! ```");
    let program: Vec<&str> = program
        .map(|line| line.strip_prefix("//! ").unwrap_or_default())
        .collect();
    assert!(!program.is_empty(), "{page}");
    program.join("\n")
}

#[test]
fn programs_compile() {
    let place = super::TestFolder::with(&[unusual_service()]);
    let root = place.folder.path().join("team");
    let members = "[workspace]\nresolver = \"3\"\nmembers = [\"clients/*\", \"app\"]\n";
    write(&root.join("Cargo.toml"), members);
    let clients = root.join("clients");
    let generate = |arguments: &[&str]| {
        let out = ["generate", "--out", shown(&clients)];
        run(&[&out, arguments].concat()).succeeded();
    };
    generate(&["--specs", shown(&place.specs())]);
    for (service, action, _) in SAMPLES {
        let of_catalogue = ["--site", "intl", "--service", service];
        let action = action.map(|action| ["--action", action]);
        generate(&[&of_catalogue[..], action.as_ref().map_or(&[], |of| of)].concat());
    }
    assert!(
        !clients.join("Cargo.toml").exists(),
        "a workspace within one"
    );

    let mut manifest = "[package]\nname = \"app\"\nedition = \"2024\"\n\n[dependencies]\n\
        tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }\n"
        .to_owned();
    let mut add = |service: &str, folder: &Path| {
        let program = program(folder);
        let path = root.join(format!("app/src/bin/{}.rs", service.replace('-', "_")));
        write(&path, &program);
        let path = shown(folder);
        manifest.push_str(&format!(
            "tencentcloud-{service} = {{ path = {path:?}, default-features = false }}\n"
        ));
        program
    };
    for (service, _, expect) in SAMPLES {
        let program = add(service, &clients.join(service));
        assert!(program.contains(expect), "{program}");
    }
    let program = add("odd", &clients.join("odd"));
    for expect in [".r#match()", ".r#type(\"type\")", "response.r#match"] {
        assert!(program.contains(expect), "{program}");
    }
    // The committed crates, in their own workspace.
    let generated = fs::read_dir(workspace().join("generated")).expect("the crates");
    for entry in generated {
        let folder = entry.expect("a folder").path();
        let service = folder.file_name().expect("a name");
        add(service.to_str().expect("letters"), &folder);
    }
    write(&root.join("app/Cargo.toml"), manifest);
    lock(&root);
    cargo(&root, &["check", "--workspace"], &[]);
}
