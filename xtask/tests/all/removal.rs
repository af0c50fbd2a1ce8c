//! Tests the reports of removed, renamed, duplicated, empty and foreign pages. No action is removed without permission.

use std::fs;
use std::path::PathBuf;

use crate::command::{Outcome, files, read, run, shown, tree, workspace, write};
use serde_json::{Value, json};
use tempfile::TempDir;

const ADD: &str = "AddOrganizationMemberEmail";
const FOLDER: &str = "specs/organization/pages/2021-03-31";
const REMEDY: &str = "error: nothing was written, because callers would lose actions: restore what is missing; or, if \
                   the actions no longer exist, delete the rest of their pages and run the same command with \
                   `--allow-removal`\n";

/// A root with the repository's pages, and with the specs and crates that `regenerate` creates from them.
struct Root {
    folder: TempDir,
}

impl Root {
    /// Creates a root with pages only.
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

    /// Returns the path of the action's page.
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

    /// Checks that the command fails with this message and writes nothing, with and without `--check`. Returns all
    /// messages.
    #[track_caller]
    fn refused(&self, why: &str) -> String {
        let before = tree(self.folder.path());
        let check = self.regenerate(&["--check"]);
        assert!(check.failed().contains(why), "{}", check.err);
        let outcome = self.regenerate(&[]);
        let messages = outcome.failed();
        assert!(messages.contains(why), "{messages}");
        // Permission to remove actions does not override errors in pages.
        let other = "error: nothing was written, because pages with errors cannot be trusted\n";
        assert!(
            messages.contains(REMEDY) != messages.ends_with(other),
            "{messages}"
        );
        assert_eq!(tree(self.folder.path()), before);
        messages.to_owned()
    }
}

/// Returns the message about the removed action.
fn gone(why: &str) -> String {
    format!("error: would remove action `{ADD}` of organization 2021-03-31: {why}\n")
}

/// Returns an HTML page of an action with these string parameters.
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
fn deleted_page() {
    let root = Root::new();
    let page = read(&root.page());
    fs::remove_file(root.page()).expect("the page");
    let why = format!("its page {FOLDER}/{ADD}.txt no longer exists");
    assert_eq!(root.refused(&gone(&why)), gone(&why) + "\n" + REMEDY);

    let outcome = root.regenerate(&["--allow-removal"]);
    let line = format!("removed action `{ADD}` of organization 2021-03-31: {why}\n");
    assert!(outcome.succeeded().contains(&line), "{}", outcome.out);
    assert_eq!(root.spec()["actions"].get(ADD), None);
    assert!(!root.has_code("add_organization_member_email"));
    // The removal is reported once.
    root.regenerate(&["--check"]).succeeded();

    write(&root.page(), page);
    root.regenerate(&[]).succeeded();
    assert!(root.has_code("add_organization_member_email"));
}

#[test]
fn page_without_tables() {
    for (text, why) in [
        ("", "is empty"),
        ("\n \n", "is empty"),
        (
            "<!doctype html><html><body><h1>Log in</h1><form></form></body></html>",
            "no longer has the tables of an action",
        ),
        ("404 Not Found\n", "no longer has the tables of an action"),
    ] {
        let root = Root::new();
        write(&root.page(), text);
        let why = gone(&format!("its page {FOLDER}/{ADD}.txt {why}"));
        let messages = root.refused(&why);
        let problem = match why.contains(" is empty") {
            true => "error: the page is empty: save it again, or delete the file\n",
            false => "error: found no table of input parameters",
        };
        assert!(messages.contains(problem), "{messages}");
        // `--allow-removal` does not override the error of the page.
        let before = tree(root.folder.path());
        root.regenerate(&["--allow-removal"]).failed();
        assert_eq!(tree(root.folder.path()), before);
    }
}

#[test]
fn page_of_another_service_or_version() {
    let root = Root::new();
    let whole = read(&root.page());
    let why = |of: &str| gone(&format!("its page {FOLDER}/{ADD}.txt now belongs to {of}"));
    write(&root.page(), whole.replace("organization.", "cvm."));
    let messages = root.refused(&why("cvm 2021-03-31"));
    let conflict = format!(
        "error: {FOLDER}/{ADD}.txt: the service is `cvm` here and `organization` in the folder {FOLDER}\n"
    );
    assert!(messages.contains(&conflict), "{messages}");
    // The error names the only foreign page.
    assert!(
        !messages.contains("DescribeOrganizationMemberEmailBind"),
        "{messages}"
    );

    write(&root.page(), whole.replace("2021-03-31", "2018-12-25"));
    root.refused(&why("organization 2018-12-25"));

    write(&root.page(), html(ADD, "cvm", &["Name"]));
    root.refused(&why("cvm 2021-03-31"));
}

