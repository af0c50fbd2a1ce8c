//! Finds a Python with the SDK.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The environment variable that overrides the Python created by [`INSTALL`].
const VARIABLE: &str = "TC3_PYTHON";

/// Instructions to install the SDK.
pub(crate) const INSTALL: &str = "to run them: `python3 -m venv target/python-sdk && target/python-sdk/bin/python -m pip \
     install -r crates/emulator/tests/python_sdk/requirements.txt`, or set TC3_PYTHON to a Python with the SDK";

/// A Python with the SDK.
#[derive(Clone)]
pub(crate) struct Python(pub(crate) PathBuf);

/// Reason why no Python was found.
#[derive(Clone)]
pub(crate) enum Missing {
    /// It is not installed, which is allowed.
    Absent(String),
    /// It was requested or found but is unusable.
    Broken(String),
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Missing::Absent(problem) | Missing::Broken(problem)) = self;
        f.write_str(problem)
    }
}

/// Finds a Python with the SDK: from the environment variable, or else in cargo's target folder.
pub(crate) fn find() -> Result<Python, Missing> {
    if let Some(named) = env::var_os(VARIABLE) {
        return match import(&named) {
            Ok(()) => Ok(Python(named.into())),
            Err(NoSdk(problem) | Unusable(problem)) => Err(Missing::Broken(format!(
                "{VARIABLE} is `{}`: {problem}",
                named.display()
            ))),
        };
    }
    let path = target().join("python-sdk/bin/python");
    // A dangling link counts as absent.
    if !path.exists() {
        return Err(Missing::Absent(format!(
            "{} does not exist",
            path.display()
        )));
    }
    match import(path.as_os_str()) {
        Ok(()) => Ok(Python(path)),
        Err(NoSdk(problem)) => Err(Missing::Absent(format!("{}: {problem}", path.display()))),
        Err(Unusable(problem)) => Err(Missing::Broken(format!("{}: {problem}", path.display()))),
    }
}

/// Returns cargo's target folder.
fn target() -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let workspace = workspace.canonicalize().unwrap_or(workspace);
    let named = env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| OsString::from("target"));
    workspace.join(named)
}

/// Reason why a Python is rejected.
enum Problem {
    /// Python works but the SDK is not installed.
    NoSdk(String),
    /// Python does not start or the SDK cannot be loaded.
    Unusable(String),
}
use Problem::{NoSdk, Unusable};

/// Checks that the SDK can be imported.
fn import(python: &OsStr) -> Result<(), Problem> {
    let output = command(Path::new(python))
        .args([
            "-c",
            "import tencentcloud.organization.v20181225.organization_client\n\
             import tencentcloud.organization.v20210331.organization_client",
        ])
        .output()
        .map_err(|error| Unusable(format!("cannot be started: {error}")))?;
    if output.status.success() {
        return Ok(());
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    let last = stderr.lines().next_back().unwrap_or_default();
    if last.contains("No module named 'tencentcloud") {
        return Err(NoSdk(format!("the SDK is not installed: {last}")));
    }
    Err(Unusable(format!(
        "the SDK cannot be loaded ({}): {stderr}",
        output.status
    )))
}

/// Returns a Python command that bypasses proxies.
pub(crate) fn command(python: &Path) -> Command {
    let mut command = Command::new(python);
    // `no_proxy` alone is not enough: the SDK does not treat `*` as a wildcard.
    for name in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
        command.env_remove(name).env_remove(name.to_uppercase());
    }
    // Input and output are UTF-8 JSON lines in any locale.
    command.env("no_proxy", "*").env("PYTHONUTF8", "1");
    command
}
