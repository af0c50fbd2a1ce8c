//! Pagination of lists: of the organization in the seed, of documented examples, and of samples.

use std::path::Path;

use serde_json::{Value, json};
use tc3_emulator::{Builder, Emulator, Seed};
use tencentcloud_organization::tc3::{Client, ClientBuilder, Credential};
use tencentcloud_organization::{v20181225, v20210331};

use super::signed::Request;
use super::world::{NOON, VERSION, action, builder, field, parse_spec, send, spec, start};

/// An organization of 25 members in 3 nodes, with 2 open invitations and an expired one.
fn organization() -> Emulator {
    let member = |uin: u64| json!({ "uin": uin, "name": format!("Member {uin}"), "since": NOON, "node": uin % 3 + 1 });
    let members: Vec<Value> = (101..=125).map(member).collect();
    let invitation =
        |uin: u64, sent: u64| json!({ "uin": uin, "name": format!("Guest {uin}"), "sent": sent });
    let seed = json!({
        "callers": [
            { "secret_id": "AKIDADMIN", "secret_key": "key", "uin": 5 },
            { "secret_id": "AKIDGUEST", "secret_key": "key", "uin": 201 },
        ],
        "clock": { "stopped": NOON },
        "accounts": [{ "uin": 5, "email": "host@example.com" }],
        "organizations": [{
            "id": 9,
            "admin": 5,
            "name": "Example",
            "nodes": [
                { "id": 1, "name": "Root" },
                { "id": 2, "name": "Research", "parent": 1, "remark": "new", "created": NOON },
                { "id": 3, "name": "Sales", "parent": 1 },
            ],
            "members": members,
            "invitations": [invitation(201, NOON), invitation(202, NOON), invitation(203, 1)],
        }],
    });
    let seed = Seed::from_json(&seed.to_string(), Path::new("seed.json")).expect("a seed");
    start(Emulator::builder().seed(seed))
}

#[track_caller]
fn call(emulator: &Emulator, id: &str, version: &str, action: &str, parameters: Value) -> Value {
    let request = Request::post(action, parameters.to_string())
        .by(id, "key")
        .service("organization")
        .with("X-TC-Version", version);
    send(emulator, &request).accepted()
}

const NEW: &str = "2021-03-31";
const OLD: &str = "2018-12-25";

fn client<C: From<Client>>(builder: ClientBuilder<C>, emulator: &Emulator) -> C {
    builder
        .endpoint(emulator.endpoint())
        .credential(Credential::new("AKIDADMIN", "key"))
        .no_proxy()
        .build()
        .expect("valid settings")
}

#[tokio::test]
async fn all_members_are_listed_once() {
    let emulator = organization();
    let new = client(v20210331::Client::builder(), &emulator);
    for limit in [1, 7, 25, 50] {
        let call = new.describe_organization_members().offset(0).limit(limit);
        let mut items = call.items();
        let mut found = Vec::new();
        while let Some(member) = items.next().await {
            found.push(member.expect("a member").member_uin.unwrap());
        }
        assert_eq!(found, Vec::from_iter(101..=125), "{limit}");
    }
    let old = client(v20181225::Client::builder(), &emulator);
    for limit in [None, Some(1), Some(10), Some(25)] {
        let call = old.list_organization_members();
        let mut items = match limit {
            None => call.items(),
            Some(limit) => call.limit(limit).items(),
        };
        let mut found = Vec::new();
        while let Some(member) = items.next().await {
            found.push(member.expect("a member").uin.unwrap());
        }
        assert_eq!(found, Vec::from_iter(101..=125), "{limit:?}");
    }
}

