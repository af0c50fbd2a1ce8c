use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use http::{StatusCode, header};

use super::{
    Fetched, Provider, Providing,
    request::{self, Response},
    sts::has_only,
};
use crate::{Error, check, endpoint::Endpoint, transport::Transport};

/// Metadata server of Tencent Cloud's virtual machines. It has no TLS, and is reachable only from the machine.
const ENDPOINT: &str = "http://metadata.tencentyun.com";
const PATH: &str = "latest/meta-data/cam/security-credentials/";
/// Timeout of the request for the role's name. It is short, because there may be no metadata server that responds.
const NAME_TIMEOUT: Duration = Duration::from_secs(1);
const TIMEOUT: Duration = Duration::from_secs(5);

/// Fetches temporary credentials for the role of the virtual machine (CVM) on which the program runs.
///
/// It requests the name of the role, and then a credential, from the metadata server at
/// `http://metadata.tencentyun.com/latest/meta-data/cam/security-credentials/`.
///
/// # Errors
/// Without a role or a metadata server, the credential is absent. Once the role is known, because it was
/// [set](Self::role) or the server returned it, every problem is a failure.
///
/// ```
/// use tc3::credential::{Credentials, CvmRole};
///
/// let credentials = Credentials::new(CvmRole::new());
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct CvmRole {
    role: Option<String>,
    endpoint: Option<String>,
    timeout: Option<Duration>,
}

impl CvmRole {
    /// Uses the role that the metadata server returns.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the name of the role, instead of asking the metadata server for it.
    pub fn role(mut self, name: impl Into<String>) -> Self {
        self.role = Some(name.into());
        self
    }

    /// Sets another metadata server: `http://` or `https://`, a host and optionally a port.
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// Sets the timeout of each of the two requests to the metadata server. The default is 1 second for the name of the
    /// role and 5 seconds for the credential.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    async fn fetch(&self, transport: &dyn Transport) -> Fetched {
        let role = match &self.role {
            Some(role) => role.clone(),
            // A failure here does not show that the machine has a role.
            None => self
                .find_role(transport)
                .await
                .map_err(Error::into_absent_credential)?,
        };
        let response = self.get(transport, &role, TIMEOUT).await?;
        if response.status == StatusCode::NOT_FOUND {
            let problem = format!("the machine does not have the role `{role}` (HTTP 404)");
            return Err(Error::credential(problem));
        }
        let members = response.members()?;
        match members.string("Code").as_deref().map(String::as_str) {
            Some("Success") => members.credential(members.time("ExpiredTime")),
            // A code that is a single word cannot be a secret, so it is shown.
            Some(code) if is_role(code) => Err(Error::credential(format!(
                "the metadata server returned the code `{code}` instead of `Success` for the role `{role}`"
            ))),
            None if response.status.is_success() => {
                Err(Error::credential("the response has no `Code`"))
            }
            _ => Err(response.unusable(None)),
        }
    }

    async fn find_role(&self, transport: &dyn Transport) -> Result<String, Error> {
        let response = self.get(transport, "", NAME_TIMEOUT).await?;
        let name = response.text.trim();
        match response.status {
            StatusCode::NOT_FOUND => Err(Error::credential("the machine has no role (HTTP 404)")),
            StatusCode::OK if is_role(name) => Ok(name.to_owned()),
            _ => Err(response.unusable(None)),
        }
    }

    async fn get(
        &self,
        transport: &dyn Transport,
        role: &str,
        timeout: Duration,
    ) -> Result<Response, Error> {
        let Endpoint { uri, host } =
            Endpoint::parse("endpoint", self.endpoint.as_deref().unwrap_or(ENDPOINT))?;
        let request = http::Request::get(format!("{uri}{PATH}{role}")).header(header::HOST, host);
        let request = request.body(Bytes::new());
        let request = request.map_err(|_| invalid_role(role))?;
        request::send(transport, request, self.timeout.unwrap_or(timeout)).await
    }
}

impl Provider for CvmRole {
    fn name(&self) -> &str {
        "the CVM role"
    }

    fn provide<'a>(&'a self, transport: &'a Arc<dyn Transport>, _now: SystemTime) -> Providing<'a> {
        Box::pin(self.fetch(&**transport))
    }

    fn check(&self) -> Result<(), Error> {
        Endpoint::parse("endpoint", self.endpoint.as_deref().unwrap_or(ENDPOINT))?;
        check::refuse_zero("timeout", self.timeout.unwrap_or(TIMEOUT).is_zero())?;
        match &self.role {
            Some(role) if !is_role(role) => Err(invalid_role(role)),
            _ => Ok(()),
        }
    }
}

/// Returns whether a text is a valid role name, which becomes a part of a path.
fn is_role(name: &str) -> bool {
    (1..=128).contains(&name.len()) && has_only(name, "+=,.@_-")
}

fn invalid_role(name: &str) -> Error {
    let name = name.escape_debug();
    let problem =
        format!("`{name}` is not a valid role name; use letters, digits and `+=,.@_-` only");
    Error::setting("role", problem)
}
