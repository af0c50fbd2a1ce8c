//! When pages are fetched, and what becomes of failures.

use std::{
    pin::pin,
    task::{Context, Waker},
};

use crate::{
    lists::{ByToken, ByTotal},
    script::{REFUSED, Script, shown},
};

const FIRST: &str = r#""Names": ["a", "b"], "Total": 3"#;
const LAST: &str = r#""Names": ["c"], "Total": 3"#;

#[tokio::test]
async fn nothing_is_fetched_before_it_is_asked_for() {
    let script = Script::new(&[FIRST, LAST]);
    let mut pages = script.client().pages(ByTotal::default());
    let mut items = script.client().items(ByTotal::default());
    drop(pages.next());
    drop(items.next());
    assert_eq!(script.asked().len(), 0);
    assert_eq!(items.next().await.unwrap().unwrap(), "a");
    assert_eq!(items.next().await.unwrap().unwrap(), "b");
    assert_eq!(script.asked().len(), 1);
    assert_eq!(items.next().await.unwrap().unwrap(), "c");
    assert_eq!(script.asked().len(), 2);
    assert!(items.next().await.is_none());
    assert_eq!(script.asked().len(), 2);
}

#[tokio::test]
async fn after_an_error_the_same_page_can_be_asked_for_again() {
    let script = Script::new(&[FIRST, REFUSED, REFUSED, LAST]);
    let mut pages = script.client().pages(ByTotal::default());
    let mut found = Vec::new();
    while let Some(page) = pages.next().await {
        found.push(shown(page));
    }
    let refused = "The book is closed.";
    assert_eq!(found, ["a b", refused, refused, "c"]);
    let page = r#"{"Offset":2}"#;
    assert_eq!(script.asked(), ["{}", page, page, page]);

    let script = Script::new(&[
        REFUSED,
        r#""Names": ["a"], "NextToken": "t""#,
        REFUSED,
        r#""Names": ["b"]"#,
    ]);
    let mut items = script.client().items(ByToken::default());
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item.unwrap_or_else(|error| error.message().to_owned()));
    }
    assert_eq!(found, [refused, "a", refused, "b"]);
}

#[tokio::test]
async fn a_call_that_was_left_goes_on() {
    let script = Script::new(&[FIRST, LAST]);
    let mut items = script.client().items(ByTotal::default());
    let is_pending = {
        let next = pin!(items.next());
        let mut context = Context::from_waker(Waker::noop());
        next.poll(&mut context).is_pending()
    };
    assert!(is_pending);
    for name in ["a", "b", "c"] {
        assert_eq!(items.next().await.unwrap().unwrap(), name);
    }
    assert_eq!(script.asked().len(), 2);
}

#[test]
fn they_go_to_other_threads_and_their_futures_are_small() {
    fn check<T: Send + 'static>(_: &T) {}
    let client = Script::new(&[]).client();
    let (mut pages, mut items) = (
        client.pages(ByTotal::default()),
        client.items(ByTotal::default()),
    );
    check(&pages);
    check(&items);
    assert_eq!(format!("{pages:?}"), r#"Pages { action: "ByTotal", .. }"#);
    assert_eq!(
        format!("{items:?}"),
        r#"Items { pages: Pages { action: "ByTotal", .. }, buffered: 0, .. }"#
    );
    assert!(size_of_val(&pages.next()) <= 64);
    assert!(size_of_val(&items.next()) <= 64);
}
