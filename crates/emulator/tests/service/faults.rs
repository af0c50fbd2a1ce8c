use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tc3_emulator::{Builder, Clock, Emulator, Fault, Seed};

use crate::raw::{Answer, Connection};
use crate::signed::Request;
use crate::world::{ID, KEY, NOON, ask, builder, find, large, open, start};

const ACTION: &str = "AddOrganizationMemberEmail";

/// The demonstration's organization, at noon.
fn demonstration() -> Emulator {
    let mut seed = Seed::demonstration();
    seed.clock = Clock::Stopped(NOON);
    start(Builder::default().seed(seed))
}

/// Adds a mailbox to a member.
fn add(member: u64) -> Request {
    let body = json!({
        "MemberUin": member,
        "Email": "grace@example.com",
        "CountryCode": "86",
        "Phone": "13800000000",
    });
    Request::post(ACTION, body.to_string())
        .by(Seed::SECRET_ID, Seed::SECRET_KEY)
        .service("organization")
        .with("X-TC-Version", "2021-03-31")
}

const MEMBER: u64 = 100_000_000_002;

/// Whether the mailbox was added, and a mail sent.
#[track_caller]
fn acted(emulator: &Emulator) -> bool {
    let state = emulator.state();
    let members = &state.organizations[0].members;
    let bindings: usize = members.iter().map(|member| member.bindings.len()).sum();
    let sent = emulator.outbox().len();
    assert_eq!(sent, bindings, "each mailbox has its mail");
    assert!(sent < 2);
    sent == 1
}

/// How a fault gets to the emulator.
#[derive(Clone, Copy, Debug)]
enum Way {
    Header,
    Method,
    Path,
}

impl Way {
    const ALL: [Way; 3] = [Way::Header, Way::Method, Way::Path];

    /// Gives the emulator the fault, or puts it into the request.
    fn give(self, emulator: &Emulator, request: Request, fault: &Value) -> Request {
        let text = fault.to_string();
        match self {
            Way::Header => return request.with(Fault::HEADER, &text),
            Way::Method => emulator.inject(Fault::from_json(&text).unwrap()),
            Way::Path => {
                let (_, status) = control(emulator, "POST", "faults", &text);
                assert_eq!(status, 200);
            }
        }
        request
    }
}

