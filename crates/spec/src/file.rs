//! Specs as files.

use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::de::DeserializeOwned;

use crate::keys::UniqueKeys;
use crate::model::Spec;
use crate::validate::Problem;
use crate::validate::is_version;

/// Why a spec, a glossary or a file of fixups could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file could not be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is no JSON, or JSON of another kind.
    #[error("{}:{}:{}: {message}", path.display(), line, column)]
    Syntax {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1.
        column: usize,
        /// What is wrong there.
        message: String,
    },
    /// The file is a spec that contradicts itself.
    #[error("{}: {}", path.display(), list(problems))]
    Invalid {
        /// The file.
        path: PathBuf,
        /// Everything that is wrong with it.
        problems: Vec<Problem>,
    },
}

/// Why a spec was not written.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The spec contradicts itself, so that it could not be loaded again.
    #[error("the spec is not valid: {}", list(.0))]
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
    /// The spec files in a service's folder, `specs/<service>`, in sorted order: those whose names are versions.
    ///
    /// # Errors
    /// If the folder cannot be listed.
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

    /// Whether a file is a spec by its name, which is that of a version: `2021-03-31.json`.
    pub fn is_file_name(path: &Path) -> bool {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        is_version(&stem) && path.extension().is_some_and(|of| of == "json")
    }

    /// Reads and validates the spec in the file `path`.
    ///
    /// # Errors
    /// If the file cannot be read, is not a spec of the current format, or contradicts itself.
    pub fn load(path: &Path) -> Result<Spec, LoadError> {
        Spec::from_json(&read(path)?, path)
    }

    /// Reads and validates a spec from its JSON; `path` is where errors say that it stands.
    ///
    /// # Errors
    /// If the text is not a spec of the current format, or one that contradicts itself.
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

    /// The file's text: the same for equal specs, on every machine.
    ///
    /// # Errors
    /// If the spec contradicts itself, so that [`Spec::from_json`] would refuse the text.
    pub fn to_json(&self) -> Result<String, SaveError> {
        let problems = self.problems();
        if !problems.is_empty() {
            return Err(SaveError::Invalid(problems));
        }
        let mut text = serde_json::to_string_pretty(self).expect("a spec has string keys alone");
        text.push('\n');
        Ok(text)
    }
}

/// The text of a file.
pub(crate) fn read(path: &Path) -> Result<String, LoadError> {
    fs::read_to_string(path).map_err(|source| LoadError::Read {
        path: path.to_owned(),
        source,
    })
}

/// Reads JSON in which no key stands twice; `path` is where errors say that it stands.
pub(crate) fn parse<T: DeserializeOwned>(text: &str, path: &Path) -> Result<T, LoadError> {
    let unique = serde_json::from_str(text);
    let value = unique.and_then(|UniqueKeys| serde_json::from_str(text));
    value.map_err(|error| {
        let (line, column) = (error.line(), error.column());
        // serde_json appends the place, which has a form of its own here.
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
