//! A call borrows nothing and may move to another thread.

use tencentcloud_organization::v20210331::{Client, DescribeOrganizationMemberEmailBindRequest};

fn spawn<F: Future + Send + 'static>(_future: F) {}

// The test is that it compiles.
#[allow(dead_code)]
fn calls(client: &Client, request: DescribeOrganizationMemberEmailBindRequest) {
    spawn(
        client
            .describe_organization_member_email_bind()
            .member_uin(1)
            .send(),
    );
    spawn(client.send(&request));
    let client = client.clone();
    spawn(async move { client.send(&request).await.map(|bind| bind.bind_status) });
}
