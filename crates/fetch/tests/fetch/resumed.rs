//! Interrupted runs resume.

use crate::pages::action;
use crate::site::{Reply, Site};
use crate::test_folder::TestFolder;

#[test]
fn fetched_pages_are_not_requested_again() {
    let (site, mut folder) = (Site::start(), TestFolder::new());
    folder.settings.attempts = 1;
    let paths: Vec<String> = (0..10).map(|number| format!("/{number}")).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    for path in &paths {
        site.set(
            path,
            Reply::page(action(&format!("CreateThing{}", &path[1..]))),
        );
    }
    // From the fifth page on, the site closes connections.
    for path in &paths[4..] {
        site.set(path, Reply::Drop);
    }
    let result = folder.urls(&site, &paths);
    let summary = result.summary;
    assert_eq!(
        (summary.fetched, summary.failed, summary.not_requested),
        (4, 3, 3)
    );
    assert_eq!(folder.pages().len(), 4);
    for path in &paths {
        site.set(
            path,
            Reply::page(action(&format!("CreateThing{}", &path[1..]))),
        );
    }
    site.requests();
    let result = folder.urls(&site, &paths);
    assert_eq!((result.summary.fresh, result.summary.fetched), (4, 6));
    assert!(result.summary.is_complete());
    assert_eq!(site.paths(), &paths[4..]);
    assert_eq!(folder.pages().len(), 10);
}

#[test]
fn page_newer_than_its_origin_is_kept() {
    let (site, folder) = (Site::start(), TestFolder::new());
    site.set(
        "/1",
        Reply::page(action("CreateThing")).header("ETag", "\"a\""),
    );
    folder.urls(&site, &["/1"]);
    let record = folder.read("pages.json");
    folder.clock.advance(1_000_000);
    let new = action("CreateThing") + "<!-- new -->";
    site.set("/1", Reply::page(new.as_str()).header("ETag", "\"b\""));
    folder.urls(&site, &["/1"]);
    // As if the run was killed between writing the page and its origin.
    folder.write("pages.json", &record);
    folder.write(".page.half.tc3-tmp", "half a fi");
    folder.write("pages/2020-01-02/.page.half.tc3-tmp", "half a fi");
    let result = folder.urls(&site, &["/1"]);
    assert_eq!(result.lines, ["/1: unchanged"]);
    assert_eq!(folder.pages().len(), 1, "temporary files are removed");
    assert!(
        folder
            .read("pages.json")
            .contains("\"fetched\": \"2020-01-13T")
    );
}
