//! Commands that are killed, that fail half-way, and that meet each other: specs and generated code are as they were, or
//! as they are to be.

mod command;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use command::{Outcome, files, outcome, read, run, shown, tree, workspace, write};
use serde_json::{Value, json};
use tempfile::TempDir;

type Tree = Option<BTreeMap<PathBuf, Vec<u8>>>;

/// How many actions the service has: each is a file of its crate.
const ACTIONS: usize = 200;

/// A root with a service of many actions, which is made of what was imported and of a glossary.
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

    /// Writes the sources so that all of what is made of them has this word in it. Each word has one action of its own.
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
        let glossary = json!({"actions": {}, "types": {}, "parameters": {}});
        write(&self.path("specs/shop/glossary.json"), glossary.to_string());
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.current_dir(workspace()).args(arguments);
        command.args(["--root", shown(self.folder.path())]);
        command
    }

    fn regenerate(&self, arguments: &[&str]) -> Outcome {
        outcome(&mut self.command(&[&["regenerate"], arguments].concat()))
    }

    /// What was made: all but the sources.
    fn made(&self) -> Tree {
        let mut made = tree(self.folder.path())?;
        made.retain(|path, _| !path.starts_with("specs/shop/imports"));
        Some(made)
    }

    /// Whether a command has begun to move files to their places, and not ended.
    fn is_moving(&self) -> bool {
        let stages = self.stages();
        stages.iter().any(|stage| stage.join("journal").exists())
    }

    /// The stages that are there.
    fn stages(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.path("specs")).expect("the folder");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        paths.filter(|path| is_stage(path)).collect()
    }
}

fn is_stage(path: &Path) -> bool {
    let mut parts = path.components();
    parts.any(|part| {
        part.as_os_str()
            .to_string_lossy()
            .starts_with(".regenerate-")
    })
}

/// All but the stages.
fn without_stages(tree: Tree) -> Tree {
    let mut tree = tree?;
    tree.retain(|path, _| !is_stage(path));
    Some(tree)
}

fn start(mut command: Command) -> Child {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("the command starts")
}

/// Numbers from 0 to 1, the same in every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        f64::from((self.0 >> 40) as u32) / f64::from(1 << 24)
    }
}

const CHANGE: [&str; 2] = ["regenerate", "--allow-removal"];

#[test]
fn a_command_that_is_killed_at_any_moment_leaves_all_old_or_all_new() {
    /// How many kills are to meet the moves, and how many it may take: on a slow machine about half of them do.
    const ENOUGH: usize = 10;
    const MOST: usize = 300;
    let root = Root::new("old");
    root.regenerate(&[]).succeeded();
    let old = root.made();
    root.describe("new");
    let began = Instant::now();
    root.regenerate(&["--allow-removal"]).succeeded();
    let whole = began.elapsed();
    let new = root.made();
    assert_ne!(old, new);
    let words = ["old", "new"];
    let mut is_new = true;
    let mut numbers = Numbers(1);
    let mut interrupted = 0;
    for kill in 0.. {
        if interrupted == ENOUGH {
            break;
        }
        assert!(
            kill < MOST,
            "only {interrupted} of {MOST} kills met the moves"
        );
        // From whatever is there to the other.
        root.describe(words[usize::from(!is_new)]);
        let mut child = start(root.command(&CHANGE));
        let moment = numbers.next();
        if kill % 2 == 0 {
            std::thread::sleep(whole.mul_f64(moment));
        } else {
            // The moves are a small part of it.
            while child.try_wait().expect("a child").is_none() && !root.is_moving() {
                std::thread::sleep(Duration::from_micros(200));
            }
            std::thread::sleep(whole.mul_f64(moment / 100.0));
        }
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        let has_journal = root.is_moving();
        if has_journal {
            interrupted += 1;
            // Reading is enough.
            let check = root.regenerate(&["--check", "--allow-removal"]);
            assert!(check.err.contains("was interrupted"), "{}", check.err);
            assert!(root.stages().is_empty());
        }
        let found = without_stages(root.made());
        let (was, is_to_be) = if is_new { (&new, &old) } else { (&old, &new) };
        assert!(
            found == *was || found == *is_to_be && !has_journal,
            "what is there is neither as it was nor as it is to be"
        );
        if found == *is_to_be {
            is_new = !is_new;
        }
    }
    root.describe("new");
    root.regenerate(&["--allow-removal"]).succeeded();
    assert_eq!(root.made(), new, "what the killed runs left behind is gone");
}

