//! Tests the pages without JavaScript.

use tc3_explorer::Settings;

use crate::site::{Site, settings};

#[test]
fn pages_link_to_each_other() {
    let site = Site::start();
    let home = site.get("/");
    assert_eq!(home.status, 303);
    assert_eq!(home.header("location"), Some("/intl/"));
    for (path, text) in [
        ("/intl/", "href=\"/intl/cvm/\""),
        ("/mainland/", "href=\"/mainland/cvm/\""),
        ("/intl/cvm/2017-03-12/", "href=\"RunInstances\""),
        ("/intl/cvm/2017-03-12/", "href=\"types/Placement\""),
        ("/intl/cvm/2017-03-12/RunInstances", "types/Placement\""),
        ("/intl/cvm/2017-03-12/types/Placement", "id=\"field-Zone\""),
        (
            "/intl/search?q=runinstances",
            "/intl/cvm/2017-03-12/RunInstances",
        ),
    ] {
        let page = site.get(path);
        assert_eq!(page.status, 200, "{path}");
        assert!(
            page.body.contains(text),
            "{path} has no {text}: {}",
            page.body
        );
        assert_eq!(
            page.header("content-type"),
            Some("text/html; charset=utf-8")
        );
    }
    let newest = site.get("/intl/cvm/");
    assert_eq!(newest.header("location"), Some("/intl/cvm/2017-03-12/"));
}

#[test]
fn unknown_names_have_suggestions() {
    let site = Site::start();
    for (path, text) in [
        ("/intl/cvn/", "cvm"),
        ("/intl/cvm/2017-03-12/RunInstance", "RunInstances"),
        ("/intl/cvm/2017-03-12/types/Placemnt", "Placement"),
        ("/intl/cvm/2000-01-01/", "2017-03-12"),
    ] {
        let page = site.get(path);
        assert_eq!(page.status, 404, "{path}");
        assert!(page.body.contains(text), "{path} {}", page.body);
    }
}

#[test]
fn language_can_be_chosen() {
    let site = Site::start();
    let host = [("Host", &*site.host), ("Cookie", &*site.cookie)];
    let mut chinese = host.to_vec();
    chinese.push(("Accept-Language", "fr, zh-CN;q=0.9, en;q=0.8"));
    let page = site.send("GET", "/intl/", &chinese, "");
    assert!(page.body.contains("lang=\"zh\"") && page.body.contains("产品"));
    let chosen = site.send("GET", "/intl/?lang=en", &chinese, "");
    assert!(chosen.body.contains("<html lang=\"en\""));
    let cookie = chosen.header("set-cookie").unwrap();
    let kept = format!("{}; {}", site.cookie, cookie.split(';').next().unwrap());
    let host = [("Host", &*site.host), ("Cookie", &*kept)];
    let mut chinese = host.to_vec();
    chinese.push(("Accept-Language", "zh"));
    assert!(
        site.send("GET", "/intl/", &chinese, "")
            .body
            .contains("<html lang=\"en\"")
    );
}

#[test]
fn language_links_keep_the_query() {
    let site = Site::start();
    let page = site.get("/intl/search?q=tag&lang=en");
    assert!(
        page.body.contains("href=\"?q=tag&amp;lang=zh\""),
        "{page:?}"
    );
}

#[test]
fn explorer_opens_requested_page() {
    let site = Site::with(Settings {
        start: Some("cvm.RunInstances".to_owned()),
        ..settings()
    });
    let home = site.get("/");
    assert_eq!(
        home.header("location"),
        Some("/intl/cvm/2017-03-12/runinstances")
    );
}

#[test]
fn two_explorers_run_at_once() {
    let (first, second) = (Site::start(), Site::start());
    assert_ne!(first.host, second.host);
    assert_eq!(first.get("/intl/").status, 200);
    assert_eq!(second.get("/intl/").status, 200);
}

#[test]
fn widest_form_omits_inner_types() {
    let site = Site::start();
    let page = site.get("/intl/mps/2019-06-12/ProcessMedia");
    assert_eq!(page.status, 200);
    assert!(page.body.len() < 100_000, "{}", page.body.len());
}
