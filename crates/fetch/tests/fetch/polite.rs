//! Rate, `robots.txt`, retry and timeout.

use std::time::Duration;

use tc3_fetch::Start;

use crate::pages::action;
use crate::site::{Reply, Site};
use crate::test_folder::{START, TestFolder};

const PATH: &str = "pages/2020-01-02/CreateThing.html";

#[test]
fn rate_and_user_agent() {
    let (site, mut folder) = (Site::start(), TestFolder::new());
    folder.settings.interval = Duration::from_millis(2500);
    site.set("/1", Reply::redirect("/2"));
    site.set("/2", Reply::page(action("CreateThing")));
    folder.urls(&site, &["/1"]);
    // One interval before the page and one before the redirect target.
    assert_eq!(folder.clock.pauses(), [2.5, 2.5]);
    for request in site.requests() {
        let agent = request.header("user-agent").expect("a name");
        assert!(agent.starts_with("tc-fetch/"), "{agent}");
    }
}

#[test]
fn robots_txt_is_obeyed() {
    let (site, folder) = (Site::start(), TestFolder::new());
    site.set(
        "/robots.txt",
        Reply::page("User-agent: *\nDisallow: /private\nCrawl-delay: 7\n"),
    );
    site.set("/1", Reply::page(action("CreateThing")));
    site.set("/2", Reply::redirect("/private/2"));
    let result = folder.urls(&site, &["/private/1", "/1", "/2"]);
    let disallowed = |path| {
        format!(
            "rejected: the site's robots.txt disallows {}",
            site.url(path)
        )
    };
    assert_eq!(
        result.lines,
        [
            format!(
                "/private/1: {}",
                disallowed("/private/1").replace(&site.url("/"), "/")
            ),
            format!("/1: new {PATH}"),
            format!(
                "/2: {}",
                disallowed("/private/2").replace(&site.url("/"), "/")
            ),
        ]
    );
    assert!(!result.summary.is_complete());
    assert_eq!(
        site.paths(),
        ["/1", "/2"],
        "disallowed pages are not requested"
    );
    assert_eq!(folder.clock.pauses(), [7.0, 7.0]);
}

#[test]
fn unreadable_robots_txt_stops_the_run() {
    let other = Site::start();
    for (reply, cause) in [
        (
            Reply::status(500),
            "the site returned status 500 in 4 attempts; retry later",
        ),
        (
            Reply::redirect(&other.url("/robots.txt")),
            &format!(
                "redirect to another site is not followed: {}",
                other.url("/robots.txt")
            ),
        ),
        (
            Reply::redirect("/robots.txt"),
            "the site redirects in a loop or too often",
        ),
    ] {
        let (site, folder) = (Site::start(), TestFolder::new());
        site.set("/robots.txt", reply);
        site.set("/1", Reply::page(action("CreateThing")));
        let start = Start::Urls(vec![site.url("/1").parse().expect("a URL")]);
        let run = folder.run(&site, &start);
        let expected = format!(
            "cannot read {}, so no page may be fetched: {cause}",
            site.url("/robots.txt")
        );
        assert_eq!(run.expect_err("no rules").to_string(), expected);
        assert!(site.paths().is_empty());
    }
}

#[test]
fn missing_robots_txt_allows_everything() {
    let (site, folder) = (Site::start(), TestFolder::new());
    site.set("/robots.txt", Reply::status(410).header("Retry-After", "5"));
    site.set("/1", Reply::page(action("CreateThing")));
    assert_eq!(folder.urls(&site, &["/1"]).summary.fetched, 1);
}

#[test]
fn long_crawl_delay_stops_the_run() {
    let (site, folder) = (Site::start(), TestFolder::new());
    site.set(
        "/robots.txt",
        Reply::page("User-agent: *\nCrawl-delay: 3600\n"),
    );
    let start = Start::Urls(vec![site.url("/1").parse().expect("a URL")]);
    let error = folder.run(&site, &start).expect_err("too long").to_string();
    assert!(
        error.ends_with("robots.txt exceeds the maximum wait; save the pages by hand"),
        "{error}"
    );
}

