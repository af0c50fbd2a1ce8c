//! Interrupted and resumed fetches.

use std::process::Stdio;
use std::thread;
use std::time::Duration;

use crate::command::{files, tree};
use crate::fetch::pages::{action, index};
use crate::fetch::place::TestFolder;
use crate::fetch::site::{Reply, Site};

const PAGES: usize = 12;

fn page(number: usize, text: &str) -> String {
    action(&format!("DescribeThing{number}")) + &format!("<!-- {} -->\n", text.repeat(20_000))
}

/// Fills the site with pages of this text.
fn fill(site: &Site, text: &str) {
    for number in 0..PAGES {
        site.set(&format!("/{number}"), Reply::page(page(number, text)));
    }
}

fn site() -> Site {
    let site = Site::start();
    let links = (0..PAGES).map(|number| (format!("/{number}"), format!("DescribeThing{number}")));
    let links: Vec<_> = links.collect();
    let links: Vec<_> = links
        .iter()
        .map(|(to, text)| (to.as_str(), text.as_str()))
        .collect();
    site.set("/", Reply::page(index(&links)));
    fill(&site, "a");
    site
}

/// Starts the command, and kills it after the site received the request for this page.
fn kill_at(place: &TestFolder, site: &Site, number: usize, wait: Duration) {
    let path = format!("/{number}");
    let mut command = place.command(&["--index", &site.url("/"), "--max-age", "0"]);
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command starts");
    while child.try_wait().expect("a child").is_none() && !site.was_requested(&path) {
        thread::sleep(Duration::from_micros(200));
    }
    thread::sleep(wait);
    child.kill().expect("the child is killed");
    child.wait().expect("it ends");
}

#[test]
fn interrupted_run_is_resumed() {
    let (site, place) = (site(), TestFolder::new());
    site.set("/5", Reply::Stalled(page(5, "a")));
    kill_at(&place, &site, 5, Duration::ZERO);
    let there = files(&place.path("pages"));
    let expected: Vec<_> = (0..5)
        .map(|number| format!("2020-01-02/DescribeThing{number}.html"))
        .collect();
    assert_eq!(there, expected);
    fill(&site, "a");
    site.requests();
    let outcome = place.fetch(&["--index", &site.url("/")]);
    assert!(
        outcome
            .succeeded()
            .contains("fetched 7 pages, 7 of them new; 0 unchanged, 5 fresh"),
        "{}",
        outcome.out
    );
    let requested = site.paths();
    let expected: Vec<_> = (5..PAGES).map(|number| format!("/{number}")).collect();
    assert_eq!(requested[0], "/");
    assert_eq!(requested[1..], expected);
}

#[test]
fn pages_are_replaced_atomically() {
    let (site, place) = (site(), TestFolder::new());
    place.fetch(&["--index", &site.url("/")]).succeeded();
    for round in 0..20 {
        let text = ["b", "a"][round % 2];
        fill(&site, text);
        site.requests();
        let wait = Duration::from_micros(u64::try_from(round).expect("a number") * 150);
        kill_at(&place, &site, round % PAGES, wait);
        for number in 0..PAGES {
            let is = place.read(&format!("pages/2020-01-02/DescribeThing{number}.html"));
            assert!(
                is == page(number, "a") || is == page(number, "b"),
                "page {number} is neither as it was nor as it is to be"
            );
        }
        serde_json::from_str::<serde_json::Value>(&place.read("pages.json")).expect("JSON");
    }
    fill(&site, "c");
    place
        .fetch(&["--index", &site.url("/"), "--max-age", "0"])
        .succeeded();
    let there = tree(&place.path("")).expect("the folder");
    let there = there.iter().filter(|(_, bytes)| !bytes.is_empty());
    let mut names: Vec<_> = there.map(|(path, _)| path.display().to_string()).collect();
    assert_eq!(names.pop().as_deref(), Some("pages.json"));
    assert_eq!(
        names.len(),
        PAGES,
        "leftovers of the killed runs are removed: {names:?}"
    );
    for number in 0..PAGES {
        let is = place.read(&format!("pages/2020-01-02/DescribeThing{number}.html"));
        assert!(is == page(number, "c"));
    }
}
