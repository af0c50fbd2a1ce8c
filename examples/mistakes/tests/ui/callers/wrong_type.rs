use tencentcloud_organization::v20210331::DescribeOrganizationMemberEmailBindRequest;

fn main() {
    DescribeOrganizationMemberEmailBindRequest::builder()
        .member_uin("1")
        .build();
}
