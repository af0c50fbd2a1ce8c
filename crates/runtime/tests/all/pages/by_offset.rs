use super::{
    mock_service::{MockService, all_pages},
    requests::{ByTotal, UnsignedOffset, WithoutOffset, WithoutTotal},
};

/// Checks the pages of a request with `Limit` 2, and the offsets that are requested.
#[track_caller]
fn check(responses: &[&str], pages: &[&str], offsets: &[Option<u64>]) {
    let service = MockService::new(responses);
    let request = ByTotal {
        limit: Some(2),
        ..ByTotal::default()
    };
    assert_eq!(run(all_pages(service.client().pages(request))), pages);
    assert_eq!(service.requests(), request_bodies(offsets));
}

#[track_caller]
fn check_without_total(responses: &[&str], pages: &[&str], offsets: &[Option<u64>]) {
    let service = MockService::new(responses);
    let request = WithoutTotal {
        limit: Some(2),
        ..WithoutTotal::default()
    };
    assert_eq!(run(all_pages(service.client().pages(request))), pages);
    assert_eq!(service.requests(), request_bodies(offsets));
}

fn request_bodies(offsets: &[Option<u64>]) -> Vec<String> {
    let offset = |offset: &Option<u64>| match offset {
        None => r#"{"Limit":2}"#.to_owned(),
        Some(offset) => format!(r#"{{"Limit":2,"Offset":{offset}}}"#),
    };
    offsets.iter().map(offset).collect()
}

fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.unwrap().block_on(future)
}

#[test]
fn total_ends_the_pages() {
    check(
        &[
            r#""Names": ["a", "b"], "Total": 4"#,
            r#""Names": ["c", "d"], "Total": 4"#,
        ],
        &["a b", "c d"],
        &[None, Some(2)],
    );
}

#[test]
fn short_page_below_total_is_not_the_last() {
    check(
        &[
            r#""Names": ["a"], "Total": 3"#,
            r#""Names": ["b"], "Total": 3"#,
            r#""Names": ["c"], "Total": 3"#,
        ],
        &["a", "b", "c"],
        &[None, Some(1), Some(2)],
    );
}

#[test]
fn total_may_change() {
    check(
        &[
            r#""Names": ["a", "b"], "Total": 6"#,
            r#""Names": ["c", "d"], "Total": 3"#,
        ],
        &["a b", "c d"],
        &[None, Some(2)],
    );
    check(
        &[
            r#""Names": ["a", "b"], "Total": 3"#,
            r#""Names": ["c", "d"], "Total": 5"#,
            r#""Names": ["e"], "Total": 5"#,
        ],
        &["a b", "c d", "e"],
        &[None, Some(2), Some(4)],
    );
}

#[test]
fn empty_page_is_the_last() {
    for empty in [r#""Names": [], "Total": 9"#, r#""Names": null, "Total": 9"#] {
        check(
            &[r#""Names": ["a", "b"], "Total": 9"#, empty],
            &["a b", ""],
            &[None, Some(2)],
        );
    }
    check(&[r#""Total": 0"#], &[""], &[None]);
}

#[test]
fn shorter_page_without_total_is_the_last() {
    check_without_total(
        &[
            r#""Names": ["a", "b"]"#,
            r#""Names": ["c", "d"]"#,
            r#""Names": ["e"]"#,
        ],
        &["a b", "c d", "e"],
        &[None, Some(2), Some(4)],
    );
    check_without_total(
        &[r#""Names": ["a", "b"]"#, r#""Names": []"#],
        &["a b", ""],
        &[None, Some(2)],
    );
}

#[test]
fn service_may_lower_the_limit() {
    check_without_total(
        &[r#""Names": ["a"]"#, r#""Names": ["b"]"#, r#""Names": []"#],
        &["a", "b", ""],
        &[None, Some(1), Some(2)],
    );
}

#[test]
fn missing_total_is_tolerated() {
    check(
        &[
            r#""Names": ["a", "b"], "Total": null"#,
            r#""Names": ["c"], "Total": "many""#,
        ],
        &["a b", "c"],
        &[None, Some(2)],
    );
}

#[test]
fn ignored_offset_is_an_error() {
    let page = r#""Names": ["a", "b"]"#;
    let error = "page at `Offset` 2 equals the page before it; the service ignores `Offset`";
    check_without_total(&[page; 5], &["a b", error], &[None, Some(2)]);
}

#[test]
fn first_page_is_at_requested_offset() {
    let service = MockService::new(&[
        r#""Names": ["d"], "Total": 5"#,
        r#""Names": ["e"], "Total": 5"#,
    ]);
    let request = UnsignedOffset {
        offset: Some(3),
        ..UnsignedOffset::default()
    };
    assert_eq!(run(all_pages(service.client().pages(request))), ["d", "e"]);
    assert_eq!(service.requests(), [r#"{"Offset":3}"#, r#"{"Offset":4}"#]);
}

#[test]
fn request_without_offset_fails_after_one_page() {
    let service = MockService::new(&[r#""Names": ["a"], "Total": 2"#]);
    let pages = run(all_pages(service.client().pages(WithoutOffset::default())));
    let problem = "request has no parameter `Offset` for the next page";
    assert_eq!(pages, ["a", problem]);
}
