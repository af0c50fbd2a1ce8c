//! Why metadata could not be read.

use std::io;

/// Why metadata could not be read: what, and in which file.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file or folder could not be read.
    #[error("cannot read {path}")]
    Read {
        /// The file or folder.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// The file is no wheel, or not a whole one.
    #[error("{path} is not a whole wheel: {cause}; download it again")]
    Wheel {
        /// The wheel.
        path: String,
        /// What is wrong with it.
        cause: String,
    },
    /// There are no files of metadata in the package.
    #[error("{path} holds no metadata: expected files like {expected} in it")]
    NoMetadata {
        /// The wheel or folder.
        path: String,
        /// What such a file would be called.
        expected: &'static str,
    },
    /// A file of the package is not UTF-8, no JSON, or JSON of another shape.
    #[error("{file}:{line}:{column}: {message}")]
    Syntax {
        /// The file, behind its package.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1.
        column: usize,
        /// What is wrong there.
        message: String,
    },
    /// The metadata contradicts itself, or has something that a spec can't hold.
    #[error("{file}: {at}: {message}")]
    Invalid {
        /// The file, behind its package.
        file: String,
        /// The path to the place, as `objects.CreateUserRequest.members.Name`.
        at: String,
        /// What is wrong there.
        message: String,
    },
}
