tc3_macros::client! {
    spec: "tests/specs/organization.json",
    actions: [
        AddOrganizationMemberMail,
        DescribeOrganizationMemberEmailBind,
        RunInstances,
    ],
}

fn main() {}
