use std::{fs, path::Path};

use super::{
    super::{Credentials, ExpiringCredential, Profile, Provider as _},
    assert_no_secret,
    assume_role::credential_response,
    at,
    server::{Server, transport},
    web_identity::write_temp_file,
};
use crate::Error;

const FILE: &str = "\
[default]
secret_id = AKIDplanted
secret_key = \"planted-key\"  # mine

[session]
secret_id = id
secret_key = key
token = planted-token

[role]
secret_id = id
secret_key = key
role_arn = qcs::cam::uin/100000000001:roleName/auditor
role_session_name = nightly
duration_seconds = 900
";

async fn provide(profile: &Profile) -> Result<ExpiringCredential, Error> {
    profile.provide(&transport(), at(0)).await
}

#[tokio::test]
async fn key_is_read_from_section() {
    let path = write_temp_file("profile", FILE);
    let profile = Profile::new().file(&path);
    let fetched = provide(&profile).await.unwrap();
    assert_eq!(fetched.credential.id(), "AKIDplanted");
    assert_eq!(fetched.credential.key(), "planted-key");
    assert_eq!((fetched.credential.token(), fetched.expires), (None, None));
    let fetched = provide(&profile.section("session")).await.unwrap();
    assert_eq!(fetched.credential.token(), Some("planted-token"));
    fs::remove_file(&path).unwrap();
}

#[tokio::test]
async fn section_with_role_assumes_it() {
    let server = Server::new([credential_response()]);
    let path = write_temp_file("profile-role", FILE);
    let profile = Profile::new()
        .file(&path)
        .section("role")
        .sts_endpoint(server.endpoint());
    let fetched = provide(&profile).await.unwrap();
    fs::remove_file(&path).unwrap();
    assert_eq!(fetched.credential.id(), "AKIDplanted-new");
    assert_eq!(fetched.expires, Some(at(7200)));
    assert_eq!(
        server.received()[0].body,
        r#"{"RoleSessionName":"nightly","DurationSeconds":900,"RoleArn":"qcs::cam::uin/100000000001:roleName/auditor"}"#
    );
}

#[tokio::test]
async fn errors_name_the_line_and_show_no_value() {
    for (index, (text, problem)) in [
        ("[default]\nsecret_id = planted", ": `[default]` has no `secret_key`"),
        ("[default]\nsecret_key = planted", ": `[default]` has no `secret_id`"),
        (
            "[default]\nsecret_id = planted\nsecret_key =",
            ", line 3: `secret_key` in `[default]` is empty",
        ),
        (
            "[default]\nsecret_id: planted",
            ", line 2: expected `[section]`, `key = value` or a comment",
        ),
        ("[other]\nsecret_id = planted", " has no section `[default]`"),
        ("", " has no section `[default]`"),
        (
            "[default]\nsecret_id=planted\nsecret_key=planted\nrole_arn=qcs::cam::r\nduration_seconds=planted",
            ", line 5: `duration_seconds` in `[default]` is not a whole number",
        ),
        (
            "[default]\nsecret_id=planted\nsecret_key=planted\nrole_arn=planted",
            ", `[default]`: setting `role_arn`: must be the full name of a role, \
             for example `qcs::cam::uin/100000000001:roleName/auditor`",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let path = write_temp_file(&format!("profile-{index}"), text);
        let error = provide(&Profile::new().file(&path)).await.unwrap_err();
        fs::remove_file(&path).unwrap();
        assert_eq!(error.to_string(), format!("`{}`{problem}", path.display()));
        assert_no_secret(&error);
    }
}

/// A repaired file works without a restart.
#[tokio::test]
async fn failure_is_not_cached() {
    let path = write_temp_file("profile-repaired", "[default]\nsecret_id = AKID");
    let credentials = Credentials::new(Profile::new().file(&path));
    credentials.get(&transport(), at(0)).await.unwrap_err();
    fs::write(&path, FILE).unwrap();
    credentials.get(&transport(), at(0)).await.unwrap();
    fs::remove_file(&path).unwrap();
}

#[test]
fn file_is_found_in_default_locations() {
    let home = write_temp_file("home", "");
    fs::remove_file(&home).unwrap();
    let in_home = home.join(".tencentcloud/credentials");
    fs::create_dir_all(in_home.parent().unwrap()).unwrap();

    let profile = Profile::new();
    let named = |name: &str| (name == "TENCENTCLOUD_CREDENTIALS_FILE").then(|| "/named".into());
    let unnamed = |_: &str| None;
    let find = |profile: &Profile, home| profile.find(unnamed, home).unwrap_or_default();

    if !Path::new("/etc/tencentcloud/credentials").exists() {
        let error = profile.find(unnamed, Some(&home)).unwrap_err();
        assert!(error.is_absent_credential());
        assert_eq!(
            error.to_string(),
            format!(
                "`{}` does not exist, `/etc/tencentcloud/credentials` does not exist",
                in_home.display()
            )
        );
    }
    fs::write(&in_home, FILE).unwrap();
    assert_eq!(find(&profile, Some(&home)), in_home);
    assert_eq!(
        profile.find(named, Some(&home)).unwrap(),
        Path::new("/named")
    );
    let given = profile.file("/given");
    assert_eq!(given.find(named, Some(&home)).unwrap(), Path::new("/given"));
    fs::remove_dir_all(&home).unwrap();
}

#[test]
fn invalid_settings_are_refused() {
    let profile = Profile::new().sts_endpoint("ftp://x");
    let error = Credentials::new(profile).check().unwrap_err().to_string();
    let expected = "setting `credentials`: the profile file: setting `endpoint`: `ftp://x` has";
    assert!(error.starts_with(expected), "{error}");
}
