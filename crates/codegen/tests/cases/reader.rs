//! A caller that goes through pages, of the service in the folder `pages`.

use tencentcloud_club::tc3::{self, Error, Pages};
use tencentcloud_club::v20210331::{Client, ListMembersRequest};

/// Takes items that are structures, by a builder.
pub async fn members(client: &Client) -> Result<Vec<i64>, Error> {
    let mut uins = Vec::new();
    let mut members = client.list_members().group_id("g").limit(100).items();
    while let Some(member) = members.next().await {
        uins.extend(member?.uin);
    }
    Ok(uins)
}

/// Takes items that are text, where a parameter is required.
pub async fn last_event(client: &Client) -> Result<Option<String>, Error> {
    let mut last = None;
    let mut events = client.describe_events().group_id("g").items();
    while let Some(event) = events.next().await {
        last = Some(event?);
    }
    Ok(last)
}

/// Takes pages, by a request that was built before.
pub fn pages(client: &Client) -> Pages<ListMembersRequest> {
    client.pages(ListMembersRequest::builder().build())
}

/// Takes items where parameters have the methods' names, and items that are arrays.
pub async fn first_row(client: &Client) -> Option<Result<Vec<String>, Error>> {
    let columns = ["Uin"];
    let mut rows = client.export_members().items(columns).pages(1).items_();
    rows.next().await
}

/// Leaves out a token that the documentation calls required, which the runtime fills in.
pub async fn ticket(client: &Client) -> Result<Option<i64>, Error> {
    Ok(client.get_ticket().send().await?.ticket)
}

/// What the runtime knows of an action that a person said writes, and of one that by its name does.
pub const ACTIONS: [(tc3::Access, bool); 2] = {
    use tc3::Request;
    use tencentcloud_club::v20210331::{ExportMembersRequest, GetTicketRequest};
    let (export, ticket) = (ExportMembersRequest::ACTION, GetTicketRequest::ACTION);
    [
        (export.access, export.client_token),
        (ticket.access, ticket.client_token),
    ]
};

const _: () = assert!(matches!(
    ACTIONS,
    [(tc3::Access::Read, false), (tc3::Access::Write, true)]
));

/// Pages and items go to other threads.
pub fn is_sent(client: &Client) -> impl Send + 'static {
    (client.list_members().pages(), client.list_members().items())
}
