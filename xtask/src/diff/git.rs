//! Files as they were at a revision, by the program `git`.

use std::path::PathBuf;
use std::process::{Command, Output};

use anyhow::{Context, Result, bail};

use super::side::File;

/// The commit of a revision of the repository that the command is called in.
///
/// # Errors
/// If there is no git, no repository, or no such revision.
pub(super) fn commit(revision: &str) -> Result<String> {
    let commit = format!("{revision}^{{commit}}");
    let output = git(&[
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &commit,
    ])?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    match String::from_utf8_lossy(&output.stderr).trim() {
        "" => bail!("git has no revision `{revision}`"),
        told => bail!("{told}"),
    }
}

/// The files of a commit that are at or below a path, by their paths from the top of the repository.
///
/// # Errors
/// If git cannot list them.
pub(super) fn files(commit: &str, path: &str) -> Result<Vec<String>> {
    let mut arguments = vec!["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit];
    if !path.is_empty() {
        arguments.extend(["--", path]);
    }
    let text = text(&arguments)?;
    let files = text.split('\0').filter(|file| !file.is_empty());
    Ok(files.map(str::to_owned).collect())
}

/// A file of a commit; `revision` is what the commit is called in messages.
///
/// # Errors
/// If git cannot read it, or it is no text.
pub(super) fn read(revision: &str, commit: &str, path: &str) -> Result<File> {
    let text = text(&["cat-file", "blob", &format!("{commit}:{path}")])?;
    Ok((PathBuf::from(format!("{revision}:{path}")), text))
}

fn text(arguments: &[&str]) -> Result<String> {
    let output = git(arguments)?;
    let shown = arguments.join(" ");
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr);
        bail!("`git {shown}` failed: {}", told.trim());
    }
    String::from_utf8(output.stdout).with_context(|| format!("`git {shown}` gives no UTF-8"))
}

fn git(arguments: &[&str]) -> Result<Output> {
    let output = Command::new("git").args(arguments).output();
    output.context("cannot run `git`, which reads revisions")
}
