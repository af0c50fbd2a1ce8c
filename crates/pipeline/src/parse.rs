//! Parses pages into JSON and diagnostics.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::argument::WrongArgument;
use crate::files::files;

/// A parsed page, to print.
pub struct Parsed {
    /// The contents: one line of JSON.
    pub json: String,
    /// The diagnostics; empty if there are none.
    pub diagnostics: String,
    /// Whether the page has an error.
    pub has_errors: bool,
}

/// Parses pages and folders of pages, each page when the iterator reaches it. `color` enables terminal colours.
///
/// # Errors
/// Fails before the first page if a path does not exist or contains no page, and at a page that cannot be read.
pub fn parse(
    paths: &[PathBuf],
    color: bool,
) -> Result<impl Iterator<Item = Result<Parsed>> + use<>> {
    let mut pages = Vec::new();
    for path in paths {
        let found = files(path).map_err(argument_error)?;
        if found.is_empty() {
            bail!(WrongArgument::new(format!(
                "no pages in folder {}",
                path.display()
            )));
        }
        pages.extend(found);
    }
    Ok(pages.into_iter().map(move |path| parse_page(&path, color)))
}

fn parse_page(path: &Path, color: bool) -> Result<Parsed> {
    let name = path.display().to_string();
    let bytes = fs::read(path).with_context(|| format!("cannot read {name}"));
    let bytes = bytes.map_err(argument_error)?;
    let page = tc3_parse::parse(&name, &bytes);
    Ok(Parsed {
        json: serde_json::to_string(&page)?,
        diagnostics: tc3_parse::render(&page, &bytes, color),
        has_errors: page.has_errors(),
    })
}

fn argument_error(error: anyhow::Error) -> WrongArgument {
    WrongArgument::new(format!("{error:#}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_a_folder_are_parsed_in_order() {
        let root = tempfile::tempdir().expect("a folder");
        for name in ["b", "a"] {
            fs::write(root.path().join(name), "Nothing.\n").expect("a page");
        }
        let parsed = parse(&[root.path().to_owned()], false).expect("the pages");
        let parsed: Vec<Parsed> = parsed.collect::<Result<_>>().expect("the pages");
        let [a, b] = parsed.as_slice() else {
            panic!("a result for each page");
        };
        for (page, name) in [(a, "a"), (b, "b")] {
            let path = root.path().join(name).display().to_string();
            assert!(page.json.contains(&path), "{}", page.json);
            assert!(page.diagnostics.contains(&path), "{}", page.diagnostics);
            assert!(page.has_errors);
        }
    }

    #[test]
    fn paths_without_pages_are_wrong_arguments() {
        let root = tempfile::tempdir().expect("a folder");
        let page = root.path().join("page");
        fs::write(&page, "Nothing.\n").expect("a page");
        let empty = root.path().join("empty");
        fs::create_dir(&empty).expect("a folder");
        for (path, problem) in [
            (empty.clone(), "no pages in folder "),
            (root.path().join("missing"), "cannot read "),
        ] {
            let shown = path.display().to_string();
            let Err(error) = parse(&[page.clone(), path], false) else {
                panic!("{shown} has no page");
            };
            assert!(error.is::<WrongArgument>());
            let message = error.to_string();
            assert!(
                message.starts_with(&format!("{problem}{shown}")),
                "{message}"
            );
        }
    }
}
