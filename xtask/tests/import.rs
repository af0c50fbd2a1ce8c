//! `import` as it is called: what it prints, what it writes, what it leaves alone.

mod command;

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use command::{Outcome, files, read, run, shown, tree, workspace, write};
use serde_json::{Value, json};
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const INTL: &str = "tccli_intl_en-3.1.5.dist-info/METADATA";
const INTL_TEXT: &str = "Name: tccli-intl-en\nVersion: 3.1.5\n";

/// The place of a service's metadata in its package.
fn place(service: &str, version: &str, file: &str) -> String {
    let version = version.replace('-', "");
    format!("tccli/services/{service}/v{version}/{file}")
}

/// A parameter with more keys.
fn member(name: &str, kind: &str, of: &str, more: Value) -> Value {
    let mut member = json!({"name": name, "type": kind, "member": of, "document": ""});
    for (key, value) in more.as_object().expect("keys") {
        member[key] = value.clone();
    }
    member
}

/// Metadata of a version: actions with their requests and responses, and data types.
fn api(
    service: &str,
    version: &str,
    actions: &[(&str, Value, Value)],
    types: &[(&str, Value)],
) -> String {
    let mut api = json!({
        "metadata": {"apiVersion": version, "serviceShortName": service},
        "actions": {},
        "objects": {},
    });
    for (name, request, response) in actions {
        let message = |side: &str| format!("{name}{side}");
        api["actions"][name] = json!({
            "document": format!("By the metadata: {name}."),
            "input": message("Request"),
            "output": message("Response"),
        });
        api["objects"][message("Request")] = json!({"document": "", "members": request});
        api["objects"][message("Response")] = json!({"document": "", "members": response});
    }
    for (name, members) in types {
        api["objects"][name] = json!({"document": "", "members": members});
    }
    api.to_string()
}

/// Two services, one of them in two versions.
fn mall() -> Vec<(String, String)> {
    let order = |service: &str, version: &str, action: &str| {
        let request = json!([
            member(
                "Count",
                "int",
                "uint64",
                json!({"required": true, "document": "How many."})
            ),
            member("Price", "object", "Price", json!({})),
        ]);
        let response = json!([
            member("Id", "string", "string", json!({})),
            member("RequestId", "string", "string", json!({})),
        ]);
        let types = [(
            "Price",
            json!([member("Amount", "float", "float", json!({}))]),
        )];
        let text = api(service, version, &[(action, request, response)], &types);
        (place(service, version, "api.json"), text)
    };
    let examples = json!({"actions": {"Order": [{
        "title": "One",
        "document": "",
        "input": r#"{"Count": 1}"#,
        "output": r#"{"Response": {"Id": "o-1"}}"#,
    }]}});
    vec![
        order("shop", "2021-03-31", "Order"),
        (
            place("shop", "2021-03-31", "examples.json"),
            examples.to_string(),
        ),
        order("shop", "2018-01-02", "Order"),
        order("bank", "2021-03-31", "Transfer"),
        (INTL.to_owned(), INTL_TEXT.to_owned()),
    ]
}

/// A place to work in.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Place {
        Place {
            folder: TempDir::new().expect("a folder"),
        }
    }

    /// A place with a package in the folder `package`.
    fn with(files: &[(String, String)]) -> Place {
        let place = Place::new();
        place.pack(files);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn specs(&self) -> PathBuf {
        self.path("specs")
    }

    /// Writes a package into the folder `package`, in the place of what was there.
    fn pack(&self, files: &[(String, String)]) {
        let package = self.path("package");
        if package.exists() {
            fs::remove_dir_all(&package).expect("the folder goes");
        }
        for (name, text) in files {
            write(&package.join(name), text);
        }
    }

    /// Imports from the package in the folder `package` into the folder `specs`.
    fn import(&self, arguments: &[&str]) -> Outcome {
        self.import_from("package", arguments)
    }

    fn import_from(&self, package: &str, arguments: &[&str]) -> Outcome {
        let (package, specs) = (self.path(package), self.specs());
        let first = ["import", shown(&package), "--specs", shown(&specs)];
        run(&[&first, arguments].concat())
    }

    fn regenerate(&self) -> Outcome {
        run(&["regenerate", "--root", shown(self.folder.path())])
    }

    fn spec(&self, file: &str) -> Value {
        serde_json::from_str(&read(&self.specs().join(file))).expect("a spec is JSON")
    }

    /// Writes a spec in which something is corrected by hand.
    fn correct(&self, file: &str, correct: impl FnOnce(&mut Value)) {
        let mut spec = self.spec(file);
        correct(&mut spec);
        let mut text = serde_json::to_string_pretty(&spec).expect("JSON");
        text.push('\n');
        write(&self.specs().join(file), text);
    }
}

fn names(object: &Value) -> Vec<&str> {
    let object = object.as_object().expect("an object");
    object.keys().map(String::as_str).collect()
}

