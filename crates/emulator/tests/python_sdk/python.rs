//! Where Python is, and whether it has the SDK.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The Python to be used, if it is not the one that [`INSTALL`] makes.
const VARIABLE: &str = "TC3_PYTHON";

/// How the SDK gets to where it is looked for.
pub(crate) const INSTALL: &str = "to run them: `python3 -m venv target/python-sdk && target/python-sdk/bin/python -m pip \
     install -r crates/emulator/tests/python_sdk/requirements.txt`, or name a Python that has the SDK in TC3_PYTHON";

/// A Python that has the SDK.
#[derive(Clone)]
pub(crate) struct Python(pub(crate) PathBuf);

/// Why there is none.
#[derive(Clone)]
pub(crate) enum Missing {
    /// It was never installed. Nobody has to.
    Absent(String),
    /// It was asked for, or is there, and cannot be used.
    Broken(String),
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Missing::Absent(problem) | Missing::Broken(problem)) = self;
        f.write_str(problem)
    }
}

/// Looks for a Python that has the SDK: the one that is named in the environment, or else the one in the folder that
/// cargo builds in.
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
    // A link to a Python that was removed since counts as none.
    if !path.exists() {
        return Err(Missing::Absent(format!("there is no {}", path.display())));
    }
    match import(path.as_os_str()) {
        Ok(()) => Ok(Python(path)),
        Err(NoSdk(problem)) => Err(Missing::Absent(format!("{}: {problem}", path.display()))),
        Err(Unusable(problem)) => Err(Missing::Broken(format!("{}: {problem}", path.display()))),
    }
}

/// The folder that cargo builds in.
fn target() -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let workspace = workspace.canonicalize().unwrap_or(workspace);
    let named = env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| OsString::from("target"));
    workspace.join(named)
}

/// Why a Python is not one that has the SDK.
enum Problem {
    /// It works, and the SDK is not installed.
    NoSdk(String),
    /// It does not start, or the SDK cannot be loaded.
    Unusable(String),
}
use Problem::{NoSdk, Unusable};

/// Loads what the calls are made by.
fn import(python: &OsStr) -> Result<(), Problem> {
    let output = command(Path::new(python))
        .args([
            "-c",
            "import tencentcloud.organization.v20181225.organization_client\n\
             import tencentcloud.organization.v20210331.organization_client",
        ])
        .output()
        .map_err(|error| Unusable(format!("it cannot be started: {error}")))?;
    if output.status.success() {
        return Ok(());
    }
    let told = String::from_utf8_lossy(&output.stderr);
    let last = told.lines().next_back().unwrap_or_default();
    if last.contains("No module named 'tencentcloud") {
        return Err(NoSdk(format!("the SDK is not installed: {last}")));
    }
    Err(Unusable(format!(
        "the SDK cannot be loaded ({}): {told}",
        output.status
    )))
}

/// A Python process that reaches the emulator directly.
pub(crate) fn command(python: &Path) -> Command {
    let mut command = Command::new(python);
    // `no_proxy` alone is not enough: of a proxy that is set the SDK reads `*` as a part of a host's name.
    for name in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
        command.env_remove(name).env_remove(name.to_uppercase());
    }
    // The calls and what they gave are lines of JSON, whatever the language of the machine.
    command.env("no_proxy", "*").env("PYTHONUTF8", "1");
    command
}
