tc3_macros::client! {
    spec: "tests/specs/organization.json",
    actions: [AddOrganizationMemberEmail, 1],
}

fn main() {}
