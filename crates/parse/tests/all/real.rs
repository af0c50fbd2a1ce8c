//! Features of real pages that the generated pages of `shapes` lack. Each text file in `real` is a small page with one such
//! feature, and the JSON file of the same name has the expected result.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test -p tc3-parse --test all real` writes the current results. Review the diff before
//! committing it.

use std::path::Path;

use tc3_parse::parse;

#[test]
fn real_pages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/all/real");
    let update = std::env::var_os("UPDATE_SNAPSHOTS").is_some();
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in std::fs::read_dir(&folder).expect("the folder of pages") {
        let path = entry.expect("a file").path();
        if path.extension().is_some_and(|ending| ending == "json") {
            continue;
        }
        count += 1;
        let name = path.file_name().expect("a name").to_string_lossy();
        let bytes = std::fs::read(&path).expect("a page");
        let mut read = serde_json::to_string_pretty(&parse(&name, &bytes)).expect("JSON");
        read.push('\n');
        let expected = path.with_extension("json");
        if update {
            std::fs::write(&expected, &read).expect("a file");
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != read {
            wrong.push(format!("{name} was read as\n{read}"));
        }
    }
    assert!(count > 30, "the pages are missing");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
