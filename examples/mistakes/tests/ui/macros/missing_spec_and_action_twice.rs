tc3_macros::client! {
    actions: [AddOrganizationMemberEmail, AddOrganizationMemberEmail],
}

fn main() {}
