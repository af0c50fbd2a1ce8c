//! A caller of the service in the folders `before` and `after`: code for the old version compiles with the new one.

use tencentcloud_growth::tc3::Error;
use tencentcloud_growth::v20210331::{
    Client, CreateOrderError, CreateOrderRequest, CreateOrderResponse, DeleteOrderResponse, Filter,
    Item,
};

/// Calls by builder, without the later parameters.
pub async fn create(client: &Client) -> Result<Option<i64>, Error> {
    let response = client
        .create_order()
        .customer_id(7)
        .note("n")
        .send()
        .await?;
    let CreateOrderResponse {
        order_id,
        status,
        request_id,
        ..
    } = response;
    println!("{} {request_id}", kind(status.as_deref()));
    Ok(order_id)
}

/// Calls with a prebuilt and modified request.
pub async fn recreate(client: &Client, note: Option<String>) -> Result<(), Error> {
    let mut request = CreateOrderRequest::builder().customer_id(7).build();
    request.note = note;
    request.extra.insert("Later", ());
    assert_eq!(request.clone(), request);
    client.send(&request).await.map(drop)
}

/// Names and destructures a response without fields.
pub async fn delete(client: &Client, order: i64) -> Result<String, Error> {
    let response: DeleteOrderResponse = client.delete_order().order_id(order).send().await?;
    let DeleteOrderResponse { request_id, .. } = response;
    Ok(request_id)
}

/// Moves values out of the builder, and names its types.
pub async fn list(client: &Client) -> Result<Vec<Item>, Error> {
    let filter: Filter = Filter::builder().name("sku").build();
    let call = client.list_items().filter(filter);
    let response = call.send().await?;
    Ok(response.items.unwrap_or_default())
}

/// Matches error codes.
pub fn is_quota(error: &Error) -> bool {
    match error.code_as::<CreateOrderError>() {
        Some(CreateOrderError::LimitExceededOrders) => true,
        Some(CreateOrderError::Unknown(code)) => code.as_str().starts_with("LimitExceeded"),
        Some(_) | None => false,
    }
}

/// Matches documented values, to which the new version adds one.
fn kind(status: Option<&str>) -> &'static str {
    match status {
        Some("Open") => "open",
        Some("Closed") => "closed",
        _ => "other",
    }
}
