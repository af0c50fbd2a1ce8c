//! `generate` as it is called: what it prints, what it writes, what it leaves alone, and that what it writes compiles.

mod command;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use command::{Outcome, files, outcome, read, run, shown, tree, workspace, write};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A parameter, whose description is its name.
fn field(name: &str, of: &str) -> Value {
    json!({"name": name, "type": of, "description": format!("The {name}.")})
}

fn action(request: Value, response: Value) -> Value {
    json!({
        "description": "Does something.",
        "request": request,
        "response": response,
        "errors": [],
        "examples": [],
    })
}

fn data_type(fields: Value) -> Value {
    json!({"description": "A thing.", "fields": fields})
}

fn spec(service: &str, version: &str, actions: Value, types: Value) -> Value {
    json!({
        "format": 1,
        "service": service,
        "version": version,
        "endpoint": format!("{service}.intl.tencentcloudapi.com"),
        "actions": actions,
        "types": types,
    })
}

/// A place with the folder `specs`, and with `out` to generate into, which is not there yet.
struct Place {
    folder: TempDir,
}

impl Place {
    fn with(specs: &[Value]) -> Place {
        let place = Place {
            folder: TempDir::new().expect("a folder"),
        };
        for spec in specs {
            place.put(spec);
        }
        place
    }

    fn put(&self, spec: &Value) {
        let text = |key: &str| spec[key].as_str().expect("a text");
        let file = format!("{}/{}.json", text("service"), text("version"));
        let text = serde_json::to_string_pretty(spec).expect("JSON");
        write(&self.specs().join(file), text);
    }

