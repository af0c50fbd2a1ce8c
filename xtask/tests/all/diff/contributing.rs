//! The example in CONTRIBUTING of `diff`.

use serde_json::Value;

use crate::command::{documented, read, workspace, write};
use crate::diff::shop::TestFolder;

const FILE: &str = "specs/organization/2021-03-31.json";

/// Creates a repository in which specs changed to their current state.
fn place() -> TestFolder {
    let place = TestFolder::new();
    let today: Value = serde_json::from_str(&read(&workspace().join(FILE))).expect("JSON");
    let mut before = today.clone();
    let actions = &mut before["actions"];
    let add = &mut actions["AddOrganizationMemberEmail"];
    add["rate_limit"] = 10.into();
    let parameters = add["request"].as_array_mut().expect("parameters");
    let phone = parameters.iter_mut().find(|of| of["name"] == "Phone");
    phone.expect("it is there")["required"] = false.into();
    let errors = actions["UpdateOrganizationMemberEmailBind"]["errors"].as_array_mut();
    let is_other = |of: &Value| of["code"] != "FailedOperation.EmailBindRecordInvalid";
    errors.expect("codes").retain(is_other);
    actions["DescribeOrganization"]["description"] = "Tells of the organization.".into();
    place.put(FILE, &before);
    write(
        &place.path().join("Cargo.toml"),
        "[workspace.package]\nversion = \"0.1.0\"\n",
    );
    let manifest = "generated/organization/Cargo.toml";
    write(
        &place.path().join(manifest),
        read(&workspace().join(manifest)),
    );
    place.git(&["init", "--quiet"]);
    place.git(&["add", "."]);
    place.git(&["commit", "--quiet", "--message", "Release 0.1.0"]);
    place.git(&["tag", "v0.1.0"]);
    place.put(FILE, &today);
    place
}

#[test]
fn documented_shows_the_output() {
    let blocks = documented("console");
    let mut blocks = blocks
        .iter()
        .filter_map(|block| block.strip_prefix("$ cargo xtask diff "));
    let block = blocks.next().expect("the block");
    let place = place();
    let mut commands = 0;
    for shown in block.split("$ cargo xtask diff ") {
        let (command, printed) = shown.split_once('\n').expect("a line");
        let arguments: Vec<&str> = command.split(' ').chain(["--root", "."]).collect();
        let outcome = place.diff(&arguments);
        let out = outcome.succeeded();
        if !printed.is_empty() {
            assert_eq!(out, printed);
        }
        assert!(out.contains("Phone"), "{out}");
        commands += 1;
    }
    assert_eq!(commands, 3);
}
