use std::{env, ffi::OsString, fmt, future::ready, time::SystemTime};

use super::{
    Credential, Lease, Provider, Providing,
    variables::{self, Unreadable},
};
use crate::{Error, transport::Transport};

/// The variable of the secret id.
const SECRET_ID: &str = "TENCENTCLOUD_SECRET_ID";
/// The variable of the secret key.
const SECRET_KEY: &str = "TENCENTCLOUD_SECRET_KEY";
/// The variables of the session token: the vendor's own tools do not agree on one.
const TOKEN: [&str; 2] = ["TENCENTCLOUD_TOKEN", "TENCENTCLOUD_SESSION_TOKEN"];

/// The credential of the environment, as a link of a [`Chain`](super::Chain).
///
/// It is what [`Credential::from_env`] reads: `TENCENTCLOUD_SECRET_ID`, `TENCENTCLOUD_SECRET_KEY` and perhaps
/// `TENCENTCLOUD_TOKEN` or `TENCENTCLOUD_SESSION_TOKEN`. It counts as lasting, since nothing tells when it expires.
///
/// # Errors
/// They name every variable that is missing, empty or not Unicode. The environment has none if neither id nor key is
/// set; with one of the two it is set up badly, and a chain goes no further.
///
/// ```
/// use tc3::credential::{Chain, CvmRole, Environment};
///
/// let chain = Chain::new().then(Environment).then(CvmRole::new());
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Environment;

impl Provider for Environment {
    fn name(&self) -> &str {
        "the environment"
    }

    fn provide<'a>(&'a self, _transport: &'a dyn Transport, _now: SystemTime) -> Providing<'a> {
        let result = read(|name| env::var_os(name));
        Box::pin(ready(match result {
            Ok(credential) => Ok(Lease::lasting(credential)),
            Err(missing) if missing.is_absent() => {
                Err(Error::absent_credential(missing.to_string()))
            }
            Err(missing) => Err(Error::credential(missing.to_string())),
        }))
    }
}

/// Why there is no credential in the environment.
#[derive(Debug)]
pub(super) struct Missing {
    problems: Vec<String>,
    absent: bool,
}

impl Missing {
    /// Whether there is nothing of a credential at all.
    fn is_absent(&self) -> bool {
        self.absent
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problems.join(", "))
    }
}

/// Reads the credential of an environment that is looked up by `variable`.
pub(super) fn read(variable: impl Fn(&str) -> Option<OsString>) -> Result<Credential, Missing> {
    let mut missing = Missing {
        problems: Vec::new(),
        absent: true,
    };
    let mut required = |name| match variables::read(&variable, name) {
        Ok(value) => {
            missing.absent = false;
            value
        }
        Err(problem) => {
            missing.absent &= problem.is_absent();
            missing.problems.push(format!("`{name}` {problem}"));
            String::new()
        }
    };
    let mut credential = Credential::new(required(SECRET_ID), required(SECRET_KEY));
    for name in TOKEN {
        match variables::read(&variable, name) {
            Ok(token) => {
                credential = credential.with_token(token);
                break;
            }
            Err(Unreadable::Unset | Unreadable::Empty) => {}
            Err(problem) => missing.problems.push(format!("`{name}` {problem}")),
        }
    }
    if missing.problems.is_empty() {
        Ok(credential)
    } else {
        Err(missing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(variables: &[(&str, &str)]) -> Result<Credential, Missing> {
        read(|name| {
            let value = variables.iter().find(|(key, _)| *key == name)?.1;
            Some(value.into())
        })
    }

    #[test]
    fn reads_the_environment() {
        let credential = from(&[(SECRET_ID, "id"), (SECRET_KEY, "key")]).unwrap();
        assert_eq!((credential.id(), credential.key()), ("id", "key"));
        assert_eq!(credential.token(), None);
    }

    #[test]
    fn reads_the_token_from_either_variable() {
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
    fn names_every_variable_that_is_missing() {
        let error = from(&[]).unwrap_err();
        assert!(error.is_absent());
        assert_eq!(
            error.to_string(),
            "`TENCENTCLOUD_SECRET_ID` is not set, `TENCENTCLOUD_SECRET_KEY` is not set"
        );

        let error = from(&[(SECRET_ID, "planted-id"), (SECRET_KEY, "")]).unwrap_err();
        assert!(!error.is_absent());
        assert_eq!(error.to_string(), "`TENCENTCLOUD_SECRET_KEY` is empty");
    }

    #[cfg(unix)]
    #[test]
    fn refuses_what_is_not_unicode_without_showing_it() {
        use std::os::unix::ffi::OsStringExt as _;

        let error = read(|name| {
            (name != "TENCENTCLOUD_SESSION_TOKEN")
                .then(|| OsString::from_vec(b"planted\xff".to_vec()))
        })
        .unwrap_err();
        assert_eq!(
            error.to_string(),
            "`TENCENTCLOUD_SECRET_ID` is not Unicode, \
             `TENCENTCLOUD_SECRET_KEY` is not Unicode, `TENCENTCLOUD_TOKEN` is not Unicode"
        );
    }
}
