tc3_macros::client! {
    spec: "tests/specs/organization.json",
    actions: [AddOrganizationMemberEmail],
    spec: "tests/specs/organization.json",
}

fn main() {}
