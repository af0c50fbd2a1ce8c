//! Output, written files and exit codes of `fetch`.

use std::fs::File;

use serde_json::Value;

use crate::command::{files, write};
use crate::fetch::pages::{action, data_types, error_codes, index};
use crate::fetch::place::TestFolder;
use crate::fetch::site::{Reply, Site};

/// Creates a site with an index and the three kinds of pages.
fn site() -> Site {
    let site = Site::start();
    let links = [
        ("/1", "DescribeThings"),
        ("/2", "Data Types"),
        ("/3", "Error Codes"),
    ];
    site.set("/", Reply::page(index(&links)));
    site.set("/1", Reply::page(action("DescribeThings")));
    site.set("/2", Reply::page(data_types(&["Thing"])));
    site.set("/3", Reply::page(error_codes()));
    site
}

#[test]
fn index_is_fetched_and_recorded() {
    let (site, place) = (site(), TestFolder::new());
    let index = site.url("/");
    let outcome = place.fetch(&["--index", &index]);
    assert_eq!(
        outcome.succeeded(),
        "new      specs/thing/pages/2020-01-02/DescribeThings.html\n\
         new      specs/thing/pages/2020-01-02/DataTypes.html\n\
         new      specs/thing/pages/2020-01-02/ErrorCodes.html\n\
         fetched 3 pages, 3 of them new; 0 unchanged, 0 fresh; 0 rejected, 0 failed\n"
    );
    assert_eq!(outcome.err, "");
    place.regenerate(&[]).succeeded();
    place.regenerate(&["--check"]).succeeded();
    let json = |path| serde_json::from_str::<Value>(&place.read(path)).expect("JSON");
    let page = "pages/2020-01-02/DescribeThings.html";
    let source = json("2020-01-02.json")["actions"]["DescribeThings"]["source"].take();
    let origin = json("pages.json")[page].take();
    assert_eq!(origin["url"], site.url("/1"));
    let keys: Vec<_> = source.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["page", "url", "fetched"]);
    assert_eq!(source["page"], page);
    assert_eq!(
        (&source["url"], &source["fetched"]),
        (&origin["url"], &origin["fetched"])
    );

    let sources = json("2020-01-02.json")["sources"].take();
    for (of, page) in [("types", "DataTypes"), ("errors", "ErrorCodes")] {
        let page = format!("pages/2020-01-02/{page}.html");
        let mut source = json("pages.json")[&page].take();
        let source = source.as_object_mut().expect("an object");
        source.retain(|key, _| key == "url" || key == "fetched");
        source.insert("page".to_owned(), page.into());
        assert_eq!(sources[of], Value::from(vec![source.clone()]));
    }

    let again = place.fetch(&["--index", &index]);
    assert_eq!(
        again.succeeded(),
        "fetched 0 pages, 0 of them new; 0 unchanged, 3 fresh; 0 rejected, 0 failed\n"
    );
    let again = place.fetch(&["--index", &index, "--max-age", "0"]);
    assert_eq!(
        again.succeeded(),
        "fetched 0 pages, 0 of them new; 3 unchanged, 0 fresh; 0 rejected, 0 failed\n"
    );
    place.regenerate(&["--check"]).succeeded();

    let changed = place.read(page) + "<!-- by hand -->\n";
    write(&place.path(page), changed);
    let outcome = place.regenerate(&[]);
    outcome.succeeded();
    let warning = format!(
        "warning: specs/thing/{page} differs from the page fetched from {}: it was edited, or a fetch was interrupted \
         (the next fetch repairs that)",
        site.url("/1")
    );
    assert!(outcome.err.contains(&warning), "{}", outcome.err);
    let source = json("2020-01-02.json")["actions"]["DescribeThings"]["source"].take();
    assert_eq!(source.as_object().expect("an object").len(), 1);
}

