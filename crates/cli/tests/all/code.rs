//! Calls as code.

use crate::program::Folder;

const CALL: [&str; 4] = [
    "organization",
    "DescribeOrganizationMemberEmailBind",
    "--MemberUin",
    "111111111111",
];

#[test]
fn every_language_is_printed_and_has_no_secret() {
    let folder = Folder::new().credential();
    for language in tc3_snippets::Language::ALL {
        let outcome = folder.run(&[&CALL[..], &["--as", language.name()]].concat());
        assert_eq!((outcome.status, &*outcome.stderr), (0, ""), "{language:?}");
        assert!(
            outcome.stdout.contains("111111111111"),
            "{}",
            outcome.stdout
        );
        assert!(!outcome.stdout.contains(tc3_emulator::Seed::SECRET_KEY));
    }
    let outcome = folder.run(&[&CALL[..], &["--as", "rast"]].concat());
    assert_eq!(outcome.status, 2);
    assert!(outcome.stderr.contains("`rust`"), "{}", outcome.stderr);
}

/// The printed arguments of `--as tc3` make the same call.
#[test]
fn printed_arguments_make_the_same_call() {
    let folder = Folder::new().credential();
    let call = [
        "cvm",
        "DescribeInstances",
        "--Filters",
        "Name=zone,Values=[a b,\"c\"]",
        "--Limit",
        "5",
        "--region",
        "ap-x",
    ];
    let body = |arguments: &[&str]| {
        let outcome = folder.run(&[arguments, &["--dry-run"]].concat());
        assert_eq!(outcome.status, 0, "{}", outcome.stderr);
        outcome.stdout.lines().last().expect("a body").to_owned()
    };
    let printed = folder.run(&[&call[..], &["--as", "tc3"]].concat()).stdout;
    let line = printed
        .strip_prefix("tc3 ")
        .expect("a command")
        .replace("\\\n", " ");
    // No argument has a quotation mark, so the shell of the test can split the line.
    assert!(!line.contains('"'), "{line}");
    let shell = std::process::Command::new("sh")
        .args(["-c", &format!("printf '%s\\n' {line}")])
        .output();
    let words = String::from_utf8(shell.expect("a shell").stdout).expect("UTF-8");
    let words: Vec<&str> = words.lines().collect();
    assert_eq!(body(&words), body(&call));
}
