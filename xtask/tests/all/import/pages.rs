//! Metadata of a service with pages or a glossary.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::command::{read, shown, tree, workspace, write};
use crate::import::place::{
    INTL, INTL_TEXT, TestFolder, api, files_of, mall, member, names, place,
};

const ADD: &str = "AddOrganizationMemberEmail";
const BIND: &str = "DescribeOrganizationMemberEmailBind";
const VERSION: &str = "organization/2021-03-31.json";
const KEPT: &str = "organization/imports/2021-03-31.json";

/// Copies the repository's pages.
fn copy_pages(place: &TestFolder) {
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

/// Returns metadata of the service with pages: it differs from them in one type, and has two more actions.
fn organization() -> Vec<(String, String)> {
    let required = || json!({"required": true});
    let text = |name: &str| member(name, "string", "string", required());
    let email = json!([
        member("MemberUin", "int", "int64", required()),
        text("Email"),
        text("CountryCode"),
        // The page has another type: string.
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
    "actions.SendOrgMemberAccountBindEmail: this action is in a page but not in the metadata",
    "actions.UpdateOrganizationMemberEmailBind: this action is in a page but not in the metadata",
    "actions.AddOrganizationMemberEmail.request.Phone: the type is `String` in the page but `Integer` in the metadata; using the page",
];

fn warnings() -> String {
    let warnings = WARNINGS.iter();
    warnings
        .map(|warning| format!("warning: organization 2021-03-31 {warning}\n\n"))
        .collect()
}

#[test]
fn page_precedes_metadata() {
    let place = TestFolder::with(&organization());
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
    // From the page: descriptions, types, the example, the source.
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
    // From the metadata.
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

    // The metadata is kept unchanged, so that both sources stay separate.
    let kept = place.spec(KEPT);
    assert_eq!(names(&kept["actions"]), [ADD, "AddThing", BIND]);
    assert_eq!(kept["actions"][ADD]["request"][3]["type"], "Integer");
    assert_eq!(kept["actions"]["AddThing"].get("access"), None);
    // The version without metadata is made from its page.
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
fn regenerate_equals_import() {
    let place = TestFolder::with(&organization());
    copy_pages(&place);
    place.import(&["--all"]).succeeded();
    let imported = tree(&place.specs());
    let outcome = place.regenerate();
    outcome.succeeded();
    assert_eq!(outcome.err, warnings());
    assert_eq!(tree(&place.specs()), imported);

    // Specs can be deleted, because they are made from pages and metadata only.
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
fn correction_survives_regenerate() {
    let place = TestFolder::with(&organization());
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
            "kept  organization 2021-03-31 actions.AddThing.access: the action reads, but its name implies that it writes",
            "kept  organization 2021-03-31 actions.DescribeOrganizationMemberEmailBind.access: the action writes, but its name implies that it reads",
        ]
    );
    assert_eq!(tree(&place.specs()), corrected);
    place.regenerate().succeeded();
    assert_eq!(tree(&place.specs()), corrected);
}

#[test]
fn pages_added_after_import() {
    // One import has pages from the beginning.
    let together = TestFolder::with(&organization());
    copy_pages(&together);
    together.import(&["--all"]).succeeded();

    // Another one gets pages after the import and a correction.
    let later = TestFolder::with(&organization());
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
fn invalid_spec_keeps_its_metadata() {
    let place = TestFolder::with(&organization());
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
fn facts_of_deleted_pages_are_kept() {
    let place = TestFolder::with(&organization());
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
        "error: cannot import organization: {shown}/2021-03-31.json was built from pages that no longer exist in \
         {shown}/pages/2021-03-31: restore the pages to keep their contents, or delete the spec\n"
    );
    assert_eq!(outcome.failed(), expect);
    assert_eq!(tree(&place.specs()), before);
}

#[test]
fn page_with_error_writes_nothing() {
    let place = TestFolder::with(&organization());
    copy_pages(&place);
    let glossary = json!({"items": {format!("actions.{ADD}"): "Adds."}, "shared": {}});
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
    let messages = outcome.failed();
    assert!(
        messages.contains("error: the row has no name"),
        "{messages}"
    );
    // The glossary is not reported as unused, because the rest of the spec is unknown.
    assert!(!messages.contains("describes nothing"), "{messages}");
    assert!(
        messages
            .ends_with("error: nothing was written, because pages with errors cannot be trusted\n"),
        "{messages}"
    );
    assert_eq!(tree(place.folder.path()), before);
}

#[test]
fn glossary_describes_the_rest() {
    let place = TestFolder::with(&mall());
    let glossary = json!({
        "items": {"actions.Order": "Orders something.", "types.Price.fields.Amount": "How much."},
        "shared": {"Count: Integer": "How many of them.", "Lost: Integer": "Nothing."},
    });
    write(
        &place.specs().join("shop/glossary.json"),
        glossary.to_string(),
    );
    let outcome = place.import(&["--service", "shop", "--facts-only"]);
    outcome.succeeded();
    let shop = shown(&place.specs()).to_owned() + "/shop/glossary.json";
    assert_eq!(
        outcome.err,
        format!("warning: {shop}: shared.Lost: Integer describes nothing; remove it\n\n")
    );
    let spec = place.spec("shop/2021-03-31.json");
    let order = &spec["actions"]["Order"];
    assert_eq!(order["description"], "Orders something.");
    assert_eq!(order["request"][0]["description"], "How many of them.");
    // The metadata is kept without the glossary's descriptions, so that both can change.
    let kept = place.spec("shop/imports/2021-03-31.json");
    assert_eq!(kept["actions"]["Order"]["description"], "");

    // Descriptions of the metadata precede the glossary's.
    place.import(&["--service", "shop"]).succeeded();
    let spec = place.spec("shop/2021-03-31.json");
    let order = &spec["actions"]["Order"];
    assert_eq!(order["description"], "By the metadata: Order.");
    assert_eq!(
        spec["types"]["Price"]["fields"][0]["description"],
        "How much."
    );
}
