//! Tests the JSON API for scripts.

use std::io::Write as _;
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;
use std::time::SystemTime;

use serde_json::{Value, json};
use tc3::credential::{Credentials, Provider, Providing};
use tc3::transport::Transport;
use tc3_explorer::{Account, Settings, Source};

use crate::credentials::accounts;
use crate::site::{Site, call, settings};

#[test]
fn search_finds_misspelled_names() {
    let site = Site::start();
    let found = site.get("/api/search?site=intl&q=runinstnaces").json();
    let hits = found["hits"].as_array().unwrap();
    let is_wanted = |hit: &&Value| hit["href"] == "/intl/cvm/2017-03-12/RunInstances";
    assert!(hits.iter().any(|hit| is_wanted(&hit)), "{found:#}");
    assert!(hits.len() <= 50);
    let nothing = site.get("/api/search?site=intl&q=").json();
    assert_eq!(nothing, json!({"hits": []}));
    assert_eq!(site.get("/api/search?site=moon&q=x").status, 404);
}

#[test]
fn search_finds_error_codes() {
    let site = Site::start();
    let found = site
        .get("/api/search?site=intl&q=cvm+invalidinstanceid.malformed")
        .json();
    let hits = found["hits"].as_array().unwrap();
    let code = hits.iter().find(|hit| hit["kind"] == "error").unwrap();
    assert_eq!(code["name"], "InvalidInstanceId.Malformed", "{found:#}");
    assert_eq!(code["service"], "cvm");
    let href = code["href"].as_str().unwrap();
    let (page, anchor) = href.split_once('#').unwrap();
    let page = site.get(page);
    assert!(page.body.contains(&format!("id=\"{anchor}\"")), "{href}");
    let many = site.get("/api/search?site=intl&q=instance").json();
    let hits = many["hits"].as_array().unwrap();
    assert!(hits.iter().any(|hit| hit["kind"] == "action"));
    assert!(hits.iter().any(|hit| hit["kind"] == "error"));
    assert!(hits.len() <= 50);
}

#[test]
fn single_type_is_returned() {
    let site = Site::start();
    let placement = site.get("/api/types/intl/cvm/2017-03-12/Placement").json();
    let fields = placement["fields"].as_array().unwrap();
    assert_eq!(fields[0]["name"], "Zone");
    assert_eq!(fields[0]["type"], "String");
    let absent = site.get("/api/types/intl/cvm/2017-03-12/Placment");
    assert_eq!(absent.status, 404);
    assert!(absent.body.contains("Placement"), "{absent:?}");
}

#[test]
fn check_reports_deviations() {
    let site = Site::start();
    let parameters =
        r#"{"Placement": {"Zone": 1}, "InstanceCount": "3", "ImageID": "img", "DryRun": true}"#;
    let body = call("cvm", "2017-03-12", "RunInstances", parameters);
    let found = site.post("/api/check", &body).json();
    let problems = json!([
        {"path": "Placement.Zone", "kind": "type", "expected": "String"},
        {"path": "InstanceCount", "kind": "type", "expected": "Integer"},
        {"path": "ImageID", "kind": "unknown", "similar": ["ImageId"]},
    ]);
    assert_eq!(found, json!({"problems": problems, "total": 3}));
}

#[test]
fn all_deviations_are_counted() {
    let site = Site::start();
    let members: serde_json::Map<String, Value> = (0..500)
        .map(|number| (format!("Nothing{number}"), 1.into()))
        .collect();
    let parameters = Value::Object(members).to_string();
    let body = call("cvm", "2017-03-12", "DescribeZones", &parameters);
    let found = site.post("/api/check", &body).json();
    assert_eq!(found["total"], 500);
    assert_eq!(found["problems"].as_array().unwrap().len(), 200);
}