#[test]
fn members_are_filtered() {
    let emulator = organization();
    for (filter, total, first) in [
        (json!({}), 25, 101),
        (json!({ "NodeId": 2 }), 8, 103),
        (json!({ "NodeName": "Sales" }), 9, 101),
        (json!({ "SearchKey": "Member 12" }), 6, 120),
        (json!({ "SearchKey": "124" }), 1, 124),
    ] {
        let mut parameters = filter.clone();
        parameters["Offset"] = json!(0);
        parameters["Limit"] = json!(5);
        let response = call(
            &emulator,
            "AKIDADMIN",
            NEW,
            "DescribeOrganizationMembers",
            parameters,
        );
        assert_eq!(response["Total"], total, "{filter}");
        let items = response["Items"].as_array().unwrap();
        assert_eq!(items.len(), total.min(5));
        assert_eq!(items[0]["MemberUin"], first, "{filter}");
    }
    let page = json!({ "Offset": 10, "Limit": 10 });
    let response = call(
        &emulator,
        "AKIDADMIN",
        NEW,
        "DescribeOrganizationMembers",
        page,
    );
    assert_eq!(
        response["Items"][0],
        json!({
            "MemberUin": 111,
            "Name": "Member 111",
            "MemberType": "Create",
            "NodeId": 1,
            "NodeName": "Root",
            "Remark": "",
            "CreateTime": "2024-02-29 12:00:00",
            "UpdateTime": "2024-02-29 12:00:00",
            "BindStatus": "Unbound",
            "Tags": [],
        })
    );
}

