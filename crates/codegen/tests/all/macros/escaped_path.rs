//! The path can be any string literal.

tc3_macros::client! {
    spec: "tests/\u{73}pecs/\x6frganization.json",
    actions: [ListOrganizationIdentity],
}

#[test]
fn path_is_any_string_literal() {
    let _ = ListOrganizationIdentityRequest::builder().build();
}
