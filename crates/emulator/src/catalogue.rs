//! The emulated services.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tc3_spec::{Spec, did_you_mean};

use crate::StartError;

/// Specs by service and version.
#[derive(Debug, Default)]
pub(crate) struct Catalogue {
    services: BTreeMap<String, BTreeMap<String, Spec>>,
}

impl Catalogue {
    /// Loads the specs of all services in `folder`.
    pub(crate) fn load(folder: &Path) -> Result<Self, StartError> {
        let failed = |path: &Path, cause| StartError::Specs {
            path: path.to_owned(),
            cause,
        };
        let mut catalogue = Self::default();
        let mut folders = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(|error| failed(folder, error))? {
            folders.push(entry.map_err(|error| failed(folder, error))?.path());
        }
        folders.retain(|path| path.is_dir());
        folders.sort();
        for service in folders {
            let files = Spec::files(&service).map_err(|error| failed(&service, error))?;
            for file in files {
                catalogue.add(Spec::load(&file)?, &file)?;
            }
        }
        if catalogue.services.is_empty() {
            return Err(StartError::NoSpec(folder.to_owned()));
        }
        Ok(catalogue)
    }

    /// Adds a spec; `origin` is its source for error messages.
    pub(crate) fn add(&mut self, spec: Spec, origin: &Path) -> Result<(), StartError> {
        let versions = self.services.entry(spec.service.clone()).or_default();
        if versions.contains_key(&spec.version) {
            return Err(StartError::DuplicateSpec {
                service: spec.service,
                version: spec.version,
                origin: PathBuf::from(origin),
            });
        }
        versions.insert(spec.version.clone(), spec);
        Ok(())
    }

    /// Whether the service exists.
    pub(crate) fn has(&self, service: &str) -> bool {
        self.services.contains_key(service)
    }

    /// Returns the service names.
    pub(crate) fn services(&self) -> impl Iterator<Item = &str> {
        self.services.keys().map(String::as_str)
    }

    /// Returns the versions of a service, or nothing if it is unknown.
    pub(crate) fn versions(&self, service: &str) -> impl Iterator<Item = &str> {
        let versions = self.services.get(service).into_iter().flatten();
        versions.map(|(version, _)| version.as_str())
    }

    /// Returns the services with an action in a version.
    pub(crate) fn services_with(&self, action: &str, version: &str) -> Vec<&str> {
        let having = self.services.iter().filter(|(_, versions)| {
            let spec = versions.get(version);
            spec.is_some_and(|spec| spec.actions.contains_key(action))
        });
        having.map(|(service, _)| service.as_str()).collect()
    }

    /// Returns all specs, ordered by service and version.
    pub(crate) fn specs(&self) -> impl Iterator<Item = &Spec> {
        self.services.values().flat_map(BTreeMap::values)
    }

    /// Checks that an action is in a spec.
    ///
    /// # Errors
    /// Fails with the end of a message that suggests similar names; it is empty if there are none.
    pub(crate) fn check_action(&self, action: &str) -> Result<(), String> {
        let actions = || self.specs().flat_map(|spec| spec.actions.keys());
        match actions().any(|known| known == action) {
            true => Ok(()),
            false => Err(did_you_mean(action, actions().map(String::as_str))),
        }
    }

    /// Returns the spec of one service version.
    pub(crate) fn spec(&self, service: &str, version: &str) -> Option<&Spec> {
        self.services.get(service)?.get(version)
    }
}
