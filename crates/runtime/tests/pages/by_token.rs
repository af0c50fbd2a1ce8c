use crate::{
    lists::ByToken,
    script::{Script, all},
};

const REPEATED: &str = "`NextToken` repeats an earlier one; the pages would never end";

#[tokio::test]
async fn the_page_without_a_token_is_the_last() {
    for last in [
        r#""Names": ["c"]"#,
        r#""Names": ["c"], "NextToken": null"#,
        r#""Names": ["c"], "NextToken": """#,
    ] {
        let script = Script::new(&[r#""Names": ["a", "b"], "NextToken": "t""#, last]);
        let request = ByToken {
            max_results: Some(2),
            ..ByToken::default()
        };
        assert_eq!(all(script.client().pages(request)).await, ["a b", "c"]);
        let asked = script.asked();
        assert_eq!(
            asked,
            [r#"{"MaxResults":2}"#, r#"{"MaxResults":2,"NextToken":"t"}"#]
        );
    }
}

#[tokio::test]
async fn an_empty_page_is_no_end_while_it_has_a_token() {
    let script = Script::new(&[
        r#""Names": [], "NextToken": "t""#,
        r#""Names": null, "NextToken": "u""#,
        r#""Names": ["a"]"#,
    ]);
    let pages = all(script.client().pages(ByToken::default())).await;
    assert_eq!(pages, ["", "", "a"]);
}

#[tokio::test]
async fn a_token_that_comes_again_is_an_error() {
    let script = Script::new(&[
        r#""Names": ["a"], "NextToken": "t""#,
        r#""Names": ["b"], "NextToken": "t""#,
    ]);
    let pages = all(script.client().pages(ByToken::default())).await;
    assert_eq!(pages, ["a", "b", REPEATED]);
    assert_eq!(script.asked().len(), 2);

    let script = Script::new(&[
        r#""Names": ["a"], "NextToken": "t""#,
        r#""Names": ["b"], "NextToken": "u""#,
        r#""Names": ["c"], "NextToken": "t""#,
    ]);
    let pages = all(script.client().pages(ByToken::default())).await;
    assert_eq!(pages, ["a", "b", "c", REPEATED]);
}

#[tokio::test]
async fn the_token_of_the_request_counts_too() {
    let script = Script::new(&[r#""Names": ["b"], "NextToken": "t""#]);
    let request = ByToken {
        next_token: Some("t".to_owned()),
        ..ByToken::default()
    };
    let pages = all(script.client().pages(request)).await;
    assert_eq!(pages, ["b", REPEATED]);
    assert_eq!(script.asked(), [r#"{"NextToken":"t"}"#]);
}

#[tokio::test]
async fn empty_pages_without_end_are_an_error() {
    let answers: Vec<String> = (0..2000)
        .map(|number| format!(r#""Names": [], "NextToken": "{number}""#))
        .collect();
    let answers: Vec<&str> = answers.iter().map(String::as_str).collect();
    let script = Script::new(&answers);
    let mut items = script.client().items(ByToken::default());
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(
        error.to_string(),
        "ByToken: 1000 consecutive pages are empty; the pages would never end"
    );
    assert_eq!(error.kind(), tc3::ErrorKind::Response);
    assert!(items.next().await.is_none());
    assert_eq!(script.asked().len(), 1000);
}
