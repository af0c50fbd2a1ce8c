//! Tests attacks by web pages, other programs and hostile texts.

use std::net::{Ipv4Addr, SocketAddr, TcpStream, UdpSocket};
use std::time::Duration;

use serde_json::json;
use tc3::Credential;
use tc3_catalogue::Catalogue;
use tc3_emulator::{Emulator, Seed};
use tc3_explorer::Settings;

use crate::credentials::{SECRET, account, accounts};
use crate::site::{Site, call, settings, texts};

/// A path of each kind.
const PATHS: [&str; 6] = [
    "/intl/",
    "/intl/cvm/2017-03-12/RunInstances",
    "/intl/search?q=tag",
    "/assets/app.js",
    "/api/search?site=intl&q=tag",
    "/api/emulator/clock?site=intl&service=cvm&version=2017-03-12",
];

#[test]
fn listens_on_loopback_only() {
    let site = Site::start();
    let port = site.port();
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok());
    if UdpSocket::bind("[::1]:0").is_ok() {
        assert!(TcpStream::connect(("::1", port)).is_ok());
    }
    // Finds the address of this machine in its network, without sending anything.
    let network = UdpSocket::bind("0.0.0.0:0").unwrap();
    if network.connect("192.0.2.1:9").is_ok() {
        let address = SocketAddr::new(network.local_addr().unwrap().ip(), port);
        let connected = TcpStream::connect_timeout(&address, Duration::from_secs(2));
        assert!(address.ip().is_loopback() || connected.is_err());
    }
}

#[test]
fn foreign_and_missing_hosts_are_refused_everywhere() {
    let site = Site::start();
    let port = site.port();
    let cookie = ("Cookie", &*site.cookie);
    for path in PATHS {
        for host in [
            format!("evil.example:{port}"),
            format!("127.0.0.1.evil.example:{port}"),
            format!("127.0.0.2:{port}"),
            "127.0.0.1".to_owned(),
            "127.0.0.1:1".to_owned(),
            String::new(),
        ] {
            let refused = site.send("GET", path, &[("Host", &host), cookie], "");
            assert_eq!(refused.status, 403, "{path} {host} {refused:?}");
        }
        // HTTP/1.1 requires `Host`.
        let missing = site.send("GET", path, &[cookie], "");
        assert!([400, 403].contains(&missing.status), "{path} {missing:?}");
        let twice = [("Host", &*site.host), ("Host", "evil.example"), cookie];
        assert_ne!(site.send("GET", path, &twice, "").status, 200, "{path}");
        for host in ["localhost", "127.0.0.1", "[::1]"] {
            let host = format!("{host}:{port}");
            let found = site.send("GET", path, &[("Host", &host), cookie], "");
            assert_eq!(found.status, 200, "{path} {host} {found:?}");
        }
    }
}

#[test]
fn other_origins_are_refused() {
    let site = Site::start();
    let cookie = ("Cookie", &*site.cookie);
    let host = ("Host", &*site.host);
    let other_port = format!("http://127.0.0.1:{}", site.port() ^ 1);
    for header in [
        ("Origin", "https://evil.example"),
        ("Origin", "null"),
        ("Origin", &other_port),
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
    ] {
        for path in PATHS {
            let refused = site.send("GET", path, &[host, cookie, header], "");
            assert_eq!(refused.status, 403, "{path} {header:?}");
        }
        let json = ("Content-Type", "application/json");
        let refused = site.send("POST", "/api/check", &[host, cookie, header, json], "{}");
        assert_eq!(refused.status, 403, "{header:?}");
    }
}

#[test]
fn changes_require_json_posts() {
    let site = Site::start();
    let headers = [("Host", &*site.host), ("Cookie", &*site.cookie)];
    let body = call("cvm", "2017-03-12", "DescribeInstances", "{}").to_string();
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "text/plain; application/json",
        "",
    ] {
        let mut headers = headers.to_vec();
        headers.push(("Content-Type", content_type));
        let refused = site.send("POST", "/api/call", &headers, &body);
        assert_eq!(refused.status, 415, "{content_type}");
    }
    assert_eq!(site.send("POST", "/api/call", &headers, &body).status, 415);
    for method in ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"] {
        assert_eq!(site.send(method, "/api/call", &headers, "").status, 405);
    }
    assert_eq!(site.get("/api/call").status, 404);
}

