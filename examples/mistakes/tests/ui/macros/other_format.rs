tc3_macros::client! {
    spec: "tests/specs/format.json",
    actions: [AddOrganizationMemberEmail],
}

fn main() {}