#[test]
fn page_of_another_action() {
    let root = Root::new();
    let whole = read(&root.page());
    let renamed = whole.replace(ADD, "AddMailbox");
    write(&root.page(), &renamed);
    let page = format!("its page {FOLDER}/{ADD}.txt now describes");
    root.refused(&gone(&format!(
        "{page} `AddMailbox`, with the same tables: `{ADD}` may have been renamed"
    )));
    write(&root.page(), html("AddThing", "organization", &["Name"]));
    root.refused(&gone(&format!("{page} `AddThing`")));

    let nameless = whole.replace(&format!("API: {ADD}"), "API: ");
    assert_ne!(nameless, whole);
    write(&root.page(), nameless);
    root.refused(&gone(&format!(
        "its page {FOLDER}/{ADD}.txt no longer names its action"
    )));

    // The renamed action is in a file of its new name.
    fs::remove_file(root.page()).expect("the page");
    write(&root.path(&format!("{FOLDER}/AddMailbox.txt")), renamed);
    root.refused(&gone(&format!(
        "its page {FOLDER}/{ADD}.txt no longer exists, and {FOLDER}/AddMailbox.txt describes `AddMailbox` with the \
         same tables: `{ADD}` may have been renamed"
    )));
    root.regenerate(&["--allow-removal"]).succeeded();
    assert!(root.has_code("add_mailbox"));
    assert!(!root.has_code("add_organization_member_email"));
}

#[test]
fn html_page() {
    let root = Root::new();
    let place = format!("{FOLDER}/page.html");
    let page = html("AddThing", "organization", &["Name"]);
    write(&root.path(&place), &page);
    root.regenerate(&[]).succeeded();
    assert!(root.has_code("add_thing"));
    let refused = |why: &str| {
        root.refused(&format!(
            "error: would remove action `AddThing` of organization 2021-03-31: its page {place} {why}\n"
        ))
    };
    let renamed = page.replace("AddThing", "CreateThing");
    write(&root.path(&place), renamed);
    refused("now describes `CreateThing`, with the same tables: `AddThing` may have been renamed");
    write(
        &root.path(&place),
        html("CreateThing", "organization", &["Name", "More"]),
    );
    refused("now describes `CreateThing`");
    let head = page.split("<h2>2.").next().expect("the head of the page");
    write(&root.path(&place), head);
    refused("no longer has the tables of an action");
    write(&root.path(&place), "");
    refused("is empty");
    fs::remove_file(root.path(&place)).expect("the page");
    refused("no longer exists");
    root.regenerate(&["--allow-removal"]).succeeded();
    assert!(!root.has_code("add_thing"));
}

