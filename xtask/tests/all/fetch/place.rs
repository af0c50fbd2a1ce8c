//! A specs folder to fetch into.

use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use crate::command::{self, Outcome};

pub(crate) struct TestFolder {
    pub(crate) root: TempDir,
}

impl TestFolder {
    pub(crate) fn new() -> TestFolder {
        TestFolder {
            root: TempDir::new().expect("a folder"),
        }
    }

    /// Returns a path in the service's folder.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.path().join("specs/thing").join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        command::read(&self.path(path))
    }

    /// Creates the command with further arguments.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command
            .current_dir(self.root.path())
            .args(["fetch", "--service", "thing", "--version", "2020-01-02"])
            .args(["--specs", "specs", "--rate", "1000"])
            .args(arguments);
        command
    }

    pub(crate) fn fetch(&self, arguments: &[&str]) -> Outcome {
        command::outcome(&mut self.command(arguments))
    }

    /// Runs `regenerate` on the folder.
    pub(crate) fn regenerate(&self, more: &[&str]) -> Outcome {
        let root = command::shown(self.root.path());
        command::run(&[&["regenerate", "--root", root], more].concat())
    }
}
