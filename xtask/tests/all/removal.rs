//! Pages that are removed, renamed, duplicated, emptied, or of another service: what is told, and that no action goes
//! unless it is allowed.

use std::fs;
use std::path::PathBuf;

use crate::command::{Outcome, files, read, run, shown, tree, workspace, write};
use serde_json::{Value, json};
use tempfile::TempDir;

const ADD: &str = "AddOrganizationMemberEmail";
const FOLDER: &str = "specs/organization/pages/2021-03-31";
const HOW: &str = "error: callers would lose actions, so nothing was written: put back what is missing; or, if the actions \
                   are really gone, remove what is left of their pages, and run the same command with `--allow-removal`\n";

/// A root with the pages of the repository, and what was made of them.
struct Root {
    folder: TempDir,
}

impl Root {
    /// Nothing was made of the pages yet.
    fn with_pages() -> Root {
        let root = Root {
            folder: TempDir::new().expect("a folder"),
        };
        for version in ["2018-12-25", "2021-03-31"] {
            let folder = format!("specs/organization/pages/{version}");
            for page in fs::read_dir(workspace().join(&folder)).expect("the pages") {
                let page = page.expect("a page");
                let name = page.file_name().into_string().expect("a name of letters");
                let text = read(&page.path());
                write(&root.path(&format!("{folder}/{name}")), text);
            }
        }
        root
    }

