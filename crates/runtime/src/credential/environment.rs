use std::{env, ffi::OsString, future::ready, sync::Arc, time::SystemTime};

use zeroize::Zeroizing;

use super::{Credential, ExpiringCredential, Provider, Providing};
use crate::{Error, Site, check, secrets, transport::Transport, variables::first};

const SECRET_ID: &str = "TENCENTCLOUD_SECRET_ID";
const SECRET_KEY: &str = "TENCENTCLOUD_SECRET_KEY";
/// The vendor's tools use three names for this variable: tccli and the SDK for Go, the SDK for Node, and Terraform.
const TOKEN: [&str; 3] = [
    "TENCENTCLOUD_TOKEN",
    "TENCENTCLOUD_SESSION_TOKEN",
    "TENCENTCLOUD_SECURITY_TOKEN",
];
const REGION: &str = "TENCENTCLOUD_REGION";
/// The vendor's tools have no variable for it.
const SITE: &str = "TENCENTCLOUD_SITE";
/// The vendor's tools have no variable for it. With a service as suffix, such as `TENCENTCLOUD_ENDPOINT_CVM`, it applies
/// only to that service.
const ENDPOINT: &str = "TENCENTCLOUD_ENDPOINT";

/// Reads the credential from environment variables.
///
/// It reads the same variables as [`Credential::from_env`]: `TENCENTCLOUD_SECRET_ID`, `TENCENTCLOUD_SECRET_KEY` and the
/// first of `TENCENTCLOUD_TOKEN`, `TENCENTCLOUD_SESSION_TOKEN` and `TENCENTCLOUD_SECURITY_TOKEN` that is set. The
/// credential never expires, because the environment has no expiry. An empty variable counts as missing.
///
/// # Errors
/// The error names every variable that is missing or invalid. If neither ID nor key is set, the credential is absent. If
/// only one of them is set, or one is invalid, the provider fails, which stops a [`Chain`](super::Chain).
///
/// ```
/// use tc3::credential::{Chain, CvmRole, Environment};
///
/// let chain = Chain::new().then(Environment).then(CvmRole::new());
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Environment;

impl Credential {
    /// Reads the credential from the environment: `TENCENTCLOUD_SECRET_ID`, `TENCENTCLOUD_SECRET_KEY` and, for a
    /// temporary credential, the token; see [`Environment`](crate::credential::Environment).
    ///
    /// # Errors
    /// Fails with an error of kind [`Credential`](crate::ErrorKind::Credential), which names every variable that is
    /// missing or invalid.
    pub fn from_env() -> Result<Self, Error> {
        read(|name| env::var_os(name)).map_err(|error| {
            Error::credential(format!("no credential in the environment: {error}"))
        })
    }
}

impl Provider for Environment {
    fn name(&self) -> &str {
        "the environment"
    }

    fn provide<'a>(
        &'a self,
        _transport: &'a Arc<dyn Transport>,
        _now: SystemTime,
    ) -> Providing<'a> {
        let credential = read(|name| env::var_os(name));
        Box::pin(ready(credential.map(ExpiringCredential::lasting)))
    }

    fn check(&self) -> Result<(), Error> {
        read(|name| env::var_os(name)).map(drop)
    }
}

/// Returns the region that the environment sets.
pub(crate) fn region() -> Result<Option<String>, Error> {
    let region = first(|name| env::var_os(name), &[REGION])?.map(|(_, region)| region);
    let checked = region.as_deref().map(check::check_name).transpose();
    checked.map_err(|problem| Error::setting(REGION, problem))?;
    Ok(region)
}

/// Returns the site that the environment sets.
pub(crate) fn site() -> Result<Option<Site>, Error> {
    let site = first(|name| env::var_os(name), &[SITE])?.map(|(_, name)| {
        Site::parse(&name).map_err(|problem| {
            Error::setting(SITE, format_args!("`{}` {problem}", name.escape_debug()))
        })
    });
    site.transpose()
}

/// Returns the endpoint that the environment sets for a service, with the name of the variable.
pub(crate) fn endpoint(service: &str) -> Result<Option<(String, String)>, Error> {
    let service = service.to_ascii_uppercase().replace('-', "_");
    let specific = format!("{ENDPOINT}_{service}");
    let found = first(|name| env::var_os(name), &[&specific, ENDPOINT])?;
    Ok(found.map(|(name, endpoint)| (name.to_owned(), endpoint)))
}

