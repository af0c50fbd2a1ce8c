tc3_macros::client! {
    "tests/specs/organization.json",
    actions: [AddOrganizationMemberEmail],
}

fn main() {}
