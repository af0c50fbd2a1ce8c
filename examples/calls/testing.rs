//! Tests a function that calls the service, without a network: `cargo test -p tc3-examples --example testing`.

use std::error::Error;

use tc3::Credential;
use tc3::testing::MockTransport;
use tencentcloud_organization::v20210331::{
    Client, DescribeOrganizationMemberEmailBindError as BindError,
};

/// Returns the mailbox of a member, if there is such a member.
async fn mailbox(client: &Client, member: i64) -> Result<Option<String>, tc3::Error> {
    let bind = client
        .describe_organization_member_email_bind()
        .member_uin(member)
        .send()
        .await;
    match bind {
        Ok(bind) => Ok(bind.email.filter(|email| !email.is_empty())),
        Err(error) if error.is(BindError::ResourceNotFoundOrganizationMemberNotExist) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Returns a client that gets the responses of a mock.
fn client(transport: MockTransport) -> Result<Client, tc3::Error> {
    Client::builder()
        .credential(Credential::new("id", "key"))
        .transport(transport)
        .build()
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let transport = MockTransport::new();
    transport.respond(
        "DescribeOrganizationMemberEmailBind",
        r#"{"Email": "ada@example.com"}"#,
    );
    println!("{:?}", mailbox(&client(transport)?, 7).await?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use tc3::ErrorCode as _;

    use super::*;

    #[tokio::test]
    async fn missing_member_has_no_mailbox() {
        let transport = MockTransport::new();
        transport.respond_error(
            "DescribeOrganizationMemberEmailBind",
            BindError::ResourceNotFoundOrganizationMemberNotExist.as_str(),
            "There is no such member.",
        );
        let found = mailbox(&client(transport.clone()).unwrap(), 7).await;
        assert_eq!(found.unwrap(), None);
        let requests = transport.requests();
        assert_eq!(requests[0].parameters.to_string(), r#"{"MemberUin":7}"#);
    }
}
