//! Profiles: written from standard input, listed, removed, and used by calls.

use std::fs;

use crate::program::Folder;

const KEY: &str = "planted-key-0123456789";

fn credentials(folder: &Folder) -> String {
    fs::read_to_string(folder.folder.path().join(".tencentcloud/credentials")).expect("a file")
}

#[test]
fn profile_from_standard_input_signs_calls() {
    let folder = Folder::new();
    let input = format!("# mine\nsecret_id = AKIDPLANTED\nsecret_key={KEY}\nregion = ap-x\n");
    let outcome = folder.run_with(&["configure"], &input);
    assert_eq!(
        (outcome.status, &*outcome.stdout),
        (0, ""),
        "{}",
        outcome.stderr
    );
    assert!(!outcome.stderr.contains(KEY));
    let outcome = folder.run(&["cvm", "DescribeZones", "--dry-run"]);
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    assert!(
        outcome.stdout.contains("Credential=AKIDPLANTED/"),
        "{}",
        outcome.stdout
    );
    assert!(
        outcome.stdout.contains("\nx-tc-region: ap-x\n"),
        "{}",
        outcome.stdout
    );

    let input = format!("secret_id = AKIDOTHER\nsecret_key = {KEY}\n");
    assert_eq!(
        folder
            .run_with(&["configure", "--profile", "other"], &input)
            .status,
        0
    );
    assert_eq!(folder.run_with(&["configure"], "region = ap-y\n").status, 0);
    let outcome = folder.run(&["configure", "list"]);
    assert_eq!(
        outcome.stdout,
        "default\tAKIDPLAN…\tap-y\t-\nother\tAKIDOTHE…\t-\t-\n"
    );
    let outcome = folder.run(&["cvm", "DescribeZones", "--dry-run", "--profile", "other"]);
    assert!(
        outcome.stdout.contains("Credential=AKIDOTHER/"),
        "{}",
        outcome.stdout
    );

    assert_eq!(
        folder
            .run(&["configure", "remove", "--profile", "default"])
            .status,
        0
    );
    assert_eq!(
        credentials(&folder),
        format!("[other]\nsecret_id = \"AKIDOTHER\"\nsecret_key = \"{KEY}\"\n")
    );
    let outcome = folder.run(&["configure", "remove", "--profile", "othr"]);
    assert_eq!(outcome.status, 2);
    assert!(
        outcome.stderr.contains("did you mean `other`?"),
        "{}",
        outcome.stderr
    );
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_the_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new();
    let input = format!("secret_id = AKID\nsecret_key = {KEY}\n");
    assert_eq!(folder.run_with(&["configure"], &input).status, 0);
    let mode = |name: &str| {
        let metadata = fs::metadata(folder.folder.path().join(name)).expect("it exists");
        metadata.permissions().mode() & 0o777
    };
    assert_eq!(mode(".tencentcloud/credentials"), 0o600);
    assert_eq!(mode(".tencentcloud"), 0o700);
}

/// Lines that no program understands stay, and a profile can still be written.
#[test]
fn broken_file_is_edited_and_kept() {
    let folder = Folder::new();
    folder.write(
        "broken",
        "nonsense\n[default\n[a]\nSecret-Id = old\nextra = 1\n\n[b]\nx\n",
    );
    let folder = folder.variable("TENCENTCLOUD_CREDENTIALS_FILE", "broken");
    let outcome = folder.run(&["cvm", "DescribeZones", "--dry-run"]);
    assert_eq!(outcome.status, 3);
    let outcome = folder.run_with(
        &["configure", "--profile", "a"],
        "secret_id = new\nsecret_key = k\n",
    );
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    let text = fs::read_to_string(folder.folder.path().join("broken")).expect("a file");
    assert_eq!(
        text,
        "nonsense\n[default\n[a]\nsecret_id = \"new\"\nsecret_key = \"k\"\nextra = 1\n\n[b]\nx\n"
    );
    assert_eq!(folder.run(&["--version"]).status, 0);
}

#[test]
fn wrong_input_changes_nothing_and_is_not_quoted() {
    let folder = Folder::new();
    for input in [
        "",
        KEY,
        &format!("secretkey = {KEY}"),
        &format!("secret_key = {KEY}\nsecret_key = {KEY}"),
        &format!("secret_key = \"{KEY}\" x\""),
        "secret_id =",
        "secret_id = AKID",
        "site = moon",
    ] {
        let outcome = folder.run_with(&["configure"], input);
        assert_eq!(outcome.status, 2, "{input}: {}", outcome.stderr);
        assert!(!outcome.stderr.contains(KEY), "{}", outcome.stderr);
    }
    assert!(!folder.folder.path().join(".tencentcloud").exists());
    assert_eq!(
        folder
            .run_with(&["configure", "--profile", "a]b"], "secret_id = x")
            .status,
        2
    );
}
