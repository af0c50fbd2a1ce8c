//! Clients that the macro generates. They are tested here, because tests in the macro's package would compile the runtime
//! again.

#![deny(warnings)]

mod calls;
mod catalogue;
mod escaped_path;
mod hostile;
mod rebuild;
mod spec_of_another_macro;
mod two_modules;

// This client is mostly unused.
tc3_macros::client! {
    actions: [AddOrganizationMemberEmail],
    spec: "tests/specs/organization.json",
}

#[test]
fn client_beside_other_items() {
    let tag = Tag::builder().tag_key("team").build();
    let request = AddOrganizationMemberEmailRequest::builder()
        .email("ada@example.com")
        .tags([tag])
        .member_uin(1)
        .build();
    assert_eq!(request.member_uin, 1);
}
