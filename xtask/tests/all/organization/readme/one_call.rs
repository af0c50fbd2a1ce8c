use std::time::Duration;

use tencentcloud_organization::tc3::{self, Retry};
use tencentcloud_organization::v20210331::Client;

/// Resends the verification mail to a member, with a timeout of five seconds and no retries.
pub async fn remind(client: &Client, member: i64, bind: i64) -> Result<(), tc3::Error> {
    client
        .send_org_member_account_bind_email()
        .member_uin(member)
        .bind_id(bind)
        .send()
        .timeout(Duration::from_secs(5))
        .retry(Retry::never())
        .await?;
    Ok(())
}
