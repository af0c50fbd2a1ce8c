//! Stored pages and conditional requests.

use tc3_fetch::Summary;

use crate::pages::{action, broken, data_types, error_codes};
use crate::site::{Reply, Site};
use crate::test_folder::TestFolder;

const DAYS: u64 = 24 * 60 * 60;

#[test]
fn files_are_named_by_subject() {
    let (site, folder) = (Site::start(), TestFolder::new());
    site.set("/1", Reply::page(action("CreateThing")));
    site.set("/2?x=y", Reply::page(data_types(&["Thing"])));
    site.set("/3", Reply::page(error_codes()));
    let result = folder.urls(&site, &["/1", "/2?x=y#top", "/3", "/1#again"]);
    assert_eq!(
        result.lines,
        [
            "/1: new pages/2020-01-02/CreateThing.html",
            "/2?x=y: new pages/2020-01-02/DataTypes.html",
            "/3: new pages/2020-01-02/ErrorCodes.html",
        ]
    );
    let pages = folder.pages();
    assert_eq!(pages["CreateThing.html"], action("CreateThing"));
    assert_eq!(pages["DataTypes.html"], data_types(&["Thing"]));
    assert_eq!(pages["ErrorCodes.html"], error_codes());
    assert_eq!(pages.len(), 3);
    let paths = site.requests().into_iter().map(|request| request.path);
    assert_eq!(
        paths.collect::<Vec<_>>(),
        ["/robots.txt", "/1", "/2?x=y", "/3"]
    );
}

#[test]
fn origin_is_recorded() {
    let (site, folder) = (Site::start(), TestFolder::new());
    let page = Reply::page(action("CreateThing")).header("ETag", "\"a\"");
    site.set(
        "/1",
        page.header("Last-Modified", "Wed, 01 Jan 2020 00:00:00 GMT"),
    );
    folder.urls(&site, &["/1"]);
    let expected = format!(
        r#"{{
  "pages/2020-01-02/CreateThing.html": {{
    "url": "{}",
    "fetched": "2020-01-02T03:04:06Z",
    "checked": "2020-01-02T03:04:06Z",
    "etag": "\"a\"",
    "last_modified": "Wed, 01 Jan 2020 00:00:00 GMT",
    "sha256": "HASH"
  }}
}}
"#,
        site.url("/1")
    );
    let written = folder.read("pages.json");
    let hash = written.split("sha256\": \"").nth(1).expect("a hash");
    assert_eq!(written, expected.replace("HASH", &hash[..64]));
}

#[test]
fn conditional_request() {
    for (header, value, asks) in [
        ("ETag", "W/\"a\"", "if-none-match"),
        (
            "Last-Modified",
            "Wed, 01 Jan 2020 00:00:00 GMT",
            "if-modified-since",
        ),
    ] {
        let (site, folder) = (Site::start(), TestFolder::new());
        site.set(
            "/1",
            Reply::page(action("CreateThing")).header(header, value),
        );
        folder.urls(&site, &["/1"]);
        folder.clock.advance(2 * DAYS);
        site.requests();
        let result = folder.urls(&site, &["/1"]);
        assert_eq!(result.lines, ["/1: unchanged"]);
        assert_eq!(site.requests()[1].header(asks), Some(value));
        let written = folder.read("pages.json");
        assert!(written.contains("\"fetched\": \"2020-01-02T"), "{written}");
        assert!(written.contains("\"checked\": \"2020-01-04T"), "{written}");

        site.set(
            "/1",
            Reply::page(action("CreateThing") + "<!-- new -->").header(header, "Wed"),
        );
        folder.clock.advance(2 * DAYS);
        let result = folder.urls(&site, &["/1"]);
        assert_eq!(
            result.lines,
            ["/1: changed pages/2020-01-02/CreateThing.html"]
        );
        assert!(folder.pages()["CreateThing.html"].ends_with("<!-- new -->"));
        assert!(
            folder
                .read("pages.json")
                .contains("\"fetched\": \"2020-01-06T")
        );
    }
}

