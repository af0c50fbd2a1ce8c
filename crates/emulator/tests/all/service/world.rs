//! An emulator of a small test service, and its callers.

use serde_json::{Value, json};
use tc3_emulator::{Builder, Caller, Clock, Emulator, Seed};

use super::raw::{Connection, Response};
use super::signed::Request;

pub(crate) const SERVICE: &str = "shop";
pub(crate) const VERSION: &str = "2024-01-01";

/// 2024-02-29 12:00:00 UTC, where the clock is stopped.
pub(crate) const NOON: u64 = 1_709_208_000;

pub(crate) const ID: &str = "AKIDSHOP";
pub(crate) const KEY: &str = "planted-key";

/// A temporary credential, which expires an hour after noon.
pub(crate) const TEMPORARY: &str = "AKIDTEMPORARY";
pub(crate) const TEMPORARY_KEY: &str = "planted-temporary-key";
pub(crate) const TOKEN: &str = "Planted-Token";

/// A user without permission for `AddThing`.
pub(crate) const DENIED: &str = "AKIDDENIED";

pub(crate) fn seed() -> Seed {
    let mut seed = Seed::empty()
        .caller(Caller::new(ID, KEY, 1))
        .caller(Caller::new(TEMPORARY, TEMPORARY_KEY, 2).temporary(TOKEN, NOON + 3600))
        .caller(Caller::new(DENIED, KEY, 3).sub_account().denied("AddThing"));
    seed.clock = Clock::Stopped(NOON);
    seed
}

pub(crate) fn builder() -> Builder {
    let builder = Emulator::builder().seed(seed());
    let specs = [
        shop(VERSION),
        shop("2023-01-01"),
        spec("store", VERSION, json!({}), json!({})),
    ];
    specs
        .into_iter()
        .fold(builder, |builder, spec| builder.spec(parse_spec(spec)))
}

pub(crate) fn start(builder: Builder) -> Emulator {
    builder.start_blocking().expect("the emulator starts")
}

/// Starts an emulator of the test service.
pub(crate) fn start_shop() -> Emulator {
    start(builder())
}

/// Starts an emulator of the demonstration's organization, at noon.
pub(crate) fn demonstration() -> Emulator {
    let mut seed = Seed::demonstration();
    seed.clock = Clock::Stopped(NOON);
    start(Builder::default().seed(seed))
}

/// Returns a request that adds a mailbox to a member of the demonstration's organization.
pub(crate) fn add_mailbox(member: u64) -> Request {
    let body = json!({
        "MemberUin": member,
        "Email": "grace@example.com",
        "CountryCode": "86",
        "Phone": "13800000000",
    });
    Request::post("AddOrganizationMemberEmail", body.to_string())
        .by(Seed::SECRET_ID, Seed::SECRET_KEY)
        .service("organization")
        .with("X-TC-Version", "2021-03-31")
}

/// Sends a request on a new connection.
#[track_caller]
pub(crate) fn send(emulator: &Emulator, request: &Request) -> Response {
    Connection::open(emulator).exchange(request.bytes())
}

