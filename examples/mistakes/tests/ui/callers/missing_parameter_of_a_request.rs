use tencentcloud_organization::v20210331::DescribeOrganizationMemberEmailBindRequest;

fn main() {
    DescribeOrganizationMemberEmailBindRequest::builder().build();
}
