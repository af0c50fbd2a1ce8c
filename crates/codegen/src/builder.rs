//! Clients made by a build script.

use std::path::{Path, PathBuf};
use std::{env, fmt, fs, io};

use tc3_spec::{LoadError, Spec};

use crate::error::Error;
use crate::generate::generate_source;

/// Makes clients of just the actions that a program calls, from a build script.
///
/// In `build.rs`:
///
/// ```no_run
/// fn main() -> Result<(), Box<dyn std::error::Error>> {
///     tc3_codegen::Builder::new()
///         .client("specs/organization/2021-03-31.json", &["DescribeOrganization", "CreateOrganizationMember"])
///         .generate()?;
///     Ok(())
/// }
/// ```
///
/// In the program, which depends on `tc3`:
///
/// ```ignore
/// mod organization {
///     include!(concat!(env!("OUT_DIR"), "/organization_v20210331.rs"));
/// }
/// ```
///
/// The build script runs again when a spec changes. The macro `tc3_macros::client!` makes the same code without one; here
/// it is a file, which editors and debuggers can open.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    clients: Vec<(PathBuf, Vec<String>)>,
    out: Option<PathBuf>,
}

/// Why a build script made no clients.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A spec could not be loaded.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// A client could not be generated.
    #[error("{}: {source}", path.display())]
    Generate {
        /// The spec.
        path: PathBuf,
        /// Why.
        source: Box<Error>,
    },
    /// Two specs are of the same version of a service, so that they would be one file.
    #[error("{} and {} are of the same version of a service: name all its actions with one of them", first.display(), second.display())]
    Twice {
        /// The spec that came first.
        first: PathBuf,
        /// The other one.
        second: PathBuf,
    },
    /// There is no folder to write to.
    #[error("OUT_DIR is not set: this runs in a build script, or with a folder of its own")]
    NoFolder,
    /// A file could not be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// As [`Display`](fmt::Display): it is what a build script prints that ends with the error.
impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Builder {
    /// Makes nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a client of these actions of a spec, and of the data types that they are made of; of all actions if none is
    /// named.
    #[must_use]
    pub fn client(mut self, spec: impl AsRef<Path>, actions: &[&str]) -> Self {
        let actions = actions.iter().map(|name| (*name).to_owned()).collect();
        self.clients.push((spec.as_ref().to_owned(), actions));
        self
    }

    /// Writes to this folder, instead of the one that cargo gives build scripts.
    #[must_use]
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out = Some(folder.into());
        self
    }

    /// Writes a file for each client, `<service>_v<date>.rs`, and tells cargo which specs it depends on. Gives the files.
    ///
    /// # Errors
    /// If a spec cannot be loaded or lacks an action, or if a file cannot be written. Before the first file is written,
    /// the texts of all are there.
    pub fn generate(self) -> Result<Vec<PathBuf>, BuildError> {
        let out = self
            .out
            .or_else(|| env::var_os("OUT_DIR").map(PathBuf::from));
        let out = out.ok_or(BuildError::NoFolder)?;
        let mut files: Vec<(PathBuf, String, PathBuf)> = Vec::new();
        for (path, actions) in self.clients {
            // Also where the spec is wrong: once it is mended, the script has to run again.
            println!("cargo::rerun-if-changed={}", path.display());
            let spec = Spec::load(&path)?;
            let file = out.join(file_name(&spec));
            if let Some((_, _, first)) = files.iter().find(|(known, ..)| *known == file) {
                return Err(BuildError::Twice {
                    first: first.clone(),
                    second: path,
                });
            }
            let actions: Vec<&str> = actions.iter().map(String::as_str).collect();
            let source = generate_source(&spec, &actions);
            let generated = source.map_err(|source| BuildError::Generate {
                path: path.clone(),
                source: Box::new(source),
            })?;
            for undefined in &generated.undefined {
                println!("cargo::warning={undefined}");
            }
            files.push((file, generated.text, path));
        }
        for (path, text, _) in &files {
            // A file that stays as it is needs no compilation.
            if fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
                continue;
            }
            fs::write(path, text).map_err(|source| BuildError::Write {
                path: path.clone(),
                source,
            })?;
        }
        Ok(files.into_iter().map(|(path, ..)| path).collect())
    }
}

fn file_name(spec: &Spec) -> String {
    let service = spec.service.replace('-', "_");
    format!("{service}_v{}.rs", spec.version.replace('-', ""))
}