#[test]
fn a_service_is_imported_with_all_its_versions_and_no_other() {
    let place = Place::with(&mall());
    let outcome = place.import(&["--service", "shop"]);
    assert_eq!(
        outcome.succeeded(),
        "read  2 versions of 1 service on the international site: 2 actions, 2 data types; 0 errors, 0 warnings\n\
         wrote 2 of 2 files: 2 new, 0 changed, 0 removed\n"
    );
    assert_eq!(outcome.err, "");
    assert_eq!(
        files(&place.specs()),
        ["shop/2018-01-02.json", "shop/2021-03-31.json"]
    );
    let order = |examples: Value| {
        json!({
            "description": "By the metadata: Order.",
            "access": "write",
            "request": [
                {"name": "Count", "type": "Integer", "format": "uint64", "required": true, "description": "How many."},
                {"name": "Price", "type": "Price", "description": ""},
            ],
            "response": [{"name": "Id", "type": "String", "description": ""}],
            "errors": [],
            "examples": examples,
        })
    };
    let spec = |version: &str, examples: Value| {
        json!({
            "format": 1,
            "service": "shop",
            "version": version,
            "endpoint": "shop.intl.tencentcloudapi.com",
            "actions": {"Order": order(examples)},
            "types": {"Price": {
                "description": "",
                "fields": [{"name": "Amount", "type": "Float", "description": ""}],
            }},
            "imported": {"package": "tccli-intl-en", "version": "3.1.5"},
        })
    };
    let example = json!([{"title": "One", "request": {"Count": 1}, "response": {"Id": "o-1"}}]);
    assert_eq!(
        place.spec("shop/2018-01-02.json"),
        spec("2018-01-02", json!([]))
    );
    assert_eq!(
        place.spec("shop/2021-03-31.json"),
        spec("2021-03-31", example)
    );
}

#[test]
fn importing_again_changes_nothing() {
    let place = Place::with(&mall());
    place.import(&["--all"]).succeeded();
    let before = tree(&place.specs());
    let outcome = place.import(&["--all"]);
    assert_eq!(
        outcome.succeeded(),
        "read  3 versions of 2 services on the international site: 3 actions, 3 data types; 0 errors, 0 warnings\n\
         wrote 0 of 3 files: 0 new, 0 changed, 0 removed\n"
    );
    assert_eq!(tree(&place.specs()), before);
    // Nor does making the specs anew of what they are made of.
    let outcome = place.regenerate();
    assert!(
        outcome.succeeded().contains(", 0 changed, "),
        "{}",
        outcome.out
    );
    assert_eq!(tree(&place.specs()), before);
}

#[test]
fn several_services_are_imported_where_several_are_named() {
    let place = Place::with(&mall());
    let outcome = place.import(&[
        "--service",
        "shop",
        "--service",
        "bank",
        "--service",
        "shop",
    ]);
    assert!(
        outcome
            .succeeded()
            .starts_with("read  3 versions of 2 services "),
        "{}",
        outcome.out
    );
    assert_eq!(
        files(&place.specs()),
        [
            "bank/2021-03-31.json",
            "shop/2018-01-02.json",
            "shop/2021-03-31.json"
        ]
    );
}

#[test]
fn the_site_is_that_of_the_package_or_the_one_that_is_asked_for() {
    let mut mall = mall();
    let intl = "shop.intl.tencentcloudapi.com";
    let mainland = "shop.tencentcloudapi.com";
    for (distribution, arguments, expect) in [
        (Some("tccli-intl-en"), &[][..], intl),
        (Some("tccli"), &[], mainland),
        (None, &[], intl),
        (Some("tccli"), &["--site", "intl"], intl),
        (Some("tccli-intl-en"), &["--site", "mainland"], mainland),
        (None, &["--site", "mainland"], mainland),
    ] {
        mall.truncate(4);
        mall.extend(distribution.map(|name| {
            let text = format!("Name: {name}\nVersion: 3.1.5\n");
            ("it-3.1.5.dist-info/METADATA".to_owned(), text)
        }));
        let place = Place::with(&mall);
        let outcome = place.import(&[&["--service", "shop"], arguments].concat());
        let site = match expect == intl {
            true => " on the international site: ",
            false => " on the site of mainland China: ",
        };
        assert!(outcome.succeeded().contains(site), "{}", outcome.out);
        let spec = place.spec("shop/2021-03-31.json");
        assert_eq!(spec["endpoint"], expect);
        assert_eq!(
            spec["imported"]["package"].as_str(),
            distribution,
            "{arguments:?}"
        );
    }
}

#[test]
fn facts_alone_are_imported_where_they_are_asked_for() {
    let place = Place::with(&mall());
    place
        .import(&["--service", "shop", "--facts-only"])
        .succeeded();
    let spec = place.spec("shop/2021-03-31.json");
    let order = &spec["actions"]["Order"];
    assert_eq!(order["description"], "");
    assert_eq!(order["examples"], json!([]));
    assert_eq!(order["request"][0]["description"], "");
    assert_eq!(order["request"][0]["required"], true);
    assert_eq!(order["request"][0]["format"], "uint64");
}

