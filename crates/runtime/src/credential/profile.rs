use std::{
    env,
    ffi::OsString,
    fs,
    io::ErrorKind::NotFound,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use zeroize::Zeroizing;

use super::{AssumeRole, Credential, Lease, Provider, Providing, ini::Ini};
use crate::{Error, endpoint::Endpoint, transport::Transport};

/// The variable that names the file.
const FILE: &str = "TENCENTCLOUD_CREDENTIALS_FILE";
/// The file in the home directory.
const IN_HOME: &str = ".tencentcloud/credentials";
/// The file of the whole machine.
const OF_MACHINE: &str = "/etc/tencentcloud/credentials";
const SECTION: &str = "default";

/// A section of the profile file.
///
/// The file is the one that was [set](Self::file), else the one that `TENCENTCLOUD_CREDENTIALS_FILE` names, else
/// `~/.tencentcloud/credentials` if it exists, else `/etc/tencentcloud/credentials`:
/// ```ini
/// [default]
/// secret_id = AKID…
/// secret_key = …
///
/// [audit]
/// secret_id = AKID…
/// secret_key = …
/// role_arn = qcs::cam::uin/100000000001:roleName/auditor
/// role_session_name = nightly
/// duration_seconds = 3600
/// ```
/// `token` belongs to a key that is temporary. With `role_arn` the key is there to assume that role, as by
/// [`AssumeRole`]; `role_session_name` and `duration_seconds` may be left out. Other keys do not matter.
///
/// # Errors
/// They name the file, the line, the section and the key, and never show a value. Without a file in the usual places,
/// or without the section, there is no credential to give.
///
/// ```
/// use tc3::credential::{Credentials, Profile};
///
/// let credentials = Credentials::new(Profile::new().section("audit"));
/// ```
#[derive(Clone, Debug)]
pub struct Profile {
    file: Option<PathBuf>,
    section: String,
    sts_endpoint: Option<String>,
}

impl Profile {
    /// The section `default` of the file at its usual place.
    pub fn new() -> Self {
        Self {
            file: None,
            section: SECTION.to_owned(),
            sts_endpoint: None,
        }
    }

    /// Sets the file.
    #[must_use]
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.file = Some(path.into());
        self
    }

    /// Sets the section of the file.
    #[must_use]
    pub fn section(mut self, name: impl Into<String>) -> Self {
        self.section = name.into();
        self
    }

    /// Sets where STS is, if the section has a role to assume; see [`AssumeRole::endpoint`].
    #[must_use]
    pub fn sts_endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.sts_endpoint = Some(endpoint.into());
        self
    }

    async fn fetch(&self, transport: &dyn Transport, now: SystemTime) -> Result<Lease, Error> {
        let file = self.find(|name| env::var_os(name), env::home_dir().as_deref())?;
        let text = fs::read(&file)
            .map(Zeroizing::new)
            .map_err(|error| Error::credential(format!("`{}`: {error}", file.display())))?;
        match self.read(&file, &text)? {
            Found::Key(credential) => Ok(Lease::lasting(credential)),
            Found::Role(role) => role.provide(transport, now).await,
        }
    }

    /// Where the file is, with the environment that is looked up by `variable`.
    pub(super) fn find(
        &self,
        variable: impl Fn(&str) -> Option<OsString>,
        home: Option<&Path>,
    ) -> Result<PathBuf, Error> {
        if let Some(file) = &self.file {
            return Ok(file.clone());
        }
        if let Some(file) = variable(FILE).filter(|file| !file.is_empty()) {
            return Ok(file.into());
        }
        let in_home = home
            .filter(|home| !home.as_os_str().is_empty())
            .map(|home| home.join(IN_HOME));
        let places = in_home.into_iter().chain([PathBuf::from(OF_MACHINE)]);
        let mut missing = Vec::new();
        for file in places {
            match fs::metadata(&file) {
                Err(error) if error.kind() == NotFound => {
                    missing.push(format!("`{}` does not exist", file.display()));
                }
                // Whether it can be read shows when it is.
                _ => return Ok(file),
            }
        }
        Err(Error::absent_credential(missing.join(", ")))
    }

    fn read(&self, file: &Path, text: &[u8]) -> Result<Found, Error> {
        let shown = file.display();
        let section = &self.section;
        let text = str::from_utf8(text)
            .map_err(|_| Error::credential(format!("`{shown}` is not UTF-8")))?;
        let ini =
            Ini::read(text).map_err(|error| Error::credential(format!("`{shown}`, {error}")))?;
        if !ini.has_section(section) {
            return Err(Error::absent_credential(format!(
                "`{shown}` has no section `[{section}]`"
            )));
        }
        let bad = |key: &str, line: usize, problem: &str| {
            Error::credential(format!(
                "`{shown}`, line {line}: `{key}` in `[{section}]` {problem}"
            ))
        };
        let optional = |key| match ini.get(section, key) {
            Some(entry) if entry.value.is_empty() => Err(bad(key, entry.line, "is empty")),
            entry => Ok(entry),
        };
        let required = |key| {
            optional(key)?.map(|entry| entry.value).ok_or_else(|| {
                Error::credential(format!("`{shown}`: `[{section}]` has no `{key}`"))
            })
        };

        let mut credential = Credential::new(required("secret_id")?, required("secret_key")?);
        if let Some(token) = optional("token")? {
            credential = credential.with_token(token.value);
        }
        let Some(role_arn) = optional("role_arn")? else {
            return Ok(Found::Key(credential));
        };
        let mut role = AssumeRole::new(role_arn.value, credential);
        if let Some(name) = optional("role_session_name")? {
            role = role.session_name(name.value);
        }
        if let Some(seconds) = optional("duration_seconds")? {
            let seconds = seconds
                .value
                .parse()
                .map(Duration::from_secs)
                .map_err(|_| bad("duration_seconds", seconds.line, "is no whole number"))?;
            role = role.duration(seconds);
        }
        if let Some(endpoint) = &self.sts_endpoint {
            role = role.endpoint(endpoint);
        }
        role.check()
            .map_err(|error| Error::credential(format!("`{shown}`, `[{section}]`: {error}")))?;
        Ok(Found::Role(role))
    }
}

/// What a section has.
enum Found {
    Key(Credential),
    Role(AssumeRole),
}

impl Default for Profile {
    fn default() -> Self {
        Self::new()
    }
}

impl Provider for Profile {
    fn name(&self) -> &str {
        "the profile file"
    }

    fn provide<'a>(&'a self, transport: &'a dyn Transport, now: SystemTime) -> Providing<'a> {
        Box::pin(self.fetch(transport, now))
    }

    fn check(&self) -> Result<(), Error> {
        if let Some(endpoint) = &self.sts_endpoint {
            Endpoint::parse(endpoint)?;
        }
        Ok(())
    }
}