/// Leaves the root as a command would that was killed when it had removed the spec.
fn interrupt(root: &Root) {
    let stage = root.path("specs/.regenerate-killed");
    fs::create_dir(&stage).expect("a folder");
    let spec = "specs/shop/2021-03-31.json";
    fs::rename(root.path(spec), stage.join("0.old")).expect("the spec");
    let step = json!({"place": spec, "number": 0, "new": null, "old": true});
    let journal = json!({"way": "..", "folders": [], "files": [step]});
    write(&stage.join("journal"), journal.to_string());
}

#[test]
fn every_command_undoes_first_what_was_left_half_done() {
    let root = Root::new("old");
    root.regenerate(&[]).succeeded();
    let before = tree(root.folder.path());
    let specs = root.path("specs");
    let specs = shown(&specs);
    let elsewhere = TempDir::new().expect("a folder");
    let out = elsewhere.path().join("out");
    let folder = shown(root.folder.path());
    let nothing = elsewhere.path().join("package");
    write(
        &nothing.join("tccli/services/bank/v20210331/api.json"),
        r#"{"metadata": {"apiVersion": "2021-03-31", "serviceShortName": "bank"}, "actions": {}}"#,
    );
    for (arguments, code) in [
        (&["regenerate", "--root", folder][..], 0),
        (&["regenerate", "--root", folder, "--check"], 0),
        (&["generate", "--specs", specs, "--out", shown(&out)], 0),
        // Its package has an error.
        (&["import", shown(&nothing), "--all", "--specs", specs], 1),
        // There is no such seed.
        (
            &["emulate", "--specs", specs, "--state", "/dev/null/state"],
            1,
        ),
    ] {
        interrupt(&root);
        assert_ne!(tree(root.folder.path()), before);
        let outcome = run(arguments);
        assert_eq!(outcome.code, Some(code), "{arguments:?} {}", outcome.err);
        let told = "warning: a command was interrupted while it wrote in ";
        assert!(outcome.err.contains(told), "{arguments:?} {}", outcome.err);
        assert_eq!(tree(root.folder.path()), before, "{arguments:?}");
    }
}

#[test]
fn nothing_is_undone_in_a_folder_that_another_command_holds() {
    let root = Root::new("old");
    root.regenerate(&[]).succeeded();
    let before = tree(root.folder.path());
    // It was killed when it had removed a spec and a file of the crate.
    let stage = root.path("specs/.regenerate-killed");
    fs::create_dir(&stage).expect("a folder");
    let steps = ["specs/shop/2021-03-31.json", "generated/shop/Cargo.toml"];
    let steps = steps.iter().enumerate().map(|(number, place)| {
        let kept = stage.join(format!("{number}.old"));
        fs::rename(root.path(place), kept).expect("the file");
        json!({"place": place, "number": number, "new": null, "old": true})
    });
    let steps: Vec<Value> = steps.collect();
    let journal = json!({"way": "..", "folders": [], "files": steps});
    write(&stage.join("journal"), journal.to_string());
    let half = tree(root.folder.path());
    let elsewhere = TempDir::new().expect("a folder");
    let specs = root.path("specs");
    let generate = || {
        run(&[
            "generate",
            "--specs",
            shown(&specs),
            "--out",
            shown(elsewhere.path()),
        ])
    };
    // The command itself has nothing to do there.
    let generated = fs::File::open(root.path("generated")).expect("the folder");
    generated.lock_shared().expect("a lock");
    let told = generate();
    assert!(
        told.failed().contains("another command is reading in ")
            && told
                .err
                .contains("/generated: run this again once it has ended"),
        "{}",
        told.err
    );
    assert_eq!(tree(root.folder.path()), half);
    drop(generated);
    generate().succeeded();
    assert_eq!(tree(root.folder.path()), before);
}

