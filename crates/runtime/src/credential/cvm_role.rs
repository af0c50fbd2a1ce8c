use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{StatusCode, Uri, header, uri::PathAndQuery};

use super::{
    Lease, Provider, Providing,
    exchange::{self, Answer},
    issued::Issued,
};
use crate::{Error, endpoint::Endpoint, json, record::Record as _, transport::Transport};

/// The metadata server of Tencent Cloud's virtual machines, which speaks plain HTTP within the machine's network.
const ENDPOINT: &str = "http://metadata.tencentyun.com";

const PATH: &str = "/latest/meta-data/cam/security-credentials/";

/// How long the server, which is next door, may take for an answer.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The role of the virtual machine (CVM) that the program runs on.
///
/// It asks the metadata server, `http://metadata.tencentyun.com/latest/meta-data/cam/security-credentials/`, for the
/// name of the role and then for a temporary credential of the role. The token in it makes no sense elsewhere, and
/// expires.
///
/// # Errors
/// A machine without a role has no credential to give, and so has a machine elsewhere, where no such server is. If the
/// role was [given](Self::role), or the server named it, then a failure is one.
///
/// ```
/// use tc3::credential::{Credentials, CvmRole};
///
/// let credentials = Credentials::new(CvmRole::new());
/// ```
#[derive(Clone, Debug)]
pub struct CvmRole {
    role: Option<String>,
    endpoint: String,
    timeout: Duration,
}

impl CvmRole {
    /// The role that the machine has.
    pub fn new() -> Self {
        Self {
            role: None,
            endpoint: ENDPOINT.to_owned(),
            timeout: TIMEOUT,
        }
    }

    /// Sets the name of the role, instead of asking the metadata server for it.
    #[must_use]
    pub fn role(mut self, name: impl Into<String>) -> Self {
        self.role = Some(name.into());
        self
    }

    /// Sets another metadata server: `http://` or `https://`, a host and perhaps a port.
    #[must_use]
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = endpoint.into();
        self
    }

    /// Sets how long the metadata server may take for each of its two answers. The default is 5 seconds.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    async fn fetch(&self, transport: &dyn Transport) -> Result<Lease, Error> {
        let role = match &self.role {
            Some(role) => role.clone(),
            // Whatever fails here, nothing tells that there is a role at all.
            None => self
                .look_up(transport)
                .await
                .map_err(Error::into_absent_credential)?,
        };
        let answer = self.ask(transport, &role).await?;
        if answer.status == StatusCode::NOT_FOUND {
            return Err(Error::credential(format!(
                "the machine does not have the role `{role}` (HTTP 404)"
            )));
        }
        let mut issued = Issued::empty();
        let read = json::read(&answer.body, &mut issued);
        match (read, issued.code.as_deref()) {
            (Ok(()), Some("Success")) => issued.lease(issued.expired_time),
            // Its answer to an error is no secret, and a word.
            (Ok(()), Some(code)) if is_role(code) => Err(Error::credential(format!(
                "the metadata server answered for the role `{role}` with the code `{code}` instead of `Success`"
            ))),
            (Ok(()), None) if answer.status.is_success() => {
                Err(Error::credential("the answer has no `Code`"))
            }
            (Ok(()), _) => Err(answer.unreadable(None)),
            (Err(error), _) => Err(answer.unreadable(Some(&error))),
        }
    }

    /// The name of the machine's role.
    async fn look_up(&self, transport: &dyn Transport) -> Result<String, Error> {
        let answer = self.ask(transport, "").await?;
        if answer.status == StatusCode::NOT_FOUND {
            return Err(Error::credential("the machine has no role (HTTP 404)"));
        }
        match str::from_utf8(answer.body.trim_ascii()) {
            Ok(name) if answer.status == StatusCode::OK && is_role(name) => Ok(name.to_owned()),
            _ => Err(answer.unreadable(None)),
        }
    }

    async fn ask(&self, transport: &dyn Transport, role: &str) -> Result<Answer, Error> {
        let Endpoint { uri, host } = Endpoint::parse(&self.endpoint)?;
        let mut parts = uri.into_parts();
        let path = PathAndQuery::try_from(format!("{PATH}{role}"));
        parts.path_and_query = Some(path.map_err(|_| not_a_role(role))?);
        let uri = Uri::from_parts(parts).map_err(|_| not_a_role(role))?;

        let mut request = http::Request::new(Bytes::new());
        *request.uri_mut() = uri;
        request.headers_mut().insert(header::HOST, host);
        exchange::send(transport, request, self.timeout).await
    }
}

impl Default for CvmRole {
    fn default() -> Self {
        Self::new()
    }
}

impl Provider for CvmRole {
    fn name(&self) -> &str {
        "the CVM role"
    }

    fn provide<'a>(&'a self, transport: &'a dyn Transport, _now: SystemTime) -> Providing<'a> {
        Box::pin(self.fetch(transport))
    }

    fn check(&self) -> Result<(), Error> {
        Endpoint::parse(&self.endpoint)?;
        if let Some(role) = &self.role
            && !is_role(role)
        {
            return Err(not_a_role(role));
        }
        if self.timeout.is_zero() {
            return Err(Error::credential(
                "setting `timeout`: no answer comes in no time; it may be any duration but 0",
            ));
        }
        Ok(())
    }
}

/// Whether a text can be the name of a role, which goes into a path.
fn is_role(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"+=,.@_-".contains(&byte);
    (1..=128).contains(&name.len()) && name.bytes().all(allowed)
}

fn not_a_role(name: &str) -> Error {
    Error::credential(format!(
        "setting `role`: `{}` is no name of a role; it may have letters, digits and `+=,.@_-`",
        name.escape_debug()
    ))
}
