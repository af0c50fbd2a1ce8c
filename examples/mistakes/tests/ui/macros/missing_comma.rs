tc3_macros::client! {
    spec: "tests/specs/organization.json"
    actions: [AddOrganizationMemberEmail],
}

fn main() {}
