//! The same spec in two modules, beside the program's own names.
#![deny(warnings)]

mod bind {
    tc3_macros::client! {
        spec: r"tests/specs/organization.json",
        actions: [DescribeOrganizationMemberEmailBind]
    }
}

mod list {
    tc3_macros::client! {
        spec: "tests/specs/organization.json",
        actions: [ListOrganizationIdentity],
    }
}

struct String;
struct Vec;

#[test]
fn modules_have_the_same_spec() {
    let _ = (String, Vec);
    let request = bind::DescribeOrganizationMemberEmailBindRequest::builder()
        .member_uin(1)
        .build();
    assert_eq!(request.member_uin, 1);
    list::ListOrganizationIdentityRequest::builder().build();
}
