//! The control API.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use tc3_emulator::{Builder, Caller, Clock, ControlToken, Emulator, Seed, StartError};

use super::raw::{Connection, Response};
use super::world::{
    NOON, add_mailbox, builder, demonstration, send, start, start_shop, valid_request,
};

fn control(emulator: &Emulator, method: &str, path: &str, body: &str) -> Response {
    let host = emulator.address().to_string();
    let headers = [
        ("Host", host.as_str()),
        ("Content-Type", "application/json"),
    ];
    control_with(emulator, method, path, &headers, body)
}

/// Sends a control request with these headers.
#[track_caller]
fn control_with(
    emulator: &Emulator,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Response {
    let mut request = format!("{method} {path} HTTP/1.1\r\n");
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    request += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
    let response = Connection::open(emulator).exchange(request);
    assert_eq!(response.header("content-type"), Some("application/json"));
    // Without these headers, pages of other sites cannot read a response.
    let cors = |(name, _): &(String, String)| name.starts_with("access-control-");
    assert!(!response.headers.iter().any(cors), "{:?}", response.headers);
    response
}

/// Returns the value of a successful response.
#[track_caller]
fn get(emulator: &Emulator, path: &str) -> Value {
    let response = control(emulator, "GET", path, "");
    assert_eq!(response.status, 200, "{path}: {}", response.text());
    response.json()
}

/// Checks the status and a word of the error message.
#[track_caller]
fn check_refused(response: &Response, status: u16, word: &str) {
    assert_eq!(response.status, status, "{}", response.text());
    let error = response.json();
    let error = error["error"].as_str().expect("an error message");
    assert!(error.contains(word), "{word} is missing: {error}");
}

#[test]
fn index_lists_services_and_paths() {
    let emulator = start_shop();
    for path in ["/emulator", "/emulator/"] {
        let index = get(&emulator, path);
        let services = json!([
            { "service": "shop", "version": "2023-01-01", "actions": 7 },
            { "service": "shop", "version": "2024-01-01", "actions": 7 },
            { "service": "store", "version": "2024-01-01", "actions": 0 },
        ]);
        assert_eq!(index["services"], services);
        for entry in index["paths"].as_object().unwrap().keys() {
            let (method, path) = entry.split_once(' ').unwrap();
            let path = path.replace("<token>", "x");
            // Listed paths exist; at most they require a body.
            let response = control(&emulator, method, &path, "");
            assert!(
                [200, 400].contains(&response.status),
                "{entry}: {}",
                response.text()
            );
        }
    }
    let listed: Vec<_> = emulator.services().collect();
    assert_eq!(listed[0], ("shop", "2023-01-01", 7));
}

#[test]
fn unknown_path_is_not_found() {
    let emulator = start_shop();
    for path in ["/emulator/x", "/emulator/requests/1", "/emulator/Clock"] {
        check_refused(&control(&emulator, "GET", path, ""), 404, path);
    }
    for (method, path) in [
        ("POST", "/emulator"),
        ("PUT", "/emulator/requests"),
        ("DELETE", "/emulator/requests"),
        ("GET", "/emulator/requests/clear"),
        ("DELETE", "/emulator/outbox"),
        ("PATCH", "/emulator/faults"),
        ("DELETE", "/emulator/faults"),
        ("GET", "/emulator/faults/clear"),
        ("DELETE", "/emulator/clock"),
        ("PUT", "/emulator/state"),
        ("OPTIONS", "/emulator/state"),
    ] {
        check_refused(&control(&emulator, method, path, ""), 405, method);
    }
    check_refused(
        &control(&emulator, "DELETE", "/links/x", ""),
        405,
        "GET and POST",
    );
}

#[test]
fn requests_are_listed_and_cleared() {
    let emulator = start_shop();
    assert_eq!(get(&emulator, "/emulator/requests"), json!([]));
    send(&emulator, &valid_request()).accepted();
    // Only API calls are logged, not control requests.
    let listed = get(&emulator, "/emulator/requests");
    assert_eq!(listed.as_array().unwrap().len(), 1);
    let clear = |body| control(&emulator, "POST", "/emulator/requests/clear", body);
    check_refused(&clear(r#"{"all":true}"#), 400, "all");
    assert_eq!(clear("{}").status, 200);
    assert_eq!(get(&emulator, "/emulator/requests"), json!([]));
    assert_eq!(emulator.requests(), []);
}

#[test]
fn clock_is_set_and_advanced() {
    let emulator = start_shop();
    let noon = json!({
        "clock": { "stopped": NOON },
        "time": NOON,
        "utc": "2024-02-29 12:00:00",
        "clients": {
            "follow": "this clock",
            "time": NOON,
            "earliest": NOON - 300,
            "latest": NOON + 300,
        },
    });
    assert_eq!(get(&emulator, "/emulator/clock"), noon);
    let moved = control(&emulator, "POST", "/emulator/clock", r#"{"advance":301}"#);
    assert_eq!(moved.json()["time"], NOON + 301);
    assert_eq!(emulator.now(), NOON + 301);
    send(&emulator, &valid_request()).refused("AuthFailure.SignatureExpire");

    let moved = control(&emulator, "POST", "/emulator/clock", r#"{"stop_at":5}"#);
    assert_eq!(moved.json()["utc"], "1970-01-01 00:00:05");
    assert_eq!(emulator.state().clock, Clock::Stopped(5));
    send(&emulator, &valid_request().at(5)).accepted();

    let moved = control(
        &emulator,
        "POST",
        "/emulator/clock",
        r#"{"run_from":1000000}"#,
    );
    assert!(moved.json()["time"].as_u64() >= Some(1_000_000));
    assert!(matches!(emulator.state().clock, Clock::Ahead(_)));
    send(&emulator, &valid_request().at(emulator.now())).accepted();

    let moved = control(&emulator, "POST", "/emulator/clock", r#"{"ahead":0}"#);
    assert_eq!(moved.json()["clock"], json!({ "ahead": 0 }));
    send(&emulator, &valid_request().at(unix_now())).accepted();
}

fn unix_now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    since.as_secs()
}

/// Clients can sign with exactly the times that the clock endpoint reports.
#[test]
fn clock_reports_the_time_for_signatures() {
    for real in [false, true] {
        let builder = builder();
        let emulator = start(if real {
            builder.real_time_clients()
        } else {
            builder
        });
        for body in [r#"{"advance":100000}"#, r#"{"stop_at":86400}"#] {
            let moved = control(&emulator, "POST", "/emulator/clock", body);
            let clients = &moved.json()["clients"];
            let time = |name: &str| clients[name].as_u64().unwrap();
            let is_real = unix_now().abs_diff(time("time")) < 100;
            assert_eq!(is_real, real, "{clients}");
            let follow = if real { "real time" } else { "this clock" };
            assert_eq!(clients["follow"], follow);
            assert_eq!(time("latest") - time("earliest"), 600);
            let response = send(&emulator, &valid_request().at(time("time")));
            response.accepted();
            // A client that corrects its clock by the `Date` header gets the same time.
            assert_eq!(response.header("date"), moved.header("date"));
            for time in [time("earliest") - 100, time("latest") + 1000] {
                send(&emulator, &valid_request().at(time)).refused("AuthFailure.SignatureExpire");
            }
        }
        assert_eq!(emulator.now(), 86400);
    }
}

#[test]
fn invalid_clock_change_is_rejected() {
    let emulator = start_shop();
    for body in [
        "",
        "{}",
        "5",
        r#"{"advance":-1}"#,
        r#"{"advance":"1"}"#,
        r#"{"advance":1,"stop_at":2}"#,
        r#"{"rewind":1}"#,
    ] {
        check_refused(
            &control(&emulator, "POST", "/emulator/clock", body),
            400,
            "",
        );
    }
    assert_eq!(emulator.state().clock, Clock::Stopped(NOON));
}

#[test]
fn state_is_read_and_replaced() {
    let emulator = demonstration();
    let mut state = get(&emulator, "/emulator/state");
    assert_eq!(state, serde_json::to_value(emulator.state()).unwrap());
    assert_eq!(state["organizations"][0]["admin"], Seed::ADMIN);

    state["organizations"][0]["members"] = json!([{ "uin": 77, "name": "Edith" }]);
    let replaced = control(&emulator, "POST", "/emulator/state", &state.to_string());
    assert_eq!(replaced.status, 200);
    let members = &emulator.state().organizations[0].members;
    assert_eq!((members.len(), members[0].uin), (1, 77));
    // The member's account is added.
    assert!(
        emulator
            .state()
            .accounts
            .iter()
            .any(|account| account.uin == 77)
    );
}

#[test]
fn invalid_state_is_rejected() {
    let emulator = demonstration();
    let before = emulator.state();
    let with = |key: &str, value: Value| {
        let mut state = serde_json::to_value(&before).unwrap();
        state[key] = value;
        state.to_string()
    };
    let organization = json!({ "id": 1, "admin": 1, "members": [] });
    let account = json!({ "uin": 5 });
    for (body, problem) in [
        (String::new(), "EOF"),
        ("7".to_owned(), "invalid type"),
        (with("extra", json!(1)), "extra"),
        (with("accounts", json!([account, account])), "account 5"),
        (
            with("organizations", json!([organization, organization])),
            "organization 1",
        ),
        (
            with(
                "organizations",
                json!([{ "id": 1, "admin": 1, "members": [{ "uin": 1 }] }]),
            ),
            "account 1",
        ),
        (with("clock", json!("noon")), "noon"),
    ] {
        check_refused(
            &control(&emulator, "POST", "/emulator/state", &body),
            400,
            problem,
        );
        assert_eq!(emulator.state(), before);
    }
}

#[test]
fn outbox_links_can_be_visited() {
    let emulator = demonstration();
    assert_eq!(get(&emulator, "/emulator/outbox"), json!([]));
    send(&emulator, &add_mailbox(100_000_000_002)).accepted();

    let outbox = get(&emulator, "/emulator/outbox");
    assert_eq!(outbox, serde_json::to_value(emulator.outbox()).unwrap());
    assert_eq!(outbox[0]["to"], "grace@example.com");
    assert_eq!(outbox[0]["sent"], NOON);
    let link = outbox[0]["link"].as_str().unwrap();
    let path = link
        .strip_prefix(emulator.endpoint())
        .expect("a link to this emulator");

    assert!(get(&emulator, "/links/nothing")["code"].is_string());
    let wrong = control(&emulator, "POST", path, r#"{"colour":"red"}"#);
    check_refused(&wrong, 400, "colour");
    assert_eq!(get(&emulator, path), json!({ "visited": "mailbox" }));
    let outbox = get(&emulator, "/emulator/outbox");
    let code = outbox[1]["code"]
        .as_str()
        .expect("the telephone gets a code");
    let visited = control(
        &emulator,
        "POST",
        path,
        &json!({ "code": code }).to_string(),
    );
    assert_eq!(visited.json(), json!({ "visited": "telephone" }));
}

#[test]
fn oversized_control_body_is_rejected() {
    let emulator = Emulator::builder().start_blocking().expect("it starts");
    let before = emulator.state();
    let body = " ".repeat(10 * 1024 * 1024 + 1);
    for (method, path) in [("POST", "/emulator/state"), ("POST", "/links/x")] {
        let response = control(&emulator, method, path, &body);
        assert_eq!(response.status, 413, "{}", response.text());
    }
    assert_eq!(emulator.state(), before);
}

#[test]
fn only_loopback_hosts_are_accepted() {
    let emulator = start_shop();
    let port = emulator.address().port();
    for name in ["127.0.0.1", "[::1]", "localhost", "LOCALHOST"] {
        let host = format!("{name}:{port}");
        let response = control_with(&emulator, "GET", "/emulator", &[("Host", &host)], "");
        assert_eq!(response.status, 200, "{host}");
    }
    let own = format!("127.0.0.1:{port}");
    for hosts in [
        // An attacker's name that resolves to this machine (DNS rebinding).
        &[("Host", format!("rebound.example:{port}"))][..],
        &[("Host", format!("localhost.example:{port}"))],
        &[("Host", format!("127.0.0.2:{port}"))],
        &[("Host", format!("127.0.0.1:{}", port ^ 1))],
        &[("Host", "localhost".to_owned())],
        &[("Host", String::new())],
        &[],
        &[
            ("Host", own.clone()),
            ("Host", "rebound.example".to_owned()),
        ],
    ] {
        let hosts: Vec<(&str, &str)> = hosts.iter().map(|(a, b)| (*a, b.as_str())).collect();
        for path in ["/emulator", "/emulator/state", "/links/x"] {
            let response = control_with(&emulator, "GET", path, &hosts, "");
            check_refused(&response, 403, &format!("use one of {own}"));
        }
    }
}

#[test]
fn web_pages_are_refused() {
    let emulator = start_shop();
    let before = emulator.state();
    let host = emulator.address().to_string();
    let own = format!("http://{host}");
    let stop = r#"{"stop_at":5}"#;
    for (name, value, allowed) in [
        ("Origin", own.as_str(), true),
        ("Origin", "http://rebound.example", false),
        ("Origin", &own.replace("http:", "https:"), false),
        ("Origin", "null", false),
        ("Sec-Fetch-Site", "same-origin", true),
        ("Sec-Fetch-Site", "none", true),
        ("Sec-Fetch-Site", "same-site", false),
        ("Sec-Fetch-Site", "cross-site", false),
    ] {
        let headers = [("Host", host.as_str()), (name, value)];
        let read = control_with(&emulator, "GET", "/emulator/requests", &headers, "");
        let headers = [("Content-Type", "application/json"), headers[0], headers[1]];
        let changed = control_with(&emulator, "POST", "/emulator/clock", &headers, stop);
        if allowed {
            assert_eq!((read.status, changed.status), (200, 200), "{name} {value}");
            emulator.set_clock(before.clock).unwrap();
        } else {
            check_refused(&read, 403, value);
            check_refused(&changed, 403, value);
        }
        assert_eq!(emulator.state(), before, "{name} {value}");
    }
    // Content types that a form or a simple `fetch` can send.
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/jsonp",
        "text/plain; application/json",
        "",
    ] {
        let headers = [("Host", host.as_str()), ("Content-Type", content_type)];
        for path in ["clock", "state", "faults", "faults/clear", "requests/clear"] {
            let path = format!("/emulator/{path}");
            let response = control_with(&emulator, "POST", &path, &headers, stop);
            check_refused(&response, 415, "application/json");
        }
    }
    let headers = [("Host", host.as_str())];
    let response = control_with(&emulator, "POST", "/emulator/clock", &headers, stop);
    check_refused(&response, 415, "application/json");
    assert_eq!(emulator.state(), before);
    let charset = ("Content-Type", "Application/JSON; charset=utf-8");
    let headers = [headers[0], charset];
    let response = control_with(&emulator, "POST", "/emulator/clock", &headers, stop);
    assert_eq!(response.status, 200);
}

const CONTROL_TOKEN: &str = "planted-control-token";

#[test]
fn control_token_is_required() {
    let token = || ControlToken::new(CONTROL_TOKEN).unwrap();
    assert!(!format!("{:?}", token()).contains("planted"));
    let emulators = [
        start(builder().control_token(token())),
        start(
            builder()
                .control_token(token())
                .listen(([0, 0, 0, 0], 0).into()),
        ),
    ];
    for emulator in &emulators {
        let host = emulator.endpoint().strip_prefix("http://").unwrap();
        assert!(host.starts_with("127.0.0.1:"), "{host}");
        let bearer = format!("Bearer {CONTROL_TOKEN}");
        for wrong in [
            "",
            "Bearer",
            "Bearer ",
            CONTROL_TOKEN,
            &bearer[..bearer.len() - 1],
            &format!("{bearer}x"),
            &bearer.replace("Bearer", "Basic"),
        ] {
            let headers = [("Host", host), ("Authorization", wrong)];
            for (method, path) in [("GET", "/emulator"), ("POST", "/emulator/clock")] {
                let response = control_with(emulator, method, path, &headers, "{}");
                check_refused(&response, 403, "Authorization: Bearer");
                assert!(!response.text().contains("planted"), "{}", response.text());
            }
        }
        let headers = [("Host", host), ("Authorization", &bearer)];
        let response = control_with(emulator, "GET", "/emulator", &headers, "");
        assert_eq!(response.status, 200);
        // Calls and links need no control token.
        send(emulator, &valid_request()).accepted();
        let link = control_with(emulator, "GET", "/links/x", &[("Host", host)], "");
        assert_eq!(link.status, 200);
    }
    // In a container the emulator does not know its host names, and links use the host of the request.
    let [_, open] = emulators;
    let bearer = format!("Bearer {CONTROL_TOKEN}");
    let headers = [("Host", "emulator:80"), ("Authorization", &bearer)];
    let response = control_with(&open, "GET", "/emulator/outbox", &headers, "");
    assert_eq!(response.status, 200);
    let foreign = [headers[0], headers[1], ("Origin", "http://other:80")];
    check_refused(
        &control_with(&open, "GET", "/emulator", &foreign, ""),
        403,
        "other:80",
    );
}

#[test]
fn non_loopback_address_requires_a_token() {
    let error = builder().listen(([0, 0, 0, 0], 0).into()).start_blocking();
    let error = error.unwrap_err();
    assert!(matches!(error, StartError::NotLoopback(_)), "{error}");
    assert!(error.to_string().contains("control token"), "{error}");
    for token in ["", "short", "with a space in it", "sixteen-chars-ü"] {
        let error = ControlToken::new(token).unwrap_err().to_string();
        assert!(error.contains("at least 16"), "{error}");
        assert!(token.is_empty() || !error.contains(token), "{error}");
    }
}

#[test]
fn seed_without_callers_is_refused() {
    let mut seed = Seed::demonstration();
    seed.callers.clear();
    let error = Builder::default().seed(seed).start_blocking().unwrap_err();
    let error = error.to_string();
    assert!(error.contains("no callers"), "{error}");
    // The message suggests an account for the caller.
    assert!(
        error.contains(&format!("\"uin\": {}", Seed::ADMIN)),
        "{error}"
    );
}

/// The response of `/emulator/state` is a valid seed after callers are added.
#[test]
fn state_is_a_seed() {
    let first = demonstration();
    send(&first, &add_mailbox(100_000_000_002)).accepted();
    let text = control(&first, "GET", "/emulator/state", "");
    let seed = Seed::from_json(text.text(), "state.json".as_ref()).unwrap();
    let caller = Caller::new(Seed::SECRET_ID, Seed::SECRET_KEY, Seed::ADMIN);
    let second = start(Builder::default().seed(seed.caller(caller)));
    assert_eq!(second.state(), first.state());
    assert_eq!(second.outbox().len(), 1);
}
