//! Tests the scripts of the pages.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// Maximum size of all scripts and the style after gzip.
const COMPRESSED_LIMIT: usize = 60 * 1024;

/// Maximum size of all scripts and the style.
const LIMIT: usize = 240 * 1024;

#[test]
fn scripts_pass_their_node_tests() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = files(&folder.join("tests/front"), &["mjs"]);
    let command = Command::new("node")
        .arg("--test")
        .args(&files)
        .current_dir(folder)
        .output();
    let Ok(output) = command else {
        eprintln!("skipped: node is not installed; `apt install nodejs`");
        return;
    };
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{stdout}");
    assert!(!files.is_empty());
}

#[test]
fn scripts_and_style_are_small() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    let mut text = Vec::new();
    for file in files(&folder, &["js", "css"]) {
        text.extend(std::fs::read(file).unwrap());
    }
    assert!(text.len() <= LIMIT, "{} bytes of {LIMIT}", text.len());
    match compressed_size(&text) {
        Some(size) => assert!(
            size <= COMPRESSED_LIMIT,
            "{size} bytes of {COMPRESSED_LIMIT}"
        ),
        None => eprintln!("skipped: gzip is not installed, only the raw size is checked"),
    }
}

/// Returns the files of a folder with one of these extensions, sorted.
fn files(folder: &Path, extensions: &[&str]) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = paths
        .filter(|path| {
            let extension = path.extension().and_then(|extension| extension.to_str());
            extension.is_some_and(|extension| extensions.contains(&extension))
        })
        .collect();
    paths.sort();
    paths
}

/// Returns the size of a text after gzip.
fn compressed_size(text: &[u8]) -> Option<usize> {
    let mut command = Command::new("gzip");
    command.args(["-9", "-c"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().ok()?;
    let mut input = child.stdin.take()?;
    let text = text.to_vec();
    let writing = std::thread::spawn(move || input.write_all(&text));
    let output = child.wait_with_output().unwrap();
    writing.join().unwrap().unwrap();
    Some(output.stdout.len())
}
