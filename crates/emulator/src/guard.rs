//! Access control of the control API. Programs on this machine have access, other machines need a token, and web pages are
//! refused.

use std::fmt;
use std::net::SocketAddr;
use std::path::Path;

use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::StartError;
use crate::gateway::Raw;

/// A token for the control API. `Debug` does not show it.
///
/// Control requests send it in the header `Authorization: Bearer <token>`.
#[derive(Clone)]
pub struct ControlToken {
    /// SHA-256 hash of the token. The token itself is not stored.
    hash: [u8; 32],
}

impl ControlToken {
    /// The minimum length, in bytes.
    const MIN_LENGTH: usize = 16;

    /// Creates a token from at least 16 visible ASCII characters.
    ///
    /// # Errors
    /// Fails if the token is too short or has other characters.
    pub fn new(token: &str) -> Result<Self, StartError> {
        if token.len() < Self::MIN_LENGTH || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(StartError::ControlToken("the token".to_owned()));
        }
        Ok(Self { hash: hash(token) })
    }

    /// Loads a token from a file, without the space around it.
    ///
    /// # Errors
    /// Fails if the file cannot be read or its token is invalid.
    pub fn load(path: &Path) -> Result<Self, StartError> {
        let text = std::fs::read_to_string(path).map_err(|error| StartError::Data {
            origin: path.display().to_string(),
            message: format!("cannot read the control token: {error}"),
        })?;
        Self::new(text.trim()).map_err(|_| StartError::ControlToken(path.display().to_string()))
    }

    /// Compares a sent token in constant time.
    fn is(&self, sent: &str) -> bool {
        self.hash.ct_eq(&hash(sent)).into()
    }
}

impl fmt::Debug for ControlToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ControlToken").finish_non_exhaustive()
    }
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}

/// An HTTP status with a message.
pub(crate) type Refusal = (u16, String);

/// Access rules of the control API.
#[derive(Debug)]
pub(crate) struct Guard {
    scheme: &'static str,
    /// Accepted values of `Host`. `None` if the listen address is not loopback, because its host names are unknown.
    hosts: Option<Vec<String>>,
    token: Option<ControlToken>,
}

impl Guard {
    pub(crate) fn new(
        scheme: &'static str,
        address: SocketAddr,
        token: Option<ControlToken>,
    ) -> Self {
        let hosts = address.ip().is_loopback().then(|| hosts(scheme, address));
        Self {
            scheme,
            hosts,
            token,
        }
    }

    /// Refuses requests of web pages: an unknown `Host`, which prevents DNS rebinding, and another origin.
    pub(crate) fn check_origin(&self, raw: &Raw) -> Result<(), Refusal> {
        let sent: Vec<String> = raw.values("host").collect();
        let host = sent.join(", ").to_ascii_lowercase();
        if let Some(hosts) = &self.hosts
            && !hosts.contains(&host)
        {
            return Err((
                403,
                format!(
                    "Host `{host}` is refused, because a web page may have sent the request; use one of {}",
                    hosts.join(", ")
                ),
            ));
        }
        let own = self.origin(&host);
        for (name, allowed) in [
            ("origin", &[own.as_str()][..]),
            ("sec-fetch-site", &["same-origin", "none"]),
        ] {
            if let Some(other) = raw
                .values(name)
                .find(|value| !allowed.contains(&value.as_str()))
            {
                return Err((
                    403,
                    format!(
                        "{name} `{other}` is refused, because pages of other sites must not use this API; \
                         send the request from a program"
                    ),
                ));
            }
        }
        Ok(())
    }

    /// Returns the origin of this server for a value of `Host`.
    pub(crate) fn origin(&self, host: &str) -> String {
        format!("{}://{host}", self.scheme)
    }

    /// Refuses a request without the token, if one is required.
    pub(crate) fn check_token(&self, raw: &Raw) -> Result<(), Refusal> {
        let Some(token) = &self.token else {
            return Ok(());
        };
        let sent = raw.header("authorization").unwrap_or_default();
        let is_token = sent.split_once(' ').is_some_and(|(scheme, sent)| {
            scheme.eq_ignore_ascii_case("Bearer") && token.is(sent.trim())
        });
        if is_token {
            return Ok(());
        }
        Err((
            403,
            "the control token is missing or wrong; send the header `Authorization: Bearer <token>`"
                .to_owned(),
        ))
    }
}

/// Returns the accepted values of `Host` for a loopback address. They include the port, which clients omit if it is the
/// default of the scheme.
fn hosts(scheme: &str, address: SocketAddr) -> Vec<String> {
    let port = format!(":{}", address.port());
    let own = address.to_string();
    let mut names = vec!["127.0.0.1", "[::1]", "localhost"];
    let own = own.strip_suffix(&port).unwrap_or(&own);
    if !names.contains(&own) {
        names.push(own);
    }
    let mut hosts: Vec<String> = names.iter().map(|name| format!("{name}{port}")).collect();
    if matches!((scheme, address.port()), ("http", 80) | ("https", 443)) {
        hosts.extend(names.into_iter().map(str::to_owned));
    }
    hosts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn default_port_may_be_omitted() {
        let hosts = |scheme, address: &str| hosts(scheme, address.parse().unwrap()).join(" ");
        assert_eq!(
            hosts("http", "[::1]:443"),
            "127.0.0.1:443 [::1]:443 localhost:443"
        );
        assert_eq!(
            hosts("https", "127.0.0.2:443"),
            "127.0.0.1:443 [::1]:443 localhost:443 127.0.0.2:443 127.0.0.1 [::1] localhost 127.0.0.2"
        );
    }
}
