//! A request cannot be a struct literal, because it may get more parameters.

use tencentcloud_organization::tc3::UnknownFields;
use tencentcloud_organization::v20210331::DescribeOrganizationMemberEmailBindRequest;

fn main() {
    let _ = DescribeOrganizationMemberEmailBindRequest {
        member_uin: 1,
        extra: UnknownFields::new(),
    };
}
