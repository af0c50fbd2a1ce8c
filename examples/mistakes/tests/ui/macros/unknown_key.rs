tc3_macros::client! {
    spec: "tests/specs/organization.json",
    action: [AddOrganizationMemberEmail],
}

fn main() {}
