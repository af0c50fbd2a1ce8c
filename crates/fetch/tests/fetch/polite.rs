//! How the site is treated: rate, `robots.txt`, waiting, patience.

use std::time::Duration;

use tc3_fetch::Start;

use crate::pages::action;
use crate::place::{Place, START};
use crate::site::{Reply, Site};

const PATH: &str = "pages/2020-01-02/CreateThing.html";

#[test]
fn requests_keep_to_the_rate_and_say_whose_they_are() {
    let (site, mut place) = (Site::start(), Place::new());
    place.settings.interval = Duration::from_millis(2500);
    site.set("/1", Reply::redirect("/2"));
    site.set("/2", Reply::page(action("CreateThing")));
    place.urls(&site, &["/1"]);
    // Between robots.txt and the page, and before what it redirects to.
    assert_eq!(place.clock.pauses(), [2.5, 2.5]);
    for request in site.requests() {
        let agent = request.header("user-agent").expect("a name");
        assert!(agent.starts_with("tc-fetch/"), "{agent}");
    }
}

#[test]
fn robots_txt_is_obeyed() {
    let (site, place) = (Site::start(), Place::new());
    site.set(
        "/robots.txt",
        Reply::page("User-agent: *\nDisallow: /private\nCrawl-delay: 7\n"),
    );
    site.set("/1", Reply::page(action("CreateThing")));
    site.set("/2", Reply::redirect("/private/2"));
    let told = place.urls(&site, &["/private/1", "/1", "/2"]);
    let forbids = |path| format!("refused: the site's robots.txt forbids {}", site.url(path));
    assert_eq!(
        told.lines,
        [
            format!(
                "/private/1: {}",
                forbids("/private/1").replace(&site.url("/"), "/")
            ),
            format!("/1: new {PATH}"),
            format!("/2: {}", forbids("/private/2").replace(&site.url("/"), "/")),
        ]
    );
    assert!(!told.summary.is_complete());
    assert_eq!(
        site.paths(),
        ["/1", "/2"],
        "what is forbidden is not asked for"
    );
    assert_eq!(place.clock.pauses(), [7.0, 7.0]);
}

#[test]
fn without_knowing_robots_txt_nothing_is_asked_for() {
    let other = Site::start();
    for (reply, cause) in [
        (
            Reply::status(500),
            "the site answered 4 times with status 500; run this again later",
        ),
        (
            Reply::redirect(&other.url("/robots.txt")),
            &format!(
                "the site redirects to another one, {}, which is not followed",
                other.url("/robots.txt")
            ),
        ),
        (
            Reply::redirect("/robots.txt"),
            "the site redirects in a circle, or too often",
        ),
        (Reply::status(410).header("Retry-After", "5"), ""),
    ] {
        let (site, place) = (Site::start(), Place::new());
        site.set("/robots.txt", reply);
        site.set("/1", Reply::page(action("CreateThing")));
        let start = Start::Urls(vec![site.url("/1").parse().expect("an address")]);
        let run = place.run(&site, &start);
        if cause.is_empty() {
            assert_eq!(
                run.expect("who has no such file forbids nothing")
                    .summary
                    .fetched,
                1
            );
            continue;
        }
        let expected = format!(
            "cannot read {}, without which nothing of the site may be fetched: {cause}",
            site.url("/robots.txt")
        );
        assert_eq!(run.expect_err("no rules").to_string(), expected);
        assert!(site.paths().is_empty());
    }
    let (site, place) = (Site::start(), Place::new());
    site.set(
        "/robots.txt",
        Reply::page("User-agent: *\nCrawl-delay: 3600\n"),
    );
    let start = Start::Urls(vec![site.url("/1").parse().expect("an address")]);
    let error = place.run(&site, &start).expect_err("too long").to_string();
    assert!(
        error.ends_with("asks for 3600 s between requests, which is too long to wait"),
        "{error}"
    );
}

