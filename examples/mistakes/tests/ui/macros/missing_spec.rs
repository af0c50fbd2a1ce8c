tc3_macros::client! {
    actions: [AddOrganizationMemberEmail],
}

fn main() {}
