use tencentcloud_organization::v20210331::DescribeOrganizationMemberEmailBindRequest;

fn main() {
    let _ = DescribeOrganizationMemberEmailBindRequest::builder()
        .member_uin(1)
        .send();
}
