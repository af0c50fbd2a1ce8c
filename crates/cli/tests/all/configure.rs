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

/// A replacement of `secret-tool` that keeps the secret in a file. It rejects other arguments, such as the secret.
#[cfg(target_os = "linux")]
const SECRET_TOOL: &str = r#"#!/bin/sh
case "$1" in
store) [ "$*" = "store --label Secret key of the tc3 profile ops service tc3 profile ops" ] && cat > "$HOME/ring" ;;
lookup) [ "$*" = "lookup service tc3 profile ops" ] && cat "$HOME/ring" ;;
clear) [ "$*" = "clear service tc3 profile ops" ] && rm "$HOME/ring" ;;
*) exit 9 ;;
esac
"#;

#[cfg(target_os = "linux")]
#[test]
fn secret_key_is_kept_in_the_keyring() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = Folder::new();
    let home = folder.folder.path().to_owned();
    let path = format!("{}:/usr/bin:/bin", home.display());
    let folder = folder.variable("PATH", path);
    let profile = format!("secret_id = AKIDPLANTED\nsecret_key = {KEY}\n");
    let configure = ["configure", "--profile", "ops", "--keyring"];

    // Without a keyring, the secret is not written elsewhere.
    folder.write("secret-tool", "#!/bin/sh\nexit 1\n");
    let tool = home.join("secret-tool");
    fs::set_permissions(&tool, fs::Permissions::from_mode(0o755)).expect("a program");
    let outcome = folder.run_with(&configure, &profile);
    assert_eq!(outcome.status, 3, "{}", outcome.stderr);
    let problem = "cannot store the secret key in the keyring: `secret-tool` failed: exit status: 1; without --keyring, ";
    assert!(outcome.stderr.contains(problem), "{}", outcome.stderr);
    assert!(!home.join(".tencentcloud").exists());

    folder.write("secret-tool", SECRET_TOOL);
    let outcome = folder.run_with(&configure, &profile);
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    assert_eq!(
        credentials(&folder),
        "[ops]\nsecret_id = \"AKIDPLANTED\"\nsecret_key_command = \"secret-tool lookup service tc3 profile ops\"\n"
    );
    let ring = || fs::read_to_string(home.join("ring")).ok();
    assert_eq!(ring().as_deref(), Some(KEY));
    let call = ["cvm", "DescribeZones", "--dry-run", "--profile", "ops"];
    let outcome = folder.run(&call);
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    assert!(
        outcome.stdout.contains("Credential=AKIDPLANTED/"),
        "{}",
        outcome.stdout
    );
    // Other values can be changed without the key.
    let region = ["configure", "--profile", "ops"];
    assert_eq!(folder.run_with(&region, "region = ap-x\n").status, 0);
    assert_eq!(ring().as_deref(), Some(KEY));

    // A key in the file replaces that in the keyring.
    assert_eq!(folder.run_with(&region, &profile).status, 0);
    assert!(!credentials(&folder).contains("secret_key_command"));
    assert!(credentials(&folder).contains(KEY));
    assert_eq!(ring(), None);
    assert_eq!(folder.run_with(&configure, &profile).status, 0);
    assert!(!credentials(&folder).contains(KEY));
    let outcome = folder.run(&["configure", "remove", "--profile", "ops"]);
    assert_eq!((outcome.status, &*outcome.stderr), (0, ""));
    assert_eq!((ring(), credentials(&folder)), (None, String::new()));

    for (profile, input) in [
        ("two words", profile.as_str()),
        ("-x", &profile),
        ("ops", "region = ap-x\n"),
        ("ops", &format!("{profile}token = {KEY}\n")),
    ] {
        let name = format!("--profile={profile}");
        let outcome = folder.run_with(&["configure", "--keyring", &name], input);
        assert_eq!(outcome.status, 2, "{profile}: {}", outcome.stderr);
        assert!(!outcome.stderr.contains(KEY), "{}", outcome.stderr);
    }
    assert_eq!(ring(), None);
}

/// Invalid lines are kept, and a profile can still be written.
#[test]
fn invalid_file_is_edited() {
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
fn invalid_input_changes_nothing() {
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
