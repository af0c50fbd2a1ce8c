//! Pages listed by an index.

use tc3_fetch::Start;

use crate::pages::{action, action_of, data_types, error_codes, index};
use crate::site::{Reply, Site};
use crate::test_folder::TestFolder;

#[test]
fn links_are_filtered_by_kind_and_site() {
    let (site, other, folder) = (Site::start(), Site::start(), TestFolder::new());
    let foreign = other.url("/c");
    let links = [
        ("/overview", "Overview"),
        ("a/create", "CreateThing"),
        ("/types", "Data Types"),
        ("/codes", "Error Codes"),
        ("/a/create#output", "CreateThing"),
        (foreign.as_str(), "CountThings"),
        ("mailto:a@b.c", "MailThing"),
    ];
    site.set("/", Reply::page(index(&links)));
    site.set("/a/create", Reply::page(action("CreateThing")));
    site.set("/types", Reply::page(data_types(&["Thing"])));
    site.set("/codes", Reply::page(error_codes()));
    let result = folder.index(&site, "/#x");
    assert_eq!(
        result.lines,
        [
            &format!("{foreign}: not followed"),
            "/a/create: new pages/2020-01-02/CreateThing.html",
            "/types: new pages/2020-01-02/DataTypes.html",
            "/codes: new pages/2020-01-02/ErrorCodes.html",
        ]
    );
    assert!(result.summary.is_complete());
    assert_eq!(site.paths(), ["/", "/a/create", "/types", "/codes"]);
    assert!(other.requests().is_empty());
}

#[test]
fn unlisted_page_is_reported_and_kept() {
    let (site, folder) = (Site::start(), TestFolder::new());
    let both = [("/1", "CreateThing"), ("/2", "DropThing")];
    site.set("/", Reply::page(index(&both)));
    site.set("/1", Reply::page(action("CreateThing")));
    site.set("/2", Reply::page(action("DropThing")));
    folder.write("pages/2020-01-02/Mine.txt", &data_types(&["Thing"]));
    folder.index(&site, "/");
    site.set("/", Reply::page(index(&both[..1])));
    let result = folder.index(&site, "/");
    assert_eq!(
        result.lines,
        [
            "/1: fresh",
            "unlisted pages/2020-01-02/DropThing.html",
            "unlisted pages/2020-01-02/Mine.txt",
        ]
    );
    assert_eq!(
        (result.summary.unlisted, result.summary.is_complete()),
        (2, true)
    );
    assert_eq!(folder.pages().len(), 3);
}

#[test]
fn page_must_match_index() {
    let (site, folder) = (Site::start(), TestFolder::new());
    let links = [
        ("/1", "CreateThing"),
        ("/2", "DropThing"),
        ("/3", "Data Types"),
    ];
    site.set("/", Reply::page(index(&links)));
    site.set("/1", Reply::page(action("RenamedThing")));
    site.set(
        "/2",
        Reply::page(action_of("thing", "2019-01-01", "DropThing")),
    );
    site.set("/3", Reply::page(error_codes()));
    let result = folder.index(&site, "/");
    assert_eq!(
        result.lines,
        [
            "/1: rejected: the page describes RenamedThing, but the index lists it as CreateThing",
            "/2: rejected: the page belongs to version 2019-01-01 instead of version 2020-01-02",
            "/3: rejected: the page describes ErrorCodes, but the index lists it as DataTypes",
        ]
    );
    assert!(folder.pages().is_empty());
}

#[test]
fn renamed_action_is_new() {
    let (site, folder) = (Site::start(), TestFolder::new());
    site.set("/", Reply::page(index(&[("/1", "CreateThing")])));
    site.set("/1", Reply::page(action("CreateThing")));
    folder.index(&site, "/");
    folder.clock.advance(1_000_000);
    site.set("/", Reply::page(index(&[("/1", "MakeThing")])));
    site.set("/1", Reply::page(action("MakeThing")));
    let result = folder.index(&site, "/");
    assert_eq!(
        result.lines,
        [
            "/1: new pages/2020-01-02/MakeThing.html",
            "unlisted pages/2020-01-02/CreateThing.html",
        ]
    );
}

#[test]
fn pages_may_change_urls() {
    let (site, folder) = (Site::start(), TestFolder::new());
    let create = || Reply::page(action("CreateThing"));
    let drop = || Reply::page(action("DropThing"));
    site.set(
        "/",
        Reply::page(index(&[("/1", "CreateThing"), ("/2", "DropThing")])),
    );
    site.set("/1", create());
    site.set("/2", drop());
    folder.index(&site, "/");
    // Two pages swap URLs, then one moves to a new URL.
    for (links, one, two) in [
        (
            [("/1", "DropThing"), ("/2", "CreateThing")],
            drop(),
            create(),
        ),
        (
            [("/1", "CreateThing"), ("/3", "DropThing")],
            create(),
            create(),
        ),
    ] {
        folder.clock.advance(1_000_000);
        site.set("/", Reply::page(index(&links)));
        site.set("/1", one);
        site.set("/2", two);
        site.set("/3", drop());
        let result = folder.index(&site, "/");
        assert!(result.summary.is_complete(), "{:?}", result.lines);
        assert_eq!(folder.pages().len(), 2, "{:?}", result.lines);
    }
}

#[test]
fn unusable_index_is_an_error() {
    let (site, folder) = (Site::start(), TestFolder::new());
    site.set("/login", Reply::page("<form><input type=password></form>"));
    site.set("/robots.txt", Reply::page("User-agent: *\nDisallow: /no\n"));
    for (path, cause) in [
        ("/gone", "the site returned status 404"),
        (
            "/login",
            "it has no link to a page of an action, data types or error codes",
        ),
        (
            "/no",
            &format!("the site's robots.txt disallows {}", site.url("/no")),
        ),
    ] {
        let url = site.url(path);
        let start = Start::Index(url.parse().expect("a URL"));
        let error = folder.run(&site, &start).expect_err("no index");
        assert_eq!(
            error.to_string(),
            format!("cannot use the index page {url}: {cause}")
        );
    }
    assert!(!folder.root.exists(), "nothing was written");
}

#[test]
fn ambiguous_data_types_page_is_rejected() {
    let (site, folder) = (Site::start(), TestFolder::new());
    let links = [
        ("/old", "Data Types"),
        ("/1", "CreateThing"),
        ("/new", "Data Types"),
    ];
    site.set("/", Reply::page(index(&links)));
    site.set("/old", Reply::page(data_types(&["Thing"])));
    site.set("/new", Reply::page(data_types(&["Thing", "Tag"])));
    site.set("/1", Reply::page(action("CreateThing")));
    let result = folder.index(&site, "/");
    let rejected = "rejected: the index lists several pages of DataTypes, which do not name their version; fetch the right \
                   one by its URL";
    assert_eq!(
        result.lines,
        [
            format!("/old: {rejected}"),
            "/1: new pages/2020-01-02/CreateThing.html".to_owned(),
            format!("/new: {rejected}"),
        ]
    );
    folder.urls(&site, &["/new"]);
    let result = folder.index(&site, "/");
    assert_eq!(
        result.lines[0].replace(&site.url("/"), "/"),
        "/old: rejected: the page describes DataTypes, as does /new; fetch only one of them"
    );
    assert_eq!(result.lines[1..], ["/1: fresh", "/new: fresh"]);
}
