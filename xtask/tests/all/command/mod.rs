//! Runs the program, and reads and writes files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The result of a run.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs the program with these arguments.
pub(crate) fn run(arguments: &[&str]) -> Outcome {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    outcome(command.current_dir(workspace()).args(arguments))
}

/// Runs a command to its end.
pub(crate) fn outcome(command: &mut Command) -> Outcome {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().expect("the command starts");
    let text = |bytes| String::from_utf8(bytes).expect("the output is UTF-8");
    Outcome {
        code: status.code(),
        out: text(stdout),
        err: text(stderr),
    }
}

impl Outcome {
    /// Checks that the command succeeded. Returns its output.
    #[track_caller]
    pub(crate) fn succeeded(&self) -> &str {
        assert_eq!(self.code, Some(0), "{}", self.err);
        &self.out
    }

    /// Checks that the command failed. Returns its messages.
    #[track_caller]
    pub(crate) fn failed(&self) -> &str {
        assert_eq!(self.code, Some(1), "{} {}", self.out, self.err);
        &self.err
    }

    /// Checks that an argument was wrong. Returns the message, without the usage that follows.
    #[track_caller]
    pub(crate) fn misused(&self) -> &str {
        assert_eq!(self.code, Some(2), "{} {}", self.out, self.err);
        let usage = self.err.find("\n\nUsage: cargo xtask ");
        &self.err[..usage.expect("the usage of the command") + 1]
    }
}

/// Returns a path as an argument.
pub(crate) fn shown(path: &Path) -> &str {
    path.to_str().expect("a path of letters")
}

pub(crate) fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

pub(crate) fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the code blocks of a text in a language.
pub(crate) fn blocks(text: &str, language: &str) -> Vec<String> {
    let begin = format!("```{language}\n");
    text.split(&begin)
        .skip(1)
        .map(|block| block.split("```").next().unwrap_or_default().to_owned())
        .collect()
}

/// Returns the code blocks of CONTRIBUTING in a language.
pub(crate) fn documented(language: &str) -> Vec<String> {
    blocks(&read(&workspace().join("CONTRIBUTING.md")), language)
}

/// Returns all files and folders below a folder with their contents; `None` if there is no folder.
pub(crate) fn tree(root: &Path) -> Option<BTreeMap<PathBuf, Vec<u8>>> {
    if !root.exists() {
        return None;
    }
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(root).expect("a path below the root");
            let bytes = match path.is_dir() {
                true => Vec::new(),
                false => fs::read(&path).expect("a file"),
            };
            found.insert(name.to_owned(), bytes);
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
    Some(found)
}

/// Returns the relative paths of all files below a folder, with `/` separators.
pub(crate) fn files(root: &Path) -> Vec<String> {
    let found = tree(root).expect("a folder").into_keys();
    let files = found.filter(|path| root.join(path).is_file());
    files.map(|path| shown(&path).replace('\\', "/")).collect()
}
