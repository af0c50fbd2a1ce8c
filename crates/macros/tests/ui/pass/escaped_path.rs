//! The path can be any string literal.

tc3_macros::client! {
    spec: "tests/\u{73}pecs/\x6frganization.json",
    actions: [ListOrganizationIdentity],
}

fn main() {
    let _ = ListOrganizationIdentityRequest::builder().build();
}
