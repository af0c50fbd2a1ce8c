//! Imports one service version from a package.

use tc3_spec::{ErrorCode, Format, Imported, Site, Sources, Spec};

use crate::api::Api;
use crate::examples::Examples;
use crate::{Error, Package, Release, Warning, error_codes};

/// Import options.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The site of the services.
    pub site: Site,
    /// Whether to omit descriptions and examples. Names, types, flags and codes remain.
    pub facts_only: bool,
}

/// An imported spec with warnings.
#[derive(Clone, Debug)]
pub struct Import {
    /// The spec.
    pub spec: Spec,
    /// The ignored parts of the metadata.
    pub warnings: Vec<Warning>,
}

impl Package {
    /// Returns the service name of a release: the first label of its domain name.
    ///
    /// # Errors
    /// Fails if the metadata cannot be read.
    pub fn service(&self, release: &Release) -> Result<String, Error> {
        #[derive(serde::Deserialize)]
        #[serde(expecting = "an object")]
        struct Head {
            metadata: crate::api::Metadata,
        }
        let head: Head = self.json(&file(release, "api.json"))?;
        Ok(head.metadata.service_short_name)
    }

    /// Imports one service version.
    ///
    /// # Errors
    /// Fails if a file is invalid or cannot be represented in a spec.
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
                format!("`{version}` does not match the version in the folder name"),
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
            examples.add_to(&mut actions, &mut warnings);
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
                // Only packages of `tccli` have such files.
                None => Imported {
                    package: "tccli".to_owned(),
                    version: None,
                },
            }),
        };
        let undefined = spec.undefined_types().into_iter();
        warnings.extend(undefined.map(|(name, at)| Warning {
            message: format!("undefined object `{name}`; fields of this type are untyped"),
            at,
        }));
        match spec.problems().into_iter().next() {
            None => Ok(Import { spec, warnings }),
            Some(problem) => Err(invalid(problem.at, problem.message)),
        }
    }

    /// Returns the error codes of a service from a Python SDK package, or `None` if it has none for this version.
    ///
    /// # Errors
    /// Fails if the package is not a Python SDK or the file is invalid.
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

/// Returns the path of a release's file in a package.
fn file(release: &Release, name: &str) -> String {
    format!(
        "tccli/services/{}/{}/{name}",
        release.folder,
        release.version_folder()
    )
}
