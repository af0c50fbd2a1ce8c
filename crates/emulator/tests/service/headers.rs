//! The headers of a request, and what they direct it to.

use std::time::Duration;

use tc3_emulator::Emulator;

use crate::signed::{FORM, JSON, Request};
use crate::world::{DENIED, KEY, NOON, VERSION, ask, builder, find, open, start};

const UNAUTHORIZED: &str = "AuthFailure.InvalidAuthorization";

/// That a request is refused with a code, and a message in which a word stands.
#[track_caller]
fn check(emulator: &Emulator, request: &Request, code: &str, word: &str) {
    let message = ask(emulator, request).refused(code);
    assert!(message.contains(word), "{word} is missing: {message}");
}

#[test]
fn headers_that_are_missing_are_named() {
    let emulator = open();
    for name in [
        "X-TC-Action",
        "X-TC-Version",
        "X-TC-Timestamp",
        "Content-Type",
        "Host",
    ] {
        check(&emulator, &find().without(name), "MissingParameter", name);
        check(&emulator, &find().with(name, ""), "MissingParameter", name);
    }
    for nothing in ["", " "] {
        let request = find().authorization(nothing);
        check(&emulator, &request, UNAUTHORIZED, "is missing");
    }
}

#[test]
fn headers_that_stand_there_twice_are_refused() {
    let emulator = open();
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
        // Two of the same value are two all the same, and names have no case.
        let twice = find().with(name, value).and(&name.to_lowercase(), value);
        check(&emulator, &twice, "InvalidParameter", name);
    }
}

#[test]
fn a_timestamp_is_a_number_of_seconds() {
    let emulator = open();
    for value in [
        "now",
        "-1",
        "+1709208000",
        "1709208000.0",
        "1709208000000000000000",
        "17 09",
    ] {
        let request = find().with("X-TC-Timestamp", value);
        check(&emulator, &request, "InvalidParameter", "X-TC-Timestamp");
    }
    // Milliseconds are seconds of another age.
    let request = find().at(NOON * 1000);
    check(
        &emulator,
        &request,
        "AuthFailure.SignatureExpire",
        "1709208000",
    );
}

#[test]
fn an_authorization_that_cannot_be_read_is_refused() {
    let emulator = open();
    let right = find().authorize();
    for (value, problem) in [
        ("Basic YTpi", "first word"),
        ("tc3-hmac-sha256", "first word"),
        (&right.replace("TC3-", "AWS4-"), "first word"),
        ("TC3-HMAC-SHA256", "no `=`"),
        (&right.replace("Credential=", ""), "no `=`"),
        (
            &right.replace("Credential=", "Credentials="),
            "unknown part",
        ),
        (&right.replace("/tc3_request", ""), "does not end with"),
        (
            &right.replace("/tc3_request", "/aws4_request"),
            "does not end with",
        ),
        (
            &right.replace("content-type;host", ""),
            "no `SignedHeaders`",
        ),
        (&format!("{right}, Signature=00"), "two parts `Signature`"),
        (
            &right[..right.find(", Signature").unwrap()],
            "no `Signature`",
        ),
    ] {
        let request = find().authorization(value);
        check(&emulator, &request, UNAUTHORIZED, problem);
    }
    // Nothing is wrong with any space between the parts, nor with the order in which they stand.
    let (algorithm, parts) = right.split_once(' ').unwrap();
    let mut parts: Vec<&str> = parts.split(", ").collect();
    parts.reverse();
    for between in [",", ", ", " , "] {
        let value = format!("{algorithm} {}", parts.join(between));
        ask(&emulator, &find().authorization(&value)).accepted();
    }
}

#[test]
fn unsigned_requests_are_not_taken() {
    let request = find().authorization("SKIP");
    check(&open(), &request, UNAUTHORIZED, "unsigned");
}

#[test]
fn the_older_signature_is_told_from_no_signature() {
    let emulator = open();
    let parameters = "Action=FindThings&SecretId=AKIDSHOP&Signature=abc%3D&Version=2024-01-01";
    let older = |request: Request| request.without("X-TC-Action").authorization("");
    let get = older(Request::get("FindThings", parameters));
    check(&emulator, &get, UNAUTHORIZED, "HmacSHA1");
    let post = older(Request::post("FindThings", parameters)).with("Content-Type", FORM);
    check(&emulator, &post, UNAUTHORIZED, "HmacSHA1");
}

