//! A response may get more fields, so a pattern does not list them all.

use tencentcloud_organization::v20210331::AddOrganizationMemberEmailResponse as Response;

fn bind_id(response: Response) -> Option<u64> {
    let Response { bind_id, request_id: _, extra: _ } = response;
    bind_id
}

fn main() {}
