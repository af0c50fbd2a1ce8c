//! A pattern cannot name all fields, because a response may get more.

use tencentcloud_organization::v20210331::AddOrganizationMemberEmailResponse as Response;

fn bind_id(response: Response) -> Option<u64> {
    let Response { bind_id, request_id: _, extra: _ } = response;
    bind_id
}

fn main() {}
