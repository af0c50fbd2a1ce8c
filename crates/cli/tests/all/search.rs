//! `search`.

use serde_json::Value;

use crate::docs::imported;
use crate::program::Folder;

#[test]
fn names_are_found() {
    let outcome = Folder::new().run(&["search", "runinstnces", "cvm", "--limit", "2"]);
    assert_eq!((outcome.status, &*outcome.stderr), (0, ""));
    let lines: Vec<&str> = outcome.stdout.lines().collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert_eq!(lines[0], "cvm.RunInstances\t2017-03-12\taction");
    let json = Folder::new().run(&["search", "RunInstances", "--json", "--limit", "1"]);
    let json: Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(
        (&json[0]["kind"], &json[0]["name"]),
        (&"action".into(), &"RunInstances".into())
    );
}

#[test]
fn hits_of_a_version() {
    let arguments = [
        "search",
        "DescribeClusters",
        "tke",
        "--Version",
        "2022-05-01",
    ];
    let found = Folder::new().run(&arguments).stdout;
    assert!(found.lines().count() > 0);
    assert!(
        found.lines().all(|line| line.contains("\t2022-05-01\t")),
        "{found}"
    );
}

#[test]
fn descriptions_are_found() {
    let nothing = Folder::new().run(&["search", "zanzibar"]);
    assert_eq!((nothing.status, &*nothing.stdout), (0, ""));
    assert_eq!(
        nothing.stderr,
        "no matches; try other words, or another `--site`\n"
    );
    let folder = imported();
    let found = |words: &[&str]| {
        let arguments: Vec<&str> = ["search"].iter().chain(words).copied().collect();
        folder.run(&arguments).stdout
    };
    let zone = "cvm.Placement.Zone\t2017-03-12\tfield\tA zone, such as zanzibar.\n";
    // A word may be the beginning of one, in any case.
    assert_eq!(found(&["zanzibar"]), zone);
    assert_eq!(found(&["ZANZI"]), zone);
    assert_eq!(found(&["zanzibar", "zone"]), zone);
    assert_eq!(found(&["zanzibar", "machines"]), "");
    // Chinese has no spaces.
    let machines = found(&["服务器"]);
    assert!(
        machines.starts_with("cvm.TerminateInstances.InstanceIds\t"),
        "{machines}"
    );
    assert!(!machines.contains('\x1b'), "{machines}");
    // Items with the words in their own description come first.
    let machines = found(&["rented", "machines"]);
    assert!(
        machines.starts_with("cvm.RunInstances.InstanceIdSet\t"),
        "{machines}"
    );
    let back = found(&["machines", "back"]);
    let line = "cvm.TerminateInstances\t2017-03-12\taction\tGives machines back. For ever.\n";
    // Misspelled names follow.
    assert!(back.starts_with(line), "{back}");
}

#[test]
fn unusual_words_are_accepted() {
    let folder = imported();
    for words in ["", " ", "--", "a/../b", "w/", "😀"] {
        let outcome = folder.run(&["search", "--", words]);
        assert_eq!(outcome.status, 0, "{words:?}: {}", outcome.stderr);
    }
    assert_eq!(folder.run(&["search"]).status, 2);
}
