use std::{
    cmp::Reverse,
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::{
    AssumeRole, Credential, Credentials, CvmRole, ExpiringCredential, Fetched, Provider, Providing,
    ini,
    key_command::{self, KeyCommand},
    section::{self, Section},
    tccli,
};
use crate::{
    Error, Site, check,
    endpoint::{self, Endpoint},
    transport::Transport,
    variables,
};

/// Environment variable with the path of the file.
const FILE: &str = "TENCENTCLOUD_CREDENTIALS_FILE";
/// Environment variables with the name of the profile: that of Terraform, and that of tccli.
const NAME: [&str; 2] = ["TENCENTCLOUD_PROFILE", "TCCLI_PROFILE"];
/// Path relative to the home directory.
const USER_FILE: &str = ".tencentcloud/credentials";
const SYSTEM_FILE: &str = "/etc/tencentcloud/credentials";
/// Maximum number of known profiles in an error.
const MAX_KNOWN: usize = 5;

/// Reads the credential, the region, the site and the endpoint of a profile.
///
/// The profile is the one that was [set](Self::section), that `TENCENTCLOUD_PROFILE` or `TCCLI_PROFILE` names, or
/// `default`. These places are searched in turn:
/// - the file that was [set](Self::file), or that `TENCENTCLOUD_CREDENTIALS_FILE` names; if there is one, no other place is
///   searched;
/// - `~/.tencentcloud/credentials`;
/// - `/etc/tencentcloud/credentials`;
/// - the files of tccli, the vendor's command line: `~/.tccli/<profile>.credential` and `<profile>.configure`.
///
/// ```ini
/// [default]
/// secret_id = AKID…
/// secret_key = …
/// region = ap-guangzhou
/// site = intl
///
/// [audit]
/// secret_id = AKID…
/// secret_key = …
/// role_arn = qcs::cam::uin/100000000001:roleName/auditor
/// role_session_name = nightly
/// duration_seconds = 3600
///
/// [keyring]
/// secret_id = AKID…
/// secret_key_command = secret-tool lookup service tc3 profile keyring
/// ```
/// The keys of a section:
/// - `token` belongs to a temporary credential.
/// - `region`, `site` and `endpoint` are optional settings of clients. A site is `intl` or `mainland`. The endpoint takes
///   precedence over the site.
/// - `role_arn` names a role that is assumed with the credential, as [`AssumeRole`] does. `role_session_name` and
///   `duration_seconds` are optional.
/// - `type = cvm-role` selects the role of the virtual machine instead of a credential.
/// - `secret_key_command` is a command, without a shell, that prints the secret key on standard output. It is run when the
///   credential is first needed.
///
/// Other keys are ignored. tccli's files have the same keys in another spelling, and the expiry of a login.
///
/// # Errors
/// The error names the file, the line and the key, and never shows a value. The credential is absent if the
/// profile has none. It is also absent if neither a name nor a file was set, and there is no profile `default`.
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

/// Source of a profile's credential.
pub(super) enum Origin {
    File(ExpiringCredential),
    Command(KeyCommand),
    Role(Box<AssumeRole>),
    Machine,
}

impl Profile {
    /// Uses the profile that the environment names, or `default`, of the default files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the file.
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.file = Some(path.into());
        self
    }

    /// Sets the name of the profile, which is a section of the file.
    pub fn section(mut self, name: impl Into<String>) -> Self {
        self.section = Some(name.into());
        self
    }

    /// Sets the endpoint of STS, for a section with a role; see [`AssumeRole::endpoint`].
    pub fn sts_endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.sts_endpoint = Some(endpoint.into());
        self
    }

    async fn fetch(&self, transport: &Arc<dyn Transport>, now: SystemTime) -> Fetched {
        self.origin()?.provide(transport, now).await
    }

    fn origin(&self) -> Result<Origin, Error> {
        self.read(&self.load()?)
    }

    fn load(&self) -> Result<Section, Error> {
        self.find(|name| env::var_os(name), env::home_dir().as_deref())
    }

    /// Reads a setting of the profile. Without a profile there is none.
    fn setting<T>(
        &self,
        key: &str,
        read: impl FnOnce(&str) -> Result<T, &'static str>,
    ) -> Result<Option<T>, Error> {
        let section = match self.load() {
            Err(error) if error.is_absent_credential() => return Ok(None),
            section => section?,
        };
        let entry = section.optional(key)?;
        let value = entry.map(|entry| read(&entry.value).map_err(|problem| entry.invalid(problem)));
        value.transpose()
    }

    /// Finds the profile; `lookup` returns environment variables.
    pub(super) fn find(
        &self,
        lookup: impl Fn(&str) -> Option<OsString>,
        home: Option<&Path>,
    ) -> Result<Section, Error> {
        let set_name = match &self.section {
            Some(name) => Some((None, name.clone())),
            None => variables::first(&lookup, &NAME)?.map(|(var, name)| (Some(var), name)),
        };
        let name = set_name.as_ref().map_or("default", |(_, name)| name);
        let home = home.filter(|home| !home.as_os_str().is_empty());
        let set_file = match &self.file {
            Some(file) => Some(("file", file.clone())),
            None => variables::first(&lookup, &[FILE])?.map(|(var, file)| (var, file.into())),
        };
        let user_file = home.map(|home| home.join(USER_FILE));
        let files = match &set_file {
            Some((_, file)) => vec![file.clone()],
            None => user_file.into_iter().chain([SYSTEM_FILE.into()]).collect(),
        };

        let (mut known, mut missing) = (Vec::new(), Vec::new());
        for path in files {
            let file = format!("`{}`", path.display());
            match (section::read(&path)?, &set_file) {
                (Some(text), _) => {
                    let sections = ini::read(&file, &text).map_err(Error::credential)?;
                    for (section, content) in sections {
                        if section == *name {
                            return Ok(content);
                        }
                        known.push(section);
                    }
                    missing.push(format!("{file} has no section `[{name}]`"));
                }
                (None, Some((setting, _))) => {
                    let problem = format!("`{setting}` names {file}, which does not exist");
                    return Err(Error::credential(problem));
                }
                (None, None) => missing.push(format!("{file} does not exist")),
            }
        }
        if let (Some(home), None) = (home, &set_file) {
            if let Some(section) = tccli::read(home, name)? {
                return Ok(section);
            }
            known.extend(tccli::names(home));
        }
        let mut problem = missing.join(", ");
        if !known.is_empty() {
            known.sort();
            known.dedup();
            known.sort_by_key(|other| Reverse(similarity(name, other)));
            known.truncate(MAX_KNOWN);
            problem.push_str(&format!("; known profiles: `{}`", known.join("`, `")));
        }
        let source = match (&set_name, &set_file) {
            (Some((Some(variable), _)), _) => format!(", which `{variable}` names"),
            (Some((None, _)), _) | (None, Some(_)) => String::new(),
            (None, None) => return Err(Error::absent_credential(problem)),
        };
        Err(Error::credential(format!(
            "no profile `{}`{source}: {problem}",
            name.escape_debug()
        )))
    }

    /// Reads the credential of a section, or the role to assume.
    pub(super) fn read(&self, section: &Section) -> Result<Origin, Error> {
        let kind = section.get("type");
        if kind.is_some_and(|entry| *entry.value == "cvm-role") {
            return Ok(Origin::Machine);
        }
        let keys = ["secret_id", "secret_key", key_command::KEY];
        if keys.iter().all(|key| section.get(key).is_none()) {
            let problem = format!("{} has no credential", section.place);
            return Err(Error::absent_credential(problem));
        }
        let command = section.optional(key_command::KEY)?;
        let command = command.map(|entry| KeyCommand::read(section, entry));
        let command = command.transpose()?;
        let number = |key| match section.optional(key)? {
            Some(entry) => match entry.value.parse() {
                Ok(seconds) => Ok(Some(Duration::from_secs(seconds))),
                Err(_) => Err(entry.invalid("is not a whole number")),
            },
            None => Ok(None),
        };
        let Some(role_arn) = section.optional("role_arn")? else {
            if let Some(command) = command {
                return Ok(Origin::Command(command));
            }
            let credential = fixed(section)?;
            let expires = number("expires_at")?.and_then(|time| UNIX_EPOCH.checked_add(time));
            return Ok(Origin::File(ExpiringCredential {
                credential,
                expires,
            }));
        };
        let credentials = match command {
            Some(command) => Credentials::new(command),
            None => fixed(section)?.into(),
        };
        let mut role = AssumeRole::new(&**role_arn.value, credentials);
        if let Some(session_name) = section.optional("role_session_name")? {
            role = role.session_name(&**session_name.value);
        }
        if let Some(duration) = number("duration_seconds")? {
            role = role.duration(duration);
        }
        if let Some(endpoint) = &self.sts_endpoint {
            role = role.endpoint(endpoint);
        }
        let checked = role.check();
        checked.map_err(|error| Error::credential(format!("{}: {error}", section.place)))?;
        Ok(Origin::Role(Box::new(role)))
    }
}

