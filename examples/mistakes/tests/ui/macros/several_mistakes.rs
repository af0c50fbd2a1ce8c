tc3_macros::client! {
    spec: "tests/specs/organization.json",
    actions: [AddOrganizationMemberEmail, ListOrganizationIdentity, AddOrganizationMemberEmail],
    spec: "tests/specs/organization.json",
    actions: [],
}

fn main() {}
