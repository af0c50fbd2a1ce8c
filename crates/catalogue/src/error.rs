//! Errors of a catalogue.

use std::io;
use std::path::PathBuf;

use tc3_spec::Site;

/// Error of reading a catalogue.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are not a catalogue, or have another format.
    #[error("not a catalogue of format 1: {0}")]
    Format(&'static str),
    /// A part of the file is damaged.
    #[error(
        "the catalogue is damaged: {part}: {problem}; restore the file or rebuild it with `cargo xtask catalogue`"
    )]
    Damaged {
        /// The damaged part, such as `cvm 2017-03-12`.
        part: String,
        /// The problem.
        problem: String,
    },
    /// The site has no service of this name.
    #[error("{site} has no service `{service}`{hint}")]
    UnknownService {
        /// The site.
        site: Site,
        /// The unknown name.
        service: String,
        /// The suggestion at the end of the message: the site that has the service, or similar names.
        hint: String,
    },
    /// The service has no such version.
    #[error("`{service}` has no version `{version}` on {site}: it has {}", versions.join(", "))]
    UnknownVersion {
        /// The site.
        site: Site,
        /// The service.
        service: String,
        /// The unknown version.
        version: String,
        /// The versions of the service.
        versions: Vec<String>,
    },
    /// The service version has no action of this name.
    #[error("`{service}` {version} has no action `{action}`{hint}")]
    UnknownAction {
        /// The service.
        service: String,
        /// The version.
        version: String,
        /// The unknown name.
        action: String,
        /// The suggestion at the end of the message: similar names.
        hint: String,
    },
}

/// Error of opening a catalogue file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// A file could not be read.
    #[error("cannot read {}: {cause}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The I/O error.
        cause: io::Error,
    },
    /// The file is not a catalogue.
    #[error("{}: {cause}", path.display())]
    Catalogue {
        /// The file.
        path: PathBuf,
        /// The problem.
        cause: Error,
    },
    /// The manifest is of another catalogue.
    #[error(
        "the manifest {} does not fit the catalogue {}: restore both, or rebuild them with `cargo xtask catalogue`",
        manifest.display(),
        data.display()
    )]
    Mismatch {
        /// The catalogue.
        data: PathBuf,
        /// The manifest.
        manifest: PathBuf,
    },
}

impl Error {
    pub(crate) fn damaged(part: impl Into<String>, problem: impl Into<String>) -> Error {
        Error::Damaged {
            part: part.into(),
            problem: problem.into(),
        }
    }
}