impl Origin {
    pub(super) async fn provide(&self, transport: &Arc<dyn Transport>, now: SystemTime) -> Fetched {
        match self {
            Self::File(login) if login.expires.is_some_and(|end| end <= now) => {
                let problem = "the login in the profile has expired; log in again with tccli";
                Err(Error::credential(problem))
            }
            Self::File(credential) => Ok(credential.clone()),
            Self::Command(command) => command.fetch().await,
            Self::Role(role) => role.provide(transport, now).await,
            Self::Machine => CvmRole::new().provide(transport, now).await,
        }
    }
}

impl Provider for Profile {
    fn name(&self) -> &str {
        "the profile"
    }

    fn provide<'a>(&'a self, transport: &'a Arc<dyn Transport>, now: SystemTime) -> Providing<'a> {
        Box::pin(self.fetch(transport, now))
    }

    fn check(&self) -> Result<(), Error> {
        if let Some(endpoint) = &self.sts_endpoint {
            Endpoint::parse("endpoint", endpoint)?;
        }
        self.origin().map(drop)
    }

    fn region(&self) -> Result<Option<String>, Error> {
        self.setting("region", |region| match check::check_name(region) {
            Ok(_) => Ok(region.to_owned()),
            Err(_) => Err("is invalid; use letters, digits, hyphens and underscores only"),
        })
    }

    fn site(&self) -> Result<Option<Site>, Error> {
        self.setting("site", Site::parse)
    }

    fn endpoint(&self) -> Result<Option<String>, Error> {
        self.setting("endpoint", |endpoint| {
            let parsed = Endpoint::parse("endpoint", endpoint);
            parsed
                .map(|_| endpoint.to_owned())
                .map_err(|_| endpoint::FORM)
        })
    }
}

/// Returns the credential that is in a section.
fn fixed(section: &Section) -> Result<Credential, Error> {
    let credential = Credential::new(section.secret("secret_id")?, section.secret("secret_key")?);
    Ok(match section.get("token") {
        Some(_) => credential.with_token(section.secret("token")?),
        None => credential,
    })
}

/// Returns how many characters two names have in common at their beginning and at their end.
fn similarity(a: &str, b: &str) -> usize {
    let (a, b) = (a.chars(), b.chars());
    let same = |(a, b): &(char, char)| a.eq_ignore_ascii_case(b);
    let start = a.clone().zip(b.clone()).take_while(same).count();
    start + a.rev().zip(b.rev()).take_while(same).count()
}
