use std::collections::HashSet;

use serde_json::{Value, json};
use tc3_emulator::Clock;

use super::raw::Connection;
use super::signed::Request;
use super::world::{
    VERSION, action, builder, field, parse_spec, send, spec, start, start_shop, valid_request,
};

/// Returns a response without its request ID.
#[track_caller]
fn response_to(request: &Request) -> Value {
    let mut response = send(&start_shop(), request).accepted();
    let id = response.as_object_mut().unwrap().remove("RequestId");
    assert!(id.is_some());
    response
}

#[test]
fn envelope_has_unique_request_id() {
    let emulator = start_shop();
    let mut connection = Connection::open(&emulator);
    let mut ids = HashSet::new();
    for request in [
        valid_request(),
        Request::get("FindThings", ""),
        valid_request().method("PUT"),
        valid_request().target("/x"),
        valid_request().body("no JSON"),
        valid_request().by("AKIDNOBODY", ""),
        valid_request().authorization(""),
        valid_request().without("Content-Type"),
        Request::post("Nothing", "{}"),
    ] {
        let response = connection.exchange(request.bytes());
        assert_eq!(response.status, 200);
        assert_eq!(response.header("content-type"), Some("application/json"));
        assert_eq!(
            response.header("date"),
            Some("Thu, 29 Feb 2024 12:00:00 GMT")
        );
        assert!(response.header("server").is_some());
        let response = response.content();
        let id = response["RequestId"]
            .as_str()
            .expect("every response has an ID");
        // A UUID, like the vendor's.
        let lengths: Vec<usize> = id.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12], "{id}");
        assert!(ids.insert(id.to_owned()), "{id} is repeated");
    }
    // The log lists the same IDs.
    let logged = emulator.requests().into_iter();
    let logged: HashSet<String> = logged.map(|request| request.request_id).collect();
    assert_eq!(logged, ids);
}

#[test]
fn date_header_uses_emulator_clock() {
    let emulator = start_shop();
    for (time, date) in [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (u64::MAX, "Fri, 31 Dec 9999 23:59:59 GMT"),
    ] {
        emulator.set_clock(Clock::Stopped(time)).unwrap();
        // Errors have it too, so that a client can correct its clock.
        assert_eq!(
            send(&emulator, &valid_request().at(1)).header("date"),
            Some(date)
        );
    }
}

#[test]
fn trace_id_is_returned() {
    let emulator = start_shop();
    let trace = "0f8fad5b-d9cb-469f-a165-70867728950e";
    let request = valid_request().with("X-TC-TraceId", trace);
    assert_eq!(
        send(&emulator, &request).header("x-tc-traceid"),
        Some(trace)
    );
    let refused = request.authorization("");
    assert_eq!(
        send(&emulator, &refused).header("x-tc-traceid"),
        Some(trace)
    );
    assert_eq!(
        send(&emulator, &valid_request()).header("x-tc-traceid"),
        None
    );
}

#[test]
fn example_with_same_request_is_preferred() {
    for body in [
        r#"{"Limit":2,"Filters":[{"Name":"colour","Values":["red"]}]}"#,
        r#"{"Filters":[{"Values":["red"],"Name":"colour"}],"Limit":2}"#,
    ] {
        let response = response_to(&Request::post("FindThings", body));
        assert_eq!(response, json!({ "TotalCount": 2 }), "{body}");
    }
    let query = "Limit=2&Filters.0.Name=colour&Filters.0.Values.0=red";
    assert_eq!(
        response_to(&Request::get("FindThings", query)),
        json!({ "TotalCount": 2 })
    );
}

#[test]
fn first_example_is_the_default() {
    // The example with a limit of 9 is an error and must not be the default.
    for body in ["{}", r#"{"Limit":1}"#, r#"{"Limit":2}"#, r#"{"Limit":9}"#] {
        let response = response_to(&Request::post("FindThings", body));
        assert_eq!(response, json!({ "TotalCount": 1 }), "{body}");
    }
}

