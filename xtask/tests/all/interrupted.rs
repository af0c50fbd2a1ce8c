//! Tests killed commands, and two commands that write to the same folder.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{BuildHasher as _, RandomState};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crate::command::{Outcome, outcome, run, shown, tree, workspace, write};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Number of actions of the service. Each has a file in the crate.
const ACTIONS: usize = 50;

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

    /// Writes the sources, with this word in every description and in the name of one action.
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

    /// Returns the files that the command creates from the sources.
    fn output(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut output = tree(self.folder.path()).expect("the root");
        output.retain(|path, _| !path.starts_with("specs/shop/imports"));
        output
    }

    fn regenerate(&self, arguments: &[&str]) -> Outcome {
        outcome(self.command().args(arguments))
    }

    /// Starts the command, and waits until it has changed a folder or ended.
    fn start_writing(&self) -> Child {
        let before = self.changed();
        let mut command = self.command();
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut run = command.spawn().expect("the command starts");
        while self.changed() == before && run.try_wait().expect("a child").is_none() {
            thread::sleep(Duration::from_micros(200));
        }
        run
    }

    /// Returns the modification time of each folder, which changes when a file is created, replaced or removed in it.
    fn changed(&self) -> BTreeMap<PathBuf, SystemTime> {
        let mut changed = BTreeMap::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            let inner = fs::read_dir(&folder).expect("a folder");
            let inner = inner.map(|entry| entry.expect("an entry"));
            let inner = inner.filter(|entry| entry.file_type().expect("a type").is_dir());
            folders.extend(inner.map(|entry| entry.path()));
            let metadata = fs::metadata(&folder).expect("a folder");
            changed.insert(folder, metadata.modified().expect("a time"));
        }
        changed
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.current_dir(workspace());
        command.args(["regenerate", "--allow-removal", "--root"]);
        command.arg(self.folder.path());
        command
    }
}

/// Returns a random number from 0 to 1.
fn random() -> f64 {
    let bits = RandomState::new().hash_one(());
    f64::from((bits >> 32) as u32) / f64::from(u32::MAX)
}

#[test]
fn killed_run_is_completed_by_the_next() {
    const KILLS: usize = 12;
    const WORDS: [&str; 2] = ["old", "new"];
    let root = Root::new(WORDS[0]);
    root.regenerate(&[]).succeeded();
    let old = root.output();
    root.describe(WORDS[1]);
    let mut run = root.start_writing();
    let began = Instant::now();
    assert!(run.wait().expect("it ends").success());
    let span = began.elapsed();
    let new = root.output();
    assert_ne!(old, new);

    let complete = [&old, &new];
    let (mut kills, mut halfway) = (0, 0);
    // On a fast machine, a run can end before it is killed.
    while kills < KILLS || halfway == 0 && kills < 10 * KILLS {
        let word = kills % 2;
        kills += 1;
        root.describe(WORDS[word]);
        let mut run = root.start_writing();
        let wait = span.mul_f64(random());
        // Printed if the test fails.
        println!("kill {kills}: {wait:?} of {span:?} after the first change");
        thread::sleep(wait);
        run.kill().expect("it can be killed");
        run.wait().expect("it ends");

        let mut left = root.output();
        left.retain(|path, _| {
            path.extension()
                .is_none_or(|extension| extension != "tc3-tmp")
        });
        for (path, text) in &left {
            let is_whole = complete.iter().any(|tree| tree.get(path) == Some(text));
            assert!(is_whole, "half of {} is there", path.display());
        }
        halfway += usize::from(!complete.contains(&&left));
        root.regenerate(&[]).succeeded();
        assert!(
            root.output() == *complete[word],
            "the next run completes it"
        );
    }
    assert_ne!(halfway, 0, "every run ended before it was killed");
}

/// A kill can miss a half-written file, so this checks that files are replaced by a rename.
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