#[test]
fn rejected_and_failed_pages_are_reported() {
    let (site, place) = (site(), TestFolder::new());
    let links = [
        ("/1", "DescribeThings"),
        ("/4", "DropThing"),
        ("/5", "CreateThing"),
        ("https://other.example/6", "CountThings"),
    ];
    site.set("/", Reply::page(index(&links)));
    site.set("/4", Reply::page("<title>Sorry</title><p>An error.</p>"));
    write(
        &place.path("pages/2020-01-02/MakeThing.html"),
        action("MakeThing"),
    );
    let outcome = place.fetch(&["--index", &site.url("/")]);
    assert_eq!(
        outcome.failed(),
        format!(
            "note: https://other.example/6 is on another site; not followed\n\
             error: rejected {}: the page does not describe an action, data types or error codes; its title is `Sorry`\n\
             error: cannot fetch {}: the site returned status 404\n\
             warning: the index does not list specs/thing/pages/2020-01-02/MakeThing.html; if the page no longer exists, delete the file\n\
             error: some pages are missing: existing pages are kept; run this again to fetch only the others\n",
            site.url("/4"),
            site.url("/5"),
        )
    );
    assert_eq!(
        outcome.out,
        "new      specs/thing/pages/2020-01-02/DescribeThings.html\n\
         fetched 1 page, 1 of them new; 0 unchanged, 0 fresh; 1 rejected, 1 failed; 1 not in the index\n"
    );
    let there = files(&place.path("pages"));
    assert_eq!(
        there,
        [
            "2020-01-02/DescribeThings.html",
            "2020-01-02/MakeThing.html"
        ]
    );
}

#[test]
fn page_with_errors_is_reported() {
    let (site, place) = (site(), TestFolder::new());
    site.set(
        "/1",
        Reply::page(crate::fetch::pages::broken("DescribeThings")),
    );
    let outcome = place.fetch(&["--url", &site.url("/1")]);
    outcome.succeeded();
    let path = "specs/thing/pages/2020-01-02/DescribeThings.html";
    let warning =
        format!("warning: {path} has 1 error: run `cargo xtask parse {path}` for details\n");
    assert_eq!(outcome.err, warning);
}

#[test]
fn urls_from_options_or_file() {
    let (site, place) = (site(), TestFolder::new());
    let outcome = place.fetch(&["--url", &site.url("/1"), "--url", &site.url("/2")]);
    assert!(
        outcome
            .succeeded()
            .contains("fetched 2 pages, 2 of them new"),
        "{}",
        outcome.out
    );
    let list = format!(
        "# Pages\n\n{} # codes\n{}#output\n",
        site.url("/3"),
        site.url("/1")
    );
    write(&place.root.path().join("list"), list);
    let outcome = place.fetch(&["--list", "list"]);
    assert!(
        outcome
            .succeeded()
            .contains("fetched 1 page, 1 of them new; 0 unchanged, 1 fresh"),
        "{}",
        outcome.out
    );

    write(&place.root.path().join("list"), "# Pages\nno address\n");
    let outcome = place.fetch(&["--list", "list"]);
    assert_eq!(
        outcome.failed(),
        "error: list:2: `no address` is not a URL: relative URL without a base\n"
    );
    write(&place.root.path().join("list"), "# Pages\n");
    assert_eq!(
        place.fetch(&["--list", "list"]).failed(),
        "error: list contains no URL: write one per line\n"
    );
}

#[test]
fn usage_errors_exit_with_2() {
    let place = TestFolder::new();
    let url = "http://127.0.0.1:1/";
    for arguments in [
        &[][..],
        &["--url", url, "--index", url],
        &["--url", "no address"],
        &["--url", url, "--rate", "0"],
        &["--url", url, "--timeout", "0"],
        &["--url", url, "--version", "latest"],
        &["--url", url, "--service", "../thing"],
    ] {
        let outcome = place.fetch(arguments);
        assert_eq!(outcome.code, Some(2), "{arguments:?} {}", outcome.err);
    }
    assert!(!place.root.path().join("specs").exists());
}

#[test]
fn folder_is_locked() {
    let (site, place) = (site(), TestFolder::new());
    let specs = place.root.path().join("specs");
    std::fs::create_dir(&specs).expect("a folder");
    let folder = File::open(&specs).expect("a folder");
    folder.lock().expect("a lock");
    let outcome = place.fetch(&["--url", &site.url("/1")]);
    assert!(
        outcome
            .failed()
            .starts_with("error: specs is locked by another command"),
        "{}",
        outcome.err
    );
    assert!(site.requests().is_empty());
    // Closing is not enough: a process that another test is starting may still share the file.
    folder.unlock().expect("it is unlocked");
    place.fetch(&["--url", &site.url("/1")]).succeeded();
}
