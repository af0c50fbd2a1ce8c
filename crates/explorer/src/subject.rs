//! Subject of a page or a call: a service version, and optionally one of its actions.

use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use tc3_arguments::Described;
use tc3_catalogue::{Catalogue, Texts};
use tc3_spec::{Deviation, Direction, Site, Spec, deviations, did_you_mean};

use crate::problem::Problem;

/// An existing service version.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Version {
    pub(crate) site: Site,
    pub(crate) service: String,
    pub(crate) version: String,
}

/// An existing action.
#[derive(Debug)]
pub(crate) struct Subject {
    pub(crate) of: Version,
    pub(crate) action: String,
    /// The spec of this action alone.
    pub(crate) spec: Spec,
}

/// Name of an action in requests.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Name {
    site: String,
    service: String,
    version: String,
    action: String,
}

impl Name {
    /// Finds the action.
    pub(crate) fn find(&self) -> Result<Subject, Problem> {
        Version::find(site(&self.site)?, &self.service, Some(&self.version))?.action(&self.action)
    }
}

/// Parses the name of a site.
pub(crate) fn site(name: &str) -> Result<Site, Problem> {
    name.parse().map_err(Problem::not_found)
}

impl Version {
    /// Finds a service version, by default the newest.
    pub(crate) fn find(site: Site, service: &str, version: Option<&str>) -> Result<Self, Problem> {
        let version = Catalogue::of_site(site).version(service, version)?;
        Ok(Self {
            site,
            service: service.to_owned(),
            version: version.to_owned(),
        })
    }

    /// Returns the spec of the whole version.
    pub(crate) fn spec(&self) -> Result<Spec, Problem> {
        Ok(Catalogue::of_site(self.site).load(&self.service, &self.version)?)
    }

    /// Finds an action.
    pub(crate) fn action(self, action: &str) -> Result<Subject, Problem> {
        let spec = Catalogue::of_site(self.site).action(&self.service, &self.version, action)?;
        Ok(Subject {
            of: self,
            action: action.to_owned(),
            spec,
        })
    }

    /// Returns the path of the version's page.
    pub(crate) fn href(&self) -> String {
        format!("/{}/{}/{}/", self.site.name(), self.service, self.version)
    }
}

impl Subject {
    pub(crate) fn described(&self) -> Described<'_> {
        Described {
            name: &self.action,
            action: &self.spec.actions[&self.action],
            types: &self.spec.types,
        }
    }

    /// Returns the deviations of parameters, or of the members of a response, from the documentation.
    pub(crate) fn deviations(
        &self,
        direction: Direction,
        members: &Map<String, Value>,
    ) -> Vec<Deviation> {
        let described = self.described();
        let fields = match direction {
            Direction::Request => &described.action.request,
            Direction::Response => &described.action.response,
        };
        deviations(described.name, fields, described.types, direction, members)
    }

    /// Returns the name of the action in requests.
    pub(crate) fn name(&self) -> Value {
        json!({
            "site": self.of.site.name(),
            "service": self.of.service,
            "version": self.of.version,
            "action": self.action,
        })
    }
}

/// Opens the imported texts of a site. Returns `None` if there are none or they are damaged: the explorer works without
/// them.
pub(crate) fn texts(folder: Option<&Path>, site: Site) -> Option<Texts> {
    Texts::open(&folder?.join(site.name()).with_extension("bin")).ok()?
}

/// Returns a spec with only one data type, with descriptions if texts are imported.
pub(crate) fn data_type(of: &Version, name: &str, folder: Option<&Path>) -> Result<Spec, Problem> {
    let mut spec = of.spec()?;
    if !spec.types.contains_key(name) {
        let names = spec.types.keys().map(String::as_str);
        let hint = did_you_mean(name, names);
        return Err(Problem::not_found(format!(
            "{} {} has no data type `{name}`{hint}",
            of.service, of.version
        )));
    }
    spec.actions.clear();
    spec.types.retain(|other, _| other == name);
    describe(&mut spec, of.site, folder);
    Ok(spec)
}

/// Adds the imported texts to a spec.
pub(crate) fn describe(spec: &mut Spec, site: Site, folder: Option<&Path>) {
    if let Some(texts) = texts(folder, site) {
        // A damaged file has no descriptions.
        let _ = texts.describe(spec);
    }
}