/// Asks for something under `/emulator`.
#[track_caller]
fn control(emulator: &Emulator, method: &str, place: &str, body: &str) -> (Value, u16) {
    let request = format!(
        "{method} /emulator/{place} HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = Connection::open(emulator).ask(request);
    (answer.json(), answer.status)
}

/// Lets a request to add a mailbox meet a fault that comes in each way, and gives the emulator and the answer to `look`.
#[track_caller]
fn check(fault: Value, acts: bool, look: impl Fn(Option<Answer>)) {
    for way in Way::ALL {
        let emulator = demonstration();
        let request = way.give(&emulator, add(MEMBER), &fault);
        let mut connection = Connection::open(&emulator);
        connection.send(request.bytes());
        look(connection.answer());
        assert_eq!(acted(&emulator), acts, "{way:?}");
        let [received] = &emulator.requests()[..] else {
            panic!("one request came in");
        };
        assert!(received.faulted, "{way:?}");
    }
}

#[test]
fn without_a_fault_the_mailbox_is_added() {
    let emulator = demonstration();
    assert!(!acted(&emulator));
    ask(&emulator, &add(MEMBER)).accepted();
    assert!(acted(&emulator));
    assert!(!emulator.requests()[0].faulted);
}

#[test]
fn a_connection_breaks_before_the_action() {
    check(json!({ "drop": "before" }), false, |answer| {
        assert!(answer.is_none());
    });
}

#[test]
fn a_connection_breaks_after_the_action() {
    check(json!({ "drop": "after" }), true, |answer| {
        assert!(answer.is_none());
    });
}

#[test]
fn an_answer_is_cut() {
    for bytes in [0, 1, 30] {
        check(json!({ "cut": bytes }), true, |answer| {
            let answer = answer.expect("the head comes");
            assert_eq!(answer.status, 200);
            assert_eq!(answer.body.len(), bytes);
            assert!(answer.length > bytes);
            let whole = r#"{"Response":{"BindId":1,"RequestId":""#;
            assert!(whole.starts_with(answer.text()), "{}", answer.text());
        });
    }
    // A cut behind the end is none.
    check(json!({ "cut": 100_000 }), true, |answer| {
        answer.unwrap().accepted();
    });
}

#[test]
fn a_large_answer_is_cut_at_the_byte() {
    let length = 3_000_000;
    let (emulator, request) = large(builder(), length);
    for cut in [1, 65_536, 1_000_001, length - 1] {
        let request = request
            .clone()
            .with(Fault::HEADER, &json!({ "cut": cut }).to_string());
        let mut connection = Connection::open(&emulator);
        let answer = connection.ask(request.bytes());
        assert_eq!(answer.body.len(), cut);
        assert!(answer.length > length);
        assert_eq!(connection.end(), 0);
    }
    assert!(ask(&emulator, &request).json().to_string().len() > length);
}

#[test]
fn an_answer_has_any_status_and_text() {
    let page = "<html>\u{2014}</html>\r\n";
    for (status, body) in [(502, page), (200, "no JSON"), (404, ""), (599, "{}")] {
        for acts in [false, true] {
            let fault = json!({ "status": status, "body": body, "acts": acts });
            check(fault, acts, |answer| {
                let answer = answer.unwrap();
                assert_eq!((answer.status, answer.text()), (status, body));
                assert_eq!(answer.header("content-type"), Some("text/html"));
            });
        }
    }
    check(json!({ "status": 503 }), false, |answer| {
        assert_eq!(answer.unwrap().status, 503);
    });
}

#[test]
fn an_answer_is_any_error() {
    for acts in [false, true] {
        check(json!({ "code": "Made.Up", "acts": acts }), acts, |answer| {
            answer.unwrap().refused("Made.Up");
        });
    }
    let fault = json!({ "code": "InternalError", "message": "It \"rests\"." });
    check(fault, false, |answer| {
        assert_eq!(answer.unwrap().refused("InternalError"), "It \"rests\".");
    });
}

#[test]
fn what_is_wrong_with_a_request_is_told_before_an_error_that_was_asked_for() {
    let emulator = demonstration();
    let fault = json!({ "code": "Made.Up" }).to_string();
    let request = add(MEMBER)
        .by(Seed::SECRET_ID, "wrong")
        .with(Fault::HEADER, &fault);
    ask(&emulator, &request).refused("AuthFailure.SignatureFailure");
    // An action that is to be carried out and cannot be says so.
    let fault = json!({ "code": "Made.Up", "acts": true }).to_string();
    let request = add(5).with(Fault::HEADER, &fault);
    ask(&emulator, &request).refused("ResourceNotFound.OrganizationMemberNotExist");
    assert!(!acted(&emulator));
}

#[test]
fn the_clock_is_off() {
    for (offset, expired, date) in [
        (-301, true, "Thu, 29 Feb 2024 11:54:59 GMT"),
        (-300, false, "Thu, 29 Feb 2024 11:55:00 GMT"),
        (300, false, "Thu, 29 Feb 2024 12:05:00 GMT"),
        (86_400, true, "Fri, 01 Mar 2024 12:00:00 GMT"),
        (i64::MIN, true, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (i64::MAX, true, "Fri, 31 Dec 9999 23:59:59 GMT"),
    ] {
        check(json!({ "clock_offset": offset }), !expired, |answer| {
            let answer = answer.unwrap();
            assert_eq!(answer.header("date"), Some(date));
            if expired {
                answer.refused("AuthFailure.SignatureExpire");
            } else {
                answer.accepted();
            }
        });
    }
    // It is off for those that meet the fault alone, and what they did happened at that time.
    let emulator = demonstration();
    emulator.inject(Fault::clock_offset(60).times(1));
    ask(&emulator, &add(MEMBER)).accepted();
    assert_eq!(emulator.outbox()[0].sent, NOON + 60);
    assert_eq!(emulator.now(), NOON);
    let message = ask(&emulator, &find().by(Seed::SECRET_ID, "").at(1)).refused("NoSuchProduct");
    assert!(message.contains("organization"), "{message}");
    let late = add(MEMBER).at(NOON + 301);
    ask(&emulator, &late).refused("AuthFailure.SignatureExpire");
}

#[test]
fn an_answer_comes_later() {
    thread::scope(|scope| {
        for way in Way::ALL {
            scope.spawn(move || {
                let emulator = open();
                let fault = json!({ "delay_ms": 500, "times": 1 });
                let delayed = way.give(&emulator, find(), &fault);
                let mut connection = Connection::open(&emulator);
                let sent = Instant::now();
                connection.ask(delayed.bytes()).accepted();
                // It may take longer on a busy machine, and never less.
                assert!(sent.elapsed() >= Duration::from_millis(500), "{way:?}");
                assert!(emulator.requests()[0].faulted, "{way:?}");
            });
        }
    });
}

#[test]
fn an_answer_may_come_later_than_a_silent_connection_is_closed() {
    let emulator = start(builder().patience(Duration::from_secs(1)));
    let fault = json!({ "delay_ms": 2500 }).to_string();
    ask(&emulator, &find().with(Fault::HEADER, &fault)).accepted();
}

#[test]
fn a_delay_goes_with_other_faults() {
    let fault = json!({ "delay_ms": 1, "clock_offset": -5, "status": 500, "body": "x" });
    check(fault, false, |answer| {
        let answer = answer.unwrap();
        assert_eq!((answer.status, answer.text()), (500, "x"));
        assert_eq!(answer.header("date"), Some("Thu, 29 Feb 2024 11:59:55 GMT"));
    });
}

/// The faults that wait.
#[track_caller]
fn faults(emulator: &Emulator) -> Value {
    let (faults, status) = control(emulator, "GET", "faults", "");
    assert_eq!(status, 200);
    faults
}

#[test]
fn a_fault_is_met_so_many_times() {
    let emulator = open();
    emulator.inject(Fault::code("Made.Up").times(2));
    let waiting = |times| json!([{ "code": "Made.Up", "message": "A fault that was asked for.", "times": times }]);
    for times in [2, 1] {
        assert_eq!(faults(&emulator), waiting(times));
        ask(&emulator, &find()).refused("Made.Up");
    }
    assert_eq!(faults(&emulator), json!([]));
    ask(&emulator, &find()).accepted();
    emulator.inject(Fault::code("Made.Up").times(0));
    assert_eq!(faults(&emulator), json!([]));
    ask(&emulator, &find()).accepted();
    // Without a number it is met until it is removed.
    emulator.inject(Fault::code("Made.Up"));
    for _ in 0..5 {
        ask(&emulator, &find()).refused("Made.Up");
    }
    emulator.clear_faults();
    ask(&emulator, &find()).accepted();
}

#[test]
fn a_fault_may_be_meant_for_one_action() {
    let drop = Request::post("DropThing", "{}");
    for way in Way::ALL {
        let emulator = start(builder().rate_limits(false));
        let fault = json!({ "code": "Made.Up", "action": "DropThing" });
        ask(&emulator, &way.give(&emulator, find(), &fault)).accepted();
        ask(&emulator, &way.give(&emulator, drop.clone(), &fault)).refused("Made.Up");
        let faulted: Vec<bool> = emulator.requests().iter().map(|of| of.faulted).collect();
        assert_eq!(faulted, [false, true], "{way:?}");
    }
}

#[test]
fn faults_are_met_in_the_order_in_which_they_came() {
    let emulator = start(builder().fault(Fault::code("First").times(1)));
    emulator.inject(Fault::code("Second").times(1).on("FindThings"));
    emulator.inject(Fault::code("Third"));
    // A request that brings one along leaves those that wait alone.
    let own = find().with(Fault::HEADER, r#"{"code":"Own"}"#);
    for code in ["First", "Second", "Third", "Third"] {
        ask(&emulator, &own).refused("Own");
        ask(&emulator, &find()).refused(code);
    }
    let (_, status) = control(&emulator, "DELETE", "faults", "");
    assert_eq!(status, 200);
    ask(&emulator, &find()).accepted();
}

#[test]
fn a_header_that_is_no_fault_is_refused() {
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
        let message =
            ask(&emulator, &add(MEMBER).with(Fault::HEADER, text)).refused("InvalidParameter");
        assert!(message.contains(Fault::HEADER), "{message}");
        let (error, status) = control(&emulator, "POST", "faults", text);
        assert_eq!(status, 400, "{text}");
        assert!(error["error"].is_string(), "{error}");
    }
    assert!(!acted(&emulator));
    assert_eq!(faults(&emulator), json!([]));
}

#[test]
fn faults_meet_calls_alone() {
    let emulator = open();
    emulator.inject(Fault::drop_before());
    let (_, status) = control(&emulator, "GET", "clock", "");
    assert_eq!(status, 200);
    let mut connection = Connection::open(&emulator);
    connection.send(find().by(ID, KEY).bytes());
    assert!(connection.answer().is_none());
}

/// As `nc` does: it has nothing more to say, and waits for the answer.
#[test]
fn a_client_that_closed_its_side_is_answered_later_too() {
    let emulator = open();
    let fault = json!({ "delay_ms": 300 }).to_string();
    let mut connection = Connection::open(&emulator);
    connection.send(find().with(Fault::HEADER, &fault).bytes());
    connection.finish();
    connection.answer().unwrap().accepted();
}