#[test]
fn moved_page() {
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
fn duplicate_page() {
    let root = Root::new();
    let whole = read(&root.page());
    let other = root.path(&format!("{FOLDER}/Mailbox.txt"));
    write(&other, &whole);
    let outcome = root.regenerate(&[]);
    outcome.succeeded();
    assert_eq!(
        outcome.err,
        format!(
            "warning: {FOLDER}/Mailbox.txt: duplicates the action `{ADD}` of {FOLDER}/{ADD}.txt: remove one of the \
             pages\n\n"
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
fn version_without_pages() {
    let root = Root::new();
    fs::remove_dir_all(root.path(FOLDER)).expect("the pages");
    let names = format!(
        "`{ADD}`, `DescribeOrganizationMemberEmailBind`, `SendOrgMemberAccountBindEmail`, \
         `UpdateOrganizationMemberEmailBind`"
    );
    root.refused(&format!(
        "error: would remove 4 actions of organization 2021-03-31 ({names}): none of their pages in {FOLDER} exists \
         any more\n"
    ));
    // The crate has the actions even if the spec was deleted.
    let spec = root.path("specs/organization/2021-03-31.json");
    let text = read(&spec);
    fs::remove_file(&spec).expect("the spec");
    root.refused(&format!(
        "error: would remove 4 actions of organization 2021-03-31 ({names}): no longer in any spec, only in \
         generated/organization/src/v20210331\n"
    ));
    write(&spec, text);
    root.regenerate(&["--allow-removal"]).succeeded();
    assert!(!spec.exists());
    assert!(!root.path("generated/organization/src/v20210331").exists());
    assert!(root.path("generated/organization/src/v20181225").exists());
}

#[test]
fn action_deleted_from_spec_without_pages() {
    let root = Root {
        folder: TempDir::new().expect("a folder"),
    };
    let spec = include_str!("../../../crates/codegen/tests/specs/undefined.json");
    let path = root.path("specs/shop/2021-03-31.json");
    write(&path, spec);
    root.regenerate(&[]).succeeded();
    let mut less: Value = serde_json::from_str(spec).expect("JSON");
    let actions = less["actions"].as_object_mut().expect("actions");
    actions.remove("AddLabel").expect("the action");
    write(&path, less.to_string());
    root.refused(
        "error: would remove action `AddLabel` of shop 2021-03-31: no longer in any spec, only in \
         generated/shop/src/v20210331\n",
    );
    root.regenerate(&["--allow-removal"]).succeeded();
    assert!(
        !root
            .path("generated/shop/src/v20210331/add_label.rs")
            .exists()
    );
}

/// Writes a package with these actions of the service.
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
fn deleted_page_of_imported_action() {
    let root = Root::new();
    import(&root, &package(&root, "one", "3.1.5", &[ADD]), &[]).succeeded();
    root.regenerate(&[]).succeeded();
    fs::remove_file(root.page()).expect("the page");
    let outcome = root.regenerate(&[]);
    outcome.succeeded();
    let warning = format!(
        "warning: organization 2021-03-31 actions.{ADD}: its page {FOLDER}/{ADD}.txt no longer exists; facts that \
         only the page had are lost, and the metadata is used\n\n"
    );
    assert!(outcome.err.contains(&warning), "{}", outcome.err);
    assert_eq!(root.spec()["actions"][ADD]["description"], "Does.");
    assert!(root.has_code("add_organization_member_email"));
    assert!(!root.regenerate(&[]).err.contains("any more"));
}

#[test]
fn action_missing_in_newer_package() {
    let root = Root {
        folder: TempDir::new().expect("a folder"),
    };
    let older = package(&root, "older", "3.1.5", &["AddThing", "DeleteThing"]);
    let newer = package(&root, "newer", "3.1.6", &["AddThing"]);
    import(&root, &older, &[]).succeeded();
    let before = tree(&root.path("specs"));
    let outcome = import(&root, &newer, &[]);
    let why = "action `DeleteThing` of organization 2021-03-31: tccli-intl-en 3.1.6 does not contain it\n";
    assert_eq!(
        outcome.failed(),
        format!("error: would remove {why}\n{REMEDY}")
    );
    assert_eq!(tree(&root.path("specs")), before);

    let outcome = import(&root, &newer, &["--allow-removal"]);
    let line = format!("removed {why}");
    assert!(outcome.succeeded().contains(&line), "{}", outcome.out);
    assert_eq!(root.spec()["actions"].get("DeleteThing"), None);
    import(&root, &newer, &[]).succeeded();
    // An action that returns is not reported.
    import(&root, &older, &[]).succeeded();
}

#[test]
fn handwritten_spec_needs_replace() {
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
            "error: cannot import organization: {} has parts of unknown origin, which may be handwritten: import into \
             another folder with --specs, or overwrite it with --replace\n",
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
fn unnamed_package_is_imported_twice() {
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
    // A changed import is not mistaken for a handwritten spec.
    let new = nameless("new", &["AddThing"]);
    let outcome = import(&root, &new, &[]);
    let why = "action `DeleteThing` of organization 2021-03-31: tccli does not contain it\n";
    assert!(outcome.failed().contains(why), "{}", outcome.err);
    import(&root, &new, &["--allow-removal"]).succeeded();
}

#[test]
fn check_lists_removals() {
    let root = Root::new();
    fs::remove_file(root.page()).expect("the page was there");
    let before = tree(root.folder.path());
    let outcome = root.regenerate(&["--check"]);
    let remedy = REMEDY.replace("command with `--", "command without `--check` and with `--");
    assert!(outcome.failed().ends_with(&remedy), "{}", outcome.err);
    let lost = format!("action {ADD} was removed: its method and types are removed");
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
    let would = format!("\nwould remove action `{ADD}` of organization 2021-03-31: ");
    assert!(outcome.out.contains(&would), "{}", outcome.out);
    assert_eq!(tree(root.folder.path()), before);
}

#[test]
fn all_actions_removed() {
    let root = Root::new();
    fs::remove_dir_all(root.path("specs/organization")).expect("the service was there");
    fs::create_dir(root.path("specs/organization")).expect("its folder stays");
    let outcome = root.regenerate(&["--allow-removal"]);
    let wrote = outcome
        .succeeded()
        .lines()
        .find(|line| line.starts_with("wrote "));
    let wrote = wrote.expect("a summary");
    assert!(
        wrote.starts_with("wrote 0 of 0 files: 0 new, 0 changed, "),
        "{wrote}"
    );
    assert!(!wrote.ends_with(" 0 removed"), "{wrote}");
}

#[test]
fn page_outside_version_folder() {
    let root = Root::new();
    write(&root.path("specs/organization/pages/More.txt"), "anything");
    let before = tree(root.folder.path());
    let outcome = root.regenerate(&[]);
    assert_eq!(
        outcome.failed(),
        "error: specs/organization/pages/More.txt is in no version folder: move it into one, such as pages/2021-03-31\n"
    );
    assert_eq!(tree(root.folder.path()), before);
}
