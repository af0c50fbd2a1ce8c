//! The examples in CONTRIBUTING of `import` and `generate`.

use serde_json::json;
use tempfile::TempDir;

use crate::command::{self, documented, write};
use crate::import::place::{INTL, INTL_TEXT, api, member, place, wheel};

/// Runs the CONTRIBUTING's commands for any service, except the download.
#[test]
fn documented_commands_generate_a_client() {
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
    let blocks = documented("console");
    let commands = blocks
        .iter()
        .flat_map(|block| block.lines())
        .filter_map(|line| line.strip_prefix("$ cargo xtask "))
        .filter(|line| line.starts_with("import ") || line.starts_with("generate "));
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
