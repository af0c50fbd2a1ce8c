//! Dependency of generated crates on the runtime.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use semver::VersionReq;
use tc3_codegen::Runtime;

use crate::argument::WrongArgument;

/// Parses how to depend on the runtime: `path=DIR`, `git=URL`, `git=URL#REV` or `version=REQUIREMENT`. A path is relative to
/// the current folder.
///
/// # Errors
/// Fails with a message if the text has another form.
pub fn parse_runtime(text: &str) -> Result<Runtime, String> {
    let parts = text.split_once('=').filter(|(_, value)| !value.is_empty());
    let unknown = || "expected path=DIR, git=URL, git=URL#REV or version=REQUIREMENT".to_owned();
    let (kind, value) = parts.ok_or_else(unknown)?;
    match kind {
        "path" => Ok(Runtime::Path(value.to_owned())),
        "git" => {
            let (url, revision) = match value.split_once('#') {
                Some((url, revision)) => (url, Some(revision.to_owned())),
                None => (value, None),
            };
            if url.is_empty() || revision.as_ref().is_some_and(String::is_empty) {
                return Err("expected a URL, and after `#` a revision".to_owned());
            }
            let url = url.to_owned();
            Ok(Runtime::Git { url, revision })
        }
        "version" => match VersionReq::parse(value) {
            Ok(_) => Ok(Runtime::Version(value.to_owned())),
            Err(error) => Err(format!("`{value}` is not a version requirement: {error}")),
        },
        _ => Err(unknown()),
    }
}

/// Returns the dependency of the crates in the subfolders of `out`.
///
/// # Errors
/// Fails if the folder of the runtime does not exist.
pub(crate) fn of_crates(runtime: &Runtime, out: &Path) -> Result<Runtime> {
    let Runtime::Path(folder) = runtime else {
        return Ok(runtime.clone());
    };
    if !Path::new(folder).join("Cargo.toml").is_file() {
        bail!(WrongArgument::new(format!(
            "{folder} has no Cargo.toml: name the folder of the crate `tc3`"
        )));
    }
    let path = relative(out, Path::new(folder))?;
    let path = match Path::new(&path).is_absolute() {
        true => path,
        false => format!("../{path}"),
    };
    Ok(Runtime::Path(path))
}

/// Returns the relative path between two folders with `/` separators, so that the output is the same on every machine.
fn relative(from: &Path, to: &Path) -> Result<String> {
    let whole = |path: &Path| {
        fs::canonicalize(path).with_context(|| format!("cannot find {}", path.display()))
    };
    let (from, to) = (whole(from)?, whole(to)?);
    let common = from.components().zip(to.components());
    let common = common.take_while(|(from, to)| from == to).count();
    if common == 0 {
        return Ok(to.display().to_string());
    }
    let up = from.components().skip(common).map(|_| "..".to_owned());
    let down = to.components().skip(common);
    let down = down.map(|part| part.as_os_str().to_string_lossy().into_owned());
    Ok(up.chain(down).collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_parsed() {
        let git = |revision: Option<&str>| Runtime::Git {
            url: "https://git.example/tc3".to_owned(),
            revision: revision.map(str::to_owned),
        };
        for (text, expect) in [
            ("path=../tc3", Runtime::Path("../tc3".to_owned())),
            ("git=https://git.example/tc3", git(None)),
            ("git=https://git.example/tc3#1a2b", git(Some("1a2b"))),
            ("version=0.1", Runtime::Version("0.1".to_owned())),
        ] {
            assert_eq!(parse_runtime(text), Ok(expect), "{text}");
        }
        for text in [
            "",
            "path",
            "path=",
            "git=",
            "git=#x",
            "git=u#",
            "file=x",
            "version=new",
        ] {
            assert!(parse_runtime(text).is_err(), "{text}");
        }
    }

    #[test]
    fn path_from_crates() {
        let root = tempfile::tempdir().expect("a folder");
        let path = |path: &str| {
            let path = root.path().join(path);
            fs::create_dir_all(&path).expect("a folder");
            path
        };
        let (out, runtime) = (path("a/b/out"), path("a/crates/tc3"));
        let of_crates = |folder: &Path| {
            let folder = folder.to_str().expect("a path of letters").to_owned();
            of_crates(&Runtime::Path(folder), &out)
        };
        assert!(of_crates(&runtime).is_err(), "no manifest");
        for folder in [&runtime, &out] {
            fs::write(folder.join("Cargo.toml"), "").expect("a file");
        }
        let expect = |path: &str| Runtime::Path(path.to_owned());
        let found = of_crates(&runtime).expect("a path");
        assert_eq!(found, expect("../../../crates/tc3"));
        assert_eq!(of_crates(&out).expect("a path"), expect("../"));
    }
}