#[test]
fn numbers_keep_their_digits() {
    let site = Site::start();
    let parameters = r#"{"Offset": 18446744073709551615}"#;
    let body = call("cvm", "2017-03-12", "DescribeInstances", parameters);
    let request = site.post("/api/request", &body).json();
    assert_eq!(
        request["request"]["body"],
        r#"{"Offset":18446744073709551615}"#
    );
    let pasted =
        json!({"of": body["of"], "text": r#"{"Offset": 1.10, "Limit": 9007199254740993}"#});
    let pasted = site.post("/api/paste", &pasted).json();
    assert_eq!(
        pasted["parameters"],
        "{\n  \"Offset\": 1.10,\n  \"Limit\": 9007199254740993\n}"
    );
}

#[test]
fn pasted_command_lines_are_parsed() {
    let site = Site::start();
    let of = json!({"site": "intl", "service": "cvm", "version": "2017-03-12", "action": "DescribeInstances"});
    for (text, action, region, parameters) in [
        (
            "tc3 --region ap-singapore cvm RunInstances --Placement.Zone ap-singapore-1 --InstanceCount 2",
            "RunInstances",
            json!("ap-singapore"),
            json!({"Placement": {"Zone": "ap-singapore-1"}, "InstanceCount": 2}),
        ),
        (
            "tccli cvm DescribeZones --region ap-tokyo --version 2017-03-12",
            "DescribeZones",
            json!("ap-tokyo"),
            json!({}),
        ),
        (
            "curl -X POST https://cvm.intl.tencentcloudapi.com -H 'X-TC-Action: DescribeZones' \\\n -H \"x-tc-region: ap-tokyo\" -d '{\"A\": 1}'",
            "DescribeZones",
            json!("ap-tokyo"),
            json!({"A": 1}),
        ),
        (
            "curl -sSm 10 https://cbs.ap-tokyo.intl.tencentcloudapi.com -HX-TC-Action:DescribeDisks -d'{\"Limit\": 1}' -o out",
            "DescribeDisks",
            Value::Null,
            json!({"Limit": 1}),
        ),
        (
            "curl http://127.0.0.1:8080 -H 'X-TC-Action: DescribeZones'",
            "DescribeZones",
            Value::Null,
            json!({}),
        ),
        (
            "tccli cvm RunInstances --cli-input-json '{\"InstanceCount\": 1}' --ImageId img-1",
            "RunInstances",
            Value::Null,
            json!({"InstanceCount": 1, "ImageId": "img-1"}),
        ),
        (
            "{\"Limit\": 3}",
            "DescribeInstances",
            Value::Null,
            json!({"Limit": 3}),
        ),
    ] {
        let pasted = site.post("/api/paste", &json!({"of": of, "text": text}));
        assert_eq!(pasted.status, 200, "{text} {pasted:?}");
        let pasted = pasted.json();
        assert_eq!(pasted["of"]["action"], action, "{text}");
        assert_eq!(pasted["region"], region, "{text}");
        let found: Value = serde_json::from_str(pasted["parameters"].as_str().unwrap()).unwrap();
        assert_eq!(found, parameters, "{text}");
    }
    for text in [
        "",
        "rm -rf /",
        "curl https://nothing.example -H 'X-TC-Action: DescribeZones'",
        "tc3 cvm RunInstances --input run.yaml",
        "tc3 cvm",
        "tc3 cvm RunInstances --UserData @/etc/passwd",
        "curl https://cvm.intl.tencentcloudapi.com -d @/etc/passwd",
        "tc3 cvm RunInstances --Placement.Zone 'a",
        "{\"Limit\": }",
        "[1]",
    ] {
        let refused = site.post("/api/paste", &json!({"of": of, "text": text}));
        assert!([400, 404].contains(&refused.status), "{text} {refused:?}");
        assert!(!refused.body.contains("root:"), "{refused:?}");
    }
}

#[test]
fn call_goes_to_the_emulator() {
    let site = Site::start();
    let body = call(
        "organization",
        "2021-03-31",
        "DescribeOrganizationMembers",
        r#"{"Offset": 0, "Limit": 1}"#,
    );
    let result = site.post("/api/call", &body).json();
    assert_eq!(result["emulated"], true, "{result:#}");
    assert_eq!(result["status"], 200);
    assert_eq!(result["attempts"], 1);
    assert_eq!(result["items"], "Items");
    let text = result["body"].as_str().unwrap();
    let response: Value = serde_json::from_str(text).unwrap();
    assert_eq!(result["request_id"], response["Response"]["RequestId"]);
    assert_eq!(result["deviations"]["total"], 0, "{result:#}");
    let next = result["next"].as_str().unwrap();
    let mut body = body;
    body["parameters"] = next.into();
    let second = site.post("/api/call", &body).json();
    assert_ne!(second["body"], result["body"], "{next}");
}

#[test]
fn huge_page_number_has_no_next_page() {
    let site = Site::start();
    let parameters = r#"{"Module": "monitor", "PageNumber": 9223372036854775807, "PageSize": 100}"#;
    let body = call("monitor", "2018-07-24", "DescribeAlarmPolicies", parameters);
    let result = site.post("/api/call", &body).json();
    assert_eq!(result["items"], "Policies", "{result:#}");
    assert_eq!(result["next"], Value::Null, "{result:#}");
}

#[test]
fn error_has_documented_meaning() {
    let site = Site::start();
    let body = call(
        "organization",
        "2021-03-31",
        "DescribeOrganizationMembers",
        r#"{"Nothing": 1}"#,
    );
    let result = site.post("/api/call", &body).json();
    let error = &result["error"];
    assert_eq!(error["code"], "UnknownParameter", "{result:#}");
    assert_eq!(error["may_have_acted"], false);
    assert!(
        error["meaning"]
            .as_str()
            .is_some_and(|text| !text.is_empty())
    );
    assert!(
        result["body"]
            .as_str()
            .unwrap()
            .contains("UnknownParameter")
    );
}

#[test]
fn missing_credential_has_remedy() {
    struct Nobody;
    impl Provider for Nobody {
        fn name(&self) -> &str {
            "nobody"
        }

        fn provide<'a>(&'a self, _: &'a Arc<dyn Transport>, _: SystemTime) -> Providing<'a> {
            Box::pin(async { Err(tc3::Error::credential("there is none")) })
        }
    }
    let site = Site::with(Settings {
        accounts: vec![Account {
            name: "nobody".to_owned(),
            source: Source::Credentials(Credentials::new(Nobody)),
        }],
        ..settings()
    });
    let mut body = call("cvm", "2017-03-12", "DescribeZones", "{}");
    body["target"] = "profile:nobody".into();
    let result = site.post("/api/call", &body).json();
    assert_eq!(result["error"]["try"], "credential", "{result:#}");
    assert_eq!(result["attempts"], 0);
}

#[test]
fn client_error_has_cause_and_remedy() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    let site = Site::with(Settings {
        accounts: accounts(),
        endpoint: Some(format!("https://{address}")),
        ..settings()
    });
    let mut body = call("cvm", "2017-03-12", "DescribeZones", "{}");
    body["target"] = "profile:planted".into();
    let result = site.post("/api/call", &body).json();
    assert_eq!(result["error"]["try"], "network", "{result:#}");
    let message = result["error"]["message"].as_str().unwrap();
    for part in ["InvalidContentType", "does not speak TLS"] {
        assert!(message.contains(part), "{part}: {message}");
    }
}

#[test]
fn signature_matches_request() {
    let site = Site::start();
    let mut body = call("cvm", "2017-03-12", "DescribeZones", "{}");
    body["region"] = "ap-singapore".into();
    let result = site.post("/api/request", &body).json();
    let signature = &result["signature"];
    let text = |name: &str| signature[name].as_str().unwrap();
    let headers = result["request"]["headers"].as_array().unwrap();
    let header = |name: &str| headers.iter().find(|pair| pair[0] == name).unwrap()[1].clone();
    assert_eq!(header("authorization"), signature["authorization"]);
    assert_eq!(header("x-tc-region"), "ap-singapore");
    assert!(text("authorization").ends_with(text("signature")));
    assert!(text("authorization").contains(text("scope")));
    assert!(text("string_to_sign").contains(text("timestamp")));
    assert_eq!(text("scope"), format!("{}/cvm/tc3_request", text("day")));
    assert!(text("canonical_request").starts_with("POST\n/\n"));
}

#[test]
fn code_has_parameters() {
    let site = Site::start();
    for language in [
        "rust",
        "rust-blocking",
        "macro",
        "python",
        "node",
        "go",
        "java",
        "php",
        "csharp",
        "cpp",
        "ruby",
        "curl",
        "tccli",
        "tc3",
    ] {
        let mut body = call(
            "cvm",
            "2017-03-12",
            "RunInstances",
            r#"{"ImageId": "value-7"}"#,
        );
        body["language"] = language.into();
        let code = site.post("/api/code", &body);
        assert_eq!(code.status, 200, "{language} {code:?}");
        let code = code.json();
        let text = code["code"].as_str().unwrap();
        assert!(text.contains("value-7"), "{language} {text}");
        assert!(
            text.contains("RunInstances") || text.contains("run_instances"),
            "{text}"
        );
        assert!(code["file"].as_str().unwrap().starts_with("RunInstances."));
    }
    let mut body = call("cvm", "2017-03-12", "DescribeZones", "{}");
    body["language"] = "cobol".into();
    assert_eq!(site.post("/api/code", &body).status, 400);
}

#[test]
fn emulator_control_api_is_proxied() {
    let site = Site::start();
    let query = "?site=intl&service=organization&version=2021-03-31";
    let clock = site.post(
        &format!("/api/emulator/clock{query}"),
        &json!({"stop_at": 1_700_000_000}),
    );
    assert_eq!(clock.json()["time"], 1_700_000_000, "{clock:?}");
    let fault = json!({"action": "DescribeOrganization", "times": 1, "code": "InternalError"});
    let added = site.post(&format!("/api/emulator/faults{query}"), &fault);
    assert_eq!(added.status, 200, "{added:?}");
    let listed = site.get(&format!("/api/emulator/faults{query}")).json();
    assert!(
        listed.to_string().contains("DescribeOrganization"),
        "{listed}"
    );
    let state = site.get(&format!("/api/emulator/state{query}"));
    assert!(state.json()["organizations"].is_array(), "{state:?}");
    let wrong = site.post(&format!("/api/emulator/faults{query}"), &json!({"x": 1}));
    assert_eq!(wrong.status, 400);
    assert_eq!(site.get(&format!("/api/emulator/x{query}")).status, 404);
}

#[test]
fn invalid_requests_have_errors() {
    let site = Site::start();
    let bad = |path: &str, body: &Value| {
        let refused = site.post(path, body);
        assert!((400..500).contains(&refused.status), "{refused:?}");
        let error = refused.json()["error"].as_str().unwrap().to_owned();
        assert!(!error.is_empty());
        error
    };
    bad("/api/call", &json!({}));
    bad("/api/call", &json!([]));
    bad("/api/nothing", &json!({}));
    let mut body = call("cvm", "2017-03-12", "RunInstance", "{}");
    assert!(bad("/api/check", &body).contains("RunInstances"));
    body = call("cvm", "2017-03-12", "RunInstances", "[1]");
    bad("/api/check", &body);
    body["parameters"] = "{\"A\": ".into();
    bad("/api/check", &body);
    body["parameters"] = "[".repeat(100_000).into();
    bad("/api/check", &body);
    let host = [
        ("Host", &*site.host),
        ("Cookie", &*site.cookie),
        ("Content-Type", "application/json"),
    ];
    assert_eq!(site.send("POST", "/api/check", &host, "\u{0}").status, 400);
}

#[test]
fn invalid_chunk_is_reported() {
    let site = Site::start();
    let headers = [
        ("Host", &*site.host),
        ("Cookie", &site.cookie),
        ("Origin", &format!("http://{}", site.host)),
        ("Sec-Fetch-Site", "same-origin"),
        ("Content-Type", "application/json"),
        ("Transfer-Encoding", "chunked"),
    ];
    let response = site.send("POST", "/api/check", &headers, "no size\r\n");
    assert_eq!(response.status, 400, "{response:?}");
    let problem = "cannot read the request body";
    assert!(response.body.contains(problem), "{response:?}");
}
