//! Runs the examples. Cargo builds them with this test.

use std::env;
use std::path::PathBuf;
use std::process::Command;

/// Runs an example and returns what it prints.
fn run(name: &str) -> String {
    let mut folder = env::current_exe().expect("the path of this test");
    folder.pop();
    folder.pop();
    let path: PathBuf = folder.join("examples").join(name);
    let output = Command::new(&path).output().expect("the example starts");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {printed}{errors}");
    printed
}

#[test]
fn examples_print_expected_output() {
    for (name, expected) in [
        ("paging", "a page with 1 of Some("),
        ("errors", "second: refused with FailedOperation."),
        ("blocking", "Some("),
        ("reqwest", "Some("),
        ("any_service", "zones"),
        ("tracing", "tc3.attempt"),
        ("credentials", "from the vault"),
    ] {
        let printed = run(name);
        assert!(
            printed.contains(expected),
            "{name} does not print {expected}: {printed}"
        );
    }
    let printed = run("credentials");
    assert_eq!(printed.matches("from the vault").count(), 1, "{printed}");
}
