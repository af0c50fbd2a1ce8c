tc3_macros::client! {
    spec: "tests/specs/broken.json",
    actions: [AddOrganizationMemberEmail],
}

fn main() {}