#[test]
fn a_busy_site_is_asked_again_when_it_says_or_later_and_later() {
    let (site, place) = (Site::start(), Place::new());
    let date = std::time::UNIX_EPOCH + Duration::from_secs(START + 90);
    let date = httpdate::fmt_http_date(date);
    site.set_each(
        "/1",
        [
            Reply::status(429).header("Retry-After", "17"),
            Reply::status(503).header("Retry-After", &date),
            Reply::status(503),
            Reply::page(action("CreateThing")),
        ],
    );
    let told = place.urls(&site, &["/1"]);
    // One second of turn came first; then 17; then what is left of 90; then the third backoff.
    assert_eq!(
        told.lines,
        [
            "/1: the site answers with status 429, waits 17 s",
            "/1: the site answers with status 503, waits 72 s",
            "/1: the site answers with status 503, waits 8 s",
            &format!("/1: new {PATH}"),
        ]
    );
    assert_eq!(place.clock.pauses(), [1.0, 17.0, 72.0, 8.0]);
}

#[test]
fn a_site_that_stays_busy_is_given_up() {
    let (site, place) = (Site::start(), Place::new());
    site.set("/1", Reply::status(429).header("Retry-After", "0"));
    site.set("/2", Reply::page(action("CreateThing")));
    let told = place.urls(&site, &["/1", "/2"]);
    let last = &told.lines[told.lines.len() - 2..];
    assert_eq!(
        last,
        [
            "/1: failed: the site answered 4 times with status 429; run this again later",
            &format!("/2: new {PATH}"),
        ]
    );
    assert_eq!(site.paths(), ["/1", "/1", "/1", "/1", "/2"]);
    // Also where it asks for no time at all, requests keep to the rate.
    assert_eq!(place.clock.pauses().iter().sum::<f64>(), 5.0);
}

#[test]
fn a_site_that_wants_to_be_left_alone_is() {
    for wait in ["301", "99999999999999999999999"] {
        let (site, place) = (Site::start(), Place::new());
        site.set("/1", Reply::page(action("CreateThing")));
        site.set("/2", Reply::status(503).header("Retry-After", wait));
        let told = place.urls(&site, &["/1", "/2", "/3", "/4"]);
        assert_eq!(told.lines[0], format!("/1: new {PATH}"));
        let failed = "/2: failed: the site answers with status 503 and asks to be left alone for ";
        assert!(told.lines[1].starts_with(failed), "{}", told.lines[1]);
        assert_eq!(told.lines[2..], ["/3: not asked", "/4: not asked"]);
        assert_eq!((told.summary.failed, told.summary.not_asked), (1, 2));
        assert_eq!(site.paths(), ["/1", "/2"]);
    }
}

#[test]
fn a_connection_that_fails_is_tried_again() {
    for fault in [
        Reply::Drop,
        Reply::Half(action("CreateThing")),
        Reply::status(502),
    ] {
        let (site, place) = (Site::start(), Place::new());
        site.set_each("/1", [fault, Reply::page(action("CreateThing"))]);
        let told = place.urls(&site, &["/1"]);
        assert_eq!(
            told.lines[1..],
            [format!("/1: new {PATH}")],
            "{:?}",
            told.lines
        );
        assert_eq!(place.pages()["CreateThing.html"], action("CreateThing"));
    }
}

#[test]
fn a_site_that_does_not_answer_is_given_up() {
    let (site, mut place) = (Site::start(), Place::new());
    site.set("/slow", Reply::Silence);
    site.set("/half", Reply::Half(action("CreateThing")));
    site.set("/gone", Reply::Drop);
    place.settings.attempts = 2;
    // Long enough for a busy machine to bring the others.
    place.settings.timeout = Duration::from_secs(3);
    let told = place.urls(&site, &["/slow", "/half", "/gone", "/never"]);
    let failed: Vec<_> = told
        .lines
        .iter()
        .filter(|line| line.contains(" failed: no answer"))
        .collect();
    assert_eq!(failed.len(), 3, "{:?}", told.lines);
    assert!(
        failed[0].ends_with("in 2 attempts: the time-out is 3 s"),
        "{}",
        failed[0]
    );
    assert_eq!(told.lines.last().expect("a line"), "/never: not asked");
    assert_eq!(
        site.paths(),
        ["/slow", "/slow", "/half", "/half", "/gone", "/gone"]
    );
    assert!(place.pages().is_empty());
}
