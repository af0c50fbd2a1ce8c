pub mod cvm {
    tc3_macros::client! { service: "cvm", actions: [RunInstances, DescribeInstances] }
}

pub mod organization {
    tc3_macros::client! {
        spec: "../specs/organization/2021-03-31.json",
        actions: [AddOrganizationMemberEmail, DescribeOrganizationMemberEmailBind],
    }
}
