tc3_macros::client! {
    spec: "tests/specs/invalid.json",
    actions: [AddOrganizationMemberEmail],
}

fn main() {}
