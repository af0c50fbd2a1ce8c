//! Valid and broken wheels.

use std::fs;

use crate::command::{run, shown, tree, write};
use crate::import::place::{TestFolder, files_of, mall, place, wheel};

#[test]
fn wheel_equals_its_folder() {
    let place = TestFolder::with(&mall());
    place.import(&["--all"]).succeeded();
    let from_folder = tree(&place.specs());
    fs::remove_dir_all(place.specs()).expect("the folder goes");
    write(&place.path("mall.whl"), wheel(&mall()));
    place.import_from("mall.whl", &["--all"]).succeeded();
    assert_eq!(tree(&place.specs()), from_folder);
}

#[test]
fn truncated_wheel_writes_nothing() {
    let whole = wheel(&mall());
    let place = TestFolder::with(&mall());
    let check = |before| {
        for length in [0, 1, whole.len() / 2, whole.len() - 1] {
            write(&place.path("mall.whl"), &whole[..length]);
            let outcome = place.import_from("mall.whl", &["--all"]);
            let messages = outcome.failed();
            let start = format!("error: invalid wheel {}: ", shown(&place.path("mall.whl")));
            assert!(messages.starts_with(&start), "{messages}");
            assert!(messages.ends_with("; download it again\n"), "{messages}");
            assert_eq!(outcome.out, "");
            assert_eq!(tree(&place.specs()), before);
        }
    };
    check(None);
    // An existing spec is also kept.
    place
        .import(&["--service", "shop", "--facts-only"])
        .succeeded();
    check(tree(&place.specs()));
}

#[test]
fn corrupt_service_is_left_out() {
    // The entry's name is valid but its contents are not.
    let mut files = mall();
    files.reverse();
    let mut bytes = wheel(&files);
    let name = place("bank", "2021-03-31", "api.json");
    let at = bytes
        .windows(name.len())
        .position(|window| window == name.as_bytes())
        .expect("the entry");
    let at = at + name.len() + 20;
    bytes[at] = !bytes[at];
    let place = TestFolder::new();
    write(&place.path("mall.whl"), bytes);
    let outcome = place.import_from("mall.whl", &["--all"]);
    let messages = outcome.failed();
    let start = format!(
        "error: cannot import bank: invalid wheel {}: {name}: ",
        shown(&place.path("mall.whl"))
    );
    assert!(messages.starts_with(&start), "{messages}");
    let end = "\n\nerror: services with errors were left out; their specs are unchanged\n";
    assert!(messages.ends_with(end), "{messages}");
    assert!(
        outcome
            .out
            .contains("; 1 error, 0 warnings\nwrote 2 of 2 files: 2 new"),
        "{}",
        outcome.out
    );
    assert_eq!(
        files_of(&place),
        ["shop/2018-01-02.json", "shop/2021-03-31.json"]
    );
}

#[test]
fn failure_creates_no_folder() {
    let mut files = mall();
    files[3].1 = files[3].1.replace("\"uint64\"", "\"uuid\"");
    let place = TestFolder::with(&files);
    let specs = place.path("deep/down/specs");
    let package = place.path("package");
    let specs = shown(&specs);
    let outcome = run(&[
        "import",
        shown(&package),
        "--service",
        "bank",
        "--specs",
        specs,
    ]);
    let messages = outcome.failed();
    let expect = format!(
        "error: cannot import bank: {}: objects.TransferRequest.members.Count: unknown type `int` of `uuid`\n",
        shown(&package.join(&files[3].0))
    );
    assert_eq!(messages, expect);
    assert!(
        !place.path("deep").exists(),
        "all folders that were made go again"
    );
}
