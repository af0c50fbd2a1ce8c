tc3_macros::client! {
    spec: "tests/specs/organization.json",
    actions: [
        AddOrganizationMemberEmail,
        DescribeOrganizationMemberEmailBind,
        AddOrganizationMemberEmail,
    ],
}

fn main() {}
