use tencentcloud_organization::tc3;
use tencentcloud_organization::v20210331::{Client, DescribeOrganizationMemberEmailBindError as BindError};

/// Returns the mailbox of a member, if the member exists and has one.
pub async fn mailbox(client: &Client, member: i64) -> Result<Option<String>, tc3::Error> {
    let bind = client
        .describe_organization_member_email_bind()
        .member_uin(member) // omit it: a compile error that names `MemberUin`
        .send()
        .await;
    match bind {
        Ok(bind) => Ok(bind.email.filter(|email| !email.is_empty())),
        Err(error) if error.is(BindError::ResourceNotFoundOrganizationMemberNotExist) => Ok(None),
        Err(error) => Err(error), // code, message, request id, documentation
    }
}