#[test]
fn a_comparison_is_kept_out_by_who_writes_in_any_folder_above() {
    let root = Root::new("old");
    root.regenerate(&[]).succeeded();
    let import = root.path("specs/shop/imports/2021-03-31.json");
    let spec = root.path("specs/shop/2021-03-31.json");
    let diff = || run(&["diff", shown(&import), shown(&spec)]);
    diff().succeeded();
    for folder in ["specs", "specs/shop", "specs/shop/imports", "."] {
        let folder = fs::File::open(root.path(folder)).expect("the folder");
        folder.lock().expect("a lock, as one takes it who writes");
        assert!(diff().failed().contains("another command is writing in "));
    }
}

#[test]
fn crates_do_not_go_among_the_specs() {
    let root = Root::new("old");
    root.regenerate(&[]).succeeded();
    let before = tree(root.folder.path());
    let specs = root.path("specs");
    let same = root.path("generated/../specs");
    let told = run(&["generate", "--specs", shown(&specs), "--out", shown(&same)]);
    let expect = format!(
        "error: {} is the folder of the specs: name another one for the crates with `--out`\n",
        same.display()
    );
    assert_eq!(told.failed(), expect);
    assert_eq!(tree(root.folder.path()), before);
}

#[test]
fn what_a_command_left_that_had_moved_nothing_goes() {
    let root = Root::new("old");
    root.regenerate(&[]).succeeded();
    let before = tree(root.folder.path());
    write(&root.path("specs/.regenerate-killed/0.new"), "half of a fi");
    write(&root.path("generated/.regenerate-killed/journal.part"), "{");
    // Who only reads is not in its way.
    root.regenerate(&["--check"]).succeeded();
    assert_ne!(tree(root.folder.path()), before);
    root.regenerate(&[]).succeeded();
    assert_eq!(tree(root.folder.path()), before);
}

#[test]
fn who_writes_keeps_others_out_and_who_reads_keeps_out_who_writes() {
    let root = Root::new("old");
    root.regenerate(&[]).succeeded();
    let before = tree(root.folder.path());
    let specs = root.path("specs");
    let elsewhere = TempDir::new().expect("a folder");
    let out = shown(elsewhere.path());
    let package = elsewhere.path().join("package");
    write(
        &package.join("tccli/services/bank/v20210331/api.json"),
        r#"{"metadata": {"apiVersion": "2021-03-31", "serviceShortName": "bank"}, "actions": {}, "objects": {}}"#,
    );
    let folder = shown(root.folder.path());
    let reading = [
        &["regenerate", "--root", folder, "--check"][..],
        &["generate", "--specs", shown(&specs), "--out", out],
    ];
    let writing = [
        &["regenerate", "--root", folder][..],
        &["import", shown(&package), "--all", "--specs", shown(&specs)],
    ];
    let refused = |arguments: &[&str], does: &str| {
        let outcome = run(arguments);
        let expect = format!(
            "error: another command is {does} in {}: run this again once it has ended\n",
            specs.display()
        );
        assert_eq!(outcome.failed(), expect, "{arguments:?}");
        assert_eq!(tree(root.folder.path()), before, "{arguments:?}");
    };
    let other = fs::File::open(&specs).expect("the folder");
    other.lock().expect("a lock, as one takes it who writes");
    for arguments in reading.iter().chain(&writing) {
        refused(arguments, "writing");
    }
    other.unlock().expect("the lock goes");
    other
        .lock_shared()
        .expect("a lock, as one takes it who reads");
    for arguments in writing {
        refused(arguments, "reading");
    }
    for arguments in reading {
        run(arguments).succeeded();
    }
    drop(other);
    for arguments in writing {
        run(arguments).succeeded();
    }
    // The other of the two folders counts as well.
    let generated = fs::File::open(root.path("generated")).expect("the folder");
    generated.lock().expect("a lock");
    let told = root.regenerate(&[]);
    assert!(told.failed().contains("is writing in"), "{}", told.err);
}

