//! A caller of the service that is in the folders `before` and `after`: whatever it does before must be possible after.

use tencentcloud_growth::tc3::Error;
use tencentcloud_growth::v20210331::{
    Client, CreateOrderError, CreateOrderRequest, CreateOrderResponse, DeleteOrderResponse, Filter,
    Item,
};

/// Calls by builder, without the parameters that are not there yet.
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

/// Calls with a request that was built before, and changed.
pub async fn recreate(client: &Client, note: Option<String>) -> Result<(), Error> {
    let mut request = CreateOrderRequest::builder().customer_id(7).build();
    request.note = note;
    request.extra.insert("Later", ());
    assert_eq!(request.clone(), request);
    client.send(&request).await.map(drop)
}

/// Names and takes apart a response that has nothing to tell yet.
pub async fn delete(client: &Client, order: i64) -> Result<String, Error> {
    let response: DeleteOrderResponse = client.delete_order().order_id(order).send().await?;
    let DeleteOrderResponse { request_id, .. } = response;
    Ok(request_id)
}

/// Takes the builder apart and names its types.
pub async fn list(client: &Client) -> Result<Vec<Item>, Error> {
    let filter: Filter = Filter::builder().name("sku").build();
    let call = client.list_items().filter(filter);
    let response = call.send().await?;
    Ok(response.items.unwrap_or_default())
}

/// Tells error codes apart.
pub fn is_quota(error: &Error) -> bool {
    match error.code_as::<CreateOrderError>() {
        Some(CreateOrderError::LimitExceededOrders) => true,
        Some(CreateOrderError::Unknown(code)) => code.as_str().starts_with("LimitExceeded"),
        Some(_) | None => false,
    }
}

/// A value that a field may have, one of which is not there yet.
fn kind(status: Option<&str>) -> &'static str {
    match status {
        Some("Open") => "open",
        Some("Closed") => "closed",
        _ => "other",
    }
}
