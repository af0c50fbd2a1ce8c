//! Pages that must not replace a valid page.

use tc3_fetch::{FetchError, Start};

use crate::pages::{action, action_of, broken, data_types, error_codes};
use crate::site::{Reply, Site};
use crate::test_folder::TestFolder;

const PATH: &str = "pages/2020-01-02/CreateThing.html";

/// Checks that a reply does not replace a valid page, and how it is reported.
#[track_caller]
fn check(reply: Reply, expected: &str) {
    check_of(&action("CreateThing"), reply, expected);
}

#[track_caller]
fn check_of(good: &str, reply: Reply, expected: &str) {
    let (site, mut folder) = (Site::start(), TestFolder::new());
    folder.settings.max_page_bytes = 100_000;
    site.set("/1", Reply::page(good));
    site.set("/2", Reply::page(action("DropThing")));
    site.set("/login", Reply::page(LOGIN));
    assert!(folder.urls(&site, &["/1", "/2"]).summary.is_complete());
    let (before, record) = (folder.pages(), folder.read("pages.json"));
    folder.clock.advance(1_000_000);
    site.set("/1", reply);
    site.requests();
    let result = folder.urls(&site, &["/1"]);
    assert_eq!(result.lines, [format!("/1: {expected}")]);
    assert!(!result.summary.is_complete());
    assert_eq!(folder.pages(), before);
    assert_eq!(folder.read("pages.json"), record);
    // The next run requests the page again.
    assert_eq!(folder.urls(&site, &["/1"]).lines, result.lines);
}

const LOGIN: &str = "<html><head><title>Sign in</title></head><body><form>\
                     <input type=\"Password\" name=p></form></body></html>";

#[test]
fn empty_page() {
    check(Reply::page(""), "rejected: the page is empty");
    check(Reply::page(" \n\n"), "rejected: the page is empty");
    check(
        Reply::page("<html><head><title>CreateThing</title></head><body> </body></html>"),
        "rejected: the page is empty",
    );
}

#[test]
fn error_page() {
    check(
        Reply::page(
            "<html><head><title>Oops</title></head><body>Something went wrong.</body></html>",
        ),
        "rejected: the page does not describe an action, data types or error codes; its title is `Oops`",
    );
    check(
        Reply::page("{\"error\": \"not found\"}"),
        "rejected: the page does not describe an action, data types or error codes",
    );
    for status in [201, 204, 304, 400, 404, 410, 451, 501] {
        check(
            Reply::status(status),
            &format!("failed: the site returned status {status}"),
        );
    }
}

#[test]
fn login_page() {
    let expected = "rejected: the page is a login page; its title is `Sign in`";
    check(Reply::page(LOGIN), expected);
    check(Reply::redirect("/login"), expected);
    check(Reply::status(401), "failed: the site returned status 401");
}

#[test]
fn page_of_another_subject() {
    check(
        Reply::page(action("RenamedThing")),
        &format!(
            "rejected: the page describes RenamedThing, but described CreateThing before; \
             if CreateThing was renamed, remove {PATH}"
        ),
    );
    check(
        Reply::page(error_codes()),
        &format!(
            "rejected: the page describes ErrorCodes, but described CreateThing before; \
             if CreateThing was renamed, remove {PATH}"
        ),
    );
    check(
        Reply::page(action_of("other", "2020-01-02", "CreateThing")),
        "rejected: the page belongs to service other instead of service thing",
    );
    check(
        Reply::page(action_of("thing", "2021-01-01", "CreateThing")),
        "rejected: the page belongs to version 2021-01-01 instead of version 2020-01-02",
    );
    let nameless = action("CreateThing").replace(
        "Domain name for API request: thing.intl.tencentcloudapi.com.",
        "",
    );
    check(
        Reply::page(nameless),
        "rejected: the page belongs to an unnamed service instead of service thing",
    );
}

#[test]
fn page_with_parse_errors() {
    check(
        Reply::page(broken("CreateThing")),
        &format!(
            "rejected: the page has parse errors, unlike {PATH}; if the page is correct, remove {PATH}; the first error is on line 1: found no table of output \
             parameters (with the row RequestId), so the page may be truncated; save the whole page"
        ),
    );
}

#[test]
fn data_types_of_another_service() {
    let path = "pages/2020-01-02/DataTypes.html";
    check_of(
        &data_types(&["Thing", "Tag"]),
        Reply::page(data_types(&["Other", "Others"])),
        &format!(
            "rejected: the page has none of the data types of {path}; if this is correct, remove {path}"
        ),
    );
}

#[test]
fn page_without_a_part() {
    let codes = "<table><tr><th>Error Code</th><th>Description</th></tr>\
                 <tr><td>InternalError.Busy</td><td>It is busy.</td></tr></table></body>";
    let good = action("CreateThing").replace("</body>", codes);
    check_of(
        &good,
        Reply::page(action("CreateThing")),
        "rejected: the page lacks all error codes of pages/2020-01-02/CreateThing.html; if this is correct, remove \
         pages/2020-01-02/CreateThing.html",
    );
    check_of(
        &data_types(&["Thing", "Part", "Whole"]),
        Reply::page(data_types(&["Thing"])),
        "rejected: the page lacks half of the data types of pages/2020-01-02/DataTypes.html; if this is correct, remove \
         pages/2020-01-02/DataTypes.html",
    );
}