#[test]
fn courtesies_may_be_absent_and_have_to_be_right() {
    let emulator = open();
    for language in ["zh-CN", "en-US"] {
        ask(&emulator, &find().with("X-TC-Language", language)).accepted();
    }
    let names = ["x".repeat(128), "My-App_1.0, of us; here".to_owned()];
    for name in &names {
        ask(&emulator, &find().with("X-TC-RequestClient", name)).accepted();
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
            &find().with(name, value),
            "InvalidParameter",
            name,
        );
    }
}

#[test]
fn the_host_tells_the_service_or_leaves_it_to_the_scope() {
    let emulator = open();
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
        ask(&emulator, &find().with("Host", host)).accepted();
    }
    for host in [
        "cvm.tencentcloudapi.com",
        "shops.intl.tencentcloudapi.com:443",
    ] {
        let label = host.split('.').next().unwrap();
        check(
            &emulator,
            &find().with("Host", host),
            "NoSuchProduct",
            label,
        );
    }
}

#[test]
fn what_does_not_exist_is_told_apart() {
    let emulator = open();
    let version = find().with("X-TC-Version", "2020-01-01");
    check(
        &emulator,
        &version,
        "NoSuchVersion",
        "2023-01-01, 2024-01-01",
    );
    for action in ["FindNothing", "findthings"] {
        let request = Request::post(action, "{}");
        check(&emulator, &request, "InvalidAction", action);
    }
    // The other service is there, and has no action.
    let request = find().service("store");
    check(&emulator, &request, "InvalidAction", "store 2024-01-01");
}

#[test]
fn a_user_without_permission_is_refused_that_action_alone() {
    let emulator = open();
    let add = Request::post("AddThing", r#"{"Name":"x"}"#);
    ask(&emulator, &add).accepted();
    let code = "AuthFailure.UnauthorizedOperation";
    check(&emulator, &add.by(DENIED, KEY), code, "AddThing");
    ask(&emulator, &find().by(DENIED, KEY)).accepted();
}

#[test]
fn a_region_is_held_against_the_action() {
    let emulator = open();
    let near = Request::post("FindNear", "{}");
    for request in [near.clone(), near.clone().with("X-TC-Region", "")] {
        check(&emulator, &request, "MissingParameter", "`Region`");
    }
    ask(&emulator, &near.with("X-TC-Region", "eu-frankfurt")).accepted();
    let anywhere = Request::post("FindAnywhere", "{}");
    ask(&emulator, &anywhere).accepted();
    for (request, region) in [(&anywhere, "ap-guangzhou"), (&find(), "ap-guangzhou-2")] {
        ask(&emulator, &request.clone().with("X-TC-Region", region)).accepted();
        for region in ["AP-Guangzhou", "ap guangzhou", "ap_guangzhou", "../x"] {
            let request = request.clone().with("X-TC-Region", region);
            check(&emulator, &request, "UnsupportedRegion", region);
        }
    }
}

#[test]
fn the_documented_rate_is_kept_within_each_second() {
    let emulator = open();
    let add = Request::post("AddThing", r#"{"Name":"x"}"#);
    let limited = "RequestLimitExceeded";
    for _ in 0..2 {
        let now = emulator.now();
        for _ in 0..3 {
            ask(&emulator, &add.clone().at(now)).accepted();
        }
        for _ in 0..2 {
            check(&emulator, &add.clone().at(now), limited, "3 times");
        }
        emulator.advance(Duration::from_secs(1)).unwrap();
    }
}

#[test]
fn each_account_version_and_action_has_a_rate_of_its_own() {
    let emulator = open();
    let drop = Request::post("DropThing", "{}");
    ask(&emulator, &drop).accepted();
    check(&emulator, &drop, "RequestLimitExceeded", "1 times");
    ask(&emulator, &drop.clone().by(DENIED, KEY)).accepted();
    ask(&emulator, &drop.with("X-TC-Version", "2023-01-01")).accepted();
    ask(&emulator, &Request::post("AddThing", r#"{"Name":"x"}"#)).accepted();
    for _ in 0..50 {
        ask(&emulator, &find()).accepted();
    }
}

#[test]
fn refused_signatures_do_not_count_towards_the_rate() {
    let emulator = open();
    let drop = Request::post("DropThing", "{}");
    let stranger = drop.clone().by("AKIDSHOP", "another-key");
    for _ in 0..3 {
        ask(&emulator, &stranger).refused("AuthFailure.SignatureFailure");
    }
    ask(&emulator, &drop).accepted();
}

#[test]
fn rates_need_not_be_kept() {
    let emulator = start(builder().rate_limits(false));
    for _ in 0..10 {
        ask(&emulator, &Request::post("DropThing", "{}")).accepted();
    }
}
