tc3_macros::client! {
    spec: organization,
    actions: [AddOrganizationMemberEmail],
}

fn main() {}
