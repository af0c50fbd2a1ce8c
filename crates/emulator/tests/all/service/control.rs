//! The control API.

use serde_json::{Value, json};
use tc3_emulator::{Builder, Clock, Emulator, Seed};

use super::raw::{Answer, Connection};
use super::signed::Request;
use super::world::{NOON, ask, find, open, start};

fn control(emulator: &Emulator, method: &str, path: &str, body: &str) -> Answer {
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = Connection::open(emulator).ask(request);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    answer
}

/// Returns the value of a successful response.
#[track_caller]
fn get(emulator: &Emulator, path: &str) -> Value {
    let answer = control(emulator, "GET", path, "");
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer.json()
}

/// Checks the status and a word of the error message.
#[track_caller]
fn check_refused(answer: &Answer, status: u16, word: &str) {
    assert_eq!(answer.status, status, "{}", answer.text());
    let error = answer.json();
    let error = error["error"].as_str().expect("it says what is wrong");
    assert!(error.contains(word), "{word} is missing: {error}");
}

#[test]
fn index_lists_services_and_paths() {
    let emulator = open();
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
            let answer = control(&emulator, method, &path, "");
            assert!(
                [200, 400].contains(&answer.status),
                "{entry}: {}",
                answer.text()
            );
        }
    }
    let listed: Vec<_> = emulator.services().collect();
    assert_eq!(listed[0], ("shop", "2023-01-01", 7));
}

#[test]
fn unknown_path_is_not_found() {
    let emulator = open();
    for path in ["/emulator/x", "/emulator/requests/1", "/emulator/Clock"] {
        check_refused(&control(&emulator, "GET", path, ""), 404, path);
    }
    for (method, path) in [
        ("POST", "/emulator"),
        ("PUT", "/emulator/requests"),
        ("DELETE", "/emulator/outbox"),
        ("PATCH", "/emulator/faults"),
        ("DELETE", "/emulator/clock"),
        ("POST", "/emulator/state"),
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
    let emulator = open();
    assert_eq!(get(&emulator, "/emulator/requests"), json!([]));
    ask(&emulator, &find()).accepted();
    // Only API calls are logged, not control requests.
    let listed = get(&emulator, "/emulator/requests");
    assert_eq!(listed.as_array().unwrap().len(), 1);
    assert_eq!(
        control(&emulator, "DELETE", "/emulator/requests", "").status,
        200
    );
    assert_eq!(get(&emulator, "/emulator/requests"), json!([]));
    assert_eq!(emulator.requests(), []);
}

#[test]
fn clock_is_set_and_advanced() {
    let emulator = open();
    let noon = json!({ "clock": { "stopped": NOON }, "time": NOON, "utc": "2024-02-29 12:00:00" });
    assert_eq!(get(&emulator, "/emulator/clock"), noon);
    let moved = control(&emulator, "POST", "/emulator/clock", r#"{"advance":301}"#);
    assert_eq!(moved.json()["time"], NOON + 301);
    assert_eq!(emulator.now(), NOON + 301);
    ask(&emulator, &find()).refused("AuthFailure.SignatureExpire");

    let moved = control(&emulator, "POST", "/emulator/clock", r#"{"stop_at":5}"#);
    assert_eq!(moved.json()["utc"], "1970-01-01 00:00:05");
    assert_eq!(emulator.state().clock, Clock::Stopped(5));
    ask(&emulator, &find().at(5)).accepted();

    let moved = control(
        &emulator,
        "POST",
        "/emulator/clock",
        r#"{"run_from":1000000}"#,
    );
    assert!(moved.json()["time"].as_u64() >= Some(1_000_000));
    assert!(matches!(emulator.state().clock, Clock::Ahead(_)));
    ask(&emulator, &find().at(emulator.now())).accepted();
}

#[test]
fn invalid_clock_change_is_rejected() {
    let emulator = open();
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

fn demonstration() -> Emulator {
    let mut seed = Seed::demonstration();
    seed.clock = Clock::Stopped(NOON);
    start(Builder::default().seed(seed))
}

#[test]
fn state_is_read_and_replaced() {
    let emulator = demonstration();
    let mut state = get(&emulator, "/emulator/state");
    assert_eq!(state, serde_json::to_value(emulator.state()).unwrap());
    assert_eq!(state["organizations"][0]["admin"], Seed::ADMIN);

    state["organizations"][0]["members"] = json!([{ "uin": 77, "name": "Edith" }]);
    let put = control(&emulator, "PUT", "/emulator/state", &state.to_string());
    assert_eq!(put.status, 200);
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
            &control(&emulator, "PUT", "/emulator/state", &body),
            400,
            problem,
        );
        assert_eq!(emulator.state(), before);
    }
}

#[test]
fn outbox_links_can_be_visited() {
    let emulator = demonstration();
    let body = json!({
        "MemberUin": 100_000_000_002_u64,
        "Email": "grace@example.com",
        "CountryCode": "86",
        "Phone": "13800000000",
    });
    let add = Request::post("AddOrganizationMemberEmail", body.to_string())
        .by(Seed::SECRET_ID, Seed::SECRET_KEY)
        .service("organization")
        .with("X-TC-Version", "2021-03-31");
    assert_eq!(get(&emulator, "/emulator/outbox"), json!([]));
    ask(&emulator, &add).accepted();

    let outbox = get(&emulator, "/emulator/outbox");
    assert_eq!(outbox, serde_json::to_value(emulator.outbox()).unwrap());
    assert_eq!(outbox[0]["to"], "grace@example.com");
    assert_eq!(outbox[0]["sent"], NOON);
    let link = outbox[0]["link"].as_str().unwrap();
    let path = link
        .strip_prefix(emulator.endpoint())
        .expect("the link leads here");

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
    for (method, path) in [("PUT", "/emulator/state"), ("POST", "/links/x")] {
        let answer = control(&emulator, method, path, &body);
        assert_eq!(answer.status, 413, "{}", answer.text());
    }
    assert_eq!(emulator.state(), before);
}
