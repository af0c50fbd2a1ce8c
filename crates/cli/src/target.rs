//! Target of a command line: the site, the service, its version and the action.

use tc3::Action;
use tc3::credential::{Profile, Provider as _};
use tc3_arguments::Described;
use tc3_calls::describe;
use tc3_catalogue::Catalogue;
use tc3_spec::{Site, Spec};

use crate::failure::Failure;
use crate::input;
use crate::line::Line;
use crate::profile_file;

/// Environment variable with the site.
const SITE: &str = "TENCENTCLOUD_SITE";

/// A service version on a site.
#[derive(Clone, Debug)]
pub(crate) struct ServiceTarget {
    pub(crate) site: Site,
    pub(crate) name: String,
    pub(crate) version: String,
}

/// An action of a service version.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) service: ServiceTarget,
    /// The spec of this action alone.
    pub(crate) spec: Spec,
    pub(crate) action: String,
}

/// Returns the site of the option, or else of the named profile, of the environment, or of the default profile. The
/// default is the international one.
///
/// # Errors
/// Fails if the environment or the profile names an unknown site, or the profile cannot be read.
pub(crate) fn site(option: Option<Site>, profile: Option<&str>) -> Result<Site, Failure> {
    if let Some(site) = option {
        return Ok(site);
    }
    if let Some(name) = profile
        && let Some(site) = of_profile(&Profile::new().section(name))?
    {
        return Ok(site);
    }
    if let Some(name) = input::variable(SITE).map_err(Failure::not_sent)? {
        let unknown = |error| Failure::not_sent(format!("environment variable {SITE}: {error}"));
        return name.parse().map_err(unknown);
    }
    let site = match profile {
        Some(_) => None,
        // A file without the default profile is an error only if a credential is needed.
        None if profile_file::lacks_default() => None,
        None => of_profile(&Profile::new())?,
    };
    Ok(site.unwrap_or(Site::Intl))
}

fn of_profile(profile: &Profile) -> Result<Option<Site>, Failure> {
    let site = profile.site();
    let site = site.map_err(|error| Failure::Call(Box::new(error)))?;
    Ok(site.map(|site| match site {
        tc3::Site::Mainland => Site::Mainland,
        _ => Site::Intl,
    }))
}

impl ServiceTarget {
    /// Finds the service version of a command line.
    ///
    /// # Errors
    /// Fails if the site, the service or the version does not exist.
    pub(crate) fn find(
        line: &Line,
        at: usize,
        site: Site,
        version: Option<&str>,
    ) -> Result<Self, Failure> {
        let catalogue = Catalogue::of_site(site);
        let name = &line.words[at];
        let version = catalogue
            .version(name, version)
            .map_err(|error| Failure::unknown(line, at..at + 1, &error))?;
        Ok(Self {
            site,
            name: name.clone(),
            version: version.to_owned(),
        })
    }

    /// Returns the spec of the service version without parameters and types.
    ///
    /// # Errors
    /// Fails if the catalogue is damaged.
    pub(crate) fn outline(&self) -> Result<Spec, Failure> {
        let catalogue = Catalogue::of_site(self.site);
        let spec = catalogue.outline(&self.name, &self.version);
        spec.map_err(|error| Failure::not_sent(error.to_string()))
    }

    /// Returns the spec of the whole service version.
    ///
    /// # Errors
    /// Fails if the catalogue is damaged.
    pub(crate) fn load(&self) -> Result<Spec, Failure> {
        let catalogue = Catalogue::of_site(self.site);
        let spec = catalogue.load(&self.name, &self.version);
        spec.map_err(|error| Failure::not_sent(error.to_string()))
    }
}

impl Target {
    /// Finds the action after the service, which is at this index of the line.
    ///
    /// # Errors
    /// Fails if the action does not exist.
    pub(crate) fn find(line: &Line, at: usize, service: ServiceTarget) -> Result<Self, Failure> {
        let action = &line.words[at + 1];
        let catalogue = Catalogue::of_site(service.site);
        let spec = catalogue
            .action(&service.name, &service.version, action)
            .map_err(|error| Failure::unknown(line, at..at + 2, &error))?;
        Ok(Self {
            service,
            spec,
            action: action.clone(),
        })
    }

    /// Returns the action with its data types.
    pub(crate) fn described(&self) -> Described<'_> {
        let (name, action) = self
            .spec
            .actions
            .get_key_value(&self.action)
            .expect("the spec has the action");
        Described {
            name,
            action,
            types: &self.spec.types,
        }
    }

    /// Describes the action to the runtime. The description is kept for the rest of the process.
    pub(crate) fn action(&self) -> &'static Action {
        describe(&self.spec, &self.action).expect("the spec has the action")
    }
}
