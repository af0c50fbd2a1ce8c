//! Files as they were at a revision, by the program `git`.

use std::process::{Command, Output};

use anyhow::{Context, Result, bail};

/// What git takes a name for, in the repository and the folder that the command is called in: `HEAD~1`, `v1:specs`,
/// `HEAD:./shop`, `:/a word of its message`: the object's id and what it is, `commit`, `tree` or `blob`. Nothing where it knows
/// none of that name.
///
/// # Errors
/// If there is no git or no repository.
pub(super) fn object(name: &str) -> Result<Option<(String, String)>> {
    // The name is left to git as it is: what ends in a text to be searched for cannot have anything put behind it.
    let Some(id) = resolve(name)? else {
        return Ok(None);
    };
    // A tag is no object that anything can be read of, but one that leads to another.
    let Some(id) = resolve(&format!("{id}^{{}}"))? else {
        return Ok(None);
    };
    let kind = text(&["cat-file", "-t", &id])?.trim().to_owned();
    Ok(Some((id, kind)))
}

fn resolve(name: &str) -> Result<Option<String>> {
    let output = git(&["rev-parse", "--verify", "--quiet", "--end-of-options", name])?;
    if output.status.success() {
        let id = String::from_utf8_lossy(&output.stdout);
        return Ok(Some(id.trim().to_owned()));
    }
    match String::from_utf8_lossy(&output.stderr).trim() {
        "" => Ok(None),
        told => bail!("{told}"),
    }
}

/// The files of a folder and of those below it, by their paths from there.
///
/// # Errors
/// If git cannot list them.
pub(super) fn files(tree: &str) -> Result<Vec<String>> {
    let text = text(&["ls-tree", "-r", "-z", "--name-only", "--full-tree", tree])?;
    let files = text.split('\0').filter(|file| !file.is_empty());
    Ok(files.map(str::to_owned).collect())
}

/// The text of a file.
///
/// # Errors
/// If git cannot read it, or it is no text.
pub(super) fn read(blob: &str) -> Result<String> {
    text(&["cat-file", "blob", blob])
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
