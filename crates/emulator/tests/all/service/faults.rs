use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tc3_emulator::{Emulator, Fault, Seed};

use super::raw::{Connection, Response};
use super::signed::Request;
use super::world::{
    ID, KEY, NOON, add_mailbox, builder, demonstration, send, start, start_shop,
    start_with_large_response, valid_request,
};

const MEMBER: u64 = 100_000_000_002;

/// Whether the mailbox was added and a mail was sent.
#[track_caller]
fn action_ran(emulator: &Emulator) -> bool {
    let state = emulator.state();
    let members = &state.organizations[0].members;
    let bindings: usize = members.iter().map(|member| member.bindings.len()).sum();
    let sent = emulator.outbox().len();
    assert_eq!(sent, bindings, "each mailbox has its mail");
    assert!(sent < 2);
    sent == 1
}

/// A way to inject a fault.
#[derive(Clone, Copy, Debug)]
enum Injection {
    Header,
    Method,
    Path,
}

impl Injection {
    const ALL: [Injection; 3] = [Injection::Header, Injection::Method, Injection::Path];

    /// Adds the fault to the emulator or to the request.
    fn inject(self, emulator: &Emulator, request: Request, fault: &Value) -> Request {
        let text = fault.to_string();
        match self {
            Injection::Header => return request.with(Fault::HEADER, &text),
            Injection::Method => emulator.inject(Fault::from_json(&text).unwrap()).unwrap(),
            Injection::Path => {
                let (_, status) = control(emulator, "POST", "faults", &text);
                assert_eq!(status, 200);
            }
        }
        request
    }
}

/// Sends a control request.
#[track_caller]
fn control(emulator: &Emulator, method: &str, place: &str, body: &str) -> (Value, u16) {
    let request = format!(
        "{method} /emulator/{place} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        emulator.address(),
        body.len()
    );
    let response = Connection::open(emulator).exchange(request);
    (response.json(), response.status)
}

/// Adds a mailbox with a fault injected in each way, and checks the response.
#[track_caller]
fn check(fault: Value, acts: bool, check_response: impl Fn(Option<Response>)) {
    for injection in Injection::ALL {
        let emulator = demonstration();
        let request = injection.inject(&emulator, add_mailbox(MEMBER), &fault);
        let mut connection = Connection::open(&emulator);
        connection.send(request.bytes());
        check_response(connection.receive());
        assert_eq!(action_ran(&emulator), acts, "{injection:?}");
        let [received] = &emulator.requests()[..] else {
            panic!("one request is expected");
        };
        assert!(received.faulted, "{injection:?}");
    }
}

#[test]
fn no_fault() {
    let emulator = demonstration();
    assert!(!action_ran(&emulator));
    send(&emulator, &add_mailbox(MEMBER)).accepted();
    assert!(action_ran(&emulator));
    assert!(!emulator.requests()[0].faulted);
}

#[test]
fn drop_before() {
    check(json!({ "drop": "before" }), false, |response| {
        assert!(response.is_none());
    });
}

#[test]
fn drop_after() {
    check(json!({ "drop": "after" }), true, |response| {
        assert!(response.is_none());
    });
}

#[test]
fn cut_small_response() {
    for bytes in [0, 1, 30] {
        check(json!({ "cut": bytes }), true, |response| {
            let response = response.expect("a response head");
            assert_eq!(response.status, 200);
            assert_eq!(response.body.len(), bytes);
            assert!(response.length > bytes);
            let whole = r#"{"Response":{"BindId":1,"RequestId":""#;
            assert!(whole.starts_with(response.text()), "{}", response.text());
        });
    }
    // A cut beyond the end has no effect.
    check(json!({ "cut": 100_000 }), true, |response| {
        response.unwrap().accepted();
    });
}

#[test]
fn cut_large_response() {
    let length = 3_000_000;
    let (emulator, request) = start_with_large_response(builder(), length);
    for cut in [1, 65_536, 1_000_001, length - 1] {
        let request = request
            .clone()
            .with(Fault::HEADER, &json!({ "cut": cut }).to_string());
        let mut connection = Connection::open(&emulator);
        let response = connection.exchange(request.bytes());
        assert_eq!(response.body.len(), cut);
        assert!(response.length > length);
        assert_eq!(connection.end(), 0);
    }
    assert!(send(&emulator, &request).json().to_string().len() > length);
}

#[test]
fn status_and_body() {
    let page = "<html>\u{2014}</html>\r\n";
    for (status, body) in [(502, page), (200, "no JSON"), (404, ""), (599, "{}")] {
        for acts in [false, true] {
            let fault = json!({ "status": status, "body": body, "acts": acts });
            check(fault, acts, |response| {
                let response = response.unwrap();
                assert_eq!((response.status, response.text()), (status, body));
                assert_eq!(response.header("content-type"), Some("text/html"));
            });
        }
    }
    check(json!({ "status": 503 }), false, |response| {
        assert_eq!(response.unwrap().status, 503);
    });
}

