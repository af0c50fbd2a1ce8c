tc3_macros::client! {
    actions: [AddOrganizationMemberEmail],
    spec:
}

fn main() {}