#[test]
fn error_codes_come_from_a_package_of_their_own() {
    let place = Place::with(&mall());
    let codes = "# None is left.\nSOLDOUT = 'SoldOut'\n\nCLOSED = 'Closed'\n";
    write(
        &place.path("sdk/tencentcloud/shop/v20210331/errorcodes.py"),
        codes,
    );
    let sdk = place.path("sdk");
    let outcome = place.import(&["--service", "shop", "--error-codes", shown(&sdk)]);
    assert!(
        outcome.succeeded().contains("; 0 errors, 1 warning\n"),
        "{}",
        outcome.out
    );
    assert_eq!(
        outcome.err,
        "warning: shop 2018-01-02 has no error codes in the package of those\n"
    );
    assert_eq!(
        place.spec("shop/2021-03-31.json")["errors"],
        json!([
            {"code": "SoldOut", "description": "None is left."},
            {"code": "Closed", "description": ""},
        ])
    );
    assert_eq!(place.spec("shop/2018-01-02.json").get("errors"), None);

    let facts = [
        "--service",
        "shop",
        "--facts-only",
        "--error-codes",
        shown(&sdk),
    ];
    place.import(&facts).succeeded();
    assert_eq!(
        place.spec("shop/2021-03-31.json")["errors"][0],
        json!({"code": "SoldOut", "description": ""})
    );

    // The metadata alone says nothing of them.
    let outcome = place.import(&["--service", "shop"]);
    outcome.succeeded();
    assert_eq!(
        outcome.err,
        "warning: shop 2021-03-31 loses its error codes, which --error-codes would bring again\n"
    );
    assert_eq!(place.spec("shop/2021-03-31.json").get("errors"), None);
    let outcome = place.import(&["--service", "shop"]);
    outcome.succeeded();
    assert_eq!(outcome.err, "");
}

#[test]
fn error_codes_that_cannot_be_read_leave_everything_as_it_is() {
    let place = Place::with(&mall());
    let sdk = place.path("sdk");
    let file = "tencentcloud/shop/v20210331/errorcodes.py";
    for (text, expect) in [
        (
            "import sys\n",
            format!(
                "{}:1:1: expected a comment, or a line `NAME = 'Code'`\n",
                shown(&sdk.join(file))
            ),
        ),
        (
            "BAD = 'a b'\n",
            format!(
                "{}:1:1: expected a comment, or a line `NAME = 'Code'`\n",
                shown(&sdk.join(file))
            ),
        ),
    ] {
        write(&sdk.join(file), text);
        let outcome = place.import(&["--service", "shop", "--error-codes", shown(&sdk)]);
        let told = outcome.failed();
        assert!(told.starts_with("error: cannot import shop: "), "{told}");
        assert!(told.ends_with(&expect), "{told}");
        assert_eq!(tree(&place.specs()), None);
    }
    // The packages may have been given the wrong way round.
    let package = place.path("package");
    let outcome = place.import(&["--service", "shop", "--error-codes", shown(&package)]);
    assert!(
        outcome.failed().contains(
            "holds no metadata: expected files like tencentcloud/<service>/v<date>/errorcodes.py in it"
        ),
        "{}",
        outcome.err
    );
    assert_eq!(tree(&place.specs()), None);
}

#[test]
fn wrong_usage_writes_nothing_and_exits_with_2() {
    let place = Place::with(&mall());
    for arguments in [
        &[][..],
        &["--facts-only"],
        &["--service"],
        &["--service", "shop", "--all"],
        &["--all", "--site", "moon"],
        &["--all", "--error-codes"],
        &["--all", "another/package"],
    ] {
        let outcome = place.import(arguments);
        assert_eq!(outcome.code, Some(2), "{arguments:?}: {}", outcome.err);
        assert_eq!(outcome.out, "", "{arguments:?}");
        assert!(outcome.err.starts_with("error: "), "{}", outcome.err);
        assert_eq!(tree(&place.specs()), None, "{arguments:?}");
    }
    let outcome = place.import(&[]);
    assert!(
        outcome.err.contains("<--service <NAME>|--all>"),
        "{}",
        outcome.err
    );
    assert_eq!(run(&["import", "--all"]).code, Some(2));
}

#[test]
fn a_service_that_is_not_there_is_told_with_the_one_that_was_meant() {
    let place = Place::with(&mall());
    let package = place.path("package");
    for (name, hint) in [("shops", "; it has `shop`"), ("warehouse", "")] {
        let outcome = place.import(&["--service", "bank", "--service", name]);
        let expect = format!(
            "error: {} has no service `{name}`{hint}\n",
            package.display()
        );
        assert_eq!(outcome.failed(), expect);
        assert_eq!(tree(&place.specs()), None);
    }
}