#[test]
fn responses_have_security_headers() {
    let site = Site::start();
    let host = ("Host", &*site.host);
    let mut responses = Vec::from(PATHS.map(|path| site.get(path)));
    responses.push(site.get("/nothing/at/all"));
    responses.push(site.send("GET", "/", &[("Host", "evil.example")], ""));
    let origin = ("Origin", "https://evil.example");
    responses.push(site.send("OPTIONS", "/api/call", &[host, origin], ""));
    responses.push(site.post("/api/call", &json!({})));
    responses.push(site.send("GET", "/intl/", &[host], ""));
    for response in responses {
        assert!(!response.head.contains("access-control"), "{response:?}");
        let policy = response.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'"), "{policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(response.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(response.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(response.header("cache-control"), Some("no-store"));
    }
}

#[test]
fn token_works_once_and_cookie_is_required() {
    let site = Site::unopened(settings());
    let path = site.url.split_once(&site.host).unwrap().1;
    let host = ("Host", &*site.host);
    for path in PATHS.iter().filter(|path| !path.starts_with("/assets")) {
        let refused = site.send("GET", path, &[host], "");
        assert_eq!(refused.status, 401, "{path}");
    }
    let json = ("Content-Type", "application/json");
    assert_eq!(
        site.send("POST", "/api/call", &[host, json], "{}").status,
        401
    );
    assert_eq!(site.get("/open/").status, 403);
    assert_eq!(site.get(&format!("/open/{}", "0".repeat(64))).status, 403);
    // A link checker or a preview does not consume the token.
    assert_eq!(site.send("HEAD", path, &[host], "").status, 400);
    let opened = site.get(path);
    assert_eq!(opened.status, 200);
    let cookie = opened.header("set-cookie").unwrap();
    assert!(cookie.contains("; httponly"), "{cookie}");
    assert!(cookie.contains("; samesite=strict"), "{cookie}");
    assert!(cookie.contains(&format!("-{}=", site.port())), "{cookie}");
    let again = site.get(path);
    assert_eq!(again.status, 403);
    assert_eq!(again.header("set-cookie"), None);
    let other = Site::start();
    let foreign = site.send("GET", "/intl/", &[host, ("Cookie", &other.cookie)], "");
    assert_eq!(foreign.status, 401);
}

#[test]
fn paths_cannot_escape_assets() {
    let site = Site::start();
    for path in [
        "/assets/../Cargo.toml",
        "/assets/%2e%2e/Cargo.toml",
        "/assets/..%2fCargo.toml",
        "/assets//etc/passwd",
        "/assets/app.js%00",
        "/assets/app.js?raw??",
        "/../../etc/passwd",
        "/intl/..%2f..%2fetc/passwd/x",
        "/intl/cvm/2017-03-12/types/..%2f..%2fx",
        "/%ff/",
    ] {
        let response = site.get(path);
        let is_script = path == "/assets/app.js?raw??" && response.status == 200;
        assert!(
            is_script || [400, 404].contains(&response.status),
            "{path} {response:?}"
        );
        assert!(!response.body.contains("root:") && !response.body.contains("[package]"));
    }
}

#[test]
fn page_cannot_set_endpoint_or_unknown_profile() {
    let site = Site::start();
    let mut body = call("cvm", "2017-03-12", "DescribeInstances", "{}");
    body["endpoint"] = "http://127.0.0.1:1".into();
    assert_eq!(site.post("/api/call", &body).status, 400);
    for target in ["profile:other", "https://evil.example", "", "../x"] {
        let mut body = call("cvm", "2017-03-12", "DescribeInstances", "{}");
        body["target"] = target.into();
        let refused = site.post("/api/call", &body);
        assert_eq!(refused.status, 400, "{target} {refused:?}");
    }
    for region in ["evil.example/", "a b", "ap-x\r\nX-Y: z"] {
        let mut body = call("cvm", "2017-03-12", "DescribeInstances", "{}");
        body["region"] = region.into();
        assert_eq!(site.post("/api/call", &body).status, 400, "{region}");
    }
}

