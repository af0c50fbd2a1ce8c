//! The calls of the tests.

use std::path::Path;

use serde_json::{Map, Value, json};
use tc3_snippets::Call;
use tc3_spec::Spec;

/// Text that ends a literal, begins code or is invisible in some language.
pub(crate) const HOSTILE: &str = "\"double\" 'single' `tick` \\ \\u0041 \\n ${HOME} $x $(id) #{1 + 1} #$0 %s %n %41 ??/ ???/ </script><!-- <?php ?> \
    */ // # -- @%: {{}} {0} é 名 😀 \u{202e} \u{2028} \u{feff} \u{85} \u{1b}[1m \u{7f} \r\n\tend\u{1}2\n";

/// A call with a name.
pub(crate) struct Named {
    pub(crate) name: &'static str,
    pub(crate) spec: Spec,
    action: &'static str,
    parameters: Map<String, Value>,
    region: Option<&'static str>,
    endpoint: Option<&'static str>,
}

impl Named {
    pub(crate) fn call(&self) -> Call<'_> {
        Call {
            spec: &self.spec,
            action: self.action,
            parameters: &self.parameters,
            region: self.region,
            endpoint: self.endpoint,
        }
    }
}

/// Endpoint of the snapshots of Rust: a proxy forwards its requests to the emulator.
pub(crate) const EMULATED: &str = "http://organization.emulator";

/// Returns the calls of Organization, which all SDKs can make.
pub(crate) fn organization() -> Vec<Named> {
    let spec =
        Spec::load(&specs().join("organization/2021-03-31.json")).expect("the spec is valid");
    let call = |name, action, parameters: Value| Named {
        name,
        spec: spec.clone(),
        action,
        parameters: object(parameters),
        region: None,
        endpoint: Some(EMULATED),
    };
    let mut members = call(
        "scalars",
        "DescribeOrganizationMembers",
        json!({
            "Offset": 0,
            "Limit": 10,
            "SearchKey": "Ada",
            "NodeId": 9_007_199_254_740_993_u64,
        }),
    );
    members.region = Some("ap-guangzhou");
    vec![
        call("nothing", "DescribeOrganization", json!({})),
        members,
        call(
            "lists",
            "CreateOrganizationMember",
            json!({
                "Name": "Ada",
                "PolicyType": "Financial",
                "PermissionIds": [1, 18_446_744_073_709_551_615_u64],
                "NodeId": i64::MIN,
                "AccountName": "--ada",
                "IdentityRoleID": [],
                "Tags": [
                    { "TagKey": "team", "TagValue": "research" },
                    { "TagKey": "", "TagValue": "-" },
                ],
            }),
        ),
        call(
            "texts",
            "ListUsers",
            json!({
                "ZoneId": HOSTILE,
                "Filter": "@file",
                "FilterGroups": [HOSTILE, "-", "", "--x", "=x"],
            }),
        ),
        call(
            "booleans",
            "UpdateUser",
            json!({ "ZoneId": "z-1", "UserId": "u-1", "NeedResetPassword": false }),
        ),
        call(
            "undocumented",
            "DescribeOrganizationMembers",
            json!({
                "Offset": 0,
                "Limit": 10,
                "NodeId": "not a number",
                "Tags": [{ "TagKey": "a", "TagValue": "b", "Color": { "0": [1.5, true, HOSTILE, {}] } }],
                "Extra": { "__proto__": null, "big": 123_456_789_012_345_678_901_u128.to_string() },
            }),
        ),
        call(
            "incomplete",
            "AddOrganizationNode",
            json!({ "Name": HOSTILE, "Tags": [{ "TagKey": "a" }] }),
        ),
    ]
}

/// Returns calls of a fictional service of mainland China, with types that Organization lacks.
pub(crate) fn shop() -> Vec<Named> {
    let spec: Spec = serde_json::from_str(include_str!("shop.json")).expect("the spec is valid");
    assert_eq!(spec.problems(), []);
    let call = |name, parameters: Value| Named {
        name,
        spec: spec.clone(),
        action: "CreateOrder",
        parameters: object(parameters),
        region: Some("ap-guangzhou"),
        endpoint: None,
    };
    vec![
        call(
            "structures",
            json!({
                "Customer": {
                    "Name": "Ada",
                    "Uin": u64::MAX,
                    "Friend": { "Name": "Grace", "Friend": { "Name": "Mary" }, "Friends": [] },
                    "Friends": [{ "Name": "Joan" }],
                },
                "Discount": 0.5,
                "Rates": [1.5, 2.0],
                "Grid": [[1, 2], []],
                "Words": [["a"]],
                "type": "self",
                "Urgent": true,
                "Notes": { "free": ["form", 1] },
            }),
        ),
        call(
            "plain",
            json!({
                "Customer": { "Name": "Ada", "Uin": 1, "Friend": { "Name": "Grace" } },
                "Discount": 0.1,
                "Rates": [1.5, 2.0],
                "Grid": [[1, 2], []],
                "Words": [["a"], []],
                "type": "self",
                "Urgent": true,
                "Flags": [true, false],
                "Outcome": { "Code": "a?" },
            }),
        ),
        call(
            "precise",
            json!({ "Customer": { "Name": "Ada" }, "Discount": 0.123_456_789_012_345 }),
        ),
    ]
}

pub(crate) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        other => panic!("{other} is not an object"),
    }
}

fn specs() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs")
}
