//! Request headers and routing.

use std::time::Duration;

use serde_json::json;
use tc3_emulator::Emulator;

use super::signed::{FORM, JSON, Request};
use super::world::{
    DENIED, ID, KEY, NOON, VERSION, action, builder, parse_spec, send, spec, start, start_shop,
    valid_request,
};

const UNAUTHORIZED: &str = "AuthFailure.InvalidAuthorization";

/// Checks the error code and a word of the message.
#[track_caller]
fn check(emulator: &Emulator, request: &Request, code: &str, word: &str) {
    let message = send(emulator, request).refused(code);
    assert!(message.contains(word), "{word} is missing: {message}");
}

#[test]
fn missing_header_is_named() {
    let emulator = start_shop();
    for name in [
        "X-TC-Action",
        "X-TC-Version",
        "X-TC-Timestamp",
        "Content-Type",
        "Host",
    ] {
        check(
            &emulator,
            &valid_request().without(name),
            "MissingParameter",
            name,
        );
        check(
            &emulator,
            &valid_request().with(name, ""),
            "MissingParameter",
            name,
        );
    }
    for nothing in ["", " "] {
        let request = valid_request().authorization(nothing);
        check(&emulator, &request, UNAUTHORIZED, "is missing");
    }
}

#[test]
fn repeated_header_is_rejected() {
    let emulator = start_shop();
    for (name, value) in [
        ("X-TC-Action", "FindThings"),
        ("X-TC-Version", VERSION),
        ("X-TC-Timestamp", "1709208000"),
        ("X-TC-Region", "ap-guangzhou"),
        ("X-TC-Language", "en-US"),
        ("X-TC-RequestClient", "client"),
        ("X-TC-Token", ""),
        ("Content-Type", JSON),
        ("Host", "127.0.0.1"),
        ("Authorization", "SKIP"),
    ] {
        // Equal values also count as repeated, and names are case-insensitive.
        let twice = valid_request()
            .with(name, value)
            .and(&name.to_lowercase(), value);
        check(&emulator, &twice, "InvalidParameter", name);
    }
}

#[test]
fn timestamp_must_be_unix_seconds() {
    let emulator = start_shop();
    for value in [
        "now",
        "-1",
        "+1709208000",
        "1709208000.0",
        "1709208000000000000000",
        "17 09",
    ] {
        let request = valid_request().with("X-TC-Timestamp", value);
        check(&emulator, &request, "InvalidParameter", "X-TC-Timestamp");
    }
    // Milliseconds read as seconds are far in the future.
    let request = valid_request().at(NOON * 1000);
    check(
        &emulator,
        &request,
        "AuthFailure.SignatureExpire",
        "1709208000",
    );
}

#[test]
fn malformed_authorization_is_rejected() {
    let emulator = start_shop();
    let right = valid_request().authorize();
    for (value, problem) in [
        ("Basic YTpi", "the algorithm must be"),
        ("tc3-hmac-sha256", "the algorithm must be"),
        (&right.replace("TC3-", "AWS4-"), "the algorithm must be"),
        ("TC3-HMAC-SHA256", "no `=`"),
        (&right.replace("Credential=", ""), "no `=`"),
        (
            &right.replace("Credential=", "Credentials="),
            "unknown part",
        ),
        (&right.replace("/tc3_request", ""), "must end with"),
        (
            &right.replace("/tc3_request", "/aws4_request"),
            "must end with",
        ),
        (
            &right.replace("content-type;host", ""),
            "`SignedHeaders` is missing",
        ),
        (
            &format!("{right}, Signature=00"),
            "duplicate part `Signature`",
        ),
        (
            &right[..right.find(", Signature").unwrap()],
            "`Signature` is missing",
        ),
    ] {
        let request = valid_request().authorization(value);
        check(&emulator, &request, UNAUTHORIZED, problem);
    }
    // Spaces and the order of the parts do not matter.
    let (algorithm, parts) = right.split_once(' ').unwrap();
    let mut parts: Vec<&str> = parts.split(", ").collect();
    parts.reverse();
    for between in [",", ", ", " , "] {
        let value = format!("{algorithm} {}", parts.join(between));
        send(&emulator, &valid_request().authorization(&value)).accepted();
    }
}

