//! Pages of actions that are described at run time, which have no types.

use std::sync::Arc;

use tc3::pages::{DescribedPages, Flag, Listing, Paging};
use tc3::{Access, Action, ErrorKind, Json};

use super::{
    mock_service::{ERROR, MockService},
    requests::SERVICE,
};

static ACTION: Action = Action::new("ListMembers", &SERVICE).access(Access::Read);

const NESTED: Paging = Paging::Offset {
    total: Some("Data.Total"),
    multiple: false,
};

const TOKEN: Paging = Paging::Token {
    token: "Token",
    next: "Page.Next",
    last: Some(Flag {
        field: "Page.More",
        value: false,
    }),
};

fn pages(
    service: &Arc<MockService>,
    paging: Paging,
    items: &'static str,
    json: &str,
) -> DescribedPages {
    let parameters: Json = json.parse().unwrap();
    let listing = Listing::describe(&ACTION, paging, items, |name| name == "PageNumber");
    service
        .client()
        .pages_described(listing, parameters)
        .unwrap()
}

/// Returns the members of each page, and the message of each error, up to the end.
async fn all(mut pages: DescribedPages) -> Vec<String> {
    let mut found = Vec::new();
    while let Some(page) = pages.next().await {
        assert!(found.len() < 100, "the pages do not end: {found:?}");
        found.push(match page {
            Ok(page) => {
                let members = page.extra.iter();
                let members = members.map(|(name, value)| format!("{name} {value}"));
                members.collect::<Vec<_>>().join(", ")
            }
            Err(error) => error.message().to_owned(),
        });
    }
    found
}

#[tokio::test]
async fn pages_are_whole_responses() {
    let first = r#""Data": {"Names": ["a", 1.50], "Total": 3}, "More": 9007199254740993"#;
    let second = r#""Data": {"Names": [{"x": null}], "Total": 3}, "More": 1"#;
    let service = MockService::new(&[first, second]);
    let found = all(pages(
        &service,
        NESTED,
        "Data.Names",
        r#"{"Filter": 1.0, "Limit": 2}"#,
    ))
    .await;
    assert_eq!(
        found,
        [
            r#"Data {"Names": ["a", 1.50], "Total": 3}, More 9007199254740993"#,
            r#"Data {"Names": [{"x": null}], "Total": 3}, More 1"#,
        ]
    );
    assert_eq!(
        service.requests(),
        [
            r#"{"Limit":2,"Filter":1.0}"#,
            r#"{"Offset":2,"Limit":2,"Filter":1.0}"#
        ]
    );
}