#[test]
fn many_commands_at_once_make_what_one_makes() {
    let root = Root::new("old");
    root.regenerate(&[]).succeeded();
    let old = root.made();
    root.describe("new");
    let mut children: Vec<Child> = (0..8)
        .map(|number| {
            let arguments = match number % 2 {
                0 => &CHANGE[..],
                _ => &["regenerate", "--check", "--allow-removal"],
            };
            let mut command = root.command(arguments);
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
            command.spawn().expect("the command starts")
        })
        .collect();
    let mut written = 0;
    for (number, child) in children.drain(..).enumerate() {
        let output = child.wait_with_output().expect("it ends");
        let told = String::from_utf8(output.stderr).expect("UTF-8");
        let was_kept_out = told.starts_with("error: another command is ");
        let is_stale = told.contains("are stale: run `cargo xtask regenerate`");
        match output.status.code() {
            Some(0) => written += usize::from(number % 2 == 0),
            Some(1) if number % 2 == 0 => assert!(was_kept_out, "{told}"),
            // What was written in part would be stale in part.
            Some(1) => {
                let printed = String::from_utf8(output.stdout).expect("UTF-8");
                let stale = printed
                    .rsplit("check ")
                    .next()
                    .and_then(|of| of.split(' ').next());
                let stale = stale.and_then(|number| number.parse::<usize>().ok());
                assert!(
                    was_kept_out || is_stale && stale > Some(ACTIONS),
                    "{told} {stale:?}"
                );
            }
            code => panic!("{code:?} {told}"),
        }
    }
    let made = root.made();
    let again = root.regenerate(&["--allow-removal"]);
    again.succeeded();
    assert_ne!(root.made(), old);
    assert!(written == 0 || made == root.made());
    root.regenerate(&["--check"]).succeeded();
}

#[cfg(unix)]
mod unix {
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    use std::os::unix::process::CommandExt;

    use super::*;

    /// Somebody for whom permissions count, as they do not for root.
    const NOBODY: u32 = 65_534;

    fn allow(folder: &Path, mode: u32) {
        fs::set_permissions(folder, Permissions::from_mode(mode)).expect("it is ours");
    }

    #[test]
    fn a_folder_in_which_nothing_may_be_written_leaves_all_as_it_was() {
        let root = Root::new("old");
        root.regenerate(&[]).succeeded();
        let is_root = fs::metadata(root.folder.path()).expect("the folder").uid() == 0;
        let program = root.path("xtask");
        fs::copy(env!("CARGO_BIN_EXE_xtask"), &program).expect("a copy");
        root.describe("new");
        if is_root {
            for path in tree(root.folder.path()).expect("the root").into_keys() {
                chown(root.folder.path().join(path), Some(NOBODY), None).expect("root may");
            }
            chown(root.folder.path(), Some(NOBODY), None).expect("root may");
        }
        let before = tree(root.folder.path());
        let regenerate = || {
            let mut command = Command::new(&program);
            if is_root {
                command.uid(NOBODY);
            }
            command.current_dir(root.folder.path());
            command.args(["regenerate", "--allow-removal", "--root", "."]);
            outcome(&mut command)
        };
        for (folder, expect) in [
            ("specs", "cannot write in ./specs"),
            // The specs are first, and they are put back.
            (
                "generated/shop/src/v20210331",
                "; all files are as they were before\n",
            ),
            ("specs/shop", "; all files are as they were before\n"),
        ] {
            allow(&root.path(folder), 0o555);
            let told = regenerate();
            assert!(told.failed().contains(expect), "{}", told.err);
            allow(&root.path(folder), 0o755);
            assert_eq!(tree(root.folder.path()), before, "{folder}");
        }
        // One that cannot even be opened cannot be locked either.
        allow(&root.path("generated"), 0o300);
        let told = regenerate();
        let expect = "warning: ./generated cannot be locked (";
        assert!(told.failed().starts_with(expect), "{}", told.err);
        allow(&root.path("generated"), 0o755);
        assert_eq!(tree(root.folder.path()), before);
        regenerate().succeeded();
        assert!(read(&root.path("specs/shop/2021-03-31.json")).contains("Onlynew"));
        let left = files(root.folder.path());
        assert!(!left.iter().any(|file| file.contains(".regenerate-")));
    }
}

#[test]
fn what_is_only_called_like_a_stage_is_left_alone() {
    let root = tempfile::TempDir::new().expect("a folder");
    let page = "specs/organization/pages/2021-03-31/AddOrganizationMemberEmail.txt";
    write(&root.path().join(page), read(&workspace().join(page)));
    let notes = root.path().join("specs/.regenerate-notes/n");
    write(&notes, "mine");
    let file = root.path().join("specs/.regenerate-x");
    write(&file, "mine too");
    run(&["regenerate", "--root", shown(root.path())]).succeeded();
    assert_eq!(
        (read(&notes), read(&file)),
        ("mine".to_owned(), "mine too".to_owned())
    );
}
