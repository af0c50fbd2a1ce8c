//! Commands that are killed at each of their steps, and steps that fail.

use std::collections::BTreeMap;

use tempfile::TempDir;

use super::*;
use crate::hold::Hold;

/// A tree in which two files are to change, two are to come, and two are to go with their folder.
struct Tree {
    folder: TempDir,
}

const PLAN: [(&str, Option<&str>); 6] = [
    ("specs/a.json", Some("a, new")),
    ("generated/b.rs", Some("b, new")),
    ("generated/c/deep/c.rs", Some("c, new")),
    ("generated/c/d.rs", Some("d, new")),
    ("generated/old/src/e.rs", None),
    ("generated/old/src/f.rs", None),
];

impl Tree {
    fn new() -> Tree {
        let tree = Tree {
            folder: TempDir::new().expect("a folder"),
        };
        for path in [
            "specs/a.json",
            "generated/b.rs",
            "generated/old/src/e.rs",
            "generated/old/src/f.rs",
            "generated/same.rs",
        ] {
            let path = tree.path(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(&path, format!("{}, old", path.display())).expect("a file");
        }
        tree
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The journal of the plan, its stage in `specs`, as a command has it that holds both folders.
    fn journal(&self) -> Journal {
        let stage = self.path(&format!("specs/{PREFIX}1"));
        fs::create_dir(&stage).expect("a folder");
        let mut files = Vec::new();
        for (number, (path, new)) in PLAN.into_iter().enumerate() {
            if let Some(new) = new {
                fs::write(new_file(&stage, number), new).expect("a file");
            }
            files.push((PathBuf::from(path), number, new.is_some()));
        }
        Journal::plan(stage, self.folder.path(), files).expect("a plan")
    }

    /// What the next command finds that reads specs.
    fn found_by_a_reader(&self) -> BTreeMap<PathBuf, String> {
        Hold::to_read(&[&self.path("specs")]).expect("what was begun is undone");
        self.found()
    }

    /// What the next command finds that writes specs.
    fn found_by_a_writer(&self) -> BTreeMap<PathBuf, String> {
        Hold::to_write(&[&self.path("specs")]).expect("there is nothing to undo");
        self.found()
    }

    /// All files with their texts, and all folders.
    fn found(&self) -> BTreeMap<PathBuf, String> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path.clone());
                    found.insert(path, String::new());
                } else {
                    let text = fs::read_to_string(&path).expect("a text");
                    found.insert(path, text);
                }
            }
        }
        found
    }
}

/// The steps of the plan: two folders, four files, and two that go.
const STEPS: usize = 8;

#[test]
fn a_command_that_is_killed_behind_any_step_is_undone_by_the_next() {
    for steps in 0..=STEPS {
        let tree = Tree::new();
        let before = tree.found();
        let journal = tree.journal();
        journal.write().expect("a journal");
        let mut taken = 0;
        for step in journal.steps().take(steps) {
            journal.take(step).expect("a step");
            taken += 1;
        }
        assert_eq!(taken, steps);
        assert_eq!(tree.found_by_a_reader(), before, "behind {steps} steps");
    }
}

#[test]
fn a_command_that_is_killed_while_it_undoes_another_is_no_harm() {
    for undone in 0..=PLAN.len() {
        let tree = Tree::new();
        let before = tree.found();
        let journal = tree.journal();
        journal.write().expect("a journal");
        for step in journal.steps() {
            journal.take(step).expect("a step");
        }
        for entry in &journal.files[..undone] {
            assert!(journal.put_back(entry).expect("the file"));
        }
        assert_eq!(tree.found_by_a_reader(), before, "behind {undone} files");
    }
}

#[test]
fn a_command_that_is_killed_before_its_first_step_leaves_nothing() {
    let tree = Tree::new();
    let before = tree.found();
    let journal = tree.journal();
    let files = before.iter();
    for (path, text) in files.filter(|(path, _)| path.is_file()) {
        assert_eq!(&fs::read_to_string(path).expect("a file"), text);
    }
    // A stage without a whole journal is nobody's.
    fs::write(journal.stage.join("journal.part"), "{").expect("a file");
    Hold::to_write(&[&tree.path("specs")]).expect("a hold");
    assert_eq!(tree.found(), before);
}

#[test]
fn what_is_done_is_not_undone() {
    let tree = Tree::new();
    let journal = tree.journal();
    journal.write().expect("a journal");
    journal.carry_out().expect("all steps can be taken");
    Hold::to_write(&[&tree.path("specs")]).expect("a hold");
    let found = tree.found();
    for (path, new) in PLAN {
        assert_eq!(found.get(&tree.path(path)).map(String::as_str), new);
    }
    assert!(!tree.path("generated/old").exists());
    assert!(tree.path("generated/same.rs").exists());
    assert!(!journal.stage.exists());
}