/// Returns a valid request.
pub(crate) fn valid_request() -> Request {
    Request::post("FindThings", r#"{"Limit":7}"#)
}

pub(crate) fn parse_spec(spec: Value) -> tc3_spec::Spec {
    serde_json::from_value(spec).expect("a valid spec")
}

pub(crate) fn spec(service: &str, version: &str, actions: Value, types: Value) -> Value {
    json!({
        "format": 1,
        "service": service,
        "version": version,
        "endpoint": format!("{service}.tencentcloudapi.com"),
        "actions": actions,
        "types": types,
    })
}

/// Returns an action with these parameters, response fields, examples and other keys.
pub(crate) fn action(request: Value, response: Value, examples: Value, more: Value) -> Value {
    let mut action = json!({
        "description": "",
        "request": request,
        "response": response,
        "errors": [],
        "examples": examples,
    });
    let Value::Object(more) = more else {
        panic!("other keys must be an object");
    };
    action.as_object_mut().unwrap().extend(more);
    action
}

/// Returns an optional parameter.
pub(crate) fn field(name: &str, of: &str) -> Value {
    json!({ "name": name, "type": of, "description": "" })
}

fn required(name: &str, of: &str) -> Value {
    json!({ "name": name, "type": of, "required": true, "description": "" })
}

fn integer(name: &str, format: &str) -> Value {
    json!({ "name": name, "type": "Integer", "format": format, "description": "" })
}

/// The test service.
fn shop(version: &str) -> Value {
    let actions = json!({
        "FindThings": action(
            json!([field("Limit", "Integer"), field("Filters", "Array of Filter")]),
            json!([field("TotalCount", "Integer")]),
            json!([
                {
                    "request": { "Limit": 1 },
                    "response": { "TotalCount": 1, "RequestId": "of-the-first" },
                },
                { "request": { "Limit": 9 }, "response": { "Error": { "Code": "X", "Message": "" } } },
                {
                    "request": { "Limit": 2, "Filters": [{ "Name": "colour", "Values": ["red"] }] },
                    "response": { "TotalCount": 2, "RequestId": "of-the-second" },
                },
            ]),
            json!({}),
        ),
        "AddThing": action(
            json!([required("Name", "String")]),
            json!([]),
            json!([]),
            json!({ "rate_limit": 3 }),
        ),
        "DropThing": action(json!([]), json!([]), json!([]), json!({ "rate_limit": 1 })),
        "WeighThing": action(
            json!([
                integer("Signed", "int64"),
                integer("Unsigned", "uint64"),
                field("Whole", "Integer"),
                field("Exact", "Float"),
                field("MoreExact", "Double"),
                field("Is", "Boolean"),
                field("Text", "String"),
                field("Bytes", "Binary"),
                field("Day", "Date"),
                field("Moment", "Timestamp"),
                field("Instant", "Timestamp ISO8601"),
                field("Texts", "Array of String"),
                field("Filter", "Filter"),
                field("Filters", "Array of Filter"),
                field("Unknown", "Undocumented"),
            ]),
            json!([]),
            json!([]),
            json!({}),
        ),
        "DescribeTree": action(
            json!([]),
            json!([field("Root", "Node"), field("Nodes", "Array of Node"), field("Kinds", "Kinds")]),
            json!([]),
            json!({}),
        ),
        "FindNear": action(json!([]), json!([]), json!([]), json!({ "region": "required" })),
        "FindAnywhere": action(json!([]), json!([]), json!([]), json!({ "region": "unused" })),
    });
    let types = json!({
        "Filter": {
            "description": "",
            "fields": [required("Name", "String"), field("Values", "Array of String")],
        },
        "Node": {
            "description": "",
            "fields": [
                field("Name", "String"),
                field("Parent", "Node"),
                field("Children", "Array of Node"),
            ],
        },
        "Kinds": {
            "description": "",
            "fields": [
                field("Whole", "Integer"),
                field("Exact", "Float"),
                field("Is", "Boolean"),
                field("Day", "Date"),
                field("Moment", "Timestamp"),
                field("Instant", "Timestamp ISO8601"),
                field("Bytes", "Binary"),
                field("Texts", "Array of String"),
                field("Unknown", "Undocumented"),
            ],
        },
    });
    spec(SERVICE, version, actions, types)
}

/// Starts an emulator with an action that returns a text of this length, and returns a request for it.
pub(crate) fn start_with_large_response(builder: Builder, length: usize) -> (Emulator, Request) {
    let example = json!({ "request": {}, "response": { "Text": "x".repeat(length) } });
    let read_much = action(
        json!([]),
        json!([field("Text", "String")]),
        json!([example]),
        json!({}),
    );
    let spec = spec(
        "store",
        "2023-01-01",
        json!({ "ReadMuch": read_much }),
        json!({}),
    );
    let emulator = start(builder.spec(parse_spec(spec)));
    let request = Request::post("ReadMuch", "{}")
        .service("store")
        .with("X-TC-Version", "2023-01-01");
    (emulator, request)
}
