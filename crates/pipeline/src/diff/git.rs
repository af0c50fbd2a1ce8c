//! Reads files of a git revision with the program `git`.

use std::process::{Command, Output};

use anyhow::{Context, Result, bail};

/// Resolves a name as git does, relative to the current folder: `HEAD~1`, `v1:specs`, `HEAD:./shop`, `:/commit
/// message`. Returns the object's id and kind (`commit`, `tree` or `blob`), or `None` if git does not know the name.
///
/// # Errors
/// Fails if git cannot be run or there is no repository.
pub(super) fn object(name: &str) -> Result<Option<(String, String)>> {
    // The name is passed unchanged: a suffix such as `^{}` would become part of the text in a `:/text` name.
    let Some(id) = resolve(name)? else {
        return Ok(None);
    };
    // An annotated tag is dereferenced to its target.
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
        stderr => bail!("{stderr}"),
    }
}

/// Returns all files below a tree, by relative path.
///
/// # Errors
/// Fails if git cannot list them.
pub(super) fn files(tree: &str) -> Result<Vec<String>> {
    let text = text(&["ls-tree", "-r", "-z", "--name-only", "--full-tree", tree])?;
    let files = text.split('\0').filter(|file| !file.is_empty());
    Ok(files.map(str::to_owned).collect())
}

/// Returns the text of a file.
///
/// # Errors
/// Fails if git cannot read it or it is not text.
pub(super) fn read(blob: &str) -> Result<String> {
    text(&["cat-file", "blob", blob])
}

/// Returns the bytes of a file.
///
/// # Errors
/// Fails if git cannot read it.
pub(super) fn bytes(blob: &str) -> Result<Vec<u8>> {
    stdout(&["cat-file", "blob", blob])
}

fn text(arguments: &[&str]) -> Result<String> {
    let text = String::from_utf8(stdout(arguments)?);
    text.with_context(|| format!("the output of `git {}` is not UTF-8", arguments.join(" ")))
}

fn stdout(arguments: &[&str]) -> Result<Vec<u8>> {
    let output = git(arguments)?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        bail!("`git {}` failed: {}", arguments.join(" "), stderr.trim());
    }
    Ok(output.stdout)
}

fn git(arguments: &[&str]) -> Result<Output> {
    let output = Command::new("git").args(arguments).output();
    output.context("cannot run `git` to read a revision")
}
