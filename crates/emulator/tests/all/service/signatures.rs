use serde_json::json;
use tc3_emulator::{Caller, Clock, Emulator, Seed};

use super::raw::Connection;
use super::signed::Request;
use super::world::{
    ID, KEY, NOON, TEMPORARY, TEMPORARY_KEY, TOKEN, action, field, parse_spec, send, spec,
    start_shop, valid_request,
};

const FAILURE: &str = "AuthFailure.SignatureFailure";
const EXPIRE: &str = "AuthFailure.SignatureExpire";
const TOKEN_FAILURE: &str = "AuthFailure.TokenFailure";

/// The body of the documentation's example, with its escapes unchanged.
const EXAMPLE: &str =
    r#"{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}"#;

/// Sends the example of a documentation page with its published signature.
#[track_caller]
fn check_published(id: &str, key: &str, signed: &str, signature: &str) {
    let filter = json!({
        "description": "",
        "fields": [field("Name", "String"), field("Values", "Array of String")],
    });
    let describe = action(
        json!([
            field("Limit", "Integer"),
            field("Filters", "Array of Filter")
        ]),
        json!([field("TotalCount", "Integer")]),
        json!([]),
        json!({}),
    );
    let actions = json!({ "DescribeInstances": describe });
    let mut seed = Seed::empty().caller(Caller::new(id, key, 1));
    seed.clock = Clock::Stopped(1_551_113_065);
    let emulator = Emulator::builder()
        .spec(parse_spec(spec(
            "cvm",
            "2017-03-12",
            actions,
            json!({ "Filter": filter }),
        )))
        .seed(seed)
        .start_blocking()
        .unwrap();

    let send = |signature: &str| {
        let head = format!(
            "POST / HTTP/1.1\r\nHost: cvm.tencentcloudapi.com\r\n\
             Content-Type: application/json; charset=utf-8\r\nContent-Length: {}\r\n\
             X-TC-Action: DescribeInstances\r\nX-TC-Version: 2017-03-12\r\nX-TC-Region: ap-guangzhou\r\n\
             X-TC-Timestamp: 1551113065\r\n\
             Authorization: TC3-HMAC-SHA256 Credential={id}/2019-02-25/cvm/tc3_request, SignedHeaders={signed}, \
             Signature={signature}\r\n\r\n",
            EXAMPLE.len()
        );
        Connection::open(&emulator).exchange(format!("{head}{EXAMPLE}"))
    };
    assert_eq!(send(signature).accepted()["TotalCount"], 1);
    let other = signature.replace('1', "2");
    send(&other).refused(FAILURE);

    let [first, _] = &emulator.requests()[..] else {
        panic!("two requests are expected");
    };
    let understood = &first.understood;
    assert_eq!(understood.caller, Some(1));
    assert_eq!(understood.secret_id.as_deref(), Some(id));
    let filters = &understood.parameters.as_ref().unwrap()["Filters"];
    assert_eq!(filters[0]["Values"][0], "\u{672a}\u{547d}\u{540d}");
}

#[test]
fn international_example_signature() {
    check_published(
        "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
        "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
        "content-type;host",
        "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168",
    );
}

#[test]
fn older_page_example_signature() {
    // The published signature includes the asterisks literally.
    check_published(
        "AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******",
        "Gu5t9xGARNpq86cd98joQYCN3*******",
        "content-type;host",
        "2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c",
    );
}

#[test]
fn mainland_example_signature() {
    check_published(
        &format!("AKID{}", "*".repeat(32)),
        &"*".repeat(32),
        "content-type;host;x-tc-action",
        "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f",
    );
}

