tc3_macros::client! {
    spec: "tests/specs/organization.json",
    actions: [AddOrganizationMemberEmail ListOrganizationIdentity],
}

fn main() {}
