//! At the crate root, with all warnings denied and most of the client unused.
#![deny(warnings)]

tc3_macros::client! {
    actions: [AddOrganizationMemberEmail],
    spec: "tests/specs/organization.json",
}

fn main() {
    let tag = Tag::builder().tag_key("team").build();
    let request = AddOrganizationMemberEmailRequest::builder()
        .email("ada@example.com")
        .tags([tag])
        .member_uin(1)
        .build();
    assert_eq!(request.member_uin, 1);
}
