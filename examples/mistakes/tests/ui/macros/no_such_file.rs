tc3_macros::client! {
    spec: "tests/specs/organisation.json",
    actions: [AddOrganizationMemberEmail],
}

fn main() {}
