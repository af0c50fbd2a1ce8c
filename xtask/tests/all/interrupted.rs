//! Killed commands, and two commands that write to the same folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::command::{Outcome, outcome, run, shown, tree, workspace, write};
use serde_json::{Value, json};
use tempfile::TempDir;

/// The number of actions of the service; each is a file of its crate.
const ACTIONS: usize = 200;

/// A root whose service has many actions, imported metadata and a glossary.
struct Root {
    folder: TempDir,
}

impl Root {
    fn new(word: &str) -> Root {
        let root = Root {
            folder: TempDir::new().expect("a folder"),
        };
        root.describe(word);
        root
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes the sources with this word in every description. Each word also has an action of its own.
    fn describe(&self, word: &str) {
        let action = |name: &str| {
            (
                name.to_owned(),
                json!({
                    "description": format!("Does a {word}."),
                    "request": [{"name": "Name", "type": "String", "description": format!("The {word}.")}],
                    "response": [],
                    "errors": [],
                    "examples": [],
                }),
            )
        };
        let names = (0..ACTIONS).map(|number| format!("Do{number}"));
        let names = names.chain([format!("Only{word}")]);
        let actions: serde_json::Map<String, Value> = names.map(|name| action(&name)).collect();
        let spec = json!({
            "format": 1,
            "service": "shop",
            "version": "2021-03-31",
            "endpoint": "shop.intl.tencentcloudapi.com",
            "actions": actions,
            "types": {},
            "imported": {"package": "tccli-intl-en", "version": "3.1.5"},
        });
        let text = serde_json::to_string_pretty(&spec).expect("JSON");
        write(
            &self.path("specs/shop/imports/2021-03-31.json"),
            text + "\n",
        );
        let glossary = json!({"items": {}, "shared": {}});
        write(&self.path("specs/shop/glossary.json"), glossary.to_string());
    }

    /// Returns the files that are made from the sources.
    fn made(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut made = tree(self.folder.path()).expect("the root");
        made.retain(|path, _| !path.starts_with("specs/shop/imports"));
        made
    }

    fn regenerate(&self, arguments: &[&str]) -> Outcome {
        outcome(self.command().args(arguments))
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.current_dir(workspace());
        command.args(["regenerate", "--allow-removal", "--root"]);
        command.arg(self.folder.path());
        command
    }
}

#[test]
fn killed_run_is_completed_by_the_next() {
    const KILLS: u32 = 12;
    const WORDS: [&str; 2] = ["old", "new"];
    let root = Root::new(WORDS[0]);
    let complete = |word: &str| {
        root.describe(word);
        let began = Instant::now();
        root.regenerate(&[]).succeeded();
        (root.made(), began.elapsed())
    };
    let [(old, _), (new, whole)] = WORDS.map(complete);
    assert_ne!(old, new);
    for kill in 0..KILLS {
        root.describe(WORDS[kill as usize % 2]);
        let mut command = root.command();
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the command starts");
        // Files are written at the end of a run.
        let moment = f64::from(kill + 1) / f64::from(KILLS);
        std::thread::sleep(whole.mul_f64(moment.sqrt()));
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        for (path, text) in root.made() {
            let is_temporary = path.extension().is_some_and(|extension| extension == "tmp");
            let is_whole = [&old, &new]
                .iter()
                .any(|tree| tree.get(&path) == Some(&text));
            assert!(
                is_whole || is_temporary,
                "half of {} is there",
                path.display()
            );
        }
    }
    assert_eq!(complete(WORDS[0]).0, old);
    assert_eq!(complete(WORDS[1]).0, new);
}

/// A kill rarely hits a half-written file, so this checks that files are replaced by a rename.
#[test]
fn files_are_replaced_atomically() {
    let root = Root::new("old");
    root.regenerate(&[]).succeeded();
    let spec = root.path("specs/shop/2021-03-31.json");
    let link = root.path("link");
    fs::hard_link(&spec, &link).expect("a link to the old file");
    let old = fs::read(&spec).expect("the spec");
    root.describe("new");
    root.regenerate(&[]).succeeded();
    assert_ne!(fs::read(&spec).expect("the spec"), old);
    assert_eq!(fs::read(&link).expect("the old file"), old);
}

#[test]
fn second_writer_exits() {
    let root = Root::new("old");
    root.regenerate(&[]).succeeded();
    let before = tree(root.folder.path());
    let specs = root.path("specs");
    let elsewhere = TempDir::new().expect("a folder");
    let package = elsewhere.path().join("package");
    write(
        &package.join("tccli/services/bank/v20210331/api.json"),
        r#"{"metadata": {"apiVersion": "2021-03-31", "serviceShortName": "bank"}, "actions": {}, "objects": {}}"#,
    );
    let import = ["import", shown(&package), "--all", "--specs", shown(&specs)];
    for folder in [specs.clone(), root.path("generated")] {
        let other = fs::File::open(&folder).expect("the folder");
        other.lock().expect("a lock, as a command takes it");
        let refused = |outcome: Outcome| {
            let expected = format!(
                "error: {} is locked by another command: run this again when it has finished\n",
                folder.display()
            );
            assert_eq!(outcome.failed(), expected);
            assert_eq!(tree(root.folder.path()), before);
        };
        refused(root.regenerate(&[]));
        if folder == specs {
            refused(run(&import));
        }
        // Readers are not blocked.
        root.regenerate(&["--check"]).succeeded();
        // Closing the file is not enough: a process that another test is starting may still share it.
        other.unlock().expect("the lock is released");
    }
    root.regenerate(&[]).succeeded();
    run(&import).succeeded();
}
