//! What never takes the place of a good page.

use tc3_fetch::{FetchError, Start};

use crate::pages::{action, action_of, broken, data_types, error_codes};
use crate::place::Place;
use crate::site::{Reply, Site};

const PATH: &str = "pages/2020-01-02/CreateThing.html";

/// That a good page stays where the same address now gives this, and what is told of that.
#[track_caller]
fn check(reply: Reply, expected: &str) {
    check_of(&action("CreateThing"), reply, expected);
}

#[track_caller]
fn check_of(good: &str, reply: Reply, expected: &str) {
    let (site, mut place) = (Site::start(), Place::new());
    place.settings.page_bytes = 100_000;
    site.set("/1", Reply::page(good));
    site.set("/2", Reply::page(action("DropThing")));
    site.set("/login", Reply::page(LOGIN));
    assert!(place.urls(&site, &["/1", "/2"]).summary.is_complete());
    let (before, record) = (place.pages(), place.read("pages.json"));
    place.clock.advance(1_000_000);
    site.set("/1", reply);
    site.requests();
    let told = place.urls(&site, &["/1"]);
    assert_eq!(told.lines, [format!("/1: {expected}")]);
    assert!(!told.summary.is_complete());
    assert_eq!(place.pages(), before);
    assert_eq!(place.read("pages.json"), record);
    // The next run asks for it as if this one had not been.
    assert_eq!(place.urls(&site, &["/1"]).lines, told.lines);
}

const LOGIN: &str = "<html><head><title>Sign in</title></head><body><form>\
                     <input type=\"Password\" name=p></form></body></html>";

#[test]
fn an_empty_page() {
    check(Reply::page(""), "refused: it is empty");
    check(Reply::page(" \n\n"), "refused: it is empty");
    check(
        Reply::page("<html><head><title>CreateThing</title></head><body> </body></html>"),
        "refused: it is empty",
    );
}

#[test]
fn an_error_page() {
    check(
        Reply::page(
            "<html><head><title>Oops</title></head><body>Something went wrong.</body></html>",
        ),
        "refused: it is no page of an action, of data types or of error codes; its title is `Oops`",
    );
    check(
        Reply::page("{\"error\": \"not found\"}"),
        "refused: it is no page of an action, of data types or of error codes",
    );
    for status in [201, 204, 304, 400, 404, 410, 451, 501] {
        check(
            Reply::status(status),
            &format!("failed: the site answers with status {status}"),
        );
    }
}

#[test]
fn a_login_page() {
    let expected = "refused: it asks for a password; its title is `Sign in`";
    check(Reply::page(LOGIN), expected);
    check(Reply::redirect("/login"), expected);
    check(
        Reply::status(401),
        "failed: the site answers with status 401",
    );
}

#[test]
fn a_page_of_something_else() {
    check(
        Reply::page(action("RenamedThing")),
        &format!(
            "refused: it describes RenamedThing, and what was fetched from there before describes CreateThing; \
             if CreateThing was renamed, remove {PATH}"
        ),
    );
    check(
        Reply::page(error_codes()),
        &format!(
            "refused: it describes ErrorCodes, and what was fetched from there before describes CreateThing; \
             if CreateThing was renamed, remove {PATH}"
        ),
    );
    check(
        Reply::page(action_of("other", "2020-01-02", "CreateThing")),
        "refused: it is a page of the service other, and not of the service thing",
    );
    check(
        Reply::page(action_of("thing", "2021-01-01", "CreateThing")),
        "refused: it is a page of version 2021-01-01, and not of version 2020-01-02",
    );
    let nameless = action("CreateThing").replace(
        "Domain name for API request: thing.intl.tencentcloudapi.com.",
        "",
    );
    check(
        Reply::page(nameless),
        "refused: it is a page of no service that it names, and not of the service thing",
    );
}

#[test]
fn a_page_that_cannot_be_read_whole() {
    check(
        Reply::page(broken("CreateThing")),
        &format!(
            "refused: it cannot be read whole, and {PATH} could: line 1: found no table of output parameters (it would \
             end with the row RequestId): the page may be cut off"
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
            "refused: it has none of the data types of {path}; if that is right, remove {path}"
        ),
    );
}

#[test]
fn a_page_that_lost_a_part() {
    let codes = "<table><tr><th>Error Code</th><th>Description</th></tr>\
                 <tr><td>InternalError.Busy</td><td>It is busy.</td></tr></table></body>";
    let good = action("CreateThing").replace("</body>", codes);
    check_of(
        &good,
        Reply::page(action("CreateThing")),
        "refused: it lacks all error codes that pages/2020-01-02/CreateThing.html has: if that is to be so, remove the file \
         first",
    );
    check_of(
        &data_types(&["Thing", "Part", "Whole"]),
        Reply::page(data_types(&["Thing"])),
        "refused: it lacks half of the data types that pages/2020-01-02/DataTypes.html has: if that is to be so, remove the \
         file first",
    );
}