#[test]
fn signed_headers_in_any_order_and_case() {
    let emulator = start_shop();
    let ordered = "content-type;host;x-tc-action";
    for (listed, canonical, canonical_list) in [
        (ordered, ordered, ordered),
        // Another order, also in the canonical request.
        (
            "host;content-type",
            "host;content-type",
            "host;content-type",
        ),
        // Another order in the header, but the documented one in the canonical request.
        (
            "host;content-type",
            "content-type;host",
            "content-type;host",
        ),
        (
            "host;content-type",
            "content-type;host",
            "host;content-type",
        ),
        // Capitals in the list, with or without capitals in the canonical request.
        (
            "Content-Type;Host",
            "content-type;host",
            "Content-Type;Host",
        ),
        (
            "Content-Type;Host",
            "content-type;host",
            "content-type;host",
        ),
        ("Host;X-TC-Action;Content-Type", ordered, ordered),
        (
            "Host;Content-Type",
            "host;content-type",
            "Host;Content-Type",
        ),
        (
            "Host;Content-Type",
            "content-type;host",
            "Host;Content-Type",
        ),
    ] {
        let request = valid_request().signing_as(listed, canonical, canonical_list);
        let response = send(&emulator, &request);
        assert_eq!(
            response.error(),
            None,
            "{listed}, {canonical}, {canonical_list}"
        );
        let tampered = request.clone().body(r#"{"Limit":8}"#);
        let request = tampered.authorization(&request.authorize());
        send(&emulator, &request).refused(FAILURE);
    }
}

/// The vendor's SDK for Node.js sends a port and signs only the name.
#[test]
fn host_may_be_signed_without_its_port() {
    let emulator = start_shop();
    for (sent, signed) in [
        ("127.0.0.1:8080", "127.0.0.1"),
        ("LOCALHOST:8080", "localhost"),
        ("[::1]:8080", "[::1]"),
        ("127.0.0.1:8080", "127.0.0.1:8080"),
    ] {
        let authorization = valid_request().with("Host", signed).authorize();
        let request = valid_request()
            .with("Host", sent)
            .authorization(&authorization);
        send(&emulator, &request).accepted();
        let tampered = request.body(r#"{"Limit":8}"#);
        send(&emulator, &tampered).refused(FAILURE);
    }
    for (sent, signed) in [
        ("127.0.0.1:8080", "127.0.0.1:8081"),
        ("127.0.0.1", "127.0.0.1:8080"),
        ("127.0.0.1:8080", "127.0.0.2"),
        ("127.0.0.1:8080", ""),
        ("[::1]:8080", "["),
        ("[::1]", "[:"),
    ] {
        let authorization = valid_request().with("Host", signed).authorize();
        let request = valid_request()
            .with("Host", sent)
            .authorization(&authorization);
        send(&emulator, &request).refused(FAILURE);
    }
}

#[test]
fn additional_signed_headers() {
    let emulator = start_shop();
    let all = "content-type;host;x-of-mine;x-tc-action;x-tc-timestamp;x-tc-version";
    let request = valid_request()
        .with("X-Of-Mine", "  Some  Text\t")
        .signing(all);
    send(&emulator, &request).accepted();

    let authorization = request.authorize();
    let other = request.clone().with("X-Of-Mine", "other");
    let message = send(&emulator, &other.authorization(&authorization)).refused(FAILURE);
    assert!(message.contains("x-of-mine:other"), "{message}");

    let gone = request.without("X-Of-Mine").authorization(&authorization);
    let message = send(&emulator, &gone).refused(FAILURE);
    assert!(message.contains("`x-of-mine` is listed"), "{message}");
}

#[test]
fn content_type_and_host_must_be_signed() {
    let emulator = start_shop();
    for (list, missing) in [("host", "content-type"), ("content-type", "host")] {
        let response = send(&emulator, &valid_request().signing(list));
        let message = response.refused("AuthFailure.InvalidAuthorization");
        assert!(message.contains(&format!("`{missing}`")), "{message}");
    }
}

#[test]
fn unsigned_payload() {
    let emulator = start_shop();
    let request = valid_request().with("X-TC-Content-SHA256", "UNSIGNED-PAYLOAD");
    send(&emulator, &request).accepted();
    let authorization = request.authorize();
    let other = request.body(r#"{"Limit":9}"#).authorization(&authorization);
    send(&emulator, &other).accepted();
    // With any other value the body is signed.
    let tampered = valid_request().with("X-TC-Content-SHA256", "unsigned");
    send(&emulator, &tampered).accepted();
    let authorization = tampered.authorize();
    let tampered = tampered
        .body(r#"{"Limit":9}"#)
        .authorization(&authorization);
    send(&emulator, &tampered).refused(FAILURE);
}

#[test]
fn tampered_request_is_rejected() {
    let emulator = start_shop();
    let signed = valid_request().signing("content-type;host;x-tc-action");
    let get = Request::get("FindThings", "Limit=7");
    for (right, tampered) in [
        (&signed, signed.clone().body(r#"{"Limit":8}"#)),
        (&signed, signed.clone().body(r#"{"Limit":7} "#)),
        (&signed, signed.clone().with("X-TC-Action", "AddThing")),
        (&signed, signed.clone().with("Host", "127.0.0.2")),
        (
            &signed,
            signed
                .clone()
                .with("Content-Type", "application/json; charset=utf-8"),
        ),
        (&signed, signed.clone().at(NOON + 1)),
        (&signed, signed.clone().target("/?Limit=7")),
        (&get, get.clone().target("/?Limit=8")),
        (&get, get.clone().target("/?Limit=%37")),
        (&get, get.clone().target("/?")),
    ] {
        let authorization = right.authorize();
        assert_eq!(send(&emulator, right).error(), None);
        let response = send(&emulator, &tampered.clone().authorization(&authorization));
        response.refused(FAILURE);
        // The request itself was valid.
        let code = send(&emulator, &tampered).error().map(|(code, _)| code);
        assert_ne!(code.as_deref(), Some(FAILURE));
    }
}

#[test]
fn mismatch_reports_signature_input() {
    let emulator = start_shop();
    let request = valid_request().by(ID, "another-key");
    let message = send(&emulator, &request).refused(FAILURE);
    let canonical_request = format!("{:?}", request.canonical_request());
    assert!(message.contains(&canonical_request), "{message}");
    assert!(message.contains("2024-02-29/shop/tc3_request"), "{message}");
}

#[test]
fn unknown_secret_id() {
    let emulator = start_shop();
    let response = send(&emulator, &valid_request().by("AKIDNOBODY", KEY));
    let message = response.refused("AuthFailure.SecretIdNotFound");
    assert!(message.contains("`AKIDNOBODY`"), "{message}");
}

#[test]
fn scope_must_match_request() {
    let emulator = start_shop();
    for day in ["2024-03-01", "2024-02-28", "20240229", ""] {
        let message = send(&emulator, &valid_request().day(day)).refused(FAILURE);
        assert!(message.contains("has the date"), "{message}");
    }
    let message = send(&emulator, &valid_request().service("nowhere")).refused("NoSuchProduct");
    assert!(message.contains("`nowhere`"), "{message}");
    // If the host names a service, the scope must name the same one.
    let host = "shop.tencentcloudapi.com";
    send(&emulator, &valid_request().with("Host", host)).accepted();
    let message = send(
        &emulator,
        &valid_request().with("Host", host).service("store"),
    )
    .refused(FAILURE);
    assert!(message.contains("`store`"), "{message}");
}

#[test]
fn scope_date_is_utc() {
    let emulator = start_shop();
    // 2024-02-29 23:59:59 UTC and one second later.
    for (time, day, other) in [
        (1_709_251_199, "2024-02-29", "2024-03-01"),
        (1_709_251_200, "2024-03-01", "2024-02-29"),
    ] {
        emulator.set_clock(Clock::Stopped(time)).unwrap();
        send(&emulator, &valid_request().at(time).day(day)).accepted();
        send(&emulator, &valid_request().at(time).day(other)).refused(FAILURE);
    }
}

#[test]
fn signature_window_is_five_minutes() {
    let emulator = start_shop();
    for time in [NOON - 300, NOON - 1, NOON + 300] {
        send(&emulator, &valid_request().at(time)).accepted();
    }
    for time in [0, NOON - 301, NOON + 301, u64::MAX] {
        let message = send(&emulator, &valid_request().at(time)).refused(EXPIRE);
        // Clients parse the server time at the end of the message, as in the vendor's.
        assert!(message.ends_with(&format!(" {NOON}.")), "{message}");
    }
}

fn temporary() -> Request {
    valid_request().by(TEMPORARY, TEMPORARY_KEY)
}

#[test]
fn temporary_credential_requires_token() {
    let emulator = start_shop();
    send(&emulator, &temporary().with("X-TC-Token", TOKEN)).accepted();
    let signed = "content-type;host;x-tc-token";
    send(
        &emulator,
        &temporary().with("X-TC-Token", TOKEN).signing(signed),
    )
    .accepted();

    for request in [
        temporary(),
        temporary().with("X-TC-Token", ""),
        temporary().with("X-TC-Token", "another"),
        temporary().with("X-TC-Token", &TOKEN.to_lowercase()),
        // A permanent credential has no token.
        valid_request().with("X-TC-Token", TOKEN),
    ] {
        send(&emulator, &request).refused(TOKEN_FAILURE);
    }
    send(&emulator, &valid_request().with("X-TC-Token", "")).accepted();
    // Without the right key, the token is not checked.
    send(&emulator, &temporary().by(TEMPORARY, KEY)).refused(FAILURE);
}

#[test]
fn token_expires() {
    let emulator = start_shop();
    for (time, expired) in [
        (NOON + 3599, false),
        (NOON + 3600, true),
        (NOON + 9999, true),
    ] {
        emulator.set_clock(Clock::Stopped(time)).unwrap();
        let response = send(&emulator, &temporary().at(time).with("X-TC-Token", TOKEN));
        if expired {
            let message = response.refused(TOKEN_FAILURE);
            assert!(message.contains("expired"), "{message}");
        } else {
            response.accepted();
        }
    }
}