    fn new() -> Root {
        let root = Root::with_pages();
        root.regenerate(&[]).succeeded();
        root
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The page of the one action.
    fn page(&self) -> PathBuf {
        self.path(&format!("{FOLDER}/{ADD}.txt"))
    }

    fn regenerate(&self, arguments: &[&str]) -> Outcome {
        let first = ["regenerate", "--root", shown(self.folder.path())];
        run(&[&first, arguments].concat())
    }

    fn spec(&self) -> Value {
        let text = read(&self.path("specs/organization/2021-03-31.json"));
        serde_json::from_str(&text).expect("a spec is JSON")
    }

    fn has_code(&self, name: &str) -> bool {
        let file = format!("generated/organization/src/v20210331/{name}.rs");
        files(self.folder.path()).contains(&file)
    }

    /// That nothing is written, with or without `--check`, and that this is told; gives all that is told.
    #[track_caller]
    fn refused(&self, why: &str) -> String {
        let before = tree(self.folder.path());
        let check = self.regenerate(&["--check"]);
        assert!(check.failed().contains(why), "{}", check.err);
        let outcome = self.regenerate(&[]);
        let told = outcome.failed();
        assert!(told.contains(why), "{told}");
        // To allow it does not help as long as pages are wrong.
        let other = "error: pages with errors cannot be trusted, so nothing was written\n";
        assert!(told.contains(HOW) != told.ends_with(other), "{told}");
        assert_eq!(tree(self.folder.path()), before);
        told.to_owned()
    }
}

/// What is told of the action, which is gone.
fn gone(why: &str) -> String {
    format!("error: organization 2021-03-31: the action `{ADD}` is gone: {why}\n")
}

/// A page of the site: an action with these parameters, each of which is a string.
fn html(action: &str, service: &str, parameters: &[&str]) -> String {
    let rows = |rows: &[[&str; 4]]| {
        let row = |cells: &[&str; 4]| {
            let cells = cells.iter().filter(|cell| !cell.is_empty());
            let cells: String = cells.map(|cell| format!("<td>{cell}</td>")).collect();
            format!("<tr>{cells}</tr>")
        };
        rows.iter().map(row).collect::<String>()
    };
    let value = |name: &str| format!("Common Params. The value used for this API: {name}.");
    let (name, version) = (value(action), value("2021-03-31"));
    let mut input = vec![
        ["Action", "Yes", "String", &name],
        ["Version", "Yes", "String", &version],
    ];
    for parameter in parameters {
        input.push([parameter, "Yes", "String", "A text."]);
    }
    let output = [["RequestId", "", "String", "The unique request ID."]];
    format!(
        "<!doctype html><html><body><h1>{action}</h1>\
         <h2>1. API Description</h2><p>Domain name for API request: {service}.intl.tencentcloudapi.com.</p>\
         <p>Does something.</p>\
         <h2>2. Input Parameters</h2><table><tr><th>Parameter Name</th><th>Required</th><th>Type</th>\
         <th>Description</th></tr>{}</table>\
         <h2>3. Output Parameters</h2><table><tr><th>Parameter Name</th><th>Type</th><th>Description</th></tr>{}</table>\
         <h2>4. Example</h2>\
         <h2>5. Error Code</h2><p>There is no error code related to this API.</p></body></html>",
        rows(&input),
        rows(&output),
    )
}

#[test]
fn a_page_that_is_not_there_any_more() {
    let root = Root::new();
    let page = read(&root.page());
    fs::remove_file(root.page()).expect("the page");
    let why = format!("its page {FOLDER}/{ADD}.txt is not there any more");
    assert_eq!(root.refused(&gone(&why)), gone(&why) + "\n" + HOW);

    let outcome = root.regenerate(&["--allow-removal"]);
    let line = format!("gone  organization 2021-03-31: the action `{ADD}` is gone: {why}\n");
    assert!(outcome.succeeded().contains(&line), "{}", outcome.out);
    assert_eq!(root.spec()["actions"].get(ADD), None);
    assert!(!root.has_code("add_organization_member_email"));
    // It was said once: now it is no more.
    root.regenerate(&["--check"]).succeeded();

    write(&root.page(), page);
    root.regenerate(&[]).succeeded();
    assert!(root.has_code("add_organization_member_email"));
}

#[test]
fn a_page_that_is_empty_or_has_no_tables() {
    for (text, why) in [
        ("", "is empty"),
        ("\n \n", "is empty"),
        (
            "<!doctype html><html><body><h1>Log in</h1><form></form></body></html>",
            "does not have the tables of an action any more",
        ),
        (
            "404 Not Found\n",
            "does not have the tables of an action any more",
        ),
    ] {
        let root = Root::new();
        write(&root.page(), text);
        let why = gone(&format!("its page {FOLDER}/{ADD}.txt {why}"));
        let told = root.refused(&why);
        assert!(
            told.contains("found no table of input parameters"),
            "{told}"
        );
        // A page that says nothing is nobody's word for it.
        let before = tree(root.folder.path());
        root.regenerate(&["--allow-removal"]).failed();
        assert_eq!(tree(root.folder.path()), before);
    }
}

#[test]
fn a_page_of_another_service_or_version() {
    let root = Root::new();
    let whole = read(&root.page());
    let why = |of: &str| gone(&format!("its page {FOLDER}/{ADD}.txt is of {of} now"));
    write(&root.page(), whole.replace("organization.", "cvm."));
    let told = root.refused(&why("cvm 2021-03-31"));
    let conflict = format!(
        "error: {FOLDER}/{ADD}.txt: the service is `cvm` here and `organization` in the folder {FOLDER}\n"
    );
    assert!(told.contains(&conflict), "{told}");
    // No other page is to blame.
    assert!(
        !told.contains("DescribeOrganizationMemberEmailBind"),
        "{told}"
    );

    write(&root.page(), whole.replace("2021-03-31", "2018-12-25"));
    root.refused(&why("organization 2018-12-25"));

    write(&root.page(), html(ADD, "cvm", &["Name"]));
    root.refused(&why("cvm 2021-03-31"));
}

#[test]
fn a_page_that_describes_another_action() {
    let root = Root::new();
    let whole = read(&root.page());
    let renamed = whole.replace(ADD, "AddMailbox");
    write(&root.page(), &renamed);
    let page = format!("its page {FOLDER}/{ADD}.txt describes");
    root.refused(&gone(&format!(
        "{page} `AddMailbox` now, with the same tables: it may be the new name of `{ADD}`"
    )));
    write(&root.page(), html("AddThing", "organization", &["Name"]));
    root.refused(&gone(&format!("{page} `AddThing` now")));

    let nameless = whole.replace(&format!("API: {ADD}"), "API: ");
    assert_ne!(nameless, whole);
    write(&root.page(), nameless);
    root.refused(&gone(&format!(
        "its page {FOLDER}/{ADD}.txt does not name its action any more"
    )));

    // The new name, in a file of that name.
    fs::remove_file(root.page()).expect("the page");
    write(&root.path(&format!("{FOLDER}/AddMailbox.txt")), renamed);
    root.refused(&gone(&format!(
        "its page {FOLDER}/{ADD}.txt is not there any more, and {FOLDER}/AddMailbox.txt describes `AddMailbox` with the \
         same tables: it may be the new name of `{ADD}`"
    )));
    root.regenerate(&["--allow-removal"]).succeeded();
    assert!(root.has_code("add_mailbox"));
    assert!(!root.has_code("add_organization_member_email"));
}

#[test]
fn a_page_of_the_site() {
    let root = Root::new();
    let place = format!("{FOLDER}/page.html");
    let page = html("AddThing", "organization", &["Name"]);
    write(&root.path(&place), &page);
    root.regenerate(&[]).succeeded();
    assert!(root.has_code("add_thing"));
    let refused = |why: &str| {
        root.refused(&format!(
            "error: organization 2021-03-31: the action `AddThing` is gone: its page {place} {why}\n"
        ))
    };
    let renamed = page.replace("AddThing", "CreateThing");
    write(&root.path(&place), renamed);
    refused(
        "describes `CreateThing` now, with the same tables: it may be the new name of `AddThing`",
    );
    write(
        &root.path(&place),
        html("CreateThing", "organization", &["Name", "More"]),
    );
    refused("describes `CreateThing` now");
    let head = page.split("<h2>2.").next().expect("the head of the page");
    write(&root.path(&place), head);
    refused("does not have the tables of an action any more");
    write(&root.path(&place), "");
    refused("is empty");
    fs::remove_file(root.path(&place)).expect("the page");
    refused("is not there any more");
    root.regenerate(&["--allow-removal"]).succeeded();
    assert!(!root.has_code("add_thing"));
}

#[test]
fn a_page_that_has_another_place() {
    let root = Root::new();
    let place = format!("{FOLDER}/members/Mailbox.txt");
    write(&root.path(&place), read(&root.page()));
    fs::remove_file(root.page()).expect("the page");
    let outcome = root.regenerate(&[]);
    let line = format!("moved organization 2021-03-31 {ADD}: from {FOLDER}/{ADD}.txt to {place}\n");
    assert!(outcome.succeeded().contains(&line), "{}", outcome.out);
    assert_eq!(outcome.err, "");
    assert_eq!(
        root.spec()["actions"][ADD]["source"]["page"],
        "pages/2021-03-31/members/Mailbox.txt"
    );
    assert!(
        !root
            .regenerate(&["--check"])
            .succeeded()
            .contains("moved organization")
    );
}

#[test]
fn two_pages_of_one_action() {
    let root = Root::new();
    let whole = read(&root.page());
    let other = root.path(&format!("{FOLDER}/Mailbox.txt"));
    write(&other, &whole);
    let outcome = root.regenerate(&[]);
    outcome.succeeded();
    assert_eq!(
        outcome.err,
        format!(
            "warning: {FOLDER}/Mailbox.txt: the action `{ADD}` is described in {FOLDER}/{ADD}.txt too, and in the same \
             way: one of them will do\n\n"
        )
    );
    let before = tree(root.folder.path());
    write(
        &other,
        whole
            .replace("Mobile number.", "Telephone.")
            .replace("Bound ID", "The ID"),
    );
    let outcome = root.regenerate(&[]);
    let expect = format!(
        "error: {FOLDER}/Mailbox.txt: the action `{ADD}` differs from {FOLDER}/{ADD}.txt in \
         request.Phone, response.BindId\n\n"
    );
    assert!(outcome.failed().starts_with(&expect), "{}", outcome.err);
    write(&other, whole);
    assert_eq!(tree(root.folder.path()), before);
}

#[test]
fn a_version_of_which_no_page_is_left() {
    let root = Root::new();
    fs::remove_dir_all(root.path(FOLDER)).expect("the pages");
    let names = format!(
        "`{ADD}`, `DescribeOrganizationMemberEmailBind`, `SendOrgMemberAccountBindEmail`, \
         `UpdateOrganizationMemberEmailBind`"
    );
    root.refused(&format!(
        "error: organization 2021-03-31: 4 actions are gone, {names}: none of their pages in {FOLDER} is there any more\n"
    ));
    // Also without its spec: the crate knows.
    let spec = root.path("specs/organization/2021-03-31.json");
    let text = read(&spec);
    fs::remove_file(&spec).expect("the spec");
    root.refused(&format!(
        "error: organization 2021-03-31: 4 actions are gone, {names}: no spec knows of this any more, but the crate does, \
         in generated/organization/src/v20210331\n"
    ));
    write(&spec, text);
    root.regenerate(&["--allow-removal"]).succeeded();
    assert!(!spec.exists());
    assert!(!root.path("generated/organization/src/v20210331").exists());
    assert!(root.path("generated/organization/src/v20181225").exists());
}

#[test]
fn an_action_that_is_taken_out_of_a_spec_without_pages() {
    let root = Root {
        folder: TempDir::new().expect("a folder"),
    };
    let spec = include_str!("../../../crates/macros/tests/specs/undefined.json");
    let path = root.path("specs/shop/2021-03-31.json");
    write(&path, spec);
    root.regenerate(&[]).succeeded();
    let mut less: Value = serde_json::from_str(spec).expect("JSON");
    let actions = less["actions"].as_object_mut().expect("actions");
    actions.remove("AddLabel").expect("the action");
    write(&path, less.to_string());
    root.refused(
        "error: shop 2021-03-31: the action `AddLabel` is gone: no spec knows of this any more, but the crate does, in \
         generated/shop/src/v20210331\n",
    );
    root.regenerate(&["--allow-removal"]).succeeded();
    assert!(
        !root
            .path("generated/shop/src/v20210331/add_label.rs")
            .exists()
    );
}

/// Metadata of the service, with these actions.
fn package(root: &Root, name: &str, version: &str, actions: &[&str]) -> PathBuf {
    let mut api = json!({
        "metadata": {"apiVersion": "2021-03-31", "serviceShortName": "organization"},
        "actions": {},
        "objects": {},
    });
    for action in actions {
        let (input, output) = (format!("{action}Request"), format!("{action}Response"));
        api["actions"][action] = json!({"document": "Does.", "input": input, "output": output});
        for object in [input, output] {
            api["objects"][object] = json!({"document": "", "members": []});
        }
    }
    let package = root.path(name);
    write(
        &package.join("tccli/services/organization/v20210331/api.json"),
        api.to_string(),
    );
    write(
        &package.join("tccli_intl_en.dist-info/METADATA"),
        format!("Name: tccli-intl-en\nVersion: {version}\n"),
    );
    package
}

fn import(root: &Root, package: &std::path::Path, arguments: &[&str]) -> Outcome {
    let (package, specs) = (shown(package), root.path("specs"));
    let first = ["import", package, "--all", "--specs", shown(&specs)];
    run(&[&first, arguments].concat())
}

#[test]
fn a_page_whose_action_the_metadata_has() {
    let root = Root::new();
    import(&root, &package(&root, "one", "3.1.5", &[ADD]), &[]).succeeded();
    root.regenerate(&[]).succeeded();
    fs::remove_file(root.page()).expect("the page");
    let outcome = root.regenerate(&[]);
    outcome.succeeded();
    let warning = format!(
        "warning: organization 2021-03-31 actions.{ADD}: its page {FOLDER}/{ADD}.txt is not there any more; what only the \
         page said is lost, and the metadata counts\n\n"
    );
    assert!(outcome.err.contains(&warning), "{}", outcome.err);
    assert_eq!(root.spec()["actions"][ADD]["description"], "Does.");
    assert!(root.has_code("add_organization_member_email"));
    assert!(!root.regenerate(&[]).err.contains("any more"));
}

#[test]
fn a_newer_package_that_lacks_an_action() {
    let root = Root {
        folder: TempDir::new().expect("a folder"),
    };
    let older = package(&root, "older", "3.1.5", &["AddThing", "DeleteThing"]);
    let newer = package(&root, "newer", "3.1.6", &["AddThing"]);
    import(&root, &older, &[]).succeeded();
    let before = tree(&root.path("specs"));
    let told = import(&root, &newer, &[]);
    let why = "organization 2021-03-31: the action `DeleteThing` is gone: tccli-intl-en 3.1.6 does not have it\n";
    assert_eq!(told.failed(), format!("error: {why}\n{HOW}"));
    assert_eq!(tree(&root.path("specs")), before);

    let outcome = import(&root, &newer, &["--allow-removal"]);
    let line = format!("gone  {why}");
    assert!(outcome.succeeded().contains(&line), "{}", outcome.out);
    assert_eq!(root.spec()["actions"].get("DeleteThing"), None);
    import(&root, &newer, &[]).succeeded();
    // One that comes back is none that goes.
    import(&root, &older, &[]).succeeded();
}

#[test]
fn a_spec_that_somebody_wrote_is_not_lost_to_an_import() {
    let root = Root {
        folder: TempDir::new().expect("a folder"),
    };
    let package = package(&root, "package", "3.1.5", &["AddThing"]);
    import(&root, &package, &[]).succeeded();
    let path = root.path("specs/organization/2021-03-31.json");
    let mut spec = root.spec();
    let keys = spec.as_object_mut().expect("keys");
    keys.remove("imported").expect("the package");
    spec["actions"]["AddThing"]["description"] = "By hand.".into();
    write(&path, serde_json::to_string_pretty(&spec).expect("JSON"));
    let before = tree(&root.path("specs"));
    for arguments in [&[][..], &["--allow-removal"]] {
        let outcome = import(&root, &package, arguments);
        let expect = format!(
            "error: cannot import organization: {} does not say which page or package it is from, so that somebody may \
             have written it: import into another folder, with --specs, or let this one go, with --replace\n",
            path.display()
        );
        assert_eq!(outcome.failed(), expect);
        assert_eq!(tree(&root.path("specs")), before);
    }
    import(&root, &package, &["--replace"]).succeeded();
    assert_eq!(root.spec()["actions"]["AddThing"]["description"], "Does.");
    import(&root, &package, &[]).succeeded();
}

#[test]
fn the_same_package_is_imported_twice_although_it_does_not_say_what_it_is() {
    let root = Root {
        folder: TempDir::new().expect("a folder"),
    };
    let nameless = |name: &str, actions: &[&str]| {
        let package = package(&root, name, "3.1.5", actions);
        fs::remove_dir_all(package.join("tccli_intl_en.dist-info")).expect("the name");
        package
    };
    let old = nameless("old", &["AddThing", "DeleteThing"]);
    import(&root, &old, &[]).succeeded();
    import(&root, &old, &[]).succeeded();
    // Nor is it taken for something that somebody wrote when it has changed.
    let new = nameless("new", &["AddThing"]);
    let told = import(&root, &new, &[]);
    let why = "the action `DeleteThing` is gone: tccli does not have it\n";
    assert!(told.failed().contains(why), "{}", told.err);
    import(&root, &new, &["--allow-removal"]).succeeded();
}

#[test]
fn a_check_shows_what_would_go() {
    let root = Root::new();
    fs::remove_file(root.page()).expect("the page was there");
    let before = tree(root.folder.path());
    let outcome = root.regenerate(&["--check"]);
    let how = HOW.replace("command with `--", "command without `--check` and with `--");
    assert!(outcome.failed().ends_with(&how), "{}", outcome.err);
    let lost = format!("action {ADD} is gone: its method and types are removed");
    let code = "--- a/generated/organization/src/v20210331/add_organization_member_email.rs\n+++ /dev/null\n";
    for part in [lost.as_str(), code] {
        assert!(
            outcome.out.contains(part),
            "{part} is not in {}",
            outcome.out
        );
    }
    assert_eq!(tree(root.folder.path()), before);
    let outcome = root.regenerate(&["--check", "--allow-removal"]);
    outcome.failed();
    let would = format!("\nwould go organization 2021-03-31: the action `{ADD}` is gone: ");
    assert!(outcome.out.contains(&would), "{}", outcome.out);
    assert_eq!(tree(root.folder.path()), before);
}

#[test]
fn where_everything_goes_nothing_is_written() {
    let root = Root::new();
    fs::remove_dir_all(root.path("specs/organization")).expect("the service was there");
    fs::create_dir(root.path("specs/organization")).expect("its folder stays");
    let outcome = root.regenerate(&["--allow-removal"]);
    let wrote = outcome
        .succeeded()
        .lines()
        .find(|line| line.starts_with("wrote "));
    let wrote = wrote.expect("it is told");
    assert!(
        wrote.starts_with("wrote 0 of 0 files: 0 new, 0 changed, "),
        "{wrote}"
    );
    assert!(!wrote.ends_with(" 0 removed"), "{wrote}");
}

#[test]
fn a_page_beside_the_folders_of_versions_is_refused() {
    let root = Root::new();
    write(&root.path("specs/organization/pages/More.txt"), "anything");
    let before = tree(root.folder.path());
    let outcome = root.regenerate(&[]);
    assert_eq!(
        outcome.failed(),
        "error: specs/organization/pages/More.txt is of no version: move it into the folder of its version, like \
         pages/2021-03-31\n"
    );
    assert_eq!(tree(root.folder.path()), before);
}