#[test]
fn unsigned_request_is_rejected() {
    let request = valid_request().authorization("SKIP");
    check(&start_shop(), &request, UNAUTHORIZED, "unsigned");
}

#[test]
fn older_signature_is_rejected() {
    let emulator = start_shop();
    let parameters = "Action=FindThings&SecretId=AKIDSHOP&Signature=abc%3D&Version=2024-01-01";
    let older = |request: Request| request.without("X-TC-Action").authorization("");
    let get = older(Request::get("FindThings", parameters));
    check(&emulator, &get, UNAUTHORIZED, "HmacSHA1");
    let post = older(Request::post("FindThings", parameters)).with("Content-Type", FORM);
    check(&emulator, &post, UNAUTHORIZED, "HmacSHA1");
}

#[test]
fn optional_headers_are_validated() {
    let emulator = start_shop();
    for language in ["zh-CN", "en-US"] {
        send(&emulator, &valid_request().with("X-TC-Language", language)).accepted();
    }
    let names = ["x".repeat(128), "My-App_1.0, of us; here".to_owned()];
    for name in &names {
        send(&emulator, &valid_request().with("X-TC-RequestClient", name)).accepted();
    }
    for (name, value) in [
        ("X-TC-Language", "en"),
        ("X-TC-Language", ""),
        ("X-TC-RequestClient", ""),
        ("X-TC-RequestClient", "my/app"),
        ("X-TC-RequestClient", "caf\u{e9}"),
        ("X-TC-RequestClient", &"x".repeat(129)),
    ] {
        check(
            &emulator,
            &valid_request().with(name, value),
            "InvalidParameter",
            name,
        );
    }
}

#[test]
fn service_from_host_or_scope() {
    let emulator = start_shop();
    for host in [
        "shop.tencentcloudapi.com",
        "SHOP.intl.tencentcloudapi.com",
        "shop.ap-guangzhou.tencentcloudapi.com:443",
        "localhost",
        "localhost:8080",
        "127.0.0.1:8080",
        "[::1]",
        "[::1]:8080",
        "emulator.example.com",
    ] {
        send(&emulator, &valid_request().with("Host", host)).accepted();
    }
    for host in [
        "cvm.tencentcloudapi.com",
        "shops.intl.tencentcloudapi.com:443",
    ] {
        let label = host.split('.').next().unwrap();
        check(
            &emulator,
            &valid_request().with("Host", host),
            "NoSuchProduct",
            label,
        );
    }
    // A similar name is suggested; without one, all names are listed.
    for (label, expect) in [
        (
            "shops",
            "The service `shops` does not exist; did you mean `shop`?",
        ),
        (
            "cvm",
            "The service `cvm` does not exist; available: shop, store.",
        ),
    ] {
        let host = format!("{label}.tencentcloudapi.com");
        let message =
            send(&emulator, &valid_request().with("Host", &host)).refused("NoSuchProduct");
        assert_eq!(message, expect);
    }
}

/// The vendor's SDK for Node.js has the first label of any host in its scope.
#[test]
fn host_label_in_scope_selects_service_by_action() {
    let lists = |service| {
        let list = action(json!([]), json!([]), json!([]), json!({}));
        parse_spec(spec(
            service,
            VERSION,
            json!({ "ListNames": list }),
            json!({}),
        ))
    };
    let emulator = start(builder().spec(lists("first")).spec(lists("second")));
    for (host, scope) in [
        ("127.0.0.1:8080", "127"),
        ("localhost:8080", "localhost:8080"),
        ("emulator.test:8080", "emulator"),
    ] {
        let request = valid_request().with("Host", host).service(scope);
        send(&emulator, &request).accepted();
        let wrong = request.clone().by(ID, "other-key");
        send(&emulator, &wrong).refused("AuthFailure.SignatureFailure");
        let unknown = request.with("X-TC-Action", "FindThing");
        let message = send(&emulator, &unknown).refused("InvalidAction");
        assert_eq!(
            message,
            format!(
                "No service has the action `FindThing` in version {VERSION}; did you mean `FindThings`?"
            )
        );
        let several = Request::post("ListNames", "{}").with("Host", host);
        check(
            &emulator,
            &several.service(scope),
            "NoSuchProduct",
            "first, second",
        );
        let other = valid_request().with("Host", host).service("shops");
        check(&emulator, &other, "NoSuchProduct", "`shops`");
    }
}

