//! Setters accept all kinds of text, any iterator, and optional values through the request's fields.

#[path = "../../cases/everyday/src/v20210331/mod.rs"]
#[allow(
    clippy::all,
    dead_code,
    unexpected_cfgs,
    unreachable_pub,
    unused_imports
)]
#[rustfmt::skip]
mod shop;

use shop::{CreateOrderRequest, Item};

fn item(sku: &str) -> Item {
    Item::builder().sku(sku).build()
}

#[test]
fn setters_accept_conversions() {
    let note: Option<String> = None;
    let mut request = CreateOrderRequest::builder()
        .customer_id(7)
        .items(["a", "b"].into_iter().map(item))
        .labels(vec![String::from("x")])
        .labels(["x", "y"])
        .labels(&["x".to_owned()])
        .grid([vec![1, 2], vec![]])
        .deliver_on('x')
        .note(std::borrow::Cow::Borrowed("n"))
        .discount(0.5)
        .urgent(true)
        .build();
    request.note = note;
    request.extra.insert("Brand", "new");
    assert_eq!(request.items.len(), 2);

    let parts = item("box");
    let wrapped = Item::builder()
        .sku("set")
        .parts([parts.clone(), parts])
        .build();
    assert_eq!(wrapped.parts.map(|parts| parts.len()), Some(2));
}
