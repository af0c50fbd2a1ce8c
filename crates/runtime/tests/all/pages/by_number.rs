use super::{
    mock_service::{MockService, all_pages},
    requests::{ByNumber, ByNumberWithoutTotal},
};

/// Checks the pages of a request with the page size 2, and the numbers that are requested.
async fn check(responses: &[&str], pages: &[&str], numbers: &[u64]) {
    let service = MockService::new(responses);
    let request = ByNumber {
        page_size: Some(2),
        ..ByNumber::default()
    };
    assert_eq!(all_pages(service.client().pages(request)).await, pages);
    let mut requests = vec![r#"{"PageSize":2}"#.to_owned()];
    let others = numbers.iter();
    requests.extend(others.map(|number| format!(r#"{{"PageNumber":{number},"PageSize":2}}"#)));
    assert_eq!(service.requests(), requests);
}

#[tokio::test]
async fn total_ends_the_pages() {
    check(
        &[
            r#""Names": ["a", "b"], "Total": 5"#,
            r#""Names": ["c", "d"], "Total": 5"#,
            r#""Names": ["e"], "Total": 5"#,
        ],
        &["a b", "c d", "e"],
        &[2, 3],
    )
    .await;
}

#[tokio::test]
async fn empty_page_before_the_total_is_an_error() {
    check(
        &[
            r#""Names": ["a", "b"], "Total": 5"#,
            r#""Names": [], "Total": 5"#,
        ],
        &[
            "a b",
            "",
            "page 2 is empty, but `Total` is 5, and only 2 items were received; the list is incomplete",
        ],
        &[2],
    )
    .await;
}

#[tokio::test]
async fn number_of_pages_as_total_is_an_error() {
    check(
        &[r#""Names": ["a", "b"], "Total": 1"#],
        &[
            "a b",
            "`Total` is 1, but more items were received; the list may be incomplete",
        ],
        &[],
    )
    .await;
}

#[tokio::test]
async fn ignored_number_is_an_error() {
    let page = r#""Names": ["a", "b"], "Total": 5"#;
    check(
        &[page, page],
        &[
            "a b",
            "page 2 equals the previous page; the service ignores `PageNumber`",
        ],
        &[2],
    )
    .await;
}

#[tokio::test]
async fn dropped_rows_are_no_error() {
    check(
        &[
            r#""Names": ["a", "b"], "Total": 5"#,
            r#""Names": ["c"], "Total": 5"#,
            r#""Names": ["e"], "Total": 5"#,
            r#""Names": [], "Total": 5"#,
        ],
        &["a b", "c", "e", ""],
        &[2, 3, 4],
    )
    .await;
}

#[tokio::test]
async fn first_page_is_the_requested_one() {
    let service = MockService::new(&[
        r#""Names": ["e", "f"], "Total": 7"#,
        r#""Names": ["g"], "Total": 7"#,
        r#""Names": [], "Total": 7"#,
    ]);
    let request = ByNumber {
        page_number: Some(3),
        ..ByNumber::default()
    };
    let pages = all_pages(service.client().pages(request)).await;
    assert_eq!(pages, ["e f", "g", ""]);
}

#[tokio::test]
async fn empty_page_without_total_is_the_last() {
    let service = MockService::new(&[
        r#""Names": ["a", "b"]"#,
        r#""Names": ["c"]"#,
        r#""Names": []"#,
    ]);
    let pages = all_pages(service.client().pages(ByNumberWithoutTotal::default())).await;
    assert_eq!(pages, ["a b", "c", ""]);
}
