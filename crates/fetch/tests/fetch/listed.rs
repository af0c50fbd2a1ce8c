//! Pages listed by an index.

use tc3_fetch::Start;

use crate::pages::{action, action_of, data_types, error_codes, index};
use crate::site::{Reply, Site};
use crate::test_folder::TestFolder;

#[test]
fn links_are_filtered_by_kind_and_site() {
    let (site, other, place) = (Site::start(), Site::start(), TestFolder::new());
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
    let result = place.index(&site, "/#x");
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
    let (site, place) = (Site::start(), TestFolder::new());
    let both = [("/1", "CreateThing"), ("/2", "DropThing")];
    site.set("/", Reply::page(index(&both)));
    site.set("/1", Reply::page(action("CreateThing")));
    site.set("/2", Reply::page(action("DropThing")));
    place.write("pages/2020-01-02/Mine.txt", &data_types(&["Thing"]));
    place.index(&site, "/");
    site.set("/", Reply::page(index(&both[..1])));
    let result = place.index(&site, "/");
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
    assert_eq!(place.pages().len(), 3);
}

#[test]
fn page_must_match_index() {
    let (site, place) = (Site::start(), TestFolder::new());
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
    let result = place.index(&site, "/");
    assert_eq!(
        result.lines,
        [
            "/1: refused: the page describes RenamedThing, but the index lists it as CreateThing",
            "/2: refused: the page belongs to version 2019-01-01 instead of version 2020-01-02",
            "/3: refused: the page describes ErrorCodes, but the index lists it as DataTypes",
        ]
    );
    assert!(place.pages().is_empty());
}

#[test]
fn renamed_action_is_new() {
    let (site, place) = (Site::start(), TestFolder::new());
    site.set("/", Reply::page(index(&[("/1", "CreateThing")])));
    site.set("/1", Reply::page(action("CreateThing")));
    place.index(&site, "/");
    place.clock.advance(1_000_000);
    site.set("/", Reply::page(index(&[("/1", "MakeThing")])));
    site.set("/1", Reply::page(action("MakeThing")));
    let result = place.index(&site, "/");
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
    let (site, place) = (Site::start(), TestFolder::new());
    let create = || Reply::page(action("CreateThing"));
    let drop = || Reply::page(action("DropThing"));
    site.set(
        "/",
        Reply::page(index(&[("/1", "CreateThing"), ("/2", "DropThing")])),
    );
    site.set("/1", create());
    site.set("/2", drop());
    place.index(&site, "/");
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
        place.clock.advance(1_000_000);
        site.set("/", Reply::page(index(&links)));
        site.set("/1", one);
        site.set("/2", two);
        site.set("/3", drop());
        let result = place.index(&site, "/");
        assert!(result.summary.is_complete(), "{:?}", result.lines);
        assert_eq!(place.pages().len(), 2, "{:?}", result.lines);
    }
}

#[test]
fn unusable_index_is_an_error() {
    let (site, place) = (Site::start(), TestFolder::new());
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
        let start = Start::Index(url.parse().expect("an address"));
        let error = place.run(&site, &start).expect_err("no index");
        assert_eq!(
            error.to_string(),
            format!("cannot use the index page {url}: {cause}")
        );
    }
    assert!(!place.root.exists(), "nothing was written");
}

#[test]
fn ambiguous_data_types_page_is_rejected() {
    let (site, place) = (Site::start(), TestFolder::new());
    let links = [
        ("/old", "Data Types"),
        ("/1", "CreateThing"),
        ("/new", "Data Types"),
    ];
    site.set("/", Reply::page(index(&links)));
    site.set("/old", Reply::page(data_types(&["Thing"])));
    site.set("/new", Reply::page(data_types(&["Thing", "Tag"])));
    site.set("/1", Reply::page(action("CreateThing")));
    let result = place.index(&site, "/");
    let refused = "refused: the index lists several pages of DataTypes, which do not name their version; fetch the right \
                   one by its URL";
    assert_eq!(
        result.lines,
        [
            format!("/old: {refused}"),
            "/1: new pages/2020-01-02/CreateThing.html".to_owned(),
            format!("/new: {refused}"),
        ]
    );
    place.urls(&site, &["/new"]);
    let result = place.index(&site, "/");
    assert_eq!(
        result.lines[0].replace(&site.url("/"), "/"),
        "/old: refused: /new also describes DataTypes"
    );
    assert_eq!(result.lines[1..], ["/1: fresh", "/new: fresh"]);
}
