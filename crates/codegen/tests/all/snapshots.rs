//! Compares generated files with snapshots, which are reviewed as diffs. Each case is a folder with a spec and its
//! crate. The long hostile case has only the names and the file with hostile descriptions.
//!
//! Rewrite the files with `UPDATE_SNAPSHOTS=1`.

use crate::cases;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use similar::TextDiff;
use tc3_codegen::generated_items;

#[test]
fn everyday() {
    check("everyday", cases::generate("everyday").files);
}

#[test]
fn pages() {
    check("pages", cases::generate("pages").files);
}

#[test]
fn hostile() {
    let documented = Path::new("src/v20210331/documented.rs");
    let mut files = cases::generate("hostile").files;
    files.retain(|path, _| path == documented);
    let items = generated_items(&cases::spec("hostile")).unwrap();
    let names = items
        .iter()
        .map(|item| format!("{}: {}\n", item.path, item.full_name()));
    files.insert(PathBuf::from("names.txt"), names.collect());
    check("hostile", files);
}

#[test]
fn same_spec_gives_same_bytes() {
    for case in ["everyday", "hostile", "pages"] {
        assert_eq!(cases::generate(case), cases::generate(case));
    }
}

#[track_caller]
fn check(case: &str, actual: BTreeMap<PathBuf, String>) {
    let folder = cases::folder(case);
    let expected = files(&folder);
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        update(&folder, &expected, &actual);
        return;
    }
    let mut paths: Vec<&PathBuf> = expected.keys().chain(actual.keys()).collect();
    paths.sort();
    paths.dedup();
    let none = String::new();
    let mut differences = String::new();
    for path in paths {
        let (expected, actual) = (
            expected.get(path).unwrap_or(&none),
            actual.get(path).unwrap_or(&none),
        );
        if expected != actual {
            let name = path.display().to_string();
            let diff = TextDiff::from_lines(expected, actual);
            let diff = diff.unified_diff().header(&name, "generated").to_string();
            differences.push_str(&diff);
        }
    }
    assert!(
        differences.is_empty(),
        "the generated code has changed; if it is meant to, run the tests with UPDATE_SNAPSHOTS=1\n{differences}"
    );
}

/// Returns the case's files by path, without its spec.
fn files(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = fs::read_to_string(&path).unwrap();
                files.insert(path.strip_prefix(folder).unwrap().to_owned(), text);
            }
        }
    }
    files.remove(Path::new(cases::SPEC));
    files
}

fn update(folder: &Path, old: &BTreeMap<PathBuf, String>, new: &BTreeMap<PathBuf, String>) {
    for path in old.keys().filter(|path| !new.contains_key(*path)) {
        fs::remove_file(folder.join(path)).unwrap();
    }
    for (path, text) in new {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}
