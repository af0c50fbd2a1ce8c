//! `docs`: import, list and remove; the pages that show texts; damaged files.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::program::Folder;
use crate::wheel::wheel;

const TERMINATE: [&str; 3] = ["cvm", "TerminateInstances", "--help"];

/// Returns a folder with imported texts.
pub(crate) fn imported() -> Folder {
    let folder = Folder::new();
    import(&folder, "3.1.5");
    folder
}

#[track_caller]
fn import(folder: &Folder, version: &str) {
    let path = folder.folder.path().join("shop.whl");
    fs::write(path, wheel(version)).expect("a file");
    let outcome = folder.run(&["docs", "import", "shop.whl"]);
    assert_eq!((outcome.status, &*outcome.stderr), (0, ""));
    let package = format!("tccli-intl-en {version}");
    assert!(outcome.stdout.contains(&package), "{}", outcome.stdout);
}

fn file(folder: &Folder) -> PathBuf {
    let data = folder.folder.path().join(".local/share/tc3");
    data.join("texts/intl.bin")
}

#[test]
fn help_has_imported_texts() {
    let before = Folder::new().run(&TERMINATE).stdout;
    assert!(!before.contains("Gives machines back"), "{before}");
    let folder = imported();
    let help = folder.run(&TERMINATE);
    assert_eq!((help.status, &*help.stderr), (0, ""));
    for part in [
        "Gives machines back. For ever.",
        "Which machines.",
        "云服务器",
    ] {
        assert!(help.stdout.contains(part), "{part}: {}", help.stdout);
    }
    // Control characters are shown as text.
    assert!(!help.stdout.contains('\x1b'), "{}", help.stdout);
    let run = folder.run(&["cvm", "RunInstances", "--help"]).stdout;
    for part in [
        "Where the machines are.",
        "A zone, such as zanzibar.",
        "The rented machines.",
    ] {
        assert!(run.contains(part), "{part}: {run}");
    }
    let service = folder.run(&["cvm", "--help"]).stdout;
    let line = service
        .lines()
        .find(|line| line.contains("TerminateInstances"));
    let line = line.expect("the action is listed");
    assert!(line.ends_with("Gives machines back."), "{line}");
}

#[test]
fn data_folder_follows_the_environment() {
    let folder = Folder::new();
    let data = folder.folder.path().join("elsewhere");
    let folder = folder.variable("XDG_DATA_HOME", data.to_str().expect("letters"));
    import(&folder, "3.1.5");
    assert!(data.join("tc3/texts/intl.bin").is_file());
    assert!(!file(&folder).exists());
}

#[test]
fn texts_are_replaced_and_removed() {
    let folder = imported();
    import(&folder, "3.1.6");
    let names = fs::read_dir(file(&folder).parent().expect("a folder")).expect("it can be read");
    assert_eq!(names.count(), 1);
    let list = folder.run(&["docs", "list"]).stdout;
    assert!(list.starts_with("intl\ttccli-intl-en 3.1.6\t"), "{list}");
    let list: Value =
        serde_json::from_str(&folder.run(&["docs", "list", "--json"]).stdout).expect("JSON");
    assert_eq!(list[0]["package"], "tccli-intl-en 3.1.6");

    assert_eq!(
        folder.run(&["docs", "remove", "--site", "mainland"]).status,
        0
    );
    assert!(file(&folder).exists());
    let removed = folder.run(&["docs", "remove"]);
    assert_eq!((removed.status, &*removed.stderr), (0, ""));
    assert!(!file(&folder).exists());
    let list = folder.run(&["docs", "list"]);
    assert_eq!((list.status, &*list.stdout), (0, ""));
    assert!(list.stderr.contains("tc3 docs import"), "{}", list.stderr);
}

#[test]
fn invalid_wheel_changes_nothing() {
    let folder = imported();
    let before = fs::read(file(&folder)).expect("a file");
    folder.write("broken.whl", "not a wheel");
    for name in ["broken.whl", "missing.whl"] {
        let outcome = folder.run(&["docs", "import", name]);
        assert_eq!((outcome.status, &*outcome.stdout), (3, ""));
        assert!(outcome.stderr.contains(name), "{}", outcome.stderr);
    }
    assert_eq!(fs::read(file(&folder)).expect("a file"), before);
}

#[test]
fn damaged_file_is_reported_and_ignored() {
    let folder = imported();
    let whole = fs::read(file(&folder)).expect("a file");
    let mut flipped = whole.clone();
    let last = flipped.len() - 5;
    flipped[last] ^= 1;
    let mut directory = whole.clone();
    directory[40] ^= 1;
    for damaged in [
        &whole[..0],
        &whole[..20],
        &whole[..whole.len() - 1],
        b"something else that is long enough for a header",
        &flipped,
        &directory,
    ] {
        fs::write(file(&folder), damaged).expect("a file");
        let outcome = folder.run(&TERMINATE);
        assert_eq!(outcome.status, 0);
        assert!(
            outcome.stdout.contains("--InstanceIds"),
            "{}",
            outcome.stdout
        );
        assert!(
            outcome.stderr.starts_with("warning: the imported texts"),
            "{}",
            outcome.stderr
        );
        assert!(
            outcome.stderr.contains("import them again"),
            "{}",
            outcome.stderr
        );
        let search = folder.run(&["search", "TerminateInstances", "--limit", "1"]);
        assert!(
            search.stdout.starts_with("cvm.TerminateInstances\t"),
            "{}",
            search.stdout
        );
    }
    import(&folder, "3.1.5");
    assert_eq!(folder.run(&TERMINATE).stderr, "");
}

#[test]
fn examples_are_commands_and_json() {
    let before = Folder::new().run(&["examples", "cvm.TerminateInstances"]);
    assert_eq!((before.status, &*before.stdout), (3, ""));
    assert!(
        before.stderr.contains("tc3 docs import"),
        "{}",
        before.stderr
    );

    let folder = imported();
    let examples = folder.run(&["examples", "cvm.TerminateInstances"]).stdout;
    for part in [
        "# 1. Two machines",
        "# Both go.",
        "tc3 cvm TerminateInstances",
        "r-1",
    ] {
        assert!(examples.contains(part), "{part}: {examples}");
    }
    let json = folder
        .run(&["examples", "cvm.TerminateInstances", "--json"])
        .stdout;
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json[0]["request"]["InstanceIds"][1], "ins 2");

    let none = folder.run(&["examples", "cvm.RunInstances"]);
    assert_eq!((none.status, &*none.stdout), (0, ""));
    for wrong in ["cvm", "cvm.Placement", "cvm.RunInstance"] {
        assert_eq!(folder.run(&["examples", wrong]).status, 2, "{wrong}");
    }
}
