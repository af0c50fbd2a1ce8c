//! Errors of imported texts.

use std::io;
use std::path::PathBuf;

/// Error of imported texts.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TextsError {
    /// The file could not be read.
    #[error("cannot read {}: {cause}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The I/O error.
        cause: io::Error,
    },
    /// The file is damaged, or has another format.
    #[error("the imported texts {} are damaged: {problem}; import them again", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The problem.
        problem: String,
    },
    /// A name has a line break or a tab, which separate names from texts in the file.
    #[error("the name {0:?} has a line break or a tab: remove it")]
    Name(String),
    /// An item exceeds the maximum size of a section.
    #[error(
        "the texts of `{0}` exceed 16 MiB, the maximum of the format: remove them from the package"
    )]
    TooLong(String),
    /// The directory of the file exceeds the maximum size of a section.
    #[error("the package has more texts than a file can have: remove services from it")]
    TooMany,
}
