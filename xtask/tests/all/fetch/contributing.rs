//! The examples in CONTRIBUTING of `fetch`.

use std::process::Command;

use tempfile::TempDir;

use crate::command::{documented, files, outcome, write};
use crate::fetch::pages::{action_of, data_types, index};
use crate::fetch::site::{Reply, Site};

/// Runs the CONTRIBUTING's commands against a local site.
#[test]
fn documented_commands_fetch_pages() {
    let site = Site::start();
    let links = [("/1", "DescribeOrganization"), ("/2", "Data Types")];
    site.set("/document/product/850", Reply::page(index(&links)));
    let page = |name| Reply::page(action_of("organization", "2021-03-31", name));
    site.set("/1", page("DescribeOrganization"));
    site.set("/2", Reply::page(data_types(&["OrgMember"])));
    site.set("/3", page("CreateOrganization"));
    let folder = TempDir::new().expect("a folder");
    write(&folder.path().join("addresses.txt"), site.url("/3"));
    let blocks = documented("console");
    let lines = blocks
        .iter()
        .flat_map(|block| block.lines())
        .filter_map(|line| line.strip_prefix("$ cargo xtask "));
    let commands: Vec<_> = lines.filter(|line| line.starts_with("fetch ")).collect();
    assert_eq!(commands.len(), 2, "{commands:?}");
    for command in commands {
        let command = command.replace("https://www.tencentcloud.com/", &site.url("/"));
        let mut program = Command::new(env!("CARGO_BIN_EXE_xtask"));
        program.current_dir(folder.path()).args(command.split(' '));
        outcome(program.args(["--specs", "specs", "--rate", "1000"])).succeeded();
    }
    assert_eq!(
        files(&folder.path().join("specs/organization")),
        [
            "pages/2021-03-31/CreateOrganization.html",
            "pages/2021-03-31/DataTypes.html",
            "pages/2021-03-31/DescribeOrganization.html",
            "pages.json",
        ]
    );
}
