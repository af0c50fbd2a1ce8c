//! Runs the program in a temporary folder, without the user's environment.

use std::ffi::OsString;
use std::io::Write as _;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A temporary folder, which is the working directory and the home of the program.
pub(crate) struct Folder {
    pub(crate) folder: TempDir,
    variables: Vec<(String, OsString)>,
}

/// Output and exit status of a run of the program.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) status: i32,
}

impl Folder {
    pub(crate) fn new() -> Self {
        Self {
            folder: TempDir::new().expect("a folder"),
            variables: Vec::new(),
        }
    }

    /// Sets an environment variable of the program.
    pub(crate) fn variable(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.variables.push((name.to_owned(), value.into()));
        self
    }

    /// Sets the credential that an emulator accepts.
    pub(crate) fn credential(self) -> Self {
        use tc3_emulator::Seed;
        self.variable("TENCENTCLOUD_SECRET_ID", Seed::SECRET_ID)
            .variable("TENCENTCLOUD_SECRET_KEY", Seed::SECRET_KEY)
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tc3"));
        let home = self.folder.path();
        command
            .args(arguments)
            .current_dir(home)
            .env_clear()
            .env("HOME", home)
            .envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        self.run_with(arguments, "")
    }

    /// Runs the program with this standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], input: &str) -> Outcome {
        let mut command = self.command(arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        // A program that does not read its input may have ended.
        let _ = child
            .stdin
            .take()
            .map(|mut stdin| stdin.write_all(input.as_bytes()));
        let output = child.wait_with_output().expect("it ends");
        Outcome {
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
            status: output.status.code().expect("it exits"),
        }
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).expect("a file");
    }
}
