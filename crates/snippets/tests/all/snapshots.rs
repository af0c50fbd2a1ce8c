//! Compares snippets with files, which are reviewed as diffs. Rewrite them with `UPDATE_SNAPSHOTS=1`.

use std::path::{Path, PathBuf};
use std::{env, fs};

use tc3_snippets::{Language, snippet};

use crate::calls::{Named, organization, shop};

#[test]
fn snippets_are_as_reviewed() {
    let calls: Vec<Named> = organization().into_iter().chain(shop()).collect();
    let mut changed = Vec::new();
    for call in &calls {
        for language in Language::ALL {
            let path = path(call.name, language);
            let text = snippet(&call.call(), language).unwrap_or_else(|error| format!("{error}\n"));
            let old = fs::read_to_string(&path).unwrap_or_default();
            if text != old && env::var_os("UPDATE_SNAPSHOTS").is_some() {
                fs::create_dir_all(path.parent().expect("it has a folder")).expect("writable");
                fs::write(&path, text).expect("writable");
            } else if text != old {
                changed.push(format!("{}:\n{text}", path.display()));
            }
        }
    }
    let changed = changed.join("\n");
    assert!(
        changed.is_empty(),
        "snippets have changed; if they are meant to, run the test with UPDATE_SNAPSHOTS=1\n{changed}"
    );
}

/// Returns the file of a snippet.
fn path(call: &str, language: Language) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    folder
        .join(call)
        .join(format!("{language}.{}", language.extension()))
}