#[test]
fn unchanged_content_keeps_fetch_time() {
    let (site, folder) = (Site::start(), TestFolder::new());
    site.set("/1", Reply::page(action("CreateThing")));
    folder.urls(&site, &["/1"]);
    folder.clock.advance(2 * DAYS);
    assert_eq!(folder.urls(&site, &["/1"]).lines, ["/1: unchanged"]);
    assert!(
        folder
            .read("pages.json")
            .contains("\"fetched\": \"2020-01-02T")
    );
}

#[test]
fn max_age() {
    let (site, folder) = (Site::start(), TestFolder::new());
    site.set("/1", Reply::page(action("CreateThing")));
    folder.urls(&site, &["/1"]);
    site.requests();
    folder.clock.advance(DAYS - 1);
    let result = folder.urls(&site, &["/1"]);
    assert_eq!(result.lines, ["/1: fresh"]);
    let fresh = Summary {
        fresh: 1,
        ..Summary::default()
    };
    assert_eq!(result.summary, fresh);
    assert!(site.requests().is_empty(), "the site received a request");
    folder.clock.advance(1);
    assert_eq!(folder.urls(&site, &["/1"]).lines, ["/1: unchanged"]);
}

#[test]
fn modified_file_is_fetched_again() {
    let (site, folder) = (Site::start(), TestFolder::new());
    site.set(
        "/1",
        Reply::page(action("CreateThing")).header("ETag", "\"a\""),
    );
    folder.urls(&site, &["/1"]);
    let path = "pages/2020-01-02/CreateThing.html";
    folder.write(path, &(action("CreateThing") + "<p>By hand.</p>"));
    let result = folder.urls(&site, &["/1"]);
    assert_eq!(result.lines, [format!("/1: changed {path}")]);
    assert_eq!(folder.read(path), action("CreateThing"));

    std::fs::remove_file(folder.root.join(path)).expect("a file");
    assert_eq!(
        folder.urls(&site, &["/1"]).lines,
        [format!("/1: new {path}")]
    );
    assert_eq!(folder.read(path), action("CreateThing"));
}

#[test]
fn page_replaces_manually_added_file() {
    let (site, folder) = (Site::start(), TestFolder::new());
    site.set("/1", Reply::page(action("CreateThing") + "<!-- new -->"));
    folder.write("pages/2020-01-02/any-name.txt", &action("CreateThing"));
    let result = folder.urls(&site, &["/1"]);
    assert_eq!(
        result.lines,
        ["/1: changed pages/2020-01-02/CreateThing.html"]
    );
    let pages = folder.pages();
    assert!(pages["CreateThing.html"].ends_with("<!-- new -->"));
    assert_eq!(pages.len(), 1, "there is one page of the action");
}

#[test]
fn page_with_errors_is_kept_without_better_one() {
    let (site, folder) = (Site::start(), TestFolder::new());
    site.set("/1", Reply::page(broken("CreateThing")));
    let result = folder.urls(&site, &["/1"]);
    let path = "pages/2020-01-02/CreateThing.html";
    assert_eq!(result.lines, [format!("/1: new {path} with 1 errors")]);
    folder.clock.advance(2 * DAYS);
    site.set("/1", Reply::page(action("CreateThing")));
    assert_eq!(
        folder.urls(&site, &["/1"]).lines,
        [format!("/1: changed {path}")]
    );
}

#[test]
fn moved_page_is_fetched_from_new_url() {
    let (site, folder) = (Site::start(), TestFolder::new());
    site.set("/old", Reply::page(action("CreateThing")));
    folder.urls(&site, &["/old"]);
    site.set("/new", Reply::page(action("CreateThing")));
    assert_eq!(folder.urls(&site, &["/new"]).lines, ["/new: unchanged"]);
    assert!(folder.read("pages.json").contains(&site.url("/new")));

    site.set("/moved", Reply::redirect("deep/er#part"));
    site.set("/deep/er", Reply::page(action("DropThing")));
    let result = folder.urls(&site, &["/moved"]);
    assert_eq!(
        result.lines,
        ["/moved: new pages/2020-01-02/DropThing.html"]
    );
}
