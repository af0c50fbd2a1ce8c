//! Specs as files.

use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::de::DeserializeOwned;

use crate::keys::UniqueKeys;
use crate::model::Spec;
use crate::problem::Problem;
use crate::validate::is_version;

/// Reason why a spec, glossary or fixups file could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file could not be read.
    #[error("cannot read {}: {cause}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The I/O error. It is part of the message, so it is not the error's source as well.
        cause: io::Error,
    },
    /// The file is not valid JSON of the expected structure.
    #[error("{}:{}:{}: {message}", path.display(), line, column)]
    Syntax {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1.
        column: usize,
        /// The problem.
        message: String,
    },
    /// The spec is invalid.
    #[error("{}: {}", path.display(), list(problems))]
    Invalid {
        /// The file.
        path: PathBuf,
        /// All problems.
        problems: Vec<Problem>,
    },
}

/// Reason why a spec was not written.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The spec is invalid and could not be loaded again.
    #[error("invalid spec: {}", list(.0))]
    Invalid(Vec<Problem>),
}

fn list(problems: &[Problem]) -> String {
    problems
        .iter()
        .map(Problem::to_string)
        .collect::<Vec<_>>()
        .join("; ")
}

impl Spec {
    /// Returns the sorted spec files in a service's folder, `specs/<service>`. Their names are versions.
    ///
    /// # Errors
    /// Fails if the folder cannot be listed.
    pub fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if Spec::is_file_name(&path) {
                files.push(path);
            }
        }
        files.sort();
        Ok(files)
    }

    /// Whether a file name is that of a spec, such as `2021-03-31.json`.
    pub fn is_file_name(path: &Path) -> bool {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        is_version(&stem)
            && path
                .extension()
                .is_some_and(|extension| extension == "json")
    }

    /// Loads and validates a spec.
    ///
    /// # Errors
    /// Fails if the file cannot be read or is not a valid spec of the current format.
    pub fn load(path: &Path) -> Result<Spec, LoadError> {
        Spec::from_json(&read(path)?, path)
    }

    /// Parses and validates a spec; `path` is used in error messages.
    ///
    /// # Errors
    /// Fails if the text is not a valid spec of the current format.
    pub fn from_json(text: &str, path: &Path) -> Result<Spec, LoadError> {
        let spec: Spec = parse(text, path)?;
        let problems = spec.problems();
        if problems.is_empty() {
            Ok(spec)
        } else {
            Err(LoadError::Invalid {
                path: path.to_owned(),
                problems,
            })
        }
    }

    /// Returns the file's text, which is deterministic.
    ///
    /// # Errors
    /// Fails if the spec is invalid, because [`Spec::from_json`] would reject it.
    pub fn to_json(&self) -> Result<String, SaveError> {
        let problems = self.problems();
        if !problems.is_empty() {
            return Err(SaveError::Invalid(problems));
        }
        let mut text = serde_json::to_string_pretty(self).expect("all keys of a spec are strings");
        text.push('\n');
        Ok(text)
    }
}

/// Reads a file.
pub(crate) fn read(path: &Path) -> Result<String, LoadError> {
    fs::read_to_string(path).map_err(|cause| LoadError::Read {
        path: path.to_owned(),
        cause,
    })
}

/// Parses JSON without duplicate keys; `path` is used in error messages.
pub(crate) fn parse<T: DeserializeOwned>(text: &str, path: &Path) -> Result<T, LoadError> {
    let unique = serde_json::from_str(text);
    let value = unique.and_then(|UniqueKeys| serde_json::from_str(text));
    value.map_err(|error| {
        let (line, column) = (error.line(), error.column());
        // serde_json appends the position, which is reported separately here.
        let message = error.to_string();
        let message = message
            .strip_suffix(&format!(" at line {line} column {column}"))
            .unwrap_or(&message)
            .to_owned();
        LoadError::Syntax {
            path: path.to_owned(),
            line,
            column: column.max(1),
            message,
        }
    })
}
