//! Fetching of pages on demand, and after failures and dropped futures.

use std::{
    pin::pin,
    task::{Context, Waker},
};

use super::{
    mock_service::{ERROR, MockService, page_text},
    requests::{ByToken, ByTotal},
};

const FIRST: &str = r#""Names": ["a", "b"], "Total": 3"#;
const LAST: &str = r#""Names": ["c"], "Total": 3"#;

#[tokio::test]
async fn pages_are_fetched_on_demand() {
    let service = MockService::new(&[FIRST, LAST]);
    let mut pages = service.client().pages(ByTotal::default());
    let mut items = service.client().items(ByTotal::default());
    drop(pages.next());
    drop(items.next());
    assert_eq!(service.requests().len(), 0);
    assert_eq!(items.next().await.unwrap().unwrap(), "a");
    assert_eq!(items.next().await.unwrap().unwrap(), "b");
    assert_eq!(service.requests().len(), 1);
    assert_eq!(items.next().await.unwrap().unwrap(), "c");
    assert_eq!(service.requests().len(), 2);
    assert!(items.next().await.is_none());
    assert_eq!(service.requests().len(), 2);
}

#[tokio::test]
async fn page_is_fetched_again_after_an_error() {
    let service = MockService::new(&[FIRST, ERROR, ERROR, LAST]);
    let mut pages = service.client().pages(ByTotal::default());
    let mut found = Vec::new();
    while let Some(page) = pages.next().await {
        found.push(page_text(page));
    }
    let error = "The list is closed.";
    assert_eq!(found, ["a b", error, error, "c"]);
    let page = r#"{"Offset":2}"#;
    assert_eq!(service.requests(), ["{}", page, page, page]);

    let service = MockService::new(&[
        ERROR,
        r#""Names": ["a"], "NextToken": "t""#,
        ERROR,
        r#""Names": ["b"]"#,
    ]);
    let mut items = service.client().items(ByToken::default());
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item.unwrap_or_else(|error| error.message().to_owned()));
    }
    assert_eq!(found, [error, "a", error, "b"]);
}

#[tokio::test]
async fn dropped_future_loses_no_item() {
    let service = MockService::new(&[FIRST, LAST]);
    let mut items = service.client().items(ByTotal::default());
    let is_pending = {
        let next = pin!(items.next());
        let mut context = Context::from_waker(Waker::noop());
        next.poll(&mut context).is_pending()
    };
    assert!(is_pending);
    for name in ["a", "b", "c"] {
        assert_eq!(items.next().await.unwrap().unwrap(), name);
    }
    assert_eq!(service.requests().len(), 2);
}

#[test]
fn pages_are_send_and_futures_are_small() {
    fn assert_send<T: Send + 'static>(_: &T) {}
    let client = MockService::new(&[]).client();
    let (mut pages, mut items) = (
        client.pages(ByTotal::default()),
        client.items(ByTotal::default()),
    );
    assert_send(&pages);
    assert_send(&items);
    assert_eq!(format!("{pages:?}"), r#"Pages { action: "ByTotal", .. }"#);
    assert_eq!(
        format!("{items:?}"),
        r#"Items { pages: Pages { action: "ByTotal", .. }, buffered: 0, .. }"#
    );
    assert!(size_of_val(&pages.next()) <= 64);
    assert!(size_of_val(&items.next()) <= 64);
}
