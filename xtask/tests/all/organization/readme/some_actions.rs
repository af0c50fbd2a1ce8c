pub mod organization {
    tc3_macros::client! {
        spec: "../specs/organization/2021-03-31.json",
        actions: [AddOrganizationMemberEmail, DescribeOrganizationMemberEmailBind],
    }
}
