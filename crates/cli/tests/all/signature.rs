//! Steps of signatures: `--show-signature` and `verify`.

use crate::program::Folder;

/// Returns the text between two headings.
fn part<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let (_, rest) = text.split_once(from).expect("a heading");
    rest.split_once(to).expect("a heading").0.trim_matches('\n')
}

#[test]
fn shown_steps_are_verified() {
    let folder = Folder::new()
        .credential()
        .variable("TENCENTCLOUD_TOKEN", "planted-token");
    let call = ["organization", "DescribeOrganization", "--Lang", "en-US"];
    let outcome = folder.run(&[&call[..], &["--show-signature"]].concat());
    assert_eq!((outcome.status, &*outcome.stderr), (0, ""));
    let shown = outcome.stdout;
    assert!(!shown.contains(tc3_emulator::Seed::SECRET_KEY), "{shown}");
    let (_, header) = shown.split_once("5 Authorization\n\n").expect("a heading");
    folder.write("canonical", part(&shown, "1 Canonical request\n", "\n2 "));
    folder.write("to_sign", part(&shown, "2 String to sign\n", "\n3 "));
    folder.write("body", r#"{"Lang":"en-US"}"#);
    let steps = [
        "verify",
        "--canonical-request",
        "canonical",
        "--string-to-sign",
        "to_sign",
        "--body",
        "body",
        "--authorization",
        header,
    ];
    let outcome = folder.run(&steps);
    assert_eq!(
        (outcome.status, &*outcome.stdout),
        (0, "all lines are correct\n")
    );

    folder.write("body", r#"{"Lang": "en-US"}"#);
    let outcome = folder.run(&steps);
    assert_eq!(outcome.status, 1);
    assert!(
        outcome
            .stdout
            .starts_with("canonical request, line 9: the SHA-256 of the body as it is sent"),
        "{}",
        outcome.stdout
    );
    assert!(
        outcome.stdout.contains("\n  found    `") && outcome.stdout.contains("\n  expected `"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn missing_steps_are_a_usage_error() {
    let folder = Folder::new();
    assert_eq!(folder.run(&["verify"]).status, 2);
    let outcome = folder.run(&["verify", "--canonical-request", "missing"]);
    assert_eq!(outcome.status, 2);
    assert!(
        outcome.stderr.contains("cannot read missing"),
        "{}",
        outcome.stderr
    );
}

/// The credential of a role comes from a server. A dry run does not request it, and does not show that request.
#[test]
fn dry_run_does_not_show_the_request_for_a_credential() {
    let folder = Folder::new();
    let text = "[default]\nsecret_id = AKIDX\nsecret_key = planted\nrole_arn = qcs::cam::uin/1:roleName/a\n";
    folder.write("profiles", text);
    let folder = folder.variable("TENCENTCLOUD_CREDENTIALS_FILE", "profiles");
    for call in [
        &["cvm", "DescribeZones"][..],
        &[
            "sts",
            "AssumeRole",
            "--RoleArn",
            "a",
            "--RoleSessionName",
            "b",
        ],
    ] {
        for option in ["--dry-run", "--show-signature"] {
            let outcome = folder.run(&[call, &[option]].concat());
            assert_eq!((outcome.status, &*outcome.stdout), (3, ""), "{call:?}");
            let stderr = outcome.stderr;
            assert!(
                stderr.contains("a dry run asks no server for the credential") || call[0] == "sts",
                "{stderr}"
            );
        }
    }
}
