mod organization {
    tc3_macros::client! {
        spec: "tests/specs/organization.json",
        actions: [AddOrganizationMemberEmail],
    }
}

fn main() {
    organization::AddOrganizationMemberEmailRequest::builder()
        .email("ada@example.com")
        .build();
}
