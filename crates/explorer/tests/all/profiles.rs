//! Tests profiles whose file changes while the explorer runs.

use std::fs;

use serde_json::Value;
use tc3::credential::Profile;
use tc3_explorer::{Account, Settings, Source};
use tempfile::TempDir;

use crate::site::{Site, call, settings};

/// A file of profiles.
struct File(TempDir);

impl File {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// Writes the profile `planted` with a secret ID and more lines.
    fn write(&self, secret_id: &str, more: &str) {
        let text = format!("[planted]\nsecret_id = {secret_id}\nsecret_key = key\n{more}\n");
        fs::write(self.0.path().join("credentials"), text).unwrap();
    }

    /// Starts an explorer that calls with the profile.
    fn site(&self) -> Site {
        let profile = Profile::new().file(self.0.path().join("credentials"));
        Site::with(Settings {
            accounts: vec![Account {
                name: "planted".to_owned(),
                source: Source::Profile(profile.section("planted")),
            }],
            write: true,
            ..settings()
        })
    }
}

/// Returns the body of a call with the profile.
fn profile_call() -> Value {
    let mut body = call("cvm", "2017-03-12", "DescribeInstances", "{}");
    body["target"] = "profile:planted".into();
    body
}

/// Returns the request line of a call, the secret ID that signs it, and its region.
fn signed(site: &Site) -> (String, String, String) {
    let signed = site.post("/api/request", &profile_call());
    assert_eq!(signed.status, 200, "{signed:?}");
    let signed = signed.json();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let headers = signed["request"]["headers"].as_array().unwrap();
    let region = headers.iter().find(|pair| pair[0] == "x-tc-region");
    (
        text(&signed["request"]["line"]),
        text(&signed["signature"]["secret_id"]),
        text(&region.unwrap()[1]),
    )
}

#[test]
fn changed_profile_applies_to_next_call() {
    let file = File::new();
    file.write("AKIDone", "endpoint = one.example\nregion = ap-singapore");
    let site = file.site();
    let page = "/intl/cvm/2017-03-12/DescribeInstances";
    assert!(site.get(page).body.contains("ap-singapore"));
    let of = |host: &str, id: &str, region: &str| {
        let line = format!("POST https://{host}/");
        (line, id.to_owned(), region.to_owned())
    };
    assert_eq!(signed(&site), of("one.example", "AKIDone", "ap-singapore"));
    file.write("AKIDtwo", "endpoint = two.example\nregion = ap-tokyo");
    assert_eq!(signed(&site), of("two.example", "AKIDtwo", "ap-tokyo"));
    file.write("AKIDthree", "region = ap-tokyo");
    let documented = "cvm.intl.tencentcloudapi.com";
    assert_eq!(signed(&site), of(documented, "AKIDthree", "ap-tokyo"));
}

#[test]
fn invalid_profile_setting_fails_the_call() {
    let file = File::new();
    for (setting, name) in [
        ("endpoint = https://one.example/path", "endpoint"),
        ("region = ap singapore", "region"),
    ] {
        file.write("AKIDone", setting);
        let site = file.site();
        for path in ["/api/request", "/api/call"] {
            let refused = site.post(path, &profile_call());
            assert_eq!(refused.status, 400, "{refused:?}");
            let error = refused.json()["error"].to_string();
            for part in ["credentials", name] {
                assert!(error.contains(part), "{part}: {error}");
            }
        }
    }
}

#[test]
fn write_is_confirmed_for_its_host() {
    let file = File::new();
    file.write("AKIDone", "endpoint = cvm.intl.tencentcloudapi.com");
    let site = file.site();
    let mut body = call("cvm", "2017-03-12", "RunInstances", "{}");
    body["target"] = "profile:planted".into();
    // The page is of the other site.
    body["of"]["site"] = "mainland".into();
    let unconfirmed = site.post("/api/call", &body);
    assert_eq!(unconfirmed.status, 409, "{unconfirmed:?}");
    let host = unconfirmed.json()["confirm"]["host"].clone();
    assert_eq!(host, "https://cvm.intl.tencentcloudapi.com");
    // The file changes before the user confirms.
    file.write("AKIDtwo", "endpoint = http://127.0.0.1:1");
    body["confirmed"] = host;
    let refused = site.post("/api/call", &body);
    assert_eq!(refused.status, 409, "{refused:?}");
    let error = refused.json()["error"].to_string();
    for host in ["https://cvm.intl.tencentcloudapi.com", "http://127.0.0.1:1"] {
        assert!(error.contains(host), "{host}: {error}");
    }
}

#[test]
fn host_is_known_before_the_credential() {
    let file = File::new();
    let role = "role_arn = qcs::cam::uin/100000000001:roleName/auditor";
    file.write("AKIDone", &format!("endpoint = one.example\n{role}"));
    let mut body = call("cvm", "2017-03-12", "RunInstances", "{}");
    body["target"] = "profile:planted".into();
    let unconfirmed = file.site().post("/api/call", &body).json();
    let confirm = &unconfirmed["confirm"];
    assert_eq!(confirm["secret_id"], Value::Null);
    assert_eq!(confirm["host"], "https://one.example");
}
