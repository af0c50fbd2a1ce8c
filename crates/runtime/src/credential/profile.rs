use std::{
    env,
    ffi::OsString,
    fs,
    io::ErrorKind::NotFound,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use zeroize::Zeroizing;

use super::{AssumeRole, Credential, ExpiringCredential, Fetched, Provider, Providing, ini};
use crate::{Error, endpoint::Endpoint, transport::Transport};

/// Environment variable with the path of the file.
const FILE: &str = "TENCENTCLOUD_CREDENTIALS_FILE";
/// Path relative to the home directory.
const USER_FILE: &str = ".tencentcloud/credentials";
const SYSTEM_FILE: &str = "/etc/tencentcloud/credentials";

/// Reads the credential from a section of the profile file.
///
/// The file is the first of:
/// - the one that was [set](Self::file);
/// - the one that `TENCENTCLOUD_CREDENTIALS_FILE` names;
/// - `~/.tencentcloud/credentials`, if it exists;
/// - `/etc/tencentcloud/credentials`.
///
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
/// `token` is set for a temporary credential. With `role_arn`, the credential is used to assume that role, as
/// [`AssumeRole`] does; `role_session_name` and `duration_seconds` are optional. Other keys are ignored.
///
/// # Errors
/// The error names the file, the line, the section and the key, and never shows a value. The credential is absent if no
/// default file exists, or if the file does not have the section.
///
/// ```
/// use tc3::credential::{Credentials, Profile};
///
/// let credentials = Credentials::new(Profile::new().section("audit"));
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Profile {
    file: Option<PathBuf>,
    section: Option<String>,
    sts_endpoint: Option<String>,
}

impl Profile {
    /// Uses the section `default` of the file in its default location.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the file.
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.file = Some(path.into());
        self
    }

    /// Sets the section of the file.
    pub fn section(mut self, name: impl Into<String>) -> Self {
        self.section = Some(name.into());
        self
    }

    /// Sets the endpoint of STS, for a section with a role; see [`AssumeRole::endpoint`].
    pub fn sts_endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.sts_endpoint = Some(endpoint.into());
        self
    }

    async fn fetch(&self, transport: &dyn Transport, now: SystemTime) -> Fetched {
        let file = self.find(|name| env::var_os(name), env::home_dir().as_deref())?;
        let text = fs::read(&file)
            .map(Zeroizing::new)
            .map_err(|error| Error::credential(format!("`{}`: {error}", file.display())))?;
        let (credential, role) = self.read(&file, &text)?;
        match role {
            None => Ok(ExpiringCredential::lasting(credential)),
            Some(role) => role.provide(transport, now).await,
        }
    }

    /// Finds the file; `lookup` returns environment variables.
    pub(super) fn find(
        &self,
        lookup: impl Fn(&str) -> Option<OsString>,
        home: Option<&Path>,
    ) -> Result<PathBuf, Error> {
        let named = || lookup(FILE).filter(|file| !file.is_empty());
        if let Some(file) = self.file.clone().or_else(|| Some(named()?.into())) {
            return Ok(file);
        }
        let home = home.filter(|home| !home.as_os_str().is_empty());
        let user_file = home.map(|home| home.join(USER_FILE));
        let mut missing = Vec::new();
        for file in user_file.into_iter().chain([SYSTEM_FILE.into()]) {
            match fs::metadata(&file) {
                Err(error) if error.kind() == NotFound => {
                    missing.push(format!("`{}` does not exist", file.display()));
                }
                // Other errors are reported when the file is read.
                _ => return Ok(file),
            }
        }
        Err(Error::absent_credential(missing.join(", ")))
    }

    /// Reads the credential of the section, and the role to assume with it.
    fn read(&self, file: &Path, text: &[u8]) -> Result<(Credential, Option<AssumeRole>), Error> {
        let shown = file.display();
        let name = self.section.as_deref().unwrap_or("default");
        let failed = |problem: String| Error::credential(format!("`{shown}`{problem}"));
        let text = str::from_utf8(text).map_err(|_| failed(" is not UTF-8".to_owned()))?;
        let sections = ini::read(text).map_err(|error| failed(format!(", {error}")))?;
        let Some(section) = sections.get(name) else {
            let problem = format!("`{shown}` has no section `[{name}]`");
            return Err(Error::absent_credential(problem));
        };
        let invalid = |key: &str, line: usize, problem: &str| {
            failed(format!(", line {line}: `{key}` in `[{name}]` {problem}"))
        };
        let optional = |key| match ini::get(section, key) {
            Some(entry) if entry.value.is_empty() => Err(invalid(key, entry.line, "is empty")),
            entry => Ok(entry),
        };
        let required = |key| match optional(key)? {
            Some(entry) => Ok(entry.value),
            None => Err(failed(format!(": `[{name}]` has no `{key}`"))),
        };

        let mut credential = Credential::new(required("secret_id")?, required("secret_key")?);
        if let Some(token) = optional("token")? {
            credential = credential.with_token(token.value);
        }
        let Some(role_arn) = optional("role_arn")? else {
            return Ok((credential, None));
        };
        let mut role = AssumeRole::new(role_arn.value, credential.clone());
        if let Some(session_name) = optional("role_session_name")? {
            role = role.session_name(session_name.value);
        }
        if let Some(seconds) = optional("duration_seconds")? {
            let invalid = |_| invalid("duration_seconds", seconds.line, "is not a whole number");
            let seconds = seconds.value.parse().map_err(invalid)?;
            role = role.duration(Duration::from_secs(seconds));
        }
        if let Some(endpoint) = &self.sts_endpoint {
            role = role.endpoint(endpoint);
        }
        role.check()
            .map_err(|error| failed(format!(", `[{name}]`: {error}")))?;
        Ok((credential, Some(role)))
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
        self.sts_endpoint
            .as_deref()
            .map_or(Ok(()), |endpoint| Endpoint::parse(endpoint).map(drop))
    }
}