#[test]
fn nodes_and_organization_come_from_the_seed() {
    let emulator = organization();
    let admin =
        |version, action, parameters| call(&emulator, "AKIDADMIN", version, action, parameters);
    let page = json!({ "Offset": 2, "Limit": 2 });
    let nodes = admin(NEW, "DescribeOrganizationNodes", page);
    assert_eq!(
        (&nodes["Total"], &nodes["Items"][0]["Name"]),
        (&json!(3), &json!("Sales"))
    );
    let nodes = admin(OLD, "ListOrganizationNodes", json!({}));
    let counts = nodes["Nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| &node["MemberCount"]);
    assert!(counts.eq(&[8, 8, 9].map(Value::from)), "{nodes}");
    let of_node = json!({ "NodeId": 3, "Offset": 8, "Limit": 8 });
    let members = admin(OLD, "ListOrganizationNodeMembers", of_node);
    assert_eq!(
        (&members["TotalCount"], &members["Members"][0]["Uin"]),
        (&json!(9), &json!(125))
    );
    let member = admin(OLD, "GetOrganizationMember", json!({ "MemberUin": 103 }));
    assert_eq!(
        (&member["NodeName"], &member["ParentNodeId"]),
        (&json!("Research"), &json!(1))
    );
    assert_eq!(
        admin(OLD, "GetOrganization", json!({}))["Mail"],
        "host@example.com"
    );
    assert_eq!(admin(NEW, "DescribeOrganization", json!({}))["OrgId"], 9);
}

#[test]
fn open_invitations_are_listed() {
    let emulator = organization();
    let list = |id, invited| {
        let parameters = json!({ "Invited": invited, "Limit": 1 });
        call(
            &emulator,
            id,
            OLD,
            "ListOrganizationInvitations",
            parameters,
        )
    };
    let sent = list("AKIDADMIN", 0);
    assert_eq!(sent["TotalCount"], 2);
    let mut first = sent["Invitations"][0].clone();
    assert_eq!(first["Uin"], 201);
    assert_eq!(first["ExpireTime"], "2024-03-15 12:00:00");
    assert_eq!(first["HostMail"], "host@example.com");
    let mut received = list("AKIDGUEST", 1);
    assert_eq!(received["TotalCount"], 1);
    assert_eq!(received["Invitations"][0].take(), first.take());
    assert_eq!(list("AKIDADMIN", 1)["TotalCount"], 0);
}

#[test]
fn inconsistent_tree_is_refused() {
    let organization = |nodes: Value, node: u64| json!({ "organizations": [{ "id": 1, "admin": 5, "nodes": nodes, "members": [{ "uin": 6, "node": node }] }] });
    for (nodes, node, problem) in [
        (json!([{ "id": 1, "parent": 2 }]), 0, "parent of node 1"),
        (
            json!([{ "id": 1 }, { "id": 2, "parent": 3 }, { "id": 3, "parent": 1 }]),
            0,
            "parent of node 2",
        ),
        (json!([{ "id": 1 }, { "id": 2 }]), 0, "parent of node 2"),
        (
            json!([{ "id": 1 }, { "id": 1, "parent": 1 }]),
            0,
            "node ID 1",
        ),
        (json!([{ "id": 1 }]), 4, "node 4"),
    ] {
        let seed = organization(nodes, node).to_string();
        let error = Seed::from_json(&seed, Path::new("seed.json")).unwrap_err();
        assert!(error.to_string().contains(problem), "{error}");
    }
}

/// A service with lists of all kinds, whose documented examples have totals greater than their number of items.
fn lists(builder: Builder) -> Emulator {
    let fields = |names: &[(&str, &str)]| {
        let fields = names.iter().map(|(name, of)| field(name, of));
        Value::Array(fields.collect())
    };
    let list =
        |request: &[(&str, &str)], response: &[(&str, &str)], example: Value, pagination: Value| {
            let more = json!({ "access": "read", "pagination": pagination });
            action(fields(request), fields(response), json!([example]), more)
        };
    let names = ["a", "b", "c", "d", "e"];
    let offset = [
        ("Kind", "String"),
        ("Limit", "Integer"),
        ("Offset", "Integer"),
    ];
    let actions = json!({
        "ByOffset": list(
            &offset,
            &[("Total", "Integer"), ("Names", "Array of String")],
            json!({ "request": { "Limit": 20, "Offset": 0 }, "response": { "Total": 100, "Names": names } }),
            json!({ "by": "offset", "items": "Names", "total": "Total" }),
        ),
        "ByMultiple": list(
            &offset,
            &[("Data", "Data")],
            json!({ "response": { "Data": { "Total": 100, "Names": names } } }),
            json!({ "by": "offset", "items": "Data.Names", "total": "Data.Total", "multiple": true }),
        ),
        "ByNumber": list(
            &[("PageNumber", "Integer"), ("PageSize", "Integer")],
            &[("Total", "Integer"), ("Names", "Array of String")],
            json!({ "response": { "Total": 100, "Names": names } }),
            json!({ "by": "number", "items": "Names", "number": "PageNumber", "first": 1, "size": "PageSize", "total": "Total" }),
        ),
        "ByNumberAlone": list(
            &[("Page", "Integer")],
            &[("Names", "Array of String")],
            json!({ "response": { "Names": names } }),
            json!({ "by": "number", "items": "Names", "number": "Page", "first": 0 }),
        ),
        "ByToken": list(
            &[("Cursor", "String"), ("MaxResults", "Integer")],
            &[("Next", "String"), ("HasMore", "Boolean"), ("Names", "Array of String")],
            json!({ "response": { "Next": "x", "HasMore": true, "Names": names } }),
            json!({ "by": "token", "items": "Names", "token": "Cursor", "next": "Next", "last": { "HasMore": false } }),
        ),
        "ByIntegerToken": list(
            &[("NextToken", "Integer")],
            &[("NextToken", "Integer"), ("Names", "Array of String")],
            json!({ "response": { "NextToken": 7, "Names": names } }),
            json!({ "by": "token", "items": "Names" }),
        ),
    });
    let types = json!({ "Data": {
        "description": "",
        "fields": fields(&[("Total", "Integer"), ("Names", "Array of String")]),
    } });
    start(builder.spec(parse_spec(spec("lists", VERSION, actions, types))))
}

#[test]
fn pages_have_the_set_length() {
    let emulator = lists(builder().page_length(2));
    let respond = |action: &str, parameters: Value| {
        let request = Request::post(action, parameters.to_string()).service("lists");
        send(&emulator, &request)
    };
    for (action, parameters, names, next) in [
        ("ByToken", json!({}), json!(["a", "b"]), json!("2")),
        (
            "ByToken",
            json!({ "Cursor": "2" }),
            json!(["c", "d"]),
            json!("4"),
        ),
        ("ByToken", json!({ "Cursor": "4" }), json!(["e"]), json!("")),
        (
            "ByToken",
            json!({ "Cursor": "1", "MaxResults": 3 }),
            json!(["b", "c", "d"]),
            json!("4"),
        ),
        (
            "ByToken",
            json!({ "MaxResults": 0 }),
            json!(["a", "b"]),
            json!("2"),
        ),
        (
            "ByIntegerToken",
            json!({ "NextToken": 2 }),
            json!(["c", "d"]),
            json!(4),
        ),
        (
            "ByIntegerToken",
            json!({ "NextToken": 4 }),
            json!(["e"]),
            Value::Null,
        ),
        (
            "ByNumberAlone",
            json!({ "Page": 2 }),
            json!(["e"]),
            Value::Null,
        ),
        (
            "ByOffset",
            json!({ "Offset": 1 }),
            json!(["b", "c"]),
            Value::Null,
        ),
        (
            "ByOffset",
            json!({ "Limit": 3 }),
            json!(["a", "b", "c"]),
            Value::Null,
        ),
    ] {
        let response = respond(action, parameters).accepted();
        assert_eq!(response["Names"], names, "{action}");
        let field = if action == "ByToken" {
            "Next"
        } else {
            "NextToken"
        };
        assert_eq!(response[field], next, "{action}");
        if action == "ByToken" {
            assert_eq!(response["HasMore"], json!(next != json!("")));
        }
    }
    let message = respond("ByToken", json!({ "Cursor": "x" })).refused("InvalidParameterValue");
    assert!(
        message.contains("`Cursor` must be a non-negative number"),
        "{message}"
    );
}

#[test]
fn pages_of_an_example_do_not_repeat() {
    let emulator = lists(builder());
    for (action, parameters, names, total) in [
        ("ByOffset", json!({}), "abcde", Some("/Total")),
        (
            "ByOffset",
            json!({ "Limit": 20, "Offset": 0 }),
            "abcde",
            Some("/Total"),
        ),
        ("ByOffset", json!({ "Limit": 2 }), "ab", Some("/Total")),
        (
            "ByOffset",
            json!({ "Limit": 2, "Offset": 2 }),
            "cd",
            Some("/Total"),
        ),
        (
            "ByOffset",
            json!({ "Limit": 2, "Offset": 4, "Kind": "x" }),
            "e",
            Some("/Total"),
        ),
        ("ByOffset", json!({ "Limit": 0 }), "", Some("/Total")),
        (
            "ByOffset",
            json!({ "Offset": u64::MAX }),
            "",
            Some("/Total"),
        ),
        (
            "ByMultiple",
            json!({ "Limit": 3, "Offset": 3 }),
            "de",
            Some("/Data/Total"),
        ),
        ("ByNumber", json!({ "PageSize": 2 }), "ab", Some("/Total")),
        (
            "ByNumber",
            json!({ "PageNumber": 3, "PageSize": 2 }),
            "e",
            Some("/Total"),
        ),
        (
            "ByNumber",
            json!({ "PageNumber": 4, "PageSize": 2 }),
            "",
            Some("/Total"),
        ),
        ("ByNumberAlone", json!({ "Page": 0 }), "abcde", None),
        ("ByNumberAlone", json!({ "Page": 1 }), "", None),
        ("ByToken", json!({}), "abcde", None),
        ("ByIntegerToken", json!({}), "abcde", None),
    ] {
        let case = format!("{action} {parameters}");
        let request = Request::post(action, parameters.to_string()).service("lists");
        let response = send(&emulator, &request).accepted();
        let list = response
            .pointer("/Names")
            .or(response.pointer("/Data/Names"));
        let found: String = list
            .and_then(Value::as_array)
            .unwrap()
            .iter()
            .filter_map(Value::as_str)
            .collect();
        assert_eq!(found, names, "{case}");
        if let Some(total) = total {
            assert_eq!(response.pointer(total), Some(&json!(5)), "{case}");
        }
        match action {
            "ByToken" => assert_eq!(
                (&response["Next"], &response["HasMore"]),
                (&json!(""), &json!(false))
            ),
            "ByIntegerToken" => assert_eq!(response["NextToken"], Value::Null),
            _ => {}
        }
    }
    for (action, parameters, problem) in [
        (
            "ByMultiple",
            json!({ "Limit": 3, "Offset": 2 }),
            "multiple of `Limit`",
        ),
        (
            "ByMultiple",
            json!({ "Limit": 0, "Offset": 0 }),
            "multiple of `Limit`",
        ),
        (
            "ByOffset",
            json!({ "Offset": -1 }),
            "`Offset` must be a non-negative number",
        ),
    ] {
        let request = Request::post(action, parameters.to_string()).service("lists");
        let message = send(&emulator, &request).refused("InvalidParameterValue");
        assert!(message.contains(problem), "{message}");
    }
}
