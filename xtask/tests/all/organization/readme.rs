//! The examples of the README are compiled and run here.

use std::process::Command;

use tencentcloud_organization::v20210331;

use crate::command::{blocks, documented};
use crate::organization::emulated::{MEMBER, both, client, with_binding};

mod build_script {
    include!("readme/build_script.rs");

    pub(super) fn run() -> Result<(), Box<dyn std::error::Error>> {
        main()
    }
}
#[rustfmt::skip]
mod emulator;
#[rustfmt::skip]
#[allow(unreachable_pub, reason = "the README shows how a program writes it")]
mod one_call;
#[rustfmt::skip]
#[allow(unreachable_pub, reason = "the README shows how a program writes it")]
mod quick_start;
#[rustfmt::skip]
#[allow(unreachable_pub, dead_code, reason = "the README shows how a program writes it")]
mod some_actions;

const README: &str = include_str!("../../../../README.md");

#[test]
fn readme_code_is_tested() {
    assert_eq!(
        blocks(README, "rust"),
        [
            include_str!("readme/quick_start.rs"),
            include_str!("readme/some_actions.rs"),
            include_str!("readme/build_script.rs"),
            include_str!("readme/one_call.rs"),
            include_str!("readme/emulator.rs")
        ]
    );
}

#[tokio::test]
async fn quick_start_runs() {
    for emulator in both().await {
        with_binding(&emulator, 12);
        let client = client(v20210331::Client::builder(), &emulator);
        let mailbox = quick_start::mailbox(&client, MEMBER).await;
        let mailbox = mailbox.expect("the service answers");
        assert_eq!(mailbox, Some("old@example.com".to_owned()));
        let mailbox = quick_start::mailbox(&client, 5).await;
        assert_eq!(mailbox.expect("a missing member is no error"), None);
    }
}

#[tokio::test]
async fn call_settings_run() {
    for emulator in both().await {
        with_binding(&emulator, 12);
        let client = client(v20210331::Client::builder(), &emulator);
        let reminded = one_call::remind(&client, MEMBER, 12).await;
        reminded.expect("the service answers");
        assert_eq!(emulator.outbox().len(), 1);
    }
}

#[test]
fn selected_actions_are_generated() {
    let request = some_actions::organization::DescribeOrganizationMemberEmailBindRequest::builder()
        .member_uin(5)
        .build();
    assert_eq!(request.member_uin, 5);
    assert_eq!(some_actions::organization::SERVICE.version, "2021-03-31");
}

/// Runs the build script as cargo does: in the package's folder, with an output folder.
#[test]
#[ignore = "a part of the test below, which runs it with the folder that it needs"]
fn run_the_build_script() {
    build_script::run().expect("the client is generated");
}

#[test]
fn build_script_generates_a_client() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let output = Command::new(std::env::current_exe().expect("this program"))
        .args([
            "--ignored",
            "--exact",
            "organization::readme::run_the_build_script",
        ])
        .env("OUT_DIR", folder.path())
        .output()
        .expect("it starts");
    assert!(output.status.success(), "{output:?}");
    let generated = folder.path().join("organization_v20210331.rs");
    let generated = std::fs::read_to_string(generated).expect("the client");
    assert!(generated.contains("pub struct DescribeOrganizationResponse {"));
    assert!(!generated.contains("DescribeOrganizationMembersRequest"));
}

#[test]
fn documented_diagnostic_is_current() {
    let page = include_str!(
        "../../../../specs/organization/pages/2021-03-31/AddOrganizationMemberEmail.txt"
    );
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("page.txt");
    std::fs::write(&path, page.replace("Email Yes String", "Yes String")).expect("a file");
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .current_dir(folder.path())
        .args(["parse", "page.txt"])
        .output()
        .expect("the command starts");
    let shown = String::from_utf8(output.stderr).expect("UTF-8");
    let mut documented = documented("text").into_iter();
    let diagnostic = documented.find(|block| block.starts_with("error: "));
    assert!(shown.contains(&diagnostic.expect("a block")), "{shown}");
}

#[test]
fn ci_runs_the_readme_commands() {
    let ci = include_str!("../../../../.ci/run");
    let mut steps = ci.lines().filter_map(|line| line.strip_prefix("step "));
    // The tests have built the program that `cargo xtask` would build again, and the check writes nothing.
    let checks = |step: &str| step == r#""$CARGO_TARGET_DIR/debug/xtask" regenerate --check"#;
    assert!(steps.clone().any(checks), "CI does not check the specs");
    let shown = blocks(README, "sh").concat();
    let commands: Vec<&str> = shown
        .lines()
        .filter_map(|line| line.split('#').next())
        .map(str::trim)
        .collect();
    assert_eq!(
        commands,
        ["cargo xtask regenerate", "cargo test --workspace"]
    );
    assert!(steps.any(|step| step == commands[1]), "CI runs no tests");
}