#[test]
fn error_code() {
    for acts in [false, true] {
        check(
            json!({ "code": "Made.Up", "acts": acts }),
            acts,
            |response| {
                response.unwrap().refused("Made.Up");
            },
        );
    }
    let fault = json!({ "code": "InternalError", "message": "It \"rests\"." });
    check(fault, false, |response| {
        assert_eq!(response.unwrap().refused("InternalError"), "It \"rests\".");
    });
}

#[test]
fn request_error_takes_precedence_over_code() {
    let emulator = demonstration();
    let fault = json!({ "code": "Made.Up" }).to_string();
    let request = add_mailbox(MEMBER)
        .by(Seed::SECRET_ID, "wrong")
        .with(Fault::HEADER, &fault);
    send(&emulator, &request).refused("AuthFailure.SignatureFailure");
    // If the action runs and fails, its own error is returned.
    let fault = json!({ "code": "Made.Up", "acts": true }).to_string();
    let request = add_mailbox(5).with(Fault::HEADER, &fault);
    send(&emulator, &request).refused("ResourceNotFound.OrganizationMemberNotExist");
    assert!(!action_ran(&emulator));
}

#[test]
fn clock_offset() {
    for (offset, expired, date) in [
        (-301, true, "Thu, 29 Feb 2024 11:54:59 GMT"),
        (-300, false, "Thu, 29 Feb 2024 11:55:00 GMT"),
        (300, false, "Thu, 29 Feb 2024 12:05:00 GMT"),
        (86_400, true, "Fri, 01 Mar 2024 12:00:00 GMT"),
        (i64::MIN, true, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (i64::MAX, true, "Fri, 31 Dec 9999 23:59:59 GMT"),
    ] {
        check(json!({ "clock_offset": offset }), !expired, |response| {
            let response = response.unwrap();
            assert_eq!(response.header("date"), Some(date));
            if expired {
                response.refused("AuthFailure.SignatureExpire");
            } else {
                response.accepted();
            }
        });
    }
    // The offset applies only to requests with the fault, and their changes have that time.
    let emulator = demonstration();
    emulator.inject(Fault::clock_offset(60).times(1)).unwrap();
    send(&emulator, &add_mailbox(MEMBER)).accepted();
    assert_eq!(emulator.outbox()[0].sent, NOON + 60);
    assert_eq!(emulator.now(), NOON);
    let message =
        send(&emulator, &valid_request().by(Seed::SECRET_ID, "").at(1)).refused("NoSuchProduct");
    assert!(message.contains("organization"), "{message}");
    let late = add_mailbox(MEMBER).at(NOON + 301);
    send(&emulator, &late).refused("AuthFailure.SignatureExpire");
}

#[test]
fn delay() {
    thread::scope(|scope| {
        for injection in Injection::ALL {
            scope.spawn(move || {
                let emulator = start_shop();
                let fault = json!({ "delay_ms": 500, "times": 1 });
                let delayed = injection.inject(&emulator, valid_request(), &fault);
                let mut connection = Connection::open(&emulator);
                let sent = Instant::now();
                connection.exchange(delayed.bytes()).accepted();
                // A busy machine may take longer, never less.
                assert!(
                    sent.elapsed() >= Duration::from_millis(500),
                    "{injection:?}"
                );
                assert!(emulator.requests()[0].faulted, "{injection:?}");
            });
        }
    });
}

#[test]
fn delay_may_exceed_idle_timeout() {
    let emulator = start(builder().timeout(Duration::from_secs(1)));
    let fault = json!({ "delay_ms": 2500 }).to_string();
    send(&emulator, &valid_request().with(Fault::HEADER, &fault)).accepted();
}

#[test]
fn delay_combines_with_other_effects() {
    let fault = json!({ "delay_ms": 1, "clock_offset": -5, "status": 500, "body": "x" });
    check(fault, false, |response| {
        let response = response.unwrap();
        assert_eq!((response.status, response.text()), (500, "x"));
        assert_eq!(
            response.header("date"),
            Some("Thu, 29 Feb 2024 11:59:55 GMT")
        );
    });
}

/// Returns the pending faults.
#[track_caller]
fn faults(emulator: &Emulator) -> Value {
    let (faults, status) = control(emulator, "GET", "faults", "");
    assert_eq!(status, 200);
    faults
}

#[test]
fn fault_applies_limited_times() {
    let emulator = start_shop();
    emulator.inject(Fault::code("Made.Up").times(2)).unwrap();
    let pending =
        |times| json!([{ "code": "Made.Up", "message": "Injected fault.", "times": times }]);
    for times in [2, 1] {
        assert_eq!(faults(&emulator), pending(times));
        send(&emulator, &valid_request()).refused("Made.Up");
    }
    assert_eq!(faults(&emulator), json!([]));
    send(&emulator, &valid_request()).accepted();
    emulator.inject(Fault::code("Made.Up").times(0)).unwrap();
    assert_eq!(faults(&emulator), json!([]));
    send(&emulator, &valid_request()).accepted();
    // Without `times` it applies until it is removed.
    emulator.inject(Fault::code("Made.Up")).unwrap();
    for _ in 0..5 {
        send(&emulator, &valid_request()).refused("Made.Up");
    }
    emulator.clear_faults();
    send(&emulator, &valid_request()).accepted();
}

#[test]
fn fault_applies_to_one_action() {
    let drop = Request::post("DropThing", "{}");
    for injection in Injection::ALL {
        let emulator = start(builder().rate_limits(false));
        let fault = json!({ "code": "Made.Up", "action": "DropThing" });
        send(
            &emulator,
            &injection.inject(&emulator, valid_request(), &fault),
        )
        .accepted();
        send(
            &emulator,
            &injection.inject(&emulator, drop.clone(), &fault),
        )
        .refused("Made.Up");
        let faulted: Vec<bool> = emulator.requests().iter().map(|of| of.faulted).collect();
        assert_eq!(faulted, [false, true], "{injection:?}");
    }
}

#[test]
fn faults_apply_in_order() {
    let emulator = start(builder().fault(Fault::code("First").times(1)));
    emulator
        .inject(Fault::code("Second").times(1).on("FindThings"))
        .unwrap();
    emulator.inject(Fault::code("Third")).unwrap();
    // A request with its own fault does not consume a pending one.
    let own = valid_request().with(Fault::HEADER, r#"{"code":"Own"}"#);
    for code in ["First", "Second", "Third", "Third"] {
        send(&emulator, &own).refused("Own");
        send(&emulator, &valid_request()).refused(code);
    }
    let (_, status) = control(&emulator, "POST", "faults/clear", "{}");
    assert_eq!(status, 200);
    send(&emulator, &valid_request()).accepted();
}

#[test]
fn invalid_fault_header_is_rejected() {
    let emulator = demonstration();
    for text in [
        "",
        "drop",
        "[1]",
        r#"{"drop":"later"}"#,
        r#"{"dorp":"after"}"#,
        r#"{"cut":-1}"#,
        r#"{"status":99}"#,
        r#"{"status":600}"#,
        r#"{"drop":"after","cut":1}"#,
        r#"{"acts":true}"#,
        r#"{"delay_ms":1.5}"#,
    ] {
        let message = send(&emulator, &add_mailbox(MEMBER).with(Fault::HEADER, text))
            .refused("InvalidParameter");
        assert!(message.contains(Fault::HEADER), "{message}");
        let (error, status) = control(&emulator, "POST", "faults", text);
        assert_eq!(status, 400, "{text}");
        assert!(error["error"].is_string(), "{error}");
    }
    assert!(!action_ran(&emulator));
    assert_eq!(faults(&emulator), json!([]));
}

#[test]
fn faults_do_not_apply_to_control_api() {
    let emulator = start_shop();
    emulator.inject(Fault::drop_before()).unwrap();
    let (_, status) = control(&emulator, "GET", "clock", "");
    assert_eq!(status, 200);
    let mut connection = Connection::open(&emulator);
    connection.send(valid_request().by(ID, KEY).bytes());
    assert!(connection.receive().is_none());
}

/// As `nc` does: it closes its sending side and waits for the response.
#[test]
fn half_closed_client_gets_delayed_response() {
    let emulator = start_shop();
    let fault = json!({ "delay_ms": 300 }).to_string();
    let mut connection = Connection::open(&emulator);
    connection.send(valid_request().with(Fault::HEADER, &fault).bytes());
    connection.finish();
    connection.receive().unwrap().accepted();
}

#[test]
fn fault_for_unknown_action_is_refused() {
    let emulator = start_shop();
    for (action, remedy) in [
        ("FindThing", "did you mean `FindThings`?"),
        ("findThings", "did you mean `FindThings`?"),
        ("RunInstances", "must be an action of an emulated service"),
    ] {
        let fault = Fault::drop_after().on(action);
        let text = serde_json::to_string(&fault).unwrap();
        let at_start = builder().fault(fault.clone()).start_blocking().unwrap_err();
        let (by_path, status) = control(&emulator, "POST", "faults", &text);
        assert_eq!(status, 400);
        let by_header = send(&emulator, &valid_request().with(Fault::HEADER, &text));
        for error in [
            at_start.to_string(),
            emulator.inject(fault).unwrap_err().to_string(),
            by_path["error"].as_str().unwrap().to_owned(),
            by_header.refused("InvalidParameter"),
        ] {
            let problem = format!("action `{action}` does not exist");
            assert!(
                error.contains(&problem) && error.contains(remedy),
                "{error}"
            );
        }
    }
    let (pending, _) = control(&emulator, "GET", "faults", "");
    assert_eq!(pending, json!([]));
}