#[test]
fn profile_is_read_only_by_default() {
    let emulator = emulator();
    let site = |write| {
        Site::with(Settings {
            accounts: accounts(),
            endpoint: Some(emulator.endpoint().to_owned()),
            write,
            ..settings()
        })
    };
    let ask = |site: &Site, action: &str, parameters: &str, confirmed: Option<&str>| {
        let mut body = call("organization", "2021-03-31", action, parameters);
        body["target"] = "profile:planted".into();
        body["confirmed"] = confirmed.into();
        site.post("/api/call", &body)
    };
    let host = Some(emulator.endpoint());
    let write = r#"{"Name": "Research", "ParentNodeId": 1}"#;
    let reading = site(false);
    let read = ask(&reading, "DescribeOrganization", "{}", None);
    assert_eq!(read.status, 200, "{read:?}");
    assert_eq!(emulator.requests().len(), 1, "{read:?}");
    let refused = ask(&reading, "AddOrganizationNode", write, host);
    assert_eq!(refused.status, 403);
    assert!(refused.body.contains("--write"), "{refused:?}");
    // A signed request would allow the call too.
    let mut body = call("organization", "2021-03-31", "AddOrganizationNode", write);
    body["target"] = "profile:planted".into();
    let unsigned = reading.post("/api/request", &body);
    assert_eq!(unsigned.status, 403, "{unsigned:?}");
    let writing = site(true);
    let unconfirmed = ask(&writing, "AddOrganizationNode", write, None);
    assert_eq!(unconfirmed.status, 409);
    assert_eq!(
        unconfirmed.json()["confirm"]["action"],
        "AddOrganizationNode"
    );
    assert_eq!(unconfirmed.json()["confirm"]["account"], "planted");
    assert_eq!(unconfirmed.json()["confirm"]["secret_id"], "AKIDplanted");
    assert_eq!(unconfirmed.json()["confirm"]["host"], emulator.endpoint());
    assert_eq!(unconfirmed.json()["confirm"]["region"], "ap-singapore");
    // A confirmation applies to a call to one host.
    for other in ["", "https://organization.intl.tencentcloudapi.com"] {
        let refused = ask(&writing, "AddOrganizationNode", write, Some(other));
        assert_eq!(refused.status, 409, "{refused:?}");
        assert!(refused.body.contains("nothing was sent"), "{refused:?}");
    }
    assert_eq!(emulator.requests().len(), 1, "nothing was sent");
    assert_eq!(
        ask(&writing, "AddOrganizationNode", write, host).status,
        200
    );
    assert_eq!(emulator.requests().len(), 2);
}

#[test]
fn secret_key_is_in_no_response() {
    const TOKEN: &str = "PlantedSessionToken";
    let emulator = emulator();
    let temporary = Credential::new("AKIDplanted", SECRET).with_token(TOKEN);
    let site = Site::with(Settings {
        accounts: vec![account(temporary)],
        endpoint: Some(emulator.endpoint().to_owned()),
        write: true,
        ..settings()
    });
    let mut seen = PATHS.map(|path| site.get(path).body).join("\n");
    for path in ["request", "call", "check", "code"] {
        let mut body = call("organization", "2021-03-31", "DescribeOrganization", "{}");
        body["target"] = "profile:planted".into();
        body["language"] = "python".into();
        let response = site.post(&format!("/api/{path}"), &body);
        assert_eq!(response.status, 200, "{response:?}");
        seen += &response.body;
    }
    assert!(
        seen.contains("AKIDplanted"),
        "the signature names the credential"
    );
    assert!(!seen.contains(SECRET) && !seen.contains(TOKEN), "{seen}");
}

#[test]
fn descriptions_are_escaped() {
    let hostile = "</script><script>alert(1)</script><img src=x onerror=alert(1)>";
    let mut spec = Catalogue::international()
        .load("cvm", "2017-03-12")
        .unwrap();
    let action = spec.actions.get_mut("DescribeZones").unwrap();
    action.description = hostile.to_owned();
    action.response[0].description = hostile.to_owned();
    let folder = texts(&spec);
    let site = Site::with(Settings {
        texts: Some(folder.path().to_owned()),
        ..settings()
    });
    let words = "%3Cscript%3Ealert(1)%3C/script%3E";
    for path in [
        "/intl/cvm/2017-03-12/DescribeZones".to_owned(),
        format!("/intl/search?q={words}"),
        format!("/intl/cvm/2017-03-12/{words}"),
        format!("/{words}/"),
    ] {
        let page = site.get(&path);
        assert!(!page.body.contains("<script>alert"), "{path} {page:?}");
        assert!(!page.body.contains("<img"), "{path}");
        assert!(!page.body.contains("</script><script>"), "{path}");
    }
    let page = site.get("/intl/cvm/2017-03-12/DescribeZones");
    assert!(page.body.contains("&lt;img src=x onerror"), "{page:?}");
}

/// Starts an emulator that knows the planted credential.
pub(crate) fn emulator() -> Emulator {
    let mut seed = Seed::demonstration();
    let caller = json!([{"secret_id": "AKIDplanted", "secret_key": SECRET, "uin": 1}]);
    seed.callers
        .extend(serde_json::from_value::<Vec<tc3_emulator::Caller>>(caller).unwrap());
    let spec = Catalogue::international().load("organization", "2021-03-31");
    Emulator::builder()
        .spec(spec.unwrap())
        .seed(seed)
        .start_blocking()
        .unwrap()
}