/// Reads the credential; `lookup` returns environment variables.
pub(super) fn read(lookup: impl Fn(&str) -> Option<OsString>) -> Result<Credential, Error> {
    let is_set = |name: &&str| {
        let value = lookup(name).unwrap_or_default().into_encoded_bytes();
        !Zeroizing::new(value).is_empty()
    };
    let mut problems = Vec::new();
    let mut required = |name| {
        let value = variable(&lookup, name, &mut problems);
        let problem = secrets::problem(&value, name == SECRET_ID);
        if let Some(problem) = problem.filter(|_| !value.is_empty()) {
            problems.push(format!("`{name}` {problem}"));
        }
        value
    };
    let mut credential = Credential::new(required(SECRET_ID), required(SECRET_KEY));
    if let Some(name) = TOKEN.iter().find(|name| is_set(name)) {
        credential = credential.with_token(required(name));
    }
    if problems.is_empty() {
        Ok(credential)
    } else if [SECRET_ID, SECRET_KEY].iter().any(is_set) {
        Err(Error::credential(problems.join(", ")))
    } else {
        Err(Error::absent_credential(problems.join(", ")))
    }
}

/// Returns the value of a variable. If it is invalid, adds the problem and returns an empty string.
pub(super) fn variable(
    lookup: impl Fn(&str) -> Option<OsString>,
    name: &str,
    problems: &mut Vec<String>,
) -> String {
    let problem = match lookup(name).map(OsString::into_string) {
        None => "is not set",
        Some(Ok(value)) if value.is_empty() => "is empty",
        Some(Ok(value)) => return value,
        Some(Err(value)) => {
            drop(Zeroizing::new(value.into_encoded_bytes()));
            "is not valid Unicode"
        }
    };
    problems.push(format!("`{name}` {problem}"));
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(variables: &[(&str, &str)]) -> Result<Credential, Error> {
        read(|name| {
            let value = variables.iter().find(|(key, _)| *key == name)?.1;
            Some(value.into())
        })
    }

    #[test]
    fn environment_is_read() {
        let credential = from(&[(SECRET_ID, "id"), (SECRET_KEY, "key")]).unwrap();
        assert_eq!((credential.id(), credential.key()), ("id", "key"));
        assert_eq!(credential.token(), None);
    }

    #[test]
    fn token_is_read_from_either_variable() {
        for (variables, token) in [
            (&[("TENCENTCLOUD_TOKEN", "a")][..], "a"),
            (&[("TENCENTCLOUD_SESSION_TOKEN", "b")], "b"),
            (
                &[
                    ("TENCENTCLOUD_TOKEN", "a"),
                    ("TENCENTCLOUD_SESSION_TOKEN", "b"),
                ],
                "a",
            ),
            (
                &[
                    ("TENCENTCLOUD_TOKEN", ""),
                    ("TENCENTCLOUD_SESSION_TOKEN", "b"),
                ],
                "b",
            ),
        ] {
            let variables = [&[(SECRET_ID, "id"), (SECRET_KEY, "key")], variables].concat();
            assert_eq!(from(&variables).unwrap().token(), Some(token));
        }
    }

    #[test]
    fn error_names_every_missing_variable() {
        let error = from(&[]).unwrap_err();
        assert!(error.is_absent_credential());
        assert_eq!(
            error.to_string(),
            "`TENCENTCLOUD_SECRET_ID` is not set, `TENCENTCLOUD_SECRET_KEY` is not set"
        );

        let error = from(&[(SECRET_ID, "planted-id"), (SECRET_KEY, "")]).unwrap_err();
        assert!(!error.is_absent_credential());
        assert_eq!(error.to_string(), "`TENCENTCLOUD_SECRET_KEY` is empty");
    }

    #[cfg(unix)]
    #[test]
    fn non_unicode_value_is_refused_and_not_shown() {
        use std::os::unix::ffi::OsStringExt as _;

        let error = read(|name| {
            (name != "TENCENTCLOUD_SESSION_TOKEN")
                .then(|| OsString::from_vec(b"planted\xff".to_vec()))
        })
        .unwrap_err();
        assert_eq!(
            error.to_string(),
            "`TENCENTCLOUD_SECRET_ID` is not valid Unicode, \
             `TENCENTCLOUD_SECRET_KEY` is not valid Unicode, `TENCENTCLOUD_TOKEN` is not valid Unicode"
        );
    }
}
