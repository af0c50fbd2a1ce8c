//! Usage errors: nothing is sent, and the exit status is 2.

use serde_json::Value;
use tc3_emulator::Emulator;

use crate::program::Folder;

#[test]
fn invalid_command_lines() {
    let emulator = Emulator::builder().start_blocking().expect("it starts");
    let folder = Folder::new().credential();
    for line in [
        "",
        "organization",
        "organization --region x",
        "organization DescribeOrganizationMemberEmailBind",
        "organization DescribeOrganizationMemberEmailBind --MemberUin",
        "organization DescribeOrganizationMemberEmailBind --MemberUin 1x",
        "organization DescribeOrganizationMemberEmailBind --MemberUin 1 --MemberUin 2",
        "organization DescribeOrganizationMemberEmailBind --MemberUi 1",
        "organization DescribeOrganizationMemberEmailBind --MemberUin 1 2",
        "organization DescribeOrganizationMemberEmailBind --MemberUin 1 --nonsense",
        "organization DescribeOrganizationMemberEmailBind --MemberUin 1 --output",
        "--nonsense organization DescribeOrganizationMemberEmailBind --MemberUin 1",
        "organization DescribeOrganizationMemberEmailBind --input -",
        "cvm DescribeInstances --InstanceIds - --Filters -",
        "cvm DescribeInstances --region ?",
        "cvm DescribeInstances --wait-interval 1",
        "cvm --region ap-x DescribeInstances",
        "--secretKey x services",
    ] {
        let words = line
            .split_whitespace()
            .chain(["--endpoint", emulator.endpoint()]);
        let outcome = folder.run_with(&words.collect::<Vec<_>>(), "{");
        assert_eq!(
            (outcome.status, &*outcome.stdout),
            (2, ""),
            "{line}: {}",
            outcome.stderr
        );
        assert!(!outcome.stderr.is_empty(), "{line}");
    }
    assert!(emulator.requests().is_empty());
}

#[test]
fn usage_errors_as_json_have_places() {
    let arguments = ["cvm", "DescribeInstances", "--Limt", "5", "--errors=json"];
    let outcome = Folder::new().run(&arguments);
    assert_eq!(outcome.status, 2);
    let error: Value = serde_json::from_str(&outcome.stderr).expect("JSON");
    let problem = &error["error"]["problems"][0];
    assert_eq!(problem["argument"], 3);
    assert_eq!((&problem["start"], &problem["end"]), (&2.into(), &6.into()));
    assert_eq!(problem["similar"][0], "--Limit");
}

/// An unknown parameter may be a misspelled option, or one of tccli.
#[test]
fn misspelled_and_foreign_options_are_explained() {
    let folder = Folder::new();
    for (line, expected) in [
        ("cvm DescribeZones --profil x", "similar: --profile"),
        (
            "cvm DescribeZones --https-proxy http://h:1",
            "no parameter `https-proxy`; set HTTPS_PROXY",
        ),
        (
            "cvm DescribeZones --role-arn x",
            "no parameter `role-arn`; set `role_arn` in a profile",
        ),
        ("cvm DescribeZones --language zh", "must be zh-CN or en-US"),
        ("cvm --Limit 5", "tc3 cvm --Limit\n          ^^^^^^^\n"),
    ] {
        let words: Vec<_> = line.split_whitespace().collect();
        let outcome = folder.run(&words);
        assert_eq!(outcome.status, 2, "{line}");
        assert!(outcome.stderr.contains(expected), "{}", outcome.stderr);
    }
}

#[test]
fn version_and_help_work_without_settings() {
    let folder = Folder::new()
        .variable("TENCENTCLOUD_SITE", "moon")
        .variable("TENCENTCLOUD_CREDENTIALS_FILE", "/nowhere");
    let outcome = folder.run(&["--version"]);
    assert_eq!(
        (outcome.status, &*outcome.stdout),
        (0, &*format!("tc3 {}\n", env!("CARGO_PKG_VERSION")))
    );
    let outcome = folder.run(&["cvm", "DescribeZones"]);
    assert_eq!(outcome.status, 3, "{}", outcome.stderr);
    assert!(
        outcome.stderr.contains("TENCENTCLOUD_SITE"),
        "{}",
        outcome.stderr
    );
}

/// The message does not show the value, which can be a secret.
#[cfg(unix)]
#[test]
fn variables_that_are_not_unicode_are_errors() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt as _;

    for (name, call, status) in [
        ("TENCENTCLOUD_SITE", &["cvm", "DescribeZones"][..], 3),
        (
            "TENCENTCLOUD_SECRET_KEY",
            &["verify", "--authorization", "TC3-HMAC-SHA256 Signature="],
            2,
        ),
    ] {
        let value = OsString::from_vec(b"planted\xFF".to_vec());
        let folder = Folder::new().credential().variable(name, value);
        let outcome = folder.run(call);
        assert_eq!(outcome.status, status, "{}", outcome.stderr);
        let expected = format!("environment variable {name} must be valid Unicode");
        assert!(outcome.stderr.contains(&expected), "{}", outcome.stderr);
        assert!(!outcome.stderr.contains("planted"), "{}", outcome.stderr);
    }
}

/// A service with the name of a command could not be called.
#[test]
fn commands_have_names_of_no_service() {
    let folder = Folder::new();
    let help = folder.run(&["--help"]).stdout;
    let (_, commands) = help.split_once("Commands:\n").expect("commands");
    let (commands, _) = commands.split_once("\n\n").expect("an end");
    let names = |text: &str| -> Vec<String> {
        let words = text
            .lines()
            .filter_map(|line| line.split_whitespace().next());
        words.map(str::to_owned).collect()
    };
    for site in ["intl", "mainland"] {
        let services = names(&folder.run(&["services", "--site", site]).stdout);
        assert!(services.len() > 100, "{services:?}");
        for command in names(commands) {
            assert!(!services.contains(&command), "{command}");
        }
    }
}

#[test]
fn help_as_a_word() {
    let folder = Folder::new();
    for (word, option) in [
        (&["help"][..], &["--help"][..]),
        (&["cvm", "help"], &["cvm", "--help"]),
        (
            &["cvm", "RunInstances", "help"],
            &["cvm", "RunInstances", "--help"],
        ),
    ] {
        let [word, option] = [word, option].map(|arguments| folder.run(arguments));
        assert_eq!((word.status, word.stdout), (0, option.stdout));
    }
    // After `search`, it is a search word.
    let found = folder.run(&["search", "help"]);
    assert!(!found.stdout.contains("Usage:"), "{}", found.stdout);
}