#[test]
fn a_step_that_fails_undoes_all_before_it() {
    for (at, verb) in [
        ("generated/b.rs", "write"),
        ("generated/c/d.rs", "write"),
        ("generated/old/src/f.rs", "remove"),
    ] {
        let tree = Tree::new();
        let journal = tree.journal();
        journal.write().expect("a journal");
        // Between the plan and the step, a folder comes in the place of the file.
        let place = tree.path(at);
        let _ = fs::remove_file(&place);
        fs::create_dir_all(place.join("in")).expect("a folder");
        let mut before = tree.found();
        before.retain(|path, _| !path.starts_with(&journal.stage));

        let error = journal.carry_out().expect_err("a folder is in the way");
        let shown = format!("{error:#}");
        let start = format!("cannot {verb} ");
        assert!(shown.starts_with(&start) && shown.contains(at), "{shown}");
        let end = "; all files are as they were before";
        assert!(shown.ends_with(end), "{shown}");
        assert_eq!(tree.found_by_a_writer(), before);
    }
}

#[test]
fn a_folder_in_the_place_of_a_file_is_found_before_the_first_step() {
    let tree = Tree::new();
    let place = tree.path("generated/b.rs");
    fs::remove_file(&place).expect("the file");
    fs::create_dir(&place).expect("a folder");
    let stage = tree.path(&format!("specs/{PREFIX}1"));
    fs::create_dir(&stage).expect("a folder");
    let files = vec![(PathBuf::from("generated/b.rs"), 0, true)];
    let error = Journal::plan(stage, tree.folder.path(), files).expect_err("a folder");
    let shown = error.to_string();
    assert!(
        shown.ends_with("b.rs is a folder, and a file is to be there"),
        "{shown}"
    );
}

#[test]
fn what_cannot_be_put_back_is_named_and_tried_again() {
    let tree = Tree::new();
    let before = tree.found();
    let journal = tree.journal();
    journal.write().expect("a journal");
    for step in journal.steps() {
        journal.take(step).expect("a step");
    }
    // The folder is gone with its files, and now there is a file of its name.
    let blocker = tree.path("generated/old");
    fs::write(&blocker, "in the way").expect("a file");
    let error = Hold::to_read(&[&tree.path("specs")]).map(|_| ());
    let shown = format!("{:#}", error.expect_err("a file is in the way"));
    for file in [("e.rs", "4.old"), ("f.rs", "5.old")] {
        let place = tree.path("generated/old/src").join(file.0);
        let place = place.strip_prefix(tree.folder.path()).expect("a place");
        assert!(shown.contains(&place.display().to_string()), "{shown}");
        let kept = journal.stage.join(file.1);
        let kept = format!("what was there is {}", kept.display());
        assert!(shown.contains(&kept), "{shown}");
    }
    assert!(!shown.contains("b.rs"), "{shown}");
    let text = fs::read_to_string(tree.path("generated/b.rs")).expect("a file");
    assert!(text.ends_with("old"), "all others are back");

    fs::remove_file(&blocker).expect("the file");
    assert_eq!(tree.found_by_a_reader(), before);
}

#[test]
fn what_somebody_has_written_since_stays() {
    let tree = Tree::new();
    let before = tree.found();
    let journal = tree.journal();
    journal.write().expect("a journal");
    for step in journal.steps() {
        journal.take(step).expect("a step");
    }
    let mut expect = before;
    for (path, text) in [
        ("specs/a.json", "corrected by hand"),
        ("generated/old/src/e.rs", "back again"),
    ] {
        let path = tree.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("a file");
        expect.insert(path, text.to_owned());
    }
    assert_eq!(tree.found_by_a_reader(), expect);
}

#[test]
fn a_damaged_journal_is_not_guessed_at() {
    let tree = Tree::new();
    let journal = tree.journal();
    journal.write().expect("a journal");
    fs::write(journal.stage.join(FILE), "{\"root\":").expect("a file");
    let before = tree.found();
    let error = Hold::to_write(&[&tree.path("specs")]).map(|_| ());
    let shown = format!("{:#}", error.expect_err("a damaged journal"));
    assert!(
        shown.contains("is damaged: put the files in order by hand"),
        "{shown}"
    );
    assert_eq!(tree.found(), before);
}