#[test]
fn page_truncated_within_a_part() {
    let codes = |codes: &[&str]| {
        let rows = codes
            .iter()
            .map(|of| format!("<tr><td>{of}</td><td>It is.</td></tr>"));
        let rows = rows.collect::<String>();
        let head = "<table><tr><th>Error Code</th><th>Description</th></tr>";
        action("CreateThing").replace("</body>", &format!("{head}{rows}</table></body>"))
    };
    let good = codes(&[
        "InternalError.Busy",
        "InternalError.Late",
        "InternalError.Lost",
    ]);
    let whole = good.replace("</html>", "</HTML>");
    let cut_before = |text| whole.split_once(text).expect("the text").0;
    check_of(
        &whole,
        Reply::page(cut_before("<tr><td>InternalError.Lost")),
        "rejected: the page has parse errors, unlike pages/2020-01-02/CreateThing.html; if the page is \
         correct, remove pages/2020-01-02/CreateThing.html; the first error is on line 1: the page ends within a table, so rows may be missing; save the \
         whole page",
    );
    check_of(
        &whole,
        Reply::page(cut_before("</body>")),
        "rejected: the page is truncated: it lacks `</html>`, which pages/2020-01-02/CreateThing.html has; retry \
         later",
    );
}

#[test]
fn page_too_large() {
    check(Reply::Endless, "rejected: the page exceeds 100000 bytes");
    let large = format!("{}<!--{}-->", action("CreateThing"), "x".repeat(100_000));
    check(
        Reply::page(large),
        "rejected: the page exceeds 100000 bytes",
    );
}

#[test]
fn redirects() {
    let other = Site::start();
    let elsewhere = other.url("/1");
    check(
        Reply::redirect(&elsewhere),
        &format!("rejected: redirect to another site is not followed: {elsewhere}"),
    );
    assert!(other.requests().is_empty());
    let redirect_loop = "failed: the site redirects in a loop or too often";
    check(Reply::redirect("/1"), redirect_loop);
    check(
        Reply::redirect("http://["),
        "failed: the site redirects to the invalid URL `http://[`",
    );
    check(
        Reply::redirect(""),
        "failed: the site redirects to the invalid URL ``",
    );

    let (site, folder) = (Site::start(), TestFolder::new());
    for step in 0..20 {
        site.set(
            &format!("/{step}"),
            Reply::redirect(&format!("/{}", step + 1)),
        );
    }
    assert_eq!(
        folder.urls(&site, &["/0"]).lines,
        [format!("/0: {redirect_loop}")]
    );
    assert_eq!(site.paths().len(), 6);
}

#[test]
fn duplicate_pages_of_action() {
    let (site, folder) = (Site::start(), TestFolder::new());
    site.set("/1", Reply::page(action("CreateThing")));
    site.set("/2", Reply::page(action("CreateThing") + "<!-- 2 -->"));
    let result = folder.urls(&site, &["/1", "/2"]);
    let duplicate =
        "/2: rejected: the page describes CreateThing, as does /1; fetch only one of them";
    assert_eq!(result.lines[1].replace(&site.url("/"), "/"), duplicate);
    // The stored page keeps its URL, whatever the order.
    let result = folder.urls(&site, &["/2", "/1"]);
    assert_eq!(result.lines[0].replace(&site.url("/"), "/"), duplicate);
    assert_eq!(folder.pages()["CreateThing.html"], action("CreateThing"));
}

#[test]
fn file_contains_another_page() {
    let (site, folder) = (Site::start(), TestFolder::new());
    folder.write(PATH, &action("DropThing"));
    site.set("/1", Reply::page(action("CreateThing")));
    let result = folder.urls(&site, &["/1"]);
    assert_eq!(
        result.lines,
        [format!(
            "/1: rejected: the page describes CreateThing, but {PATH} contains another page; rename that file"
        )]
    );
    assert_eq!(folder.read(PATH), action("DropThing"));
}

#[test]
fn invalid_urls() {
    let (site, other, folder) = (Site::start(), Site::start(), TestFolder::new());
    site.set("/1", Reply::page(action("CreateThing")));
    other.set("/1", Reply::page(action("DropThing")));
    let urls = [site.url("/1"), other.url("/1")];
    let urls = urls.iter().map(|url| url.parse().expect("a URL"));
    let result = folder
        .run(&site, &Start::Urls(urls.collect()))
        .expect("a run");
    let rejected = format!(
        "{}: rejected: the URL belongs to another site than the first; use a separate run for each site",
        other.url("/1")
    );
    assert_eq!(result.lines, [format!("/1: new {PATH}"), rejected]);
    assert!(other.requests().is_empty());

    let none = folder.run(&site, &Start::Urls(Vec::new()));
    assert!(matches!(none, Err(FetchError::NoUrl)));
    let file = "file:///etc/passwd".parse().expect("a URL");
    let none = folder.run(&site, &Start::Urls(vec![file]));
    assert!(matches!(none, Err(FetchError::NotHttp(_))));
}

#[test]
fn invalid_origins_file_is_an_error() {
    let (site, folder) = (Site::start(), TestFolder::new());
    folder.write(
        "pages.json",
        "{\"a\": {\"url\": \"\", \"fetched\": \"yesterday\"}}",
    );
    let start = Start::Urls(vec![site.url("/1").parse().expect("a URL")]);
    let error = folder.run(&site, &start).expect_err("an invalid file");
    let message = error.to_string();
    assert!(
        message.starts_with("invalid file ") && message.contains("pages.json"),
        "{message}"
    );
    assert!(
        message.contains(": invalid time `yesterday`; expected"),
        "{message}"
    );
}