#[test]
fn a_page_that_is_cut_off_within_a_part() {
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
    let (cut, _) = whole
        .split_once("<tr><td>InternalError.Lost")
        .expect("the row");
    check_of(
        &whole,
        Reply::page(cut),
        "refused: it is cut off: it has no `</html>`, as pages/2020-01-02/CreateThing.html has",
    );
}

#[test]
fn a_page_that_is_too_large() {
    check(
        Reply::Endless,
        "refused: it is larger than 100000 bytes, so it is no page",
    );
    let large = format!("{}<!--{}-->", action("CreateThing"), "x".repeat(100_000));
    check(
        Reply::page(large),
        "refused: it is larger than 100000 bytes, so it is no page",
    );
}

#[test]
fn a_page_that_the_site_redirects_away_from() {
    let other = Site::start();
    let elsewhere = other.url("/1");
    check(
        Reply::redirect(&elsewhere),
        &format!("refused: the site redirects to another one, {elsewhere}, which is not followed"),
    );
    assert!(other.requests().is_empty());
    let circle = "failed: the site redirects in a circle, or too often";
    check(Reply::redirect("/1"), circle);
    check(
        Reply::redirect("http://["),
        "failed: the site redirects to `http://[`, which is no address",
    );
    check(
        Reply::redirect(""),
        "failed: the site redirects to ``, which is no address",
    );

    let (site, place) = (Site::start(), Place::new());
    for step in 0..20 {
        site.set(
            &format!("/{step}"),
            Reply::redirect(&format!("/{}", step + 1)),
        );
    }
    assert_eq!(place.urls(&site, &["/0"]).lines, [format!("/0: {circle}")]);
    assert_eq!(site.paths().len(), 6);
}

#[test]
fn two_pages_of_one_action() {
    let (site, place) = (Site::start(), Place::new());
    site.set("/1", Reply::page(action("CreateThing")));
    site.set("/2", Reply::page(action("CreateThing") + "<!-- 2 -->"));
    let told = place.urls(&site, &["/1", "/2"]);
    let twice = "/2: refused: it describes CreateThing, and so does /1";
    assert_eq!(told.lines[1].replace(&site.url("/"), "/"), twice);
    // Whichever comes first, the one that is there has it.
    let told = place.urls(&site, &["/2", "/1"]);
    assert_eq!(told.lines[0].replace(&site.url("/"), "/"), twice);
    assert_eq!(place.pages()["CreateThing.html"], action("CreateThing"));
}

#[test]
fn a_page_whose_file_has_another_in_it() {
    let (site, place) = (Site::start(), Place::new());
    place.write(PATH, &action("DropThing"));
    site.set("/1", Reply::page(action("CreateThing")));
    let told = place.urls(&site, &["/1"]);
    assert_eq!(
        told.lines,
        [format!(
            "/1: refused: it describes CreateThing, and {PATH} is there and describes something else: rename that file"
        )]
    );
    assert_eq!(place.read(PATH), action("DropThing"));
}

#[test]
fn addresses_of_another_site_and_such_as_have_none() {
    let (site, other, place) = (Site::start(), Site::start(), Place::new());
    site.set("/1", Reply::page(action("CreateThing")));
    other.set("/1", Reply::page(action("DropThing")));
    let urls = [site.url("/1"), other.url("/1")];
    let urls = urls.iter().map(|url| url.parse().expect("an address"));
    let told = place
        .run(&site, &Start::Urls(urls.collect()))
        .expect("a run");
    let refused = format!(
        "{}: refused: it is of another site than the first, and one run is for one site",
        other.url("/1")
    );
    assert_eq!(told.lines, [format!("/1: new {PATH}"), refused]);
    assert!(other.requests().is_empty());

    let none = place.run(&site, &Start::Urls(Vec::new()));
    assert!(matches!(none, Err(FetchError::NoUrl)));
    let file = "file:///etc/passwd".parse().expect("an address");
    let none = place.run(&site, &Start::Urls(vec![file]));
    assert!(matches!(none, Err(FetchError::NoSite(_))));
}

#[test]
fn a_record_that_cannot_be_understood_is_an_error() {
    let (site, place) = (Site::start(), Place::new());
    place.write(
        "pages.json",
        "{\"a\": {\"url\": \"\", \"fetched\": \"yesterday\"}}",
    );
    let start = Start::Urls(vec![site.url("/1").parse().expect("an address")]);
    let error = place.run(&site, &start).expect_err("no record");
    let message = error.to_string();
    assert!(
        message.starts_with("cannot understand ") && message.contains("pages.json"),
        "{message}"
    );
    let cause = std::error::Error::source(&error)
        .expect("a cause")
        .to_string();
    assert!(cause.contains("`yesterday` is not a time like"), "{cause}");
}
