//! Finds programs and SDKs, which are not part of this project.

use std::env;
use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Reports a skipped check, even if the test harness captures output.
pub(crate) fn skip(what: &str, reason: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {what}: {reason}");
}

/// Returns a command if its program is installed.
pub(crate) fn program(name: &str) -> Option<Command> {
    let path = env::var_os("PATH")?;
    let mut folders = env::split_paths(&path);
    let found = folders.find_map(|folder| Some(folder.join(name)).filter(|path| path.is_file()));
    found.map(Command::new)
}

/// Returns the Python of the emulator's tests, if it has a module.
pub(crate) fn python(module: &str) -> Option<Command> {
    let named = env::var_os("TC3_PYTHON").map(PathBuf::from);
    let path = named.unwrap_or_else(|| target().join("python-sdk/bin/python"));
    let mut command = Command::new(path);
    let import = format!("import {module}");
    let output = command.args(["-c", &import]).output().ok()?;
    let path = command.get_program().to_owned();
    output.status.success().then(|| Command::new(path))
}

/// Returns a `PATH` that contains tccli: the one of the user, or the one that `.ci/run` installs.
pub(crate) fn path_of_tccli() -> Option<OsString> {
    let path = env::var_os("PATH")?;
    if program("tccli").is_some() {
        return Some(path);
    }
    let folder = target().join("python-sdk/bin");
    let folders = env::split_paths(&path).chain([folder.clone()]);
    let is_installed = folder.join("tccli").is_file();
    is_installed
        .then(|| env::join_paths(folders).ok())
        .flatten()
}

/// Returns Node.js with the SDK that `.ci/run` installs.
pub(crate) fn node() -> Option<Command> {
    let modules = target().join("node-sdk/node_modules");
    let mut command = program("node")?;
    command.env("NODE_PATH", &modules);
    modules
        .join("tencentcloud-sdk-nodejs-common")
        .is_dir()
        .then_some(command)
}

/// Returns cargo's target folder.
fn target() -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let workspace = workspace.canonicalize().unwrap_or(workspace);
    let named = env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| OsString::from("target"));
    workspace.join(named)
}
