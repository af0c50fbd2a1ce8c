use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    super::{Credentials, ExpiringCredential, Profile, Provider as _},
    assert_no_secret,
    assume_role::credential_response,
    at, offline,
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
async fn section_selects_the_role_of_the_machine() {
    let path = write_temp_file("profile-machine", "[default]\ntype = cvm-role\n");
    let profile = Profile::new().file(&path);
    let error = profile.provide(&offline(), at(0)).await.unwrap_err();
    fs::remove_file(&path).unwrap();
    let host = "(metadata.tencentyun.com)";
    assert!(error.to_string().contains(host), "{error}");
}

/// The command's words are separated by white space, so the key is printed without quotation marks.
#[cfg(unix)]
#[tokio::test]
async fn command_prints_the_key() {
    let section = |name: &str, command: &str| {
        format!("[{name}]\nsecret_id = AKIDplanted\nsecret_key_command = \"{command}\"\n")
    };
    let text = [
        section("default", "echo planted-key"),
        section("session", "printf planted-key\\n") + "token = planted-token\n",
        section("absent", "/nowhere/planted-program planted-key"),
        section("failing", "false planted-key"),
        section("empty", "true"),
        section("several", "echo planted-key planted-key"),
        section("binary", "printf \\377"),
    ];
    let path = write_temp_file("profile-command", &text.concat());
    let profile = Profile::new().file(&path);
    let fetched = provide(&profile).await.unwrap();
    assert_eq!(fetched.credential.id(), "AKIDplanted");
    assert_eq!(fetched.credential.key(), "planted-key");
    assert_eq!(fetched.expires, None);
    let fetched = provide(&profile.clone().section("session")).await.unwrap();
    assert_eq!(fetched.credential.token(), Some("planted-token"));
    for (name, line, problem) in [
        (
            "absent",
            10,
            "cannot be run: No such file or directory (os error 2)",
        ),
        ("failing", 13, "failed: exit status: 1"),
        ("empty", 16, "printed an invalid key: it is empty"),
        (
            "several",
            19,
            "printed an invalid key: it contains a space or a line break",
        ),
        (
            "binary",
            22,
            "printed an invalid key: it contains a control character or one that is not ASCII",
        ),
    ] {
        // Nothing is run before the credential is needed.
        let profile = profile.clone().section(name);
        profile.check().unwrap();
        let error = provide(&profile).await.unwrap_err();
        let place = format!("`{}`, line {line}", path.display());
        assert_eq!(
            error.message(),
            format!("{place}: `secret_key_command` {problem}")
        );
        assert_no_secret(&error);
    }
    fs::remove_file(&path).unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn role_is_assumed_with_the_key_of_a_command() {
    let server = Server::new([credential_response()]);
    let text = "[default]\nsecret_id = id\nsecret_key_command = echo key\nrole_arn = qcs::cam::uin/1:roleName/a\n";
    let path = write_temp_file("profile-command-role", text);
    let profile = Profile::new().file(&path).sts_endpoint(server.endpoint());
    let fetched = provide(&profile).await.unwrap();
    fs::remove_file(&path).unwrap();
    assert_eq!(fetched.credential.id(), "AKIDplanted-new");
}

/// Checks that a client is refused because of this file, with an error that shows no value.
#[track_caller]
fn assert_refused(name: &str, text: impl AsRef<[u8]>, problem: &str) {
    let path = write_temp_file(name, "");
    fs::write(&path, text).unwrap();
    let credentials = Credentials::new(Profile::new().file(&path).section("default"));
    let error = credentials.check().unwrap_err();
    fs::remove_file(&path).unwrap();
    let expected = format!("setting `credential`: the profile: {problem}");
    let expected = expected.replace("FILE", &format!("`{}`", path.display()));
    assert_eq!(error.to_string(), expected);
    assert_no_secret(&error);
}

#[test]
fn invalid_file_is_refused_with_its_line() {
    for (index, (text, problem)) in [
        ("[default]\nsecret_id = planted", "FILE, line 1: `[default]` has no `secret_key`"),
        ("\n[default]\nsecret_key = planted", "FILE, line 2: `[default]` has no `secret_id`"),
        (
            "[default]\nsecret_id = planted\nsecret_key =",
            "FILE, line 3: `secret_key` is empty",
        ),
        (
            "[default]\nsecret_id = planted\nsecret_key = planted planted",
            "FILE, line 3: `secret_key` contains a space or a line break",
        ),
        (
            "[default]\nsecret_id = planted/planted\nsecret_key = planted",
            "FILE, line 2: `secret_id` contains a slash or a comma",
        ),
        (
            "[default]\nsecret_id = planted\nsecret_key = planted'",
            "FILE, line 3: `secret_key` contains a quotation mark",
        ),
        (
            "[default]\nsecret_id = planted\nsecret_key = planted\ntoken = plant\u{e9}d",
            "FILE, line 4: `token` contains a control character or one that is not ASCII",
        ),
        (
            "\u{feff}[default]\r\nsecret_id: planted\r\n",
            "FILE, line 2: expected `[section]`, `key = value` or a comment",
        ),
        ("[default]\nsecret_id = planted\n[default]", "FILE, line 3: duplicate section"),
        (
            "[default]\nsecret_id = planted\nSecretId = planted",
            "FILE, line 3: duplicate key in the section",
        ),
        (
            "[default]\nsecret_id=planted\nsecret_key=planted\nrole_arn=qcs::cam::r\nduration_seconds=planted",
            "FILE, line 5: `duration_seconds` is not a whole number",
        ),
        (
            "[default]\nsecret_id=planted\nsecret_key=planted\nsecret_key_command=planted",
            "FILE, line 4: `secret_key_command` and `secret_key` are both set; remove one",
        ),
        (
            "[default]\nsecret_id=planted\nsecret_key_command=",
            "FILE, line 3: `secret_key_command` is empty",
        ),
        (
            "[default]\nsecret_id=planted\nsecret_key_command=\" \"",
            "FILE, line 3: `secret_key_command` is empty",
        ),
        (
            "[default]\nsecret_key_command=planted",
            "FILE, line 1: `[default]` has no `secret_id`",
        ),
        (
            "[default]\nsecret_id=planted\nsecret_key=planted\nrole_arn=planted",
            "FILE, line 1: `[default]`: setting `role_arn`: must be the full name of a role, \
             for example `qcs::cam::uin/100000000001:roleName/auditor`",
        ),
        ("", "no profile `default`: FILE has no section `[default]`"),
        (
            "[other]\nsecret_id = planted\n[defualt]",
            "no profile `default`: FILE has no section `[default]`; known profiles: `defualt`, `other`",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        assert_refused(&format!("profile-{index}"), text, problem);
    }
    assert_refused(
        "profile-bytes",
        b"[default]\nsecret_id = planted\xff",
        "FILE is not UTF-8",
    );
}

#[test]
fn unreadable_file_is_refused() {
    for (file, problem) in [
        ("/nowhere", "`file` names `/nowhere`, which does not exist"),
        ("/", "`/` cannot be read: Is a directory"),
    ] {
        let credentials = Credentials::new(Profile::new().file(file));
        let error = credentials.check().unwrap_err().to_string();
        assert!(error.contains(problem), "{error}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;

        let path = write_temp_file("profile-denied", FILE);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
        // The superuser can read it.
        if fs::read(&path).is_err() {
            let error = Credentials::new(Profile::new().file(&path))
                .check()
                .unwrap_err();
            assert!(error.to_string().contains("Permission denied"), "{error}");
        }
        fs::remove_file(&path).unwrap();
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

/// Home directory of a test.
struct Home(PathBuf);

impl Home {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let home = write_temp_file(name, "");
        fs::remove_file(&home).unwrap();
        for (file, text) in files {
            let path = home.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(home)
    }

    /// Returns the place of the profile and its values of these keys, or the error.
    fn find(
        &self,
        profile: &Profile,
        variables: &[(&str, &str)],
        keys: [&str; 2],
    ) -> Result<(String, [Option<String>; 2]), Error> {
        let lookup = |name: &str| {
            let variable = variables.iter().find(|(key, _)| *key == name);
            variable.map(|(_, value)| (*value).into())
        };
        let section = profile.find(lookup, Some(&self.0))?;
        let values = keys.map(|key| Some(section.get(key)?.value.to_string()));
        let place = section.place.replace(&*self.0.to_string_lossy(), "~");
        Ok((place, values))
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const INI: &str = ".tencentcloud/credentials";

#[test]
fn profile_is_found_by_name() {
    let home = Home::new(
        "home",
        &[
            (
                INI,
                "[default]\nsecret_id = ini\nregion = ap-a\n[prod]\nsecret_id = ini-prod\n",
            ),
            (".tccli/default.credential", r#"{"secretId": "tccli"}"#),
            (
                ".tccli/staging.credential",
                r#"{"secretId": "tccli-staging", "token": null, "role-arn": ""}"#,
            ),
            (
                ".tccli/staging.configure",
                r#"{"_sys_param": {"region": "ap-b", "output": "json"}, "cvm": {}}"#,
            ),
            (
                ".tccli/ci.configure",
                r#"{"_sys_param": {"region": "ap-c"}}"#,
            ),
        ],
    );
    let new = Profile::new;
    for (profile, variables, place, id, region) in [
        (
            new(),
            &[][..],
            "`~/.tencentcloud/credentials`, line 1: `[default]`",
            Some("ini"),
            Some("ap-a"),
        ),
        (
            new().section("prod"),
            &[],
            "`~/.tencentcloud/credentials`, line 4: `[prod]`",
            Some("ini-prod"),
            None,
        ),
        (
            new(),
            &[("TENCENTCLOUD_PROFILE", "prod")],
            "`~/.tencentcloud/credentials`, line 4: `[prod]`",
            Some("ini-prod"),
            None,
        ),
        (
            new(),
            &[("TENCENTCLOUD_PROFILE", ""), ("TCCLI_PROFILE", "staging")],
            "`~/.tccli/staging.credential`",
            Some("tccli-staging"),
            Some("ap-b"),
        ),
        (
            new().section("prod"),
            &[("TENCENTCLOUD_PROFILE", "ci")],
            "`~/.tencentcloud/credentials`, line 4: `[prod]`",
            Some("ini-prod"),
            None,
        ),
        (
            new().section("ci"),
            &[],
            "`~/.tccli/ci.configure`",
            None,
            Some("ap-c"),
        ),
    ] {
        let (found, values) = home
            .find(&profile, variables, ["secret_id", "region"])
            .unwrap();
        assert_eq!(found, place);
        assert_eq!(
            values.each_ref().map(Option::as_deref),
            [id, region],
            "{place}"
        );
    }
    let error = home
        .find(&new().section("stagin"), &[], ["", ""])
        .unwrap_err()
        .to_string();
    assert!(error.starts_with("no profile `stagin`: "), "{error}");
    assert!(
        error.ends_with("; known profiles: `staging`, `default`, `prod`"),
        "{error}"
    );
    let elsewhere = new().section("../../x");
    assert!(home.find(&elsewhere, &[], ["", ""]).is_err());
    let file = write_temp_file("named", "[default]\nsecret_id = named");
    let named = [("TENCENTCLOUD_CREDENTIALS_FILE", file.to_str().unwrap())];
    let (_, [id, _]) = home.find(&new(), &named, ["secret_id", ""]).unwrap();
    fs::remove_file(&file).unwrap();
    assert_eq!(id.as_deref(), Some("named"));
    home.find(&new(), &named, ["", ""]).unwrap_err();
}

#[test]
fn default_profile_may_be_absent() {
    let home = Home::new("home-empty", &[("other", "")]);
    if Path::new("/etc/tencentcloud/credentials").exists() {
        return;
    }
    let error = home.find(&Profile::new(), &[], ["", ""]).unwrap_err();
    assert!(error.is_absent_credential());
    let expected = format!(
        "`{}` does not exist, `/etc/tencentcloud/credentials` does not exist",
        home.0.join(INI).display()
    );
    assert_eq!(error.to_string(), expected);
    let named = home
        .find(&Profile::new().section("a"), &[], ["", ""])
        .unwrap_err();
    assert!(!named.is_absent_credential());
}

#[test]
fn invalid_tccli_file_is_refused_with_its_line() {
    for (index, (text, problem)) in [
        (
            "{\n\"secretId\": \"planted\",\nplanted",
            "line 3: invalid JSON, or not an object",
        ),
        ("[\"planted\"]", "line 1: invalid JSON, or not an object"),
        (
            "{\"secretId\": \"planted\",\n\"secretKey\": \"plan ted\"}",
            "line 2: `secretKey` contains a space or a line break",
        ),
        ("{\"secretId\": \"planted\"}", " has no `secret_key`"),
    ]
    .into_iter()
    .enumerate()
    {
        let home = Home::new(
            &format!("home-tccli-{index}"),
            &[(".tccli/a.credential", text)],
        );
        let profile = Profile::new().section("a");
        let section = profile.find(|_| None, Some(&home.0));
        let error = section
            .and_then(|section| profile.read(&section).map(drop))
            .unwrap_err();
        assert!(error.to_string().ends_with(problem), "{error}");
        assert_no_secret(&error);
    }
}

#[tokio::test]
async fn login_of_tccli_expires() {
    let home = Home::new(
        "home-login",
        &[(
            ".tccli/default.credential",
            r#"{"type": "oauth", "secretId": "id", "secretKey": "a\/b", "token": "t", "expiresAt": 1700000060, "oauth": {"accessToken": "planted"}}"#,
        )],
    );
    let profile = Profile::new();
    let section = profile.find(|_| None, Some(&home.0)).unwrap();
    let origin = profile.read(&section).unwrap();
    let fetched = origin.provide(&offline(), at(0)).await.unwrap();
    assert_eq!(fetched.credential.key(), "a/b");
    assert_eq!(fetched.expires, Some(at(60)));
    let error = origin.provide(&offline(), at(60)).await.unwrap_err();
    assert!(error.to_string().contains("expired"), "{error}");
}

#[test]
fn invalid_settings_are_refused() {
    let profile = Profile::new().sts_endpoint("ftp://x");
    let error = Credentials::new(profile).check().unwrap_err().to_string();
    let expected = "setting `credential`: the profile: setting `endpoint`: `ftp://x` has";
    assert!(error.starts_with(expected), "{error}");
}
