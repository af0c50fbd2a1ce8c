use super::{
    mock_service::{MockService, all_pages},
    requests::{ByContext, ByCursor, ByToken},
};

const REPEATED: &str = "`NextToken` repeats an earlier one; the pagination would never end";

#[tokio::test]
async fn page_without_token_is_the_last() {
    for last in [
        r#""Names": ["c"]"#,
        r#""Names": ["c"], "NextToken": null"#,
        r#""Names": ["c"], "NextToken": """#,
    ] {
        let service = MockService::new(&[r#""Names": ["a", "b"], "NextToken": "t""#, last]);
        let request = ByToken {
            max_results: Some(2),
            ..ByToken::default()
        };
        assert_eq!(
            all_pages(service.client().pages(request)).await,
            ["a b", "c"]
        );
        assert_eq!(
            service.requests(),
            [r#"{"MaxResults":2}"#, r#"{"MaxResults":2,"NextToken":"t"}"#]
        );
    }
}

#[tokio::test]
async fn empty_page_with_token_is_not_the_last() {
    let service = MockService::new(&[
        r#""Names": [], "NextToken": "t""#,
        r#""Names": null, "NextToken": "u""#,
        r#""Names": ["a"]"#,
    ]);
    let pages = all_pages(service.client().pages(ByToken::default())).await;
    assert_eq!(pages, ["", "", "a"]);
}

#[tokio::test]
async fn repeated_token_is_an_error() {
    let service = MockService::new(&[
        r#""Names": ["a"], "NextToken": "t""#,
        r#""Names": ["b"], "NextToken": "t""#,
    ]);
    let pages = all_pages(service.client().pages(ByToken::default())).await;
    assert_eq!(pages, ["a", "b", REPEATED]);
    assert_eq!(service.requests().len(), 2);

    let service = MockService::new(&[
        r#""Names": ["a"], "NextToken": "t""#,
        r#""Names": ["b"], "NextToken": "u""#,
        r#""Names": ["c"], "NextToken": "t""#,
    ]);
    let pages = all_pages(service.client().pages(ByToken::default())).await;
    assert_eq!(pages, ["a", "b", "c", REPEATED]);
}

#[tokio::test]
async fn repeated_token_of_the_request_is_an_error() {
    let service = MockService::new(&[r#""Names": ["b"], "NextToken": "t""#]);
    let request = ByToken {
        next_token: Some("t".to_owned()),
        ..ByToken::default()
    };
    let pages = all_pages(service.client().pages(request)).await;
    assert_eq!(pages, ["b", REPEATED]);
    assert_eq!(service.requests(), [r#"{"NextToken":"t"}"#]);
}

#[tokio::test]
async fn too_many_empty_pages_are_an_error() {
    let responses: Vec<String> = (0..2000)
        .map(|number| format!(r#""Names": [], "NextToken": "{number}""#))
        .collect();
    let responses: Vec<&str> = responses.iter().map(String::as_str).collect();
    let service = MockService::new(&responses);
    let mut items = service.client().items(ByToken::default());
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(
        error.to_string(),
        "ByToken: 1000 consecutive pages are empty; the pagination would never end"
    );
    assert_eq!(error.kind(), tc3::ErrorKind::Response);
    assert!(items.next().await.is_none());
    assert_eq!(service.requests().len(), 1000);
}

#[tokio::test]
async fn token_of_another_type_is_an_error() {
    let service = MockService::new(&[r#""Names": ["a"], "NextToken": {"Marker": 1}"#]);
    let pages = all_pages(service.client().pages(ByToken::default())).await;
    let problem = "`NextToken` of the page does not fit its documented type, so the list cannot be continued; \
                   its JSON is in the unknown fields of `Names`";
    assert_eq!(pages, ["a", problem]);
}

#[tokio::test]
async fn flag_ends_the_pages() {
    let service = MockService::new(&[
        r#""Names": ["a"], "Context": "t", "ListOver": false"#,
        r#""Names": ["b"], "Context": "u", "ListOver": true"#,
    ]);
    let pages = all_pages(service.client().pages(ByContext::default())).await;
    assert_eq!(pages, ["a", "b"]);
    assert_eq!(service.requests(), ["{}", r#"{"Context":"t"}"#]);

    let service = MockService::new(&[
        r#""Names": ["a"], "NextCursor": 7, "HasMore": true"#,
        r#""Names": ["b"], "NextCursor": 7, "HasMore": false"#,
    ]);
    let pages = all_pages(service.client().pages(ByCursor::default())).await;
    assert_eq!(pages, ["a", "b"]);
    assert_eq!(service.requests(), ["{}", r#"{"Cursor":7}"#]);
}

#[tokio::test]
async fn missing_token_before_the_last_page_is_an_error() {
    let service = MockService::new(&[r#""Names": ["a"], "HasMore": true"#]);
    let pages = all_pages(service.client().pages(ByCursor::default())).await;
    let problem = "`HasMore` says that more pages follow, but `NextCursor` is missing; the list is incomplete";
    assert_eq!(pages, ["a", problem]);
}
