//! Imports the vendor's metadata into specs.

mod codes;
mod examples;
mod facts;
mod faults;
#[path = "../package/mod.rs"]
mod package;
mod packages;
mod wheels;

use tc3_spec::{Field, Spec};

use package::{API, WHOLE, import, order};

/// Returns the spec of the shop.
#[track_caller]
fn spec(api: &str) -> Spec {
    let import = import(&[(API, api)], WHOLE);
    assert_eq!(import.warnings, []);
    import.spec
}

/// Returns the request of the action `Order`.
#[track_caller]
fn request(members: &[String]) -> Vec<Field> {
    let mut spec = spec(&order(&members.join(","), ""));
    spec.actions.remove("Order").expect("the action").request
}

const ANSWER: &str = r#"{"Response": {"RequestId": "r-1"}}"#;