#[test]
fn retry_after_and_backoff() {
    let (site, folder) = (Site::start(), TestFolder::new());
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
    let result = folder.urls(&site, &["/1"]);
    // The interval, then Retry-After in seconds, then Retry-After as a date, then the third backoff.
    assert_eq!(
        result.lines,
        [
            "/1: the site returned status 429, waits 17 s",
            "/1: the site returned status 503, waits 72 s",
            "/1: the site returned status 503, waits 8 s",
            &format!("/1: new {PATH}"),
        ]
    );
    assert_eq!(folder.clock.pauses(), [1.0, 17.0, 72.0, 8.0]);
}

#[test]
fn run_continues_after_busy_page() {
    let (site, folder) = (Site::start(), TestFolder::new());
    site.set("/1", Reply::status(429).header("Retry-After", "0"));
    site.set("/2", Reply::page(action("CreateThing")));
    let result = folder.urls(&site, &["/1", "/2"]);
    let last = &result.lines[result.lines.len() - 2..];
    assert_eq!(
        last,
        [
            "/1: failed: the site returned status 429 in 4 attempts; retry later",
            &format!("/2: new {PATH}"),
        ]
    );
    assert_eq!(site.paths(), ["/1", "/1", "/1", "/1", "/2"]);
    // The rate applies even with Retry-After: 0.
    assert_eq!(folder.clock.pauses().iter().sum::<f64>(), 5.0);
}

#[test]
fn long_retry_after_stops_the_run() {
    for wait in ["301", "99999999999999999999999"] {
        let (site, folder) = (Site::start(), TestFolder::new());
        site.set("/1", Reply::page(action("CreateThing")));
        site.set("/2", Reply::status(503).header("Retry-After", wait));
        let result = folder.urls(&site, &["/1", "/2", "/3", "/4"]);
        assert_eq!(result.lines[0], format!("/1: new {PATH}"));
        let failed = "/2: failed: the site returned status 503 with a Retry-After of ";
        assert!(result.lines[1].starts_with(failed), "{}", result.lines[1]);
        assert_eq!(
            result.lines[2..],
            ["/3: not requested", "/4: not requested"]
        );
        assert_eq!(
            (result.summary.failed, result.summary.not_requested),
            (1, 2)
        );
        assert_eq!(site.paths(), ["/1", "/2"]);
    }
}

#[test]
fn failed_connection_is_retried() {
    for fault in [
        Reply::Drop,
        Reply::Half(action("CreateThing")),
        Reply::status(502),
    ] {
        let (site, folder) = (Site::start(), TestFolder::new());
        site.set_each("/1", [fault, Reply::page(action("CreateThing"))]);
        let result = folder.urls(&site, &["/1"]);
        assert_eq!(
            result.lines[1..],
            [format!("/1: new {PATH}")],
            "{:?}",
            result.lines
        );
        assert_eq!(folder.pages()["CreateThing.html"], action("CreateThing"));
    }
}

#[test]
fn timeout_stops_the_run() {
    let (site, mut folder) = (Site::start(), TestFolder::new());
    site.set("/slow", Reply::Silence);
    site.set("/half", Reply::Half(action("CreateThing")));
    site.set("/gone", Reply::Drop);
    folder.settings.attempts = 2;
    // `robots.txt` and the half page take far less time.
    folder.settings.timeout = Duration::from_secs(2);
    let result = folder.urls(&site, &["/slow", "/half", "/gone", "/never"]);
    let failed: Vec<_> = result
        .lines
        .iter()
        .filter(|line| line.contains(" failed: no response"))
        .collect();
    assert_eq!(failed.len(), 3, "{:?}", result.lines);
    assert!(
        failed[0].ends_with("in 2 attempts: timeout after 2 s"),
        "{}",
        failed[0]
    );
    assert_eq!(
        result.lines.last().expect("a line"),
        "/never: not requested"
    );
    assert_eq!(
        site.paths(),
        ["/slow", "/slow", "/half", "/half", "/gone", "/gone"]
    );
    assert!(folder.pages().is_empty());
}
