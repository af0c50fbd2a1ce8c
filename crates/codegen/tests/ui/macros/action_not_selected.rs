mod organization {
    tc3_macros::client! {
        spec: "tests/specs/organization.json",
        actions: [AddOrganizationMemberEmail],
    }
}

use organization::{DescribeOrganizationMemberEmailBindRequest, Identity};

fn main() {}
