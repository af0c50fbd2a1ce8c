//! Errors of an import.

use std::io;

/// Error of an import.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file or folder could not be read.
    #[error("cannot read {path}: {cause}")]
    Read {
        /// The file or folder.
        path: String,
        /// The I/O error.
        cause: io::Error,
    },
    /// The file is not a valid wheel.
    #[error("invalid wheel {path}: {cause}; download it again")]
    Wheel {
        /// The wheel.
        path: String,
        /// The cause.
        cause: String,
    },
    /// The package contains no metadata.
    #[error(
        "no metadata in {path}: expected files like {expected}; name a wheel of the vendor or its unpacked folder"
    )]
    NoMetadata {
        /// The wheel or folder.
        path: String,
        /// The expected file name.
        expected: &'static str,
    },
    /// A file of the package is not UTF-8 or not JSON of the expected structure.
    #[error("{file}:{line}:{column}: {message}")]
    Syntax {
        /// The file, prefixed by its package.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1.
        column: usize,
        /// The problem.
        message: String,
    },
    /// The metadata is inconsistent or cannot be represented in a spec.
    #[error("{file}: {at}: {message}")]
    Invalid {
        /// The file, prefixed by its package.
        file: String,
        /// The path, such as `objects.CreateUserRequest.members.Name`.
        at: String,
        /// The problem.
        message: String,
    },
}
