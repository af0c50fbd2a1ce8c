//! One version of a service, from the files of a package to a spec.

use std::fmt;

use tc3_spec::{ErrorCode, Format, Imported, Sources, Spec};

use crate::api::Api;
use crate::examples::Examples;
use crate::{Error, Package, Release, Site, error_codes};

/// How metadata is read.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The site whose services are meant.
    pub site: Site,
    /// Leave out what somebody wrote: descriptions and examples. Names, types, flags and codes remain.
    pub facts_only: bool,
}

/// A spec, and what of the metadata is not in it.
#[derive(Clone, Debug)]
pub struct Import {
    /// The spec.
    pub spec: Spec,
    /// What could not be read and was left out.
    pub warnings: Vec<Warning>,
}

/// Something in the metadata that could not be read and was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The path to the place, as `actions.CreateUser[0].output`.
    pub at: String,
    /// What is wrong there.
    pub message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.message)
    }
}

impl Package {
    /// The name of a release's service, the first label of its domain name.
    ///
    /// # Errors
    /// If the metadata cannot be read.
    pub fn service(&self, release: &Release) -> Result<String, Error> {
        #[derive(serde::Deserialize)]
        #[serde(expecting = "an object")]
        struct Head {
            metadata: crate::api::Metadata,
        }
        let head: Head = self.json(&file(release, "api.json"))?;
        Ok(head.metadata.service_short_name)
    }

    /// Reads one version of a service.
    ///
    /// # Errors
    /// If a file is not what it should be, or if no spec can hold what it says.
    pub fn import(&self, release: &Release, options: Options) -> Result<Import, Error> {
        let name = file(release, "api.json");
        let api: Api = self.json(&name)?;
        let invalid = |at: String, message: String| Error::Invalid {
            file: self.shown(&name),
            at,
            message,
        };
        let version = api.metadata.api_version.clone();
        if version != release.version {
            return Err(invalid(
                "metadata.apiVersion".to_owned(),
                format!("`{version}` is not the version that the folder is named after"),
            ));
        }
        let service = api.metadata.service_short_name.clone();
        let contents = api
            .contents(options.facts_only)
            .map_err(|(at, message)| invalid(at, message))?;
        let mut actions = contents.actions;
        let mut warnings = Vec::new();
        let examples = file(release, "examples.json");
        if !options.facts_only && self.has(&examples) {
            let examples: Examples = self.json(&examples)?;
            examples.put_into(&mut actions, &mut warnings);
        }
        let spec = Spec {
            format: Format,
            endpoint: options.site.endpoint(&service),
            service,
            version,
            actions,
            types: contents.types,
            errors: Vec::new(),
            sources: Sources::default(),
            imported: Some(match self.distribution()? {
                Some(of) => Imported {
                    package: of.name,
                    version: Some(of.version),
                },
                // What it is of is sure, as its files tell.
                None => Imported {
                    package: "tccli".to_owned(),
                    version: None,
                },
            }),
        };
        let undefined = spec.undefined_types().into_iter();
        warnings.extend(undefined.map(|(name, at)| Warning {
            message: format!("there is no object `{name}`, so it and its like are untyped"),
            at,
        }));
        match spec.problems().into_iter().next() {
            None => Ok(Import { spec, warnings }),
            Some(problem) => Err(invalid(problem.at, problem.message)),
        }
    }

    /// The error codes that a service may answer with, from the package of the vendor's Python SDK; nothing if it has
    /// none for this version of the service.
    ///
    /// # Errors
    /// If the package is another one, or if the file is not what it should be.
    pub fn error_codes(
        &self,
        release: &Release,
        options: Options,
    ) -> Result<Option<Vec<ErrorCode>>, Error> {
        const EXPECTED: &str = "tencentcloud/<service>/v<date>/errorcodes.py";
        self.releases_with("tencentcloud/", "/errorcodes.py", EXPECTED)?;
        let Release { folder, .. } = release;
        let name = format!(
            "tencentcloud/{folder}/{}/errorcodes.py",
            release.version_folder()
        );
        if !self.has(&name) {
            return Ok(None);
        }
        let codes = error_codes::read(&self.text(&name)?, options.facts_only);
        codes.map(Some).map_err(|line| Error::Syntax {
            file: self.shown(&name),
            line,
            column: 1,
            message: "expected a comment, or a line `NAME = 'Code'`".to_owned(),
        })
    }
}

/// The path of a release's file in a package.
fn file(release: &Release, name: &str) -> String {
    format!(
        "tccli/services/{}/{}/{name}",
        release.folder,
        release.version_folder()
    )
}
