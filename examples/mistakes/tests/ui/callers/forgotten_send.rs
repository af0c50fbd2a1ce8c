#![deny(unused_must_use)]

use tencentcloud_organization::v20210331::Client;

fn bind(client: &Client) {
    client.describe_organization_member_email_bind().member_uin(1);
}

fn main() {}
