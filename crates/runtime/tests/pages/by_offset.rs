use crate::{
    lists::{Broken, ByTotal, Unsigned, WithoutTotal},
    script::{Script, all},
};

/// Checks what comes of answers to a request for pages of two, and which offsets were asked for.
#[track_caller]
fn check(answers: &[&str], pages: &[&str], offsets: &[Option<u64>]) {
    let script = Script::new(answers);
    let request = ByTotal {
        limit: Some(2),
        ..ByTotal::default()
    };
    assert_eq!(run(all(script.client().pages(request))), pages);
    assert_eq!(script.asked(), bodies(offsets));
}

#[track_caller]
fn check_without_total(answers: &[&str], pages: &[&str], offsets: &[Option<u64>]) {
    let script = Script::new(answers);
    let request = WithoutTotal {
        limit: Some(2),
        ..WithoutTotal::default()
    };
    assert_eq!(run(all(script.client().pages(request))), pages);
    assert_eq!(script.asked(), bodies(offsets));
}

fn bodies(offsets: &[Option<u64>]) -> Vec<String> {
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
fn the_total_tells_the_last_page() {
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
fn a_short_page_is_no_end_while_the_total_says_more() {
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
fn a_total_may_shrink_and_grow() {
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
fn an_empty_page_is_the_last() {
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
fn without_a_total_the_first_page_that_is_shorter_is_the_last() {
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
fn without_a_total_a_service_may_have_a_lower_limit_than_the_request() {
    check_without_total(
        &[r#""Names": ["a"]"#, r#""Names": ["b"]"#, r#""Names": []"#],
        &["a", "b", ""],
        &[None, Some(1), Some(2)],
    );
}

#[test]
fn a_total_that_is_documented_and_does_not_come_is_none() {
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
fn a_service_that_takes_no_notice_of_the_offset_is_an_error() {
    let page = r#""Names": ["a", "b"]"#;
    let error = "page at `Offset` 2 equals the page before it; the service ignores `Offset`";
    check_without_total(&[page; 5], &["a b", error], &[None, Some(2)]);
}

#[test]
fn the_first_page_is_the_one_that_the_request_asks_for() {
    let script = Script::new(&[
        r#""Names": ["d"], "Total": 5"#,
        r#""Names": ["e"], "Total": 5"#,
    ]);
    let request = Unsigned {
        offset: Some(3),
        ..Unsigned::default()
    };
    assert_eq!(run(all(script.client().pages(request))), ["d", "e"]);
    assert_eq!(script.asked(), [r#"{"Offset":3}"#, r#"{"Offset":4}"#]);
}

#[test]
fn a_request_without_the_parameter_gives_one_page_and_says_why() {
    let script = Script::new(&[r#""Names": ["a"], "Total": 2"#]);
    let pages = run(all(script.client().pages(Broken::default())));
    let problem = "request has no parameter `Offset` for the next page";
    assert_eq!(pages, ["a", problem]);
}
