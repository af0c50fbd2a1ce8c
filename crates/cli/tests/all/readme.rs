//! The commands and tables of the README.

use std::path::Path;
use std::{env, fs};

use crate::program::Folder;

/// `UPDATE_SNAPSHOTS=1 cargo test -p tc3-cli` updates the tables.
#[test]
fn readme_tables_are_printed_by_the_program() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = fs::read_to_string(&path).expect("a file");
    let tables = Folder::new().run(&["man", "--tables"]).stdout;
    let [begin, end] =
        ["begin", "end"].map(|edge| format!("<!-- {edge} of `tc3 man --tables` -->\n"));
    let (before, rest) = readme.split_once(&begin).expect("a beginning");
    let (found, after) = rest.split_once(&end).expect("an end");
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&path, [before, &begin, &tables, &end, after].concat()).expect("a file");
    } else {
        assert_eq!(found, tables);
    }
}

#[test]
fn readme_commands_run() {
    let readme = include_str!("../../../../README.md");
    let lines = readme
        .lines()
        .filter_map(|line| line.strip_prefix("$ tc3 "));
    let lines: Vec<&str> = lines.collect();
    assert!(!lines.is_empty());
    let folder = Folder::new();
    for line in lines {
        let (command, file) = match line.split_once(" > ") {
            Some((command, file)) => (command, Some(file)),
            None => (line, None),
        };
        let mut words: Vec<&str> = command.split(' ').collect();
        // The test has no account.
        let sends = ["--emulate", "--dry-run", "--skeleton", "--help"];
        if !words.iter().any(|word| sends.contains(word)) {
            words.push("--emulate");
        }
        let folder = match words.contains(&"--dry-run") {
            true => &Folder::new().credential(),
            false => &folder,
        };
        let outcome = folder.run(&words);
        assert_eq!(outcome.status, 0, "{line}: {}", outcome.stderr);
        assert!(!outcome.stdout.is_empty(), "{line}");
        if let Some(file) = file {
            folder.write(file, &outcome.stdout);
        }
    }
}
