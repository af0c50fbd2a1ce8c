//! The path can come from another macro.

macro_rules! organization {
    ($spec:literal: $($action:ident)*) => {
        tc3_macros::client! { spec: $spec, actions: [$($action),*] }
    };
}

organization!("tests/specs/organization.json": ListOrganizationIdentity);

#[test]
fn path_comes_from_another_macro() {
    let _ = ListOrganizationIdentityRequest::builder().build();
}
