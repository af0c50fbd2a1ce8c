//! A caller of the paginated actions in the folder `pages`.

use tencentcloud_club::tc3::{self, Error, Pages};
use tencentcloud_club::v20210331::{Client, ListMembersRequest};

/// Items that are structures, by a builder.
pub async fn members(client: &Client) -> Result<Vec<i64>, Error> {
    let mut uins = Vec::new();
    let mut members = client.list_members().group_id("g").limit(100).items();
    while let Some(member) = members.next().await {
        uins.extend(member?.uin);
    }
    Ok(uins)
}

/// Items that are text, with a required parameter.
pub async fn last_event(client: &Client) -> Result<Option<String>, Error> {
    let mut last = None;
    let mut events = client.describe_events().group_id("g").items();
    while let Some(event) = events.next().await {
        last = Some(event?);
    }
    Ok(last)
}

/// Pages, by a prebuilt request.
pub fn pages(client: &Client) -> Pages<ListMembersRequest> {
    client.pages(ListMembersRequest::builder().build())
}

/// Items of an action whose parameters have the methods' names, and items that are arrays.
pub async fn first_row(client: &Client) -> Option<Result<Vec<String>, Error>> {
    let columns = ["Uin"];
    let mut rows = client.export_members().items(columns).pages(1).items_();
    rows.next().await
}

/// Omits a token that is documented as required, because the runtime sets it.
pub async fn ticket(client: &Client) -> Result<Option<i64>, Error> {
    Ok(client.get_ticket().send().await?.ticket)
}

/// The access of an action that was corrected to write, and of one whose name implies it.
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

/// Pages and items can be sent to other threads.
pub fn is_sent(client: &Client) -> impl Send + 'static {
    (client.list_members().pages(), client.list_members().items())
}