    fn specs(&self) -> PathBuf {
        self.folder.path().join("specs")
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    fn generate(&self, arguments: &[&str]) -> Outcome {
        let (specs, out) = (self.specs(), self.out());
        let first = ["generate", "--specs", shown(&specs), "--out", shown(&out)];
        run(&[&first, arguments].concat())
    }

    fn read(&self, file: &str) -> String {
        read(&self.out().join(file))
    }

    /// The structs of a service's version, but for the builders.
    fn structs(&self, version: &str) -> BTreeSet<String> {
        let folder = self.out().join(version);
        let files = files(&folder);
        let texts = files.iter().map(|file| read(&folder.join(file)));
        let mut structs = BTreeSet::new();
        for text in texts {
            for line in text.lines() {
                let Some(name) = line.strip_prefix("pub struct ") else {
                    continue;
                };
                let end = name.find(|c: char| !c.is_alphanumeric() && c != '_');
                let name = &name[..end.unwrap_or(name.len())];
                if !name.ends_with("Builder") {
                    structs.insert(name.to_owned());
                }
            }
        }
        structs
    }
}

fn set<const N: usize>(names: [&str; N]) -> BTreeSet<String> {
    names.map(str::to_owned).into()
}

/// Two services, one of them in two versions.
fn mall() -> Vec<Value> {
    let types = || {
        json!({
            "Item": data_type(json!([field("Price", "Price"), field("Inside", "Array of Item")])),
            "Price": data_type(json!([field("Amount", "Float")])),
            "Shelf": data_type(json!([field("Rows", "Array of Row")])),
            "Row": data_type(json!([field("Shelf", "Shelf")])),
            "Unused": data_type(json!([])),
        })
    };
    let order = || {
        action(
            json!([field("Items", "Array of Item")]),
            json!([field("Id", "String")]),
        )
    };
    let look = action(json!([]), json!([field("Shelf", "Shelf")]));
    let ping = || action(json!([]), json!([]));
    vec![
        spec(
            "shop",
            "2018-01-02",
            json!({"Order": order(), "Ping": ping()}),
            types(),
        ),
        spec(
            "shop",
            "2021-03-31",
            json!({"Order": order(), "Look": look, "Ping": ping()}),
            types(),
        ),
        spec(
            "bank",
            "2021-03-31",
            json!({"Transfer": ping(), "Ping": ping()}),
            json!({}),
        ),
    ]
}

#[test]
fn everything_is_generated_where_nothing_is_named() {
    let place = Place::with(&mall());
    let outcome = place.generate(&[]);
    assert_eq!(
        outcome.succeeded(),
        "read  3 versions of 2 services: 7 actions; 0 warnings\nwrote 20 of 20 files: 20 new, 0 changed, 0 removed\n"
    );
    assert_eq!(outcome.err, "");
    assert_eq!(
        files(&place.out()),
        [
            "Cargo.toml",
            "bank/Cargo.toml",
            "bank/src/lib.rs",
            "bank/src/v20210331/client.rs",
            "bank/src/v20210331/mod.rs",
            "bank/src/v20210331/ping.rs",
            "bank/src/v20210331/transfer.rs",
            "shop/Cargo.toml",
            "shop/src/lib.rs",
            "shop/src/v20180102/client.rs",
            "shop/src/v20180102/mod.rs",
            "shop/src/v20180102/order.rs",
            "shop/src/v20180102/ping.rs",
            "shop/src/v20180102/types.rs",
            "shop/src/v20210331/client.rs",
            "shop/src/v20210331/look.rs",
            "shop/src/v20210331/mod.rs",
            "shop/src/v20210331/order.rs",
            "shop/src/v20210331/ping.rs",
            "shop/src/v20210331/types.rs",
        ]
        .map(str::to_owned)
    );
    let manifest = place.read("Cargo.toml");
    assert!(
        manifest.contains("members = [\n    \"bank\",\n    \"shop\",\n]\n"),
        "{manifest}"
    );
    // Whoever looks at a file sees that it is not to be edited.
    for file in files(&place.out()) {
        let text = place.read(&file);
        let first = text.lines().next().unwrap_or_default();
        assert!(
            first.contains("@generated by `cargo xtask generate`. Do not edit"),
            "{file}: {first}"
        );
    }
    assert_eq!(
        place.structs("shop/src/v20210331"),
        set([
            "Client",
            "Item",
            "LookRequest",
            "LookResponse",
            "OrderRequest",
            "OrderResponse",
            "PingRequest",
            "Price",
            "Row",
            "Shelf",
            "Unused",
        ])
    );
}

#[test]
fn generating_again_changes_nothing() {
    let place = Place::with(&mall());
    for arguments in [&[][..], &["--action", "Order"], &["--service", "bank"]] {
        place.generate(arguments).succeeded();
        let before = tree(&place.out());
        let outcome = place.generate(arguments);
        let out = outcome.succeeded();
        assert!(
            out.contains("wrote 0 of ") && out.ends_with(": 0 new, 0 changed, 0 removed\n"),
            "{out}"
        );
        assert_eq!(tree(&place.out()), before);
    }
}

#[test]
fn services_are_generated_beside_those_that_are_there() {
    let place = Place::with(&mall());
    let outcome = place.generate(&["--service", "bank"]);
    assert!(
        outcome
            .succeeded()
            .starts_with("read  1 version of 1 service: 2 actions; 0 warnings\n"),
        "{}",
        outcome.out
    );
    assert!(!place.out().join("shop").exists());
    let members = |place: &Place| {
        let manifest = place.read("Cargo.toml");
        let (_, rest) = manifest.split_once("members = [\n").expect("members");
        let (members, _) = rest.split_once(']').expect("their end");
        members.split_whitespace().collect::<String>()
    };
    assert_eq!(members(&place), "\"bank\",");

    let bank = tree(&place.out().join("bank"));
    // What a person put there is theirs, also where it is a crate of the workspace.
    write(
        &place.out().join("own/Cargo.toml"),
        "[package]\nname = \"own\"\n",
    );
    write(&place.out().join("notes/text.md"), "Notes.\n");
    place.generate(&["--service", "shop"]).succeeded();
    assert_eq!(members(&place), "\"bank\",\"own\",\"shop\",");
    assert_eq!(tree(&place.out().join("bank")), bank);
    assert_eq!(place.read("own/Cargo.toml"), "[package]\nname = \"own\"\n");
    assert_eq!(place.read("notes/text.md"), "Notes.\n");
}

#[test]
fn an_action_brings_the_types_that_it_is_made_of_and_no_other() {
    let place = Place::with(&mall());
    let outcome = place.generate(&["--service", "shop", "--action", "Order"]);
    assert!(
        outcome
            .succeeded()
            .starts_with("read  2 versions of 1 service: 2 actions; 0 warnings\n"),
        "{}",
        outcome.out
    );
    for version in ["v20180102", "v20210331"] {
        assert_eq!(
            place.structs(&format!("shop/src/{version}")),
            set(["Client", "Item", "OrderRequest", "OrderResponse", "Price"])
        );
    }

    // An action that one version has is generated of that version.
    place.generate(&["--action", "Look"]).succeeded();
    assert_eq!(
        place.structs("shop/src/v20210331"),
        set(["Client", "LookRequest", "LookResponse", "Row", "Shelf"])
    );
    assert!(
        !place.out().join("shop/src/v20180102").exists(),
        "the version without the action is gone"
    );
    assert!(!place.out().join("bank").exists());

    let both = ["--action", "Order", "--action", "Look", "--action", "Order"];
    place.generate(&both).succeeded();
    assert_eq!(
        place.structs("shop/src/v20210331"),
        set([
            "Client",
            "Item",
            "LookRequest",
            "LookResponse",
            "OrderRequest",
            "OrderResponse",
            "Price",
            "Row",
            "Shelf",
        ])
    );
    assert_eq!(
        place.structs("shop/src/v20180102"),
        set(["Client", "Item", "OrderRequest", "OrderResponse", "Price"])
    );
}

#[test]
fn an_action_is_generated_of_every_service_that_has_it() {
    let place = Place::with(&mall());
    place.generate(&["--action", "Ping"]).succeeded();
    for version in [
        "bank/src/v20210331",
        "shop/src/v20180102",
        "shop/src/v20210331",
    ] {
        assert_eq!(
            place.structs(version),
            set(["Client", "PingRequest"]),
            "{version}"
        );
    }
    // One action of each service.
    let place = Place::with(&mall());
    let two = ["--action", "Transfer", "--action", "Look"];
    place.generate(&two).succeeded();
    assert_eq!(
        place.structs("bank/src/v20210331"),
        set(["Client", "TransferRequest"])
    );
    assert_eq!(
        place.structs("shop/src/v20210331"),
        set(["Client", "LookRequest", "LookResponse", "Row", "Shelf"])
    );
}

#[test]
fn an_action_is_the_same_whatever_is_generated_beside_it() {
    let place = Place::with(&mall());
    place.generate(&[]).succeeded();
    let whole = place.read("shop/src/v20210331/order.rs");
    place.generate(&["--action", "Order"]).succeeded();
    assert_eq!(place.read("shop/src/v20210331/order.rs"), whole);
}

#[test]
fn the_files_of_an_action_that_is_gone_go() {
    let mut mall = mall();
    let place = Place::with(&mall);
    place.generate(&[]).succeeded();
    let own = place.out().join("shop/src/v20210331/own.rs");
    write(&own, "// Written by hand.\n");
    let look = place.out().join("shop/src/v20210331/look.rs");
    assert!(look.exists());

    let actions = mall[1]["actions"].as_object_mut().expect("the actions");
    actions.remove("Look");
    place.put(&mall[1]);
    let outcome = place.generate(&[]);
    assert!(
        outcome.succeeded().contains(", 1 removed\n"),
        "{}",
        outcome.out
    );
    assert!(!look.exists());
    assert!(own.exists(), "what a person wrote stays");

    fs::remove_file(place.specs().join("shop/2018-01-02.json")).expect("the spec is there");
    place.generate(&[]).succeeded();
    assert!(
        !place.out().join("shop/src/v20180102").exists(),
        "a version that is gone leaves no folder"
    );
}

#[test]
fn what_is_not_there_is_told_with_what_was_meant_and_nothing_is_written() {
    let place = Place::with(&mall());
    let specs = place.specs();
    let specs = specs.display();
    let cases: [(&[&str], String); 8] = [
        (
            &["--service", "shops"],
            format!("{specs} has no service `shops`; it has `shop`"),
        ),
        (
            &["--service", "bank", "--service", "post"],
            format!("{specs} has no service `post`"),
        ),
        (
            &["--action", "Ordr"],
            "no spec has an action `Ordr`; there is `Order`".to_owned(),
        ),
        (
            &["--action", "Order", "--action", "Destroy"],
            "no spec has an action `Destroy`".to_owned(),
        ),
        // The hint is there as well where the service is named.
        (
            &["--service", "shop", "--action", "Ordr"],
            "no spec has an action `Ordr`; there is `Order`".to_owned(),
        ),
        (
            &[
                "--service",
                "bank",
                "--action",
                "Transfre",
                "--action",
                "Ping",
            ],
            "no spec has an action `Transfre`; there is `Transfer`".to_owned(),
        ),
        (
            &["--service", "bank", "--action", "Order"],
            "no spec has an action `Order`".to_owned(),
        ),
        (
            &[
                "--service",
                "bank",
                "--service",
                "shop",
                "--action",
                "Order",
            ],
            format!("none of the actions is in {specs}/bank/2021-03-31.json"),
        ),
    ];
    for (arguments, expect) in cases {
        let outcome = place.generate(arguments);
        assert_eq!(
            outcome.failed(),
            format!("error: {expect}\n"),
            "{arguments:?}"
        );
        assert_eq!(outcome.out, "");
        assert_eq!(tree(&place.out()), None, "{arguments:?}");
    }
}

#[test]
fn wrong_usage_writes_nothing_and_exits_with_2() {
    let place = Place::with(&mall());
    for arguments in [&["--service"][..], &["--action"], &["--all"], &["shop"]] {
        let outcome = place.generate(arguments);
        assert_eq!(outcome.code, Some(2), "{arguments:?}");
        assert_eq!(outcome.out, "");
        assert_eq!(tree(&place.out()), None);
    }
    // It has to be said where to.
    let outcome = run(&["generate", "--specs", shown(&place.specs())]);
    assert_eq!(outcome.code, Some(2));
    assert!(outcome.err.contains("--out <DIR>"), "{}", outcome.err);
}

#[test]
fn specs_that_cannot_be_read_are_told_with_their_place_and_nothing_is_written() {
    let place = Place::with(&mall());
    let file = place.specs().join("shop/2021-03-31.json");
    let whole = read(&file);
    // Nothing there yet, and then a workspace that would change.
    for round in 0..2 {
        for (from, to, expect) in [
            (
                "\"format\": 1",
                "\"format\": 2",
                ":2:13: format 2 is not supported: this program reads format 1\n",
            ),
            (
                "\"format\": 1,",
                "\"format\": 1",
                ":3:3: expected `,` or `}`\n",
            ),
            (
                "\"type\": \"Float\"",
                "\"type\": \"Some words\"",
                ": `Some words` is not a type: expected `String`, `Integer`, …, the name of a data type, or `Array of` one \
                 of them\n",
            ),
            (
                "\"name\": \"Amount\"",
                "\"name\": \"The amount\"",
                ": types.Price.The amount: `The amount` is not a name: expected letters, digits and underscores\n",
            ),
            (
                "\"service\": \"shop\"",
                "\"service\": \"bank\"",
                " is the spec of bank 2021-03-31: its name must say so\n",
            ),
            (
                "\"version\": \"2021-03-31\"",
                "\"version\": \"2021-04-01\"",
                " is the spec of shop 2021-04-01: its name must say so\n",
            ),
        ] {
            let broken = whole.replacen(from, to, 1);
            assert_ne!(broken, whole, "{from}");
            write(&file, broken);
            let before = tree(&place.out());
            for arguments in [&[][..], &["--action", "Order"]] {
                let outcome = place.generate(arguments);
                let told = outcome.failed();
                let start = format!("error: {}", file.display());
                assert!(told.starts_with(&start), "{told}");
                assert!(told.ends_with(expect), "{told}");
                assert_eq!(tree(&place.out()), before);
            }
        }
        write(&file, &whole);
        if round == 0 {
            place.generate(&["--action", "Ping"]).succeeded();
        }
    }
    // A service that is not asked for may be as it is.
    write(&file, "{");
    place.generate(&["--service", "bank"]).succeeded();
}

#[test]
fn where_there_are_no_specs_nothing_is_generated() {
    let place = Place::with(&[]);
    let specs = place.specs();
    let outcome = place.generate(&[]);
    let start = format!("error: cannot list {}: ", specs.display());
    assert!(outcome.failed().starts_with(&start), "{}", outcome.err);
    fs::create_dir_all(specs.join("shop/pages")).expect("a folder");
    let outcome = place.generate(&[]);
    let expect = format!("error: no service has a spec in {}\n", specs.display());
    assert_eq!(outcome.failed(), expect);
    assert_eq!(tree(&place.out()), None);
}

#[test]
fn a_file_that_is_not_generated_is_not_overwritten() {
    for file in [
        "Cargo.toml",
        "shop/Cargo.toml",
        "shop/src/v20210331/order.rs",
    ] {
        let place = Place::with(&mall());
        // The crates of `regenerate` have tests that those of this command do not have.
        for text in [
            "# Written by hand.\n",
            "# @generated by `cargo xtask regenerate`. Do not edit.\n",
        ] {
            let own = place.out().join(file);
            write(&own, text);
            let before = tree(&place.out());
            let outcome = place.generate(&[]);
            let expect = format!(
                "error: {} is there already, and this command did not generate it: move it away, or generate into another folder\n",
                own.display()
            );
            assert_eq!(outcome.failed(), expect);
            assert_eq!(tree(&place.out()), before);
        }
    }
}

#[test]
fn two_commands_do_not_write_in_one_folder_at_once() {
    let place = Place::with(&mall());
    fs::create_dir_all(place.out()).expect("a folder");
    let other = fs::File::open(place.out()).expect("the folder");
    other.lock().expect("a lock, as a command takes it");
    let outcome = place.generate(&[]);
    let expect = format!(
        "error: another command is writing in {}: run this again once it has ended\n",
        place.out().display()
    );
    assert_eq!(outcome.failed(), expect);
    assert_eq!(files(&place.out()), [""; 0]);
    drop(other);
    place.generate(&[]).succeeded();
}

#[test]
fn a_failure_leaves_no_folder_that_was_not_there() {
    let place = Place::with(&mall());
    write(&place.specs().join("shop/2021-03-31.json"), "{");
    let out = place.folder.path().join("deep/down/out");
    let specs = place.specs();
    let outcome = run(&["generate", "--specs", shown(&specs), "--out", shown(&out)]);
    outcome.failed();
    assert!(!place.folder.path().join("deep").exists());
    let outcome = run(&[
        "generate",
        "--specs",
        shown(&specs),
        "--out",
        shown(&out),
        "--service",
        "bank",
    ]);
    outcome.succeeded();
    assert!(out.join("bank/src/lib.rs").is_file());
}

#[test]
fn types_that_no_spec_defines_are_told() {
    let actions = json!({
        "Order": action(json!([field("Colour", "Colour")]), json!([])),
        "Look": action(json!([]), json!([field("Shelf", "Shelf")])),
    });
    let place = Place::with(&[spec("shop", "2021-03-31", actions, json!({}))]);
    let outcome = place.generate(&["--action", "Order"]);
    assert!(
        outcome.succeeded().contains("1 action; 1 warning\n"),
        "{}",
        outcome.out
    );
    assert_eq!(
        outcome.err,
        "warning: the spec of `shop` 2021-03-31 does not define `Colour`, so that actions.Order.request.Colour and its like \
         are untyped\n\n"
    );
}

/// Runs cargo in a workspace that was generated; every warning is an error.
#[track_caller]
fn cargo(workspace: &Path, arguments: &[&str]) {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("generate");
    let mut command = Command::new(env::var_os("CARGO").expect("cargo runs the test"));
    command
        .args(arguments)
        .args(["--quiet", "--offline"])
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTFLAGS", "-Dwarnings")
        .env("RUSTDOCFLAGS", "-Dwarnings");
    let outcome = outcome(&mut command);
    assert_eq!(outcome.code, Some(0), "{}", outcome.err);
    assert_eq!(outcome.err, "");
}

/// Copies the list of dependencies with their versions, which cargo could not ask for without a network.
fn lock(out: &Path) {
    let from = workspace().join("Cargo.lock");
    fs::copy(from, out.join("Cargo.lock")).expect("the list is there");
}

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

/// A service whose names and texts are as bad as names and texts may be.
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
        // Direct, by way of one another, and through lists.
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
fn what_is_generated_compiles_without_a_warning() {
    let mut specs = mall();
    specs.push(hostile());
    let place = Place::with(&specs);
    place.generate(&[]).succeeded();
    let method = "    #[deprecated = \"the documentation advises against its use\"]\n    #[inline]\n    pub fn ";
    for (action, is_deprecated) in [("deprecated", true), ("lower", false)] {
        let text = place.read(&format!("hostile/src/v20210331/{action}.rs"));
        assert_eq!(text.contains(method), is_deprecated, "{action}");
    }
    lock(&place.out());
    cargo(&place.out(), &["check", "--workspace", "--all-targets"]);
}

#[test]
fn what_is_generated_of_some_actions_compiles_without_a_warning() {
    let mut specs = mall();
    specs.push(hostile());
    let place = Place::with(&specs);
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
    cargo(&place.out(), &["check", "--workspace"]);
}

#[test]
fn the_documentation_of_what_is_generated_has_no_warnings() {
    let place = Place::with(&[hostile()]);
    place.generate(&[]).succeeded();
    lock(&place.out());
    cargo(&place.out(), &["doc", "--workspace", "--no-deps"]);
}