#[tokio::test]
async fn incomplete_lists_are_errors() {
    let page = r#""Data": {"Names": ["a", "b"], "Total": 5}"#;
    let service = MockService::new(&[page, page]);
    let found = all(pages(&service, NESTED, "Data.Names", r#"{"Limit": 2}"#)).await;
    assert_eq!(
        found[1..],
        ["page at `Offset` 2 equals the previous page; the service ignores `Offset`"]
    );

    let service = MockService::new(&[page, r#""Data": {"Names": null, "Total": 5}"#]);
    let found = all(pages(&service, NESTED, "Data.Names", r#"{"Limit": 2}"#)).await;
    assert_eq!(
        found[2..],
        ["page at `Offset` 2 is empty, but `Data.Total` is 5; the list is incomplete"]
    );

    for data in [r#""Data": {"Names": "a"}"#, r#""Data": ["a"]"#] {
        let service = MockService::new(&[data]);
        let found = all(pages(&service, NESTED, "Data.Names", "{}")).await;
        let problem = "`Data.Names` of the page does not fit its documented type";
        assert!(found[1].starts_with(problem), "{data}: {found:?}");
    }
}

#[tokio::test]
async fn failed_page_can_be_fetched_again() {
    let page = |names| format!(r#""Data": {{"Names": {names}, "Total": 3}}"#);
    let responses = [page(r#"["a", "b"]"#), ERROR.to_owned(), page(r#"["c"]"#)];
    let service = MockService::new(&responses.each_ref().map(String::as_str));
    let found = all(pages(&service, NESTED, "Data.Names", r#"{"Limit": 2}"#)).await;
    assert_eq!(found.len(), 3);
    assert_eq!(found[1], "The list is closed.");
    assert_eq!(service.requests()[1], service.requests()[2]);
}

#[tokio::test]
async fn page_number_has_its_documented_type() {
    let paging = Paging::Number {
        number: "PageNumber",
        first: 1,
        size: Some("PageSize"),
        total: Some("Total"),
    };
    let service = MockService::new(&[
        r#""Names": ["a", "b"], "Total": 3"#,
        r#""Names": ["c"], "Total": 3"#,
    ]);
    let found = all(pages(&service, paging, "Names", r#"{"PageSize": 2}"#)).await;
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(
        service.requests(),
        [r#"{"PageSize":2}"#, r#"{"PageNumber":"2","PageSize":2}"#]
    );
}

#[tokio::test]
async fn token_is_sent_back_as_it_came() {
    for (token, expected) in [
        (r#""t\n""#, r#""t\n""#),
        ("9007199254740993", "9007199254740993"),
    ] {
        let first = format!(r#""Names": ["a"], "Page": {{"Next": {token}, "More": true}}"#);
        let last = r#""Names": ["b"], "Page": {"Next": "", "More": false}"#;
        let service = MockService::new(&[&first, last]);
        let found = all(pages(&service, TOKEN, "Names", "{}")).await;
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(service.requests()[1], format!(r#"{{"Token":{expected}}}"#));
    }

    let repeated = r#""Names": ["a"], "Page": {"Next": 7, "More": true}"#;
    let service = MockService::new(&[repeated, repeated]);
    let found = all(pages(&service, TOKEN, "Names", "{}")).await;
    assert_eq!(
        found[2],
        "`Page.Next` repeats an earlier one; the pagination would never end"
    );

    let missing = r#""Names": ["a"], "Page": {"Next": null, "More": true}"#;
    let service = MockService::new(&[missing]);
    let found = all(pages(&service, TOKEN, "Names", "{}")).await;
    assert!(
        found[1].ends_with("`Page.Next` is missing; the list is incomplete"),
        "{found:?}"
    );
}

#[tokio::test]
async fn token_of_another_type_is_an_error() {
    let paging = |next| Paging::Token {
        token: "Token",
        next,
        last: None,
    };
    let problem = |next| format!("`{next}` of the page does not fit its documented type");
    for token in [r#"["x"]"#, "true", "{}"] {
        let page = format!(r#""Names": ["a"], "NextToken": {token}"#);
        let service = MockService::new(&[&page]);
        let found = all(pages(&service, paging("NextToken"), "Names", "{}")).await;
        assert!(found[1].starts_with(&problem("NextToken")), "{found:?}");
        assert_eq!(found.len(), 2);
    }
    let next = "Page.NextToken";
    let service = MockService::new(&[r#""Names": ["a"], "Page": "oops""#]);
    let found = all(pages(&service, paging(next), "Names", "{}")).await;
    assert!(found[1].starts_with(&problem(next)), "{found:?}");

    for end in ["", r#", "Page": null"#, r#", "Page": {"NextToken": null}"#] {
        let service = MockService::new(&[&format!(r#""Names": ["a"]{end}"#)]);
        let found = all(pages(&service, paging(next), "Names", "{}")).await;
        assert_eq!(found.len(), 1, "{found:?}");
    }
}

#[tokio::test]
async fn items_beyond_memory_limit_are_an_error() {
    let names = vec!["1"; 400].join(",");
    let service = MockService::new(&[&format!(r#""Names": [{names}]"#)]);
    let client = service.builder().response_limit(1024).build().unwrap();
    let listing = Listing::describe(&ACTION, NESTED, "Names", |_| false);
    let mut pages = client
        .pages_described(listing, "{}".parse::<Json>().unwrap())
        .unwrap();
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Response);
    let problem = "items of the page cannot be read: the values take too much memory; ";
    assert!(error.message().starts_with(problem), "{error}");
}

#[tokio::test]
async fn parameters_must_be_an_object() {
    let service = MockService::new(&[]);
    let listing = Listing::describe(&ACTION, NESTED, "Data.Names", |_| false);
    let error = service
        .client()
        .pages_described(listing, Json::default())
        .unwrap_err();
    assert_eq!(error.message(), "parameters must be a JSON object");
}
