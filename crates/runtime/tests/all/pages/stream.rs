use std::{future::poll_fn, pin::Pin};

use futures_core::Stream;

use super::{mock_service::MockService, requests::ByTotal};

async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    poll_fn(|context| Pin::new(&mut *stream).poll_next(context)).await
}

#[tokio::test]
async fn pages_and_items_are_streams() {
    let responses = [r#""Names": ["a", "b"], "Total": 2"#; 2];
    let service = MockService::new(&responses);

    let mut pages = service.client().pages(ByTotal::default());
    let page = next(&mut pages).await.unwrap().unwrap();
    assert_eq!(page.names.unwrap(), ["a", "b"]);
    assert!(next(&mut pages).await.is_none());

    let mut items = service.client().items(ByTotal::default());
    assert_eq!(items.size_hint(), (0, None));
    assert_eq!(next(&mut items).await.unwrap().unwrap(), "a");
    assert_eq!(items.size_hint(), (1, None));
    assert_eq!(next(&mut items).await.unwrap().unwrap(), "b");
    assert!(next(&mut items).await.is_none());
}
