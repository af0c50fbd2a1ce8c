//! Imports of the vendor's metadata.

mod codes;
mod examples;
mod facts;
mod faults;
mod package;
mod packages;
mod wheels;

use tc3_spec::{Field, Spec};

use package::{API, WHOLE, import, order};

/// Imports an `api.json` file.
#[track_caller]
fn spec(api: &str) -> Spec {
    let import = import(&[(API, api)], WHOLE);
    assert_eq!(import.warnings, []);
    import.spec
}

/// Imports the action `Order` with these request members, and returns its request.
#[track_caller]
fn request(members: &[String]) -> Vec<Field> {
    let mut spec = spec(&order(&members.join(","), ""));
    spec.actions.remove("Order").expect("the action").request
}

const RESPONSE: &str = r#"{"Response": {"RequestId": "r-1"}}"#;