#[test]
fn example_request_id_is_not_returned() {
    let response = send(&start_shop(), &valid_request()).accepted();
    assert_ne!(response["RequestId"], "of-the-first");
}

#[test]
fn sample_without_example() {
    let node = json!({ "Name": "Name", "Parent": {}, "Children": [] });
    assert_eq!(
        response_to(&Request::post("DescribeTree", "{}")),
        json!({
            "Root": node,
            "Nodes": [node],
            "Kinds": {
                "Whole": 1,
                "Exact": 1.5,
                "Is": true,
                "Day": "2022-01-01",
                "Moment": "2022-01-01 00:00:00",
                "Instant": "2022-01-01T00:00:00+08:00",
                "Bytes": "",
                "Texts": ["Texts"],
                "Unknown": {},
            },
        })
    );
    assert_eq!(
        response_to(&Request::post("FindNear", "{}").with("X-TC-Region", "x")),
        json!({})
    );
}

#[test]
fn sample_list_has_one_page() {
    let list = |request: &[(&str, &str)], response: &[(&str, &str)], pagination| {
        let fields = |fields: &[(&str, &str)]| {
            let fields = fields.iter().map(|(name, of)| field(name, of));
            Value::Array(fields.collect())
        };
        let more = json!({ "access": "read", "pagination": pagination });
        action(fields(request), fields(response), json!([]), more)
    };
    let by_offset = [("Limit", "Integer"), ("Offset", "Integer")];
    let actions = json!({
        "ListByOffset": list(
            &by_offset,
            &[("Total", "Integer"), ("IsOpen", "Boolean"), ("Names", "Array of String")],
            json!({ "by": "offset", "items": "Names", "total": "Total" }),
        ),
        "ListByToken": list(
            &[("MaxResults", "Integer"), ("NextToken", "String")],
            &[("NextToken", "String"), ("IsTruncated", "Boolean"), ("Names", "Array of String")],
            json!({ "by": "token", "items": "Names", "last": { "IsTruncated": false } }),
        ),
        // The action is not paginated, so its fields are ordinary.
        "ListAll": list(
            &by_offset,
            &[("NextToken", "String"), ("Is", "Boolean"), ("Names", "Array of String")],
            json!(false),
        ),
    });
    let lists = parse_spec(spec("lists", VERSION, actions, json!({})));
    let emulator = start(builder().spec(lists));
    for (action, parameters, expect) in [
        (
            "ListByOffset",
            r#"{"Limit":5,"Offset":0}"#,
            json!({ "Total": 1, "IsOpen": true, "Names": ["Names"] }),
        ),
        (
            "ListByOffset",
            "{}",
            json!({ "Total": 1, "IsOpen": true, "Names": ["Names"] }),
        ),
        (
            "ListByOffset",
            r#"{"Limit":5,"Offset":1}"#,
            json!({ "Total": 1, "IsOpen": true, "Names": [] }),
        ),
        (
            "ListByToken",
            "{}",
            json!({ "NextToken": "", "IsTruncated": false, "Names": ["Names"] }),
        ),
        (
            "ListAll",
            r#"{"Offset":1}"#,
            json!({ "NextToken": "NextToken", "Is": true, "Names": ["Names"] }),
        ),
    ] {
        let request = Request::post(action, parameters).service("lists");
        let mut response = send(&emulator, &request).accepted();
        response.as_object_mut().unwrap().remove("RequestId");
        assert_eq!(response, expect, "{action} {parameters}");
    }
}

#[test]
fn keep_alive() {
    let emulator = start_shop();
    let mut connection = Connection::open(&emulator);
    for _ in 0..100 {
        connection.exchange(valid_request().bytes()).accepted();
        connection
            .exchange(Request::get("FindThings", "Limit=3").bytes())
            .accepted();
        connection
            .exchange(valid_request().authorization("").bytes())
            .refused("AuthFailure.InvalidAuthorization");
    }
    assert_eq!(emulator.requests().len(), 300);
    // Except with `Connection: close`.
    let response = connection.exchange(valid_request().with("Connection", "close").bytes());
    response.accepted();
    assert_eq!(connection.end(), 0);
}
