use tc3::__private::RawBuilder;

use super::{
    mock_service::{MockService, all_pages},
    requests::{
        ByTotal, Nested, RequiredOffset, TextOffset, UnsignedOffset, WithoutOffset, WithoutTotal,
    },
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
            r#""Names": ["a", "b"], "Total": 3"#,
            r#""Names": ["c"], "Total": 3"#,
        ],
        &["a b", "c"],
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
            r#""Names": ["c"], "Total": 3"#,
        ],
        &["a b", "c"],
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
fn empty_page_before_the_total_is_an_error() {
    for empty in [r#""Names": [], "Total": 9"#, r#""Names": null, "Total": 9"#] {
        check(
            &[r#""Names": ["a", "b"], "Total": 9"#, empty],
            &[
                "a b",
                "",
                "page at `Offset` 2 is empty, but `Total` is 9; the list is incomplete",
            ],
            &[None, Some(2)],
        );
    }
    check(&[r#""Total": 0"#], &[""], &[None]);
    check(&[r#""Names": []"#], &[""], &[None]);
}

#[test]
fn total_of_a_page_is_an_error() {
    check(
        &[r#""Names": ["a", "b"], "Total": 1"#],
        &[
            "a b",
            "`Total` is 1, but more items were received; the list may be incomplete",
        ],
        &[None],
    );
    check(
        &[
            r#""Names": ["a", "b"], "Total": 2"#,
            r#""Names": ["c", "d"], "Total": 2"#,
        ],
        &[
            "a b",
            "`Total` is 2, but more items were received; the list may be incomplete",
        ],
        &[None, Some(2)],
    );
}

#[test]
fn full_last_page_is_confirmed() {
    let page = r#""Names": ["a", "b"], "Total": 2"#;
    // Services that round the offset down, or return the last page for any offset beyond it, return the same page.
    for beyond in [r#""Names": [], "Total": 2"#, page] {
        check(&[page, beyond], &["a b"], &[None, Some(2)]);
    }
}

#[test]
fn page_number_as_offset_is_an_error() {
    check_without_total(
        &[
            r#""Names": ["a", "b"]"#,
            r#""Names": []"#,
            r#""Names": ["c", "d"]"#,
        ],
        &[
            "a b",
            "",
            "page at `Offset` 1 does not begin with the second item of the previous page; \
             the service does not read `Offset` as the number of items to skip",
        ],
        &[None, Some(2), Some(1)],
    );
    check_without_total(
        &[
            r#""Names": ["a", "b"]"#,
            r#""Names": []"#,
            r#""Names": ["b"]"#,
        ],
        &["a b", ""],
        &[None, Some(2), Some(1)],
    );
}

#[test]
fn total_of_zero_beside_items_is_none() {
    check(
        &[
            r#""Names": ["a", "b"], "Total": 0"#,
            r#""Names": ["c"], "Total": 0"#,
            r#""Names": [], "Total": 0"#,
        ],
        &["a b", "c", ""],
        &[None, Some(2), Some(3)],
    );
}

#[test]
fn items_of_another_type_are_an_error() {
    for items in [r#"["c", null]"#, r#"["c", {}]"#, r#""c""#, "{}"] {
        let page = format!(r#""Names": {items}, "Total": 9"#);
        check(
            &[r#""Names": ["a", "b"], "Total": 9"#, &page],
            &[
                "a b",
                "",
                "`Names` of the page does not fit its documented type, so the list cannot be continued; \
                 its JSON is in the unknown fields of `Names`",
            ],
            &[None, Some(2)],
        );
    }
}

#[test]
fn empty_page_without_total_is_the_last() {
    check_without_total(
        &[
            r#""Names": ["a", "b"]"#,
            r#""Names": ["c"]"#,
            r#""Names": ["d"]"#,
            r#""Names": []"#,
        ],
        &["a b", "c", "d", ""],
        &[None, Some(2), Some(3), Some(4)],
    );
}

#[test]
fn last_page_for_any_offset_is_the_last() {
    let last = r#""Names": ["c"]"#;
    check_without_total(
        &[r#""Names": ["a", "b"]"#, last, last, last],
        &["a b", "c"],
        &[None, Some(2), Some(3), Some(4)],
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
            r#""Names": []"#,
        ],
        &["a b", "c", ""],
        &[None, Some(2), Some(3)],
    );
}

#[test]
fn ignored_offset_is_an_error() {
    let page = r#""Names": ["a", "b"]"#;
    let error = "page at `Offset` 2 equals the previous page; the service ignores `Offset`";
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

#[test]
fn required_offset_starts_at_zero() {
    let service = MockService::new(&[r#""Names": ["a"], "Total": 1"#]);
    let builder = RawBuilder::<_, ()>::of::<RequiredOffset>(service.client());
    assert_eq!(run(all_pages(builder.pages::<RequiredOffset>())), ["a"]);
    assert_eq!(service.requests(), [r#"{"Offset":0}"#]);
}

#[test]
fn offset_may_be_a_string() {
    let service = MockService::new(&[
        r#""Names": ["c"], "Total": 4"#,
        r#""Names": ["d"], "Total": 4"#,
    ]);
    let request = TextOffset {
        offset: Some("2".to_owned()),
        ..TextOffset::default()
    };
    assert_eq!(run(all_pages(service.client().pages(request))), ["c", "d"]);
    let requests = [r#"{"Offset":"2"}"#, r#"{"Offset":"3"}"#];
    assert_eq!(service.requests(), requests);
}

#[test]
fn nested_items_are_found() {
    let service = MockService::new(&[
        r#""Data": {"Names": ["a", "b"], "Total": 3}"#,
        r#""Data": {"Names": ["c"], "Total": 3}"#,
    ]);
    let mut items = service.client().items(Nested::default());
    let mut names = Vec::new();
    while let Some(item) = run(items.next()) {
        names.push(item.unwrap());
    }
    assert_eq!(names, ["a", "b", "c"]);
    assert_eq!(service.requests(), ["{}", r#"{"Offset":2}"#]);

    for data in [r#"{"Names": 1, "Total": 3}"#, "[]"] {
        let service = MockService::new(&[&format!(r#""Data": {data}"#)]);
        let mut items = service.client().items(Nested::default());
        let error = run(items.next()).unwrap().unwrap_err();
        let problem = "`Data.Names` of the page does not fit";
        assert!(error.message().starts_with(problem), "{error}");
    }
}
