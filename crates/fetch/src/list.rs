//! Lists of page URLs.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use url::Url;

/// Error of a list of page URLs.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// The file cannot be read.
    #[error("cannot read {}: {cause}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The I/O error.
        cause: io::Error,
    },
    /// A line is not a URL.
    #[error("{}:{number}: `{line}` is not a URL: {cause}", path.display())]
    NotUrl {
        /// The file.
        path: PathBuf,
        /// The number of the line, from 1.
        number: usize,
        /// The line without its comment.
        line: String,
        /// The problem.
        cause: url::ParseError,
    },
    /// The file contains no URL.
    #[error("{} contains no URL: write one per line", .0.display())]
    Empty(PathBuf),
}

/// Reads a file of page URLs, one per line. `#` starts a comment at the beginning of a line or after white space.
///
/// # Errors
/// Fails if the file cannot be read, a line is not a URL, or there is none.
pub fn read_list(path: &Path) -> Result<Vec<Url>, ListError> {
    let text = fs::read_to_string(path).map_err(|cause| ListError::Read {
        path: path.to_owned(),
        cause,
    })?;
    let mut urls = Vec::new();
    for (index, line) in text.lines().enumerate() {
        // A `#` within a URL starts its fragment.
        let mut marks = line.match_indices('#').map(|(at, _)| at);
        let comment = marks.find(|at| *at == 0 || line[..*at].ends_with(char::is_whitespace));
        let line = line[..comment.unwrap_or(line.len())].trim();
        if line.is_empty() {
            continue;
        }
        let url = line.parse().map_err(|cause| ListError::NotUrl {
            path: path.to_owned(),
            number: index + 1,
            line: line.to_owned(),
            cause,
        });
        urls.push(url?);
    }
    if urls.is_empty() {
        return Err(ListError::Empty(path.to_owned()));
    }
    Ok(urls)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a list with this text. Errors name it `list`.
    fn read(text: &str) -> Result<Vec<String>, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("list");
        fs::write(&path, text).expect("the list");
        let urls = read_list(&path).map_err(|error| {
            let shown = path.display().to_string();
            error.to_string().replace(&shown, "list")
        })?;
        Ok(urls.iter().map(Url::to_string).collect())
    }

    #[test]
    fn comments_and_empty_lines_are_skipped() {
        let text =
            "# Pages\n\n  https://example.com/1\t# first\r\nhttps://example.com/2#here\n #\n";
        assert_eq!(
            read(text).expect("the URLs"),
            ["https://example.com/1", "https://example.com/2#here"]
        );
    }

    #[test]
    fn errors_name_file_and_line() {
        let url = "https://example.com/1";
        assert_eq!(
            read(&format!("# Pages\n{url}\n\nno address # why\n")).expect_err("not a URL"),
            "list:4: `no address` is not a URL: relative URL without a base"
        );
        for text in ["", "# Pages\n", "\n \n"] {
            assert_eq!(
                read(text).expect_err("empty"),
                "list contains no URL: write one per line"
            );
        }
        let missing = Path::new("no/such/list");
        let error = read_list(missing).expect_err("missing").to_string();
        assert!(error.starts_with("cannot read no/such/list: "), "{error}");
    }
}
