//! Keys and tokens never appear in output.

use tc3_emulator::{Caller, Clock, Fault};

use super::raw::Connection;
use super::signed::Request;
use super::world::{KEY, TEMPORARY, TEMPORARY_KEY, TOKEN, builder, seed, start, valid_request};

/// Checks that a text contains no secret, ignoring case.
#[track_caller]
fn check(source: &str, text: &str) {
    let lower = text.to_lowercase();
    for secret in [KEY, TEMPORARY_KEY, TOKEN] {
        assert!(
            !lower.contains(&secret.to_lowercase()),
            "{source} has {secret}: {text}"
        );
    }
}

fn temporary() -> Request {
    valid_request()
        .by(TEMPORARY, TEMPORARY_KEY)
        .with("X-TC-Token", TOKEN)
}

#[test]
fn responses_have_no_secrets() {
    let emulator = start(builder());
    let signed = "content-type;host;x-tc-token";
    let mut connection = Connection::open(&emulator);
    for request in [
        temporary(),
        temporary().signing(signed),
        // The mismatch message quotes the canonical request, which includes the token.
        temporary().signing(signed).by(TEMPORARY, "another"),
        temporary()
            .signing(signed)
            .body("{}")
            .authorization(&temporary().signing(signed).authorize()),
        temporary().by(TEMPORARY, "another"),
        temporary().by("AKIDNOBODY", "another"),
        valid_request().with("X-TC-Token", TOKEN),
        temporary().with("x-tc-token", &format!("{TOKEN}-of-another")),
        temporary().with("X-Tc-ToKen", &format!("  {TOKEN}\t")),
        temporary().and("X-TC-Token", TOKEN),
        temporary().authorization(""),
        temporary().authorization("SKIP"),
        temporary().method("PUT"),
        temporary().body("no JSON"),
        Request::get("FindThings", "Limit=x").with("X-TC-Token", TOKEN),
        temporary().with("X-Emulator-Fault", "no JSON"),
    ] {
        let response = connection.exchange(request.bytes());
        check(
            "a response",
            &format!("{:?} {}", response.headers, response.text()),
        );
    }
    let requests = format!("{:?}", emulator.requests());
    check("Debug of the requests", &requests);
    assert!(requests.contains("<token>"));
    for path in ["", "/requests", "/state", "/outbox", "/faults", "/clock"] {
        let response = connection.exchange(format!(
            "GET /emulator{path} HTTP/1.1\r\nHost: {}\r\n\r\n",
            emulator.address()
        ));
        assert_eq!(response.status, 200);
        check(path, response.text());
    }
}

#[test]
fn debug_has_no_secrets() {
    let seed = seed();
    check("Debug of the seed", &format!("{seed:?}"));
    check("Debug of a caller", &format!("{:?}", seed.callers[1]));
    let caller = Caller::new("AKIDX", KEY, 1).temporary(TOKEN, 1);
    check("Debug of a caller", &format!("{caller:#?}"));
    let builder = builder().fault(Fault::code("X").on("FindThings"));
    check("Debug of the builder", &format!("{builder:?}"));
    let emulator = start(builder);
    check("Debug of the emulator", &format!("{emulator:?}"));
    emulator.set_clock(Clock::Stopped(1)).unwrap();
    check("Debug of the state", &format!("{:?}", emulator.state()));
}