#[test]
fn a_service_is_found_by_both_of_its_names() {
    let old = |version: &str| {
        let text = api("shop", version, &[("Order", json!([]), json!([]))], &[]);
        (place("store", version, "api.json"), text)
    };
    let new = (
        place("shop", "2021-03-31", "api.json"),
        api(
            "shop",
            "2021-03-31",
            &[("Order", json!([]), json!([]))],
            &[],
        ),
    );
    let place = Place::with(&[old("2018-01-02"), new.clone()]);
    place.import(&["--service", "store"]).succeeded();
    assert_eq!(files(&place.specs()), ["shop/2018-01-02.json"]);
    place.import(&["--service", "shop"]).succeeded();
    assert_eq!(
        files(&place.specs()),
        ["shop/2018-01-02.json", "shop/2021-03-31.json"]
    );

    place.pack(&[old("2021-03-31"), new]);
    let before = tree(&place.specs());
    let outcome = place.import(&["--all"]);
    let told = outcome.failed();
    assert!(
        told.ends_with(" has a version of `shop` twice, in the folders shop, store\n"),
        "{told}"
    );
    assert_eq!(tree(&place.specs()), before);
}

/// A package as a wheel.
fn wheel(files: &[(String, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        let options = SimpleFileOptions::default();
        writer.start_file(name, options).expect("an entry");
        writer.write_all(text.as_bytes()).expect("its text");
    }
    writer.finish().expect("a wheel").into_inner()
}

#[test]
fn a_wheel_is_imported_as_the_folder_that_it_was_packed_from() {
    let place = Place::with(&mall());
    place.import(&["--all"]).succeeded();
    let from_folder = tree(&place.specs());
    fs::remove_dir_all(place.specs()).expect("the folder goes");
    write(&place.path("mall.whl"), wheel(&mall()));
    place.import_from("mall.whl", &["--all"]).succeeded();
    assert_eq!(tree(&place.specs()), from_folder);
}

#[test]
fn a_wheel_that_is_cut_off_leaves_the_folder_as_it_was() {
    let whole = wheel(&mall());
    let place = Place::with(&mall());
    let check = |before| {
        for length in [0, 1, whole.len() / 2, whole.len() - 1] {
            write(&place.path("mall.whl"), &whole[..length]);
            let outcome = place.import_from("mall.whl", &["--all"]);
            let told = outcome.failed();
            let start = format!(
                "error: {} is not a whole wheel: ",
                shown(&place.path("mall.whl"))
            );
            assert!(told.starts_with(&start), "{told}");
            assert!(told.ends_with("; download it again\n"), "{told}");
            assert_eq!(outcome.out, "");
            assert_eq!(tree(&place.specs()), before);
        }
    };
    check(None);
    // One that is there already stays as it is, also where the wheel would have changed it.
    place
        .import(&["--service", "shop", "--facts-only"])
        .succeeded();
    check(tree(&place.specs()));
}

#[test]
fn a_wheel_with_a_broken_entry_leaves_the_folder_as_it_was() {
    // The name of the entry is whole and what it holds is not: all other services would have been staged.
    let mut files = mall();
    files.reverse();
    let mut bytes = wheel(&files);
    let name = place("bank", "2021-03-31", "api.json");
    let at = bytes
        .windows(name.len())
        .position(|window| window == name.as_bytes())
        .expect("the entry");
    let at = at + name.len() + 20;
    bytes[at] = !bytes[at];
    let place = Place::new();
    write(&place.path("mall.whl"), bytes);
    let outcome = place.import_from("mall.whl", &["--all"]);
    let told = outcome.failed();
    let start = format!(
        "error: cannot import bank: {} is not a whole wheel: {name}: ",
        shown(&place.path("mall.whl"))
    );
    assert!(told.starts_with(&start), "{told}");
    assert_eq!(tree(&place.specs()), None);
    // What is whole can still be had.
    place
        .import_from("mall.whl", &["--service", "shop"])
        .succeeded();
    assert_eq!(
        files_of(&place),
        ["shop/2018-01-02.json", "shop/2021-03-31.json"]
    );
}

fn files_of(place: &Place) -> Vec<String> {
    files(&place.specs())
}

#[test]
fn a_failure_leaves_no_folder_that_was_not_there() {
    let mut files = mall();
    files[3].1 = files[3].1.replace("\"uint64\"", "\"uuid\"");
    let place = Place::with(&files);
    let specs = place.path("deep/down/specs");
    let package = place.path("package");
    let outcome = run(&["import", shown(&package), "--all", "--specs", shown(&specs)]);
    let told = outcome.failed();
    let expect = format!(
        "error: cannot import bank: {}: objects.TransferRequest.members.Count: `int` of `uuid` is no type that this program \
         knows\n",
        shown(&package.join(&files[3].0))
    );
    assert_eq!(told, expect);
    assert!(
        !place.path("deep").exists(),
        "all folders that were made go again"
    );
}

#[test]
fn examples_that_cannot_be_read_are_told_with_their_service_and_version() {
    let mut files = mall();
    files[1].1 = files[1].1.replace(r#"{\"Count\": 1}"#, "Order one.");
    let place = Place::with(&files);
    let outcome = place.import(&["--service", "shop"]);
    assert!(
        outcome.succeeded().contains("; 0 errors, 1 warning\n"),
        "{}",
        outcome.out
    );
    assert_eq!(
        outcome.err,
        "warning: shop 2021-03-31 actions.Order[0].input: it is neither a `POST`, nor a URL, nor JSON, so it is left out\n"
    );
    let spec = place.spec("shop/2021-03-31.json");
    assert_eq!(
        spec["actions"]["Order"]["examples"],
        json!([{"title": "One", "response": {"Id": "o-1"}}])
    );
}

#[test]
fn the_metadata_of_the_other_site_is_refused() {
    let place = Place::with(&mall());
    place.import(&["--service", "shop"]).succeeded();
    let before = tree(&place.specs());
    let outcome = place.import(&["--service", "shop", "--site", "mainland"]);
    let expect = format!(
        "error: cannot import shop: {}/shop/2018-01-02.json is of shop.intl.tencentcloudapi.com, and this is of \
         shop.tencentcloudapi.com: import it into another folder, with --specs\n",
        shown(&place.specs())
    );
    assert_eq!(outcome.failed(), expect);
    assert_eq!(tree(&place.specs()), before);
}

#[test]
fn what_the_metadata_does_not_say_any_more_goes() {
    let mut files = mall();
    let place = Place::with(&files);
    place.import(&["--service", "shop"]).succeeded();
    files[0].1 = files[0].1.replace("\"Count\"", "\"Number\"");
    place.pack(&files);
    let outcome = place.import(&["--service", "shop"]);
    assert!(
        outcome
            .succeeded()
            .ends_with("wrote 1 of 2 files: 0 new, 1 changed, 0 removed\n"),
        "{}",
        outcome.out
    );
    let request = place.spec("shop/2021-03-31.json")["actions"]["Order"]["request"].clone();
    let request = request.as_array().expect("parameters").iter();
    let names: Vec<_> = request.map(|field| field["name"].clone()).collect();
    assert_eq!(names, ["Number", "Price"]);
}

/// A listing that comes in pages, as its tables tell.
fn listing() -> Vec<(String, String)> {
    let number = |name: &str| member(name, "int", "int64", json!({}));
    let request = json!([number("Offset"), number("Limit")]);
    let response = json!([
        number("TotalCount"),
        member("Items", "list", "Item", json!({})),
        member("Shelves", "list", "Item", json!({})),
    ]);
    let actions = [
        ("DescribeItems", request, response),
        ("Order", json!([]), json!([])),
    ];
    let types = [("Item", json!([number("Id")]))];
    let text = api("shop", "2021-03-31", &actions, &types);
    vec![(place("shop", "2021-03-31", "api.json"), text)]
}

#[test]
fn what_was_corrected_in_a_spec_survives_importing_again() {
    let place = Place::with(&listing());
    place.import(&["--all"]).succeeded();
    let file = "shop/2021-03-31.json";
    let by_offset = json!({"by": "offset", "items": "Items", "total": "TotalCount"});
    place.correct(file, |spec| {
        assert_eq!(spec["actions"]["Order"]["access"], "write");
        spec["actions"]["Order"]["access"] = "read".into();
        spec["actions"]["DescribeItems"]["pagination"] = by_offset.clone();
    });
    let outcome = place.import(&["--all"]);
    let out = outcome.succeeded();
    assert!(
        out.contains(
            "kept  shop 2021-03-31 actions.Order.access: the action reads; by its name it writes\n"
        ),
        "{out}"
    );
    let spec = place.spec(file);
    assert_eq!(spec["actions"]["Order"]["access"], "read");
    assert_eq!(spec["actions"]["DescribeItems"]["pagination"], by_offset);

    // Also where the metadata has grown meanwhile.
    let mut files = listing();
    files[0].1 = files[0].1.replace("\"Id\"", "\"Identifier\"");
    place.pack(&files);
    place.import(&["--all"]).succeeded();
    let spec = place.spec(file);
    assert_eq!(spec["types"]["Item"]["fields"][0]["name"], "Identifier");
    assert_eq!(spec["actions"]["Order"]["access"], "read");
    assert_eq!(spec["actions"]["DescribeItems"]["pagination"], by_offset);
}

#[test]
fn what_nobody_corrected_is_derived_anew_as_the_metadata_grows() {
    let mut files = listing();
    // With one list alone it is clear which comes in pages.
    files[0].1 = files[0].1.replace("\"Shelves\"", "\"RequestId\"");
    let grown = files.clone();
    files[0].1 = files[0].1.replace("\"TotalCount\"", "\"Age\"");
    let place = Place::with(&files);
    place.import(&["--all"]).succeeded();
    let pagination =
        || place.spec("shop/2021-03-31.json")["actions"]["DescribeItems"]["pagination"].clone();
    assert_eq!(pagination(), json!({"by": "offset", "items": "Items"}));

    place.pack(&grown);
    let outcome = place.import(&["--all"]);
    assert!(!outcome.succeeded().contains("kept "), "{}", outcome.out);
    assert_eq!(
        pagination(),
        json!({"by": "offset", "items": "Items", "total": "TotalCount"})
    );
}

const ADD: &str = "AddOrganizationMemberEmail";
const BIND: &str = "DescribeOrganizationMemberEmailBind";
const VERSION: &str = "organization/2021-03-31.json";
const KEPT: &str = "organization/imports/2021-03-31.json";

/// The pages of the repository, copied.
fn copy_pages(place: &Place) {
    for version in ["2018-12-25", "2021-03-31"] {
        let folder = Path::new("specs/organization/pages").join(version);
        for page in fs::read_dir(workspace().join(&folder)).expect("the pages") {
            let page = page.expect("a page");
            let text = fs::read(page.path()).expect("a page");
            write(
                &place.folder.path().join(&folder).join(page.file_name()),
                text,
            );
        }
    }
}

/// Metadata of the service that has pages: it agrees and knows more, but for one type and two actions.
fn organization() -> Vec<(String, String)> {
    let required = || json!({"required": true});
    let text = |name: &str| member(name, "string", "string", required());
    let email = json!([
        member("MemberUin", "int", "int64", required()),
        text("Email"),
        text("CountryCode"),
        // The page says that it is a string.
        member("Phone", "int", "int64", required()),
        member(
            "Remark",
            "string",
            "string",
            json!({"document": "Only the metadata has it."})
        ),
    ]);
    let bind_id = json!([member(
        "BindId",
        "int",
        "uint64",
        json!({"document": "Otherwise."})
    )]);
    let bind = json!([member("MemberUin", "int", "uint64", required())]);
    let bound: Vec<Value> = [
        "ApplyTime",
        "Email",
        "Phone",
        "BindStatus",
        "BindTime",
        "Description",
        "CountryCode",
    ]
    .into_iter()
    .map(|name| member(name, "string", "string", json!({})))
    .chain(["BindId", "PhoneBind"].map(|name| member(name, "int", "uint64", json!({}))))
    .collect();
    let add_thing = json!([member("Things", "list", "Thing", json!({}))]);
    let actions = [
        (ADD, email, bind_id),
        (BIND, bind, bound.into()),
        ("AddThing", add_thing, json!([])),
    ];
    let types = [("Thing", json!([text("Name")]))];
    let text = api("organization", "2021-03-31", &actions, &types);
    vec![
        (place("organization", "2021-03-31", "api.json"), text),
        (INTL.to_owned(), INTL_TEXT.to_owned()),
    ]
}

const WARNINGS: [&str; 3] = [
    "actions.SendOrgMemberAccountBindEmail: a page has this action, and the metadata does not",
    "actions.UpdateOrganizationMemberEmailBind: a page has this action, and the metadata does not",
    "actions.AddOrganizationMemberEmail.request.Phone: the type is `String` by the page and `Integer` by the metadata; the \
     page counts",
];

fn warnings() -> String {
    let warnings = WARNINGS.iter();
    warnings
        .map(|warning| format!("warning: organization 2021-03-31 {warning}\n\n"))
        .collect()
}

#[test]
fn what_a_page_says_stays_and_the_metadata_says_the_rest() {
    let place = Place::with(&organization());
    copy_pages(&place);
    let outcome = place.import(&["--service", "organization"]);
    assert_eq!(
        outcome.succeeded(),
        "read  2 versions of 1 service on the international site: 6 actions, 1 data type; 0 errors, 3 warnings\n\
         wrote 3 of 3 files: 3 new, 0 changed, 0 removed\n"
    );
    assert_eq!(outcome.err, warnings());

    let spec = place.spec(VERSION);
    let add = &spec["actions"][ADD];
    // The page's word: descriptions, types, the example, where it comes from.
    assert_eq!(
        add["description"],
        "This API is used to add an organization member's mailbox."
    );
    assert_eq!(add["rate_limit"], 20);
    assert_eq!(add["source"]["page"], format!("pages/2021-03-31/{ADD}.txt"));
    assert_eq!(add["examples"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        add["request"],
        json!([
            {"name": "MemberUin", "type": "Integer", "format": "int64", "required": true, "description": "Member uin."},
            {"name": "Email", "type": "String", "required": true, "description": "Email address."},
            {"name": "CountryCode", "type": "String", "required": true, "description": "International area code."},
            {"name": "Phone", "type": "String", "required": true, "description": "Mobile number."},
            {"name": "Remark", "type": "String", "description": "Only the metadata has it."},
        ])
    );
    assert_eq!(
        add["response"],
        json!([{"name": "BindId", "type": "Integer", "format": "uint64", "nullable": true, "description": "Bound ID."}])
    );
    // What only the metadata has.
    let thing = &spec["actions"]["AddThing"];
    assert_eq!(thing["description"], "By the metadata: AddThing.");
    assert_eq!(thing["access"], "write");
    assert_eq!(thing.get("source"), None);
    assert_eq!(names(&spec["types"]), ["Thing"]);
    assert_eq!(
        spec["imported"],
        json!({"package": "tccli-intl-en", "version": "3.1.5"})
    );
    assert_eq!(
        spec["actions"].as_object().map(serde_json::Map::len),
        Some(5)
    );

    // The metadata is kept beside, as it came: so pages and metadata can be told apart for ever.
    let kept = place.spec(KEPT);
    assert_eq!(names(&kept["actions"]), [ADD, "AddThing", BIND]);
    assert_eq!(kept["actions"][ADD]["request"][3]["type"], "Integer");
    assert_eq!(kept["actions"]["AddThing"].get("access"), None);
    // The version of which there is no metadata is made of its page alone.
    assert_eq!(
        place.spec("organization/2018-12-25.json").get("imported"),
        None
    );
    assert!(
        !place
            .specs()
            .join("organization/imports/2018-12-25.json")
            .exists()
    );
}

#[test]
fn regenerating_makes_the_same_spec_of_pages_and_metadata() {
    let place = Place::with(&organization());
    copy_pages(&place);
    place.import(&["--all"]).succeeded();
    let imported = tree(&place.specs());
    let outcome = place.regenerate();
    outcome.succeeded();
    assert_eq!(outcome.err, warnings());
    assert_eq!(tree(&place.specs()), imported);

    // The specs can be thrown away: pages and metadata are all that they are made of.
    fs::remove_file(place.specs().join(VERSION)).expect("the spec is there");
    place.regenerate().succeeded();
    assert_eq!(tree(&place.specs()), imported);
    let outcome = place.import(&["--all"]);
    assert!(
        outcome
            .succeeded()
            .ends_with("wrote 0 of 3 files: 0 new, 0 changed, 0 removed\n"),
        "{}",
        outcome.out
    );
    assert_eq!(tree(&place.specs()), imported);
}

#[test]
fn what_was_corrected_in_a_spec_of_pages_and_metadata_survives() {
    let place = Place::with(&organization());
    copy_pages(&place);
    place.import(&["--all"]).succeeded();
    place.correct(VERSION, |spec| {
        for action in [BIND, "AddThing"] {
            let access = &mut spec["actions"][action]["access"];
            *access = match access.as_str() {
                Some("read") => "write".into(),
                _ => "read".into(),
            };
        }
    });
    let corrected = tree(&place.specs());
    let outcome = place.import(&["--all"]);
    let lines = outcome.succeeded().lines();
    let kept: Vec<_> = lines.filter(|line| line.starts_with("kept ")).collect();
    assert_eq!(
        kept,
        [
            "kept  organization 2021-03-31 actions.AddThing.access: the action reads; by its name it writes",
            "kept  organization 2021-03-31 actions.DescribeOrganizationMemberEmailBind.access: the action writes; by its \
             name it reads",
        ]
    );
    assert_eq!(tree(&place.specs()), corrected);
    place.regenerate().succeeded();
    assert_eq!(tree(&place.specs()), corrected);
}

#[test]
fn pages_that_come_later_lose_nothing_of_the_metadata() {
    // Once with the pages there from the beginning,
    let together = Place::with(&organization());
    copy_pages(&together);
    together.import(&["--all"]).succeeded();

    // and once with metadata that came first, in which something was corrected.
    let later = Place::with(&organization());
    later.import(&["--all"]).succeeded();
    assert_eq!(files_of(&later), [VERSION]);
    let correct = |spec: &mut Value| spec["actions"]["AddThing"]["access"] = "read".into();
    later.correct(VERSION, correct);
    copy_pages(&later);
    let outcome = later.regenerate();
    outcome.succeeded();
    assert_eq!(outcome.err, warnings());
    together.correct(VERSION, correct);
    assert_eq!(tree(&later.specs()), tree(&together.specs()));
}

#[test]
fn a_spec_that_cannot_be_loaded_is_not_made_anew_without_its_metadata() {
    let place = Place::with(&organization());
    place.import(&["--all"]).succeeded();
    let spec = place.specs().join(VERSION);
    let whole = read(&spec);
    copy_pages(&place);
    for (from, to, expect) in [
        (
            "\"format\": 1",
            "\"format\": 2",
            ":2:13: format 2 is not supported: this program reads format 1\n",
        ),
        (
            "\"name\": \"Email\"",
            "\"name\": \"E mail\"",
            ": actions.AddOrganizationMemberEmail.request.E mail: `E mail` is not a name: expected letters, digits and \
             underscores",
        ),
        ("\"types\"", "\"typos\"", "unknown field `typos`"),
        ("  }\n}\n", "  }\n}\n}\n", "trailing characters"),
    ] {
        write(&spec, whole.replacen(from, to, 1));
        let before = tree(place.folder.path());
        let outcome = place.regenerate();
        assert!(outcome.failed().contains(expect), "{}", outcome.err);
        assert_eq!(tree(place.folder.path()), before);
    }
}

#[test]
fn what_pages_said_that_are_gone_is_not_overwritten() {
    let place = Place::with(&organization());
    copy_pages(&place);
    place.import(&["--all"]).succeeded();
    for folder in ["pages", "imports"] {
        let folder = place.specs().join("organization").join(folder);
        fs::remove_dir_all(folder).expect("the folder goes");
    }
    let before = tree(&place.specs());
    let outcome = place.import(&["--all"]);
    let shown = format!("{}/organization", shown(&place.specs()));
    let expect = format!(
        "error: cannot import organization: {shown}/2021-03-31.json says what pages said, and there are none in \
         {shown}/pages/2021-03-31: put them there, so that what they say stays, or remove the spec\n"
    );
    assert_eq!(outcome.failed(), expect);
    assert_eq!(tree(&place.specs()), before);
}

#[test]
fn a_page_with_an_error_leaves_everything_as_it_is() {
    let place = Place::with(&organization());
    copy_pages(&place);
    let glossary = json!({"actions": {ADD: "Adds."}, "types": {}, "parameters": {}});
    write(
        &place.specs().join("organization/glossary.json"),
        glossary.to_string(),
    );
    let page = place
        .specs()
        .join(format!("organization/pages/2021-03-31/{ADD}.txt"));
    let text = read(&page);
    write(
        &page,
        text.replace("Phone Yes String Mobile", "Yes String Mobile"),
    );
    let before = tree(place.folder.path());
    let outcome = place.import(&["--all"]);
    let told = outcome.failed();
    assert!(told.contains("error: the row has no name"), "{told}");
    // What is not read has no names, and that is not the glossary's fault.
    assert!(!told.contains("is the name of nothing"), "{told}");
    assert!(
        told.ends_with("error: pages with errors cannot be trusted, so nothing was written\n"),
        "{told}"
    );
    assert_eq!(tree(place.folder.path()), before);
}

#[test]
fn a_glossary_describes_what_the_metadata_does_not() {
    let place = Place::with(&mall());
    let glossary = json!({
        "actions": {"Order": "Orders something."},
        "types": {},
        "parameters": {"Amount": "How much.", "Count": "How many of them.", "Lost": "Nothing."},
    });
    write(
        &place.specs().join("shop/glossary.json"),
        glossary.to_string(),
    );
    let outcome = place.import(&["--service", "shop", "--facts-only"]);
    outcome.succeeded();
    let shop = shown(&place.specs()).to_owned() + "/shop/glossary.json";
    let missing: String = ["parameters.Id", "parameters.Price", "types.Price"]
        .iter()
        .map(|name| format!("warning: {shop}: {name} is missing\n\n"))
        .collect();
    assert_eq!(
        outcome.err,
        format!(
            "{missing}{missing}warning: {shop}: parameters.Lost is the name of nothing in the specs\n\n"
        )
    );
    let spec = place.spec("shop/2021-03-31.json");
    let order = &spec["actions"]["Order"];
    assert_eq!(order["description"], "Orders something.");
    assert_eq!(order["request"][0]["description"], "How many of them.");
    // What the metadata says is kept without the glossary, so that both can change.
    let kept = place.spec("shop/imports/2021-03-31.json");
    assert_eq!(kept["actions"]["Order"]["description"], "");

    // With its descriptions, the metadata counts before the glossary.
    place.import(&["--service", "shop"]).succeeded();
    let spec = place.spec("shop/2021-03-31.json");
    let order = &spec["actions"]["Order"];
    assert_eq!(order["description"], "By the metadata: Order.");
    assert_eq!(
        spec["types"]["Price"]["fields"][0]["description"],
        "How much."
    );
}

#[test]
fn an_object_that_is_not_there_is_told() {
    let action = (
        "Look",
        json!([]),
        json!([member("Cages", "list", "Cage", json!({}))]),
    );
    let place = Place::with(&[(
        place("zoo", "2021-03-31", "api.json"),
        api("zoo", "2021-03-31", &[action], &[]),
    )]);
    let outcome = place.import(&["--all"]);
    outcome.succeeded();
    assert_eq!(
        outcome.err,
        "warning: zoo 2021-03-31 actions.Look.response.Cages: there is no object `Cage`, so it and its like are untyped\n"
    );
}

/// The commands that the README shows for any service, but for the download.
#[test]
fn the_readme_s_commands_make_a_client_of_any_service() {
    let instances = |name| {
        let request = json!([]);
        let response = json!([member("InstanceIdSet", "list", "string", json!({}))]);
        (name, request, response)
    };
    let actions = ["DescribeInstances", "RunInstances", "StopInstances"].map(instances);
    let package = [
        (INTL.to_owned(), INTL_TEXT.to_owned()),
        (
            place("cvm", "2017-03-12", "api.json"),
            api("cvm", "2017-03-12", &actions, &[]),
        ),
    ];
    let folder = TempDir::new().expect("a folder");
    write(&folder.path().join("package.whl"), wheel(&package));
    let readme = read(&workspace().join("README.md"));
    let (_, block) = readme.split_once("```console\n").expect("a block");
    let (block, _) = block.split_once("```").expect("its end");
    let commands = block
        .lines()
        .filter_map(|line| line.strip_prefix("$ cargo xtask "));
    let commands: Vec<&str> = commands.collect();
    assert_eq!(commands.len(), 2, "{commands:?}");
    for command in commands {
        let command = command.replace("tccli_intl_en-*.whl", "package.whl");
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_xtask"));
        program.current_dir(folder.path()).args(command.split(' '));
        command::outcome(&mut program).succeeded();
    }
    let client = folder.path().join("clients/cvm/src/v20170312");
    assert!(client.join("run_instances.rs").is_file());
    assert!(!client.join("stop_instances.rs").exists());
}