#[test]
fn unknown_service_version_and_action() {
    let emulator = start_shop();
    let version = valid_request().with("X-TC-Version", "2020-01-01");
    check(
        &emulator,
        &version,
        "NoSuchVersion",
        "2023-01-01, 2024-01-01",
    );
    for (action, ending) in [
        ("CloseAccount", "."),
        ("findthings", "; did you mean `FindThings`?"),
    ] {
        let message = send(&emulator, &Request::post(action, "{}")).refused("InvalidAction");
        let expect = format!("The action `{action}` does not exist in shop {VERSION}{ending}");
        assert_eq!(message, expect);
    }
    // The other service exists but has no actions.
    let request = valid_request().service("store");
    check(&emulator, &request, "InvalidAction", "store 2024-01-01");
}

#[test]
fn denied_action_is_rejected() {
    let emulator = start_shop();
    let add = Request::post("AddThing", r#"{"Name":"x"}"#);
    send(&emulator, &add).accepted();
    let code = "AuthFailure.UnauthorizedOperation";
    check(&emulator, &add.by(DENIED, KEY), code, "AddThing");
    send(&emulator, &valid_request().by(DENIED, KEY)).accepted();
}

#[test]
fn region_is_validated() {
    let emulator = start_shop();
    let near = Request::post("FindNear", "{}");
    for request in [near.clone(), near.clone().with("X-TC-Region", "")] {
        check(&emulator, &request, "MissingParameter", "`Region`");
    }
    send(&emulator, &near.with("X-TC-Region", "eu-frankfurt")).accepted();
    let anywhere = Request::post("FindAnywhere", "{}");
    send(&emulator, &anywhere).accepted();
    for (request, region) in [
        (&anywhere, "ap-guangzhou"),
        (&valid_request(), "ap-guangzhou-2"),
    ] {
        send(&emulator, &request.clone().with("X-TC-Region", region)).accepted();
        for region in ["AP-Guangzhou", "ap guangzhou", "ap_guangzhou", "../x"] {
            let request = request.clone().with("X-TC-Region", region);
            check(&emulator, &request, "UnsupportedRegion", region);
        }
    }
}

#[test]
fn rate_limit_per_second() {
    let emulator = start_shop();
    let add = Request::post("AddThing", r#"{"Name":"x"}"#);
    let limited = "RequestLimitExceeded";
    for _ in 0..2 {
        let now = emulator.now();
        for _ in 0..3 {
            send(&emulator, &add.clone().at(now)).accepted();
        }
        for _ in 0..2 {
            check(&emulator, &add.clone().at(now), limited, "3 per second");
        }
        emulator.advance(Duration::from_secs(1)).unwrap();
    }
}

#[test]
fn rate_limit_per_account_version_and_action() {
    let emulator = start_shop();
    let drop = Request::post("DropThing", "{}");
    send(&emulator, &drop).accepted();
    check(&emulator, &drop, "RequestLimitExceeded", "1 per second");
    send(&emulator, &drop.clone().by(DENIED, KEY)).accepted();
    send(&emulator, &drop.with("X-TC-Version", "2023-01-01")).accepted();
    send(&emulator, &Request::post("AddThing", r#"{"Name":"x"}"#)).accepted();
    for _ in 0..50 {
        send(&emulator, &valid_request()).accepted();
    }
}

#[test]
fn rejected_signature_does_not_count_as_call() {
    let emulator = start_shop();
    let drop = Request::post("DropThing", "{}");
    let stranger = drop.clone().by("AKIDSHOP", "another-key");
    for _ in 0..3 {
        send(&emulator, &stranger).refused("AuthFailure.SignatureFailure");
    }
    send(&emulator, &drop).accepted();
}

#[test]
fn rate_limits_can_be_disabled() {
    let emulator = start(builder().rate_limits(false));
    for _ in 0..10 {
        send(&emulator, &Request::post("DropThing", "{}")).accepted();
    }
}
