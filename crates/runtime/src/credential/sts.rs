//! The Security Token Service (STS), which issues temporary credentials for roles.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::{HeaderValue, header};
use serde_core::ser::{SerializeMap as _, Serializer as _};
use zeroize::Zeroizing;

use super::{Credential, Fetched, request};
use crate::{
    Error, check, endpoint::Endpoint, operation::Operation, signature::Signer, transport::Transport,
};

/// Action that takes a token as a parameter instead of a signature.
pub(super) const WITH_WEB_IDENTITY: &str = "AssumeRoleWithWebIdentity";
const VERSION: &str = "2018-08-13";
/// Default region. STS requires one, and its response does not depend on it.
const REGION: &str = "ap-guangzhou";
const CONTENT_TYPE: &str = "application/json";
const TIMEOUT: Duration = Duration::from_secs(10);
/// Maximum lifetime of a credential in seconds.
const MAX_DURATION: u64 = 12 * 60 * 60;

/// Settings that are common to all actions that assume a role.
#[derive(Clone, Debug)]
pub(super) struct Sts {
    pub(super) endpoint: String,
    pub(super) region: Option<String>,
    pub(super) session_name: String,
    pub(super) duration: Duration,
}

impl Default for Sts {
    fn default() -> Self {
        Self {
            endpoint: "sts.tencentcloudapi.com".to_owned(),
            region: None,
            session_name: "tc3".to_owned(),
            duration: Duration::from_secs(7200),
        }
    }
}

impl Sts {
    /// Calls `action`, which assumes a role. `parameters` are specific to the action; those without a value are not
    /// sent. `credential` signs the request, or holds the token that is a parameter; its secrets are redacted in
    /// errors.
    pub(super) async fn assume(
        &self,
        transport: &dyn Transport,
        action: &'static str,
        parameters: &[(&str, Option<&str>)],
        credential: &Credential,
        now: SystemTime,
    ) -> Fetched {
        let timestamp = now
            .duration_since(UNIX_EPOCH)
            .map_err(|_| Error::credential("the system clock is before 1970; set the clock"))?;
        let timestamp = timestamp.as_secs();
        let body = self.body(parameters).map_err(|error| {
            Error::credential("the parameters cannot be encoded as JSON").with_source(error)
        })?;
        let endpoint = Endpoint::parse("endpoint", &self.endpoint)?;
        let (authorization, token) = if action == WITH_WEB_IDENTITY {
            (Zeroizing::new("SKIP".to_owned()), None)
        } else {
            let headers = [("content-type", CONTENT_TYPE), ("host", endpoint.host())];
            let others = [("x-tc-action", action)];
            let signer = Signer::new("sts", &headers);
            let authorization = signer.authorization(credential, timestamp, &others, &body);
            (Zeroizing::new(authorization), credential.shared_token())
        };

        let mut request = http::Request::post(endpoint.uri)
            .header(header::HOST, endpoint.host)
            .header(header::CONTENT_TYPE, CONTENT_TYPE)
            .header(
                header::AUTHORIZATION,
                sensitive(Bytes::from_owner(authorization))?,
            )
            .header("x-tc-action", action)
            .header("x-tc-version", VERSION)
            .header("x-tc-timestamp", timestamp)
            .header("x-tc-region", self.region.as_deref().unwrap_or(REGION));
        if let Some(token) = token {
            request = request.header("x-tc-token", sensitive(token)?);
        }
        let request = request.body(body).map_err(invalid_header)?;

        let response = request::send(transport, request, TIMEOUT).await?;
        let members = response.members()?.object("Response");
        let members = members.ok_or_else(|| response.unusable(None))?;
        if let Some(error) = members.object("Error") {
            let string = |name| error.string(name).unwrap_or_default().to_string();
            let operation = Operation::Named(action.into());
            let error = Error::service(&operation, string("Code"), string("Message"));
            return Err(error
                .with_action(action)
                .with_request_id(members.string("RequestId").as_deref())
                .with_http_status(response.status.as_u16())
                .redact(|text| credential.redact(text)));
        }
        if !response.status.is_success() {
            return Err(response.unusable(None));
        }
        let expires = members.time("ExpiredTime");
        let credential = members.object("Credentials").unwrap_or_default();
        credential.credential(expires)
    }

    /// Writes the parameters as JSON, into memory that is wiped, because a token may be among them.
    fn body(&self, parameters: &[(&str, Option<&str>)]) -> serde_json::Result<Bytes> {
        let given = parameters.iter();
        let given = given.filter_map(|(name, value)| Some((name, (*value)?)));
        // Enough even if each character is escaped: a reallocation would leave a copy that is not wiped.
        let length = given.clone().map(|(_, value)| 6 * value.len());
        let mut body = Zeroizing::new(Vec::with_capacity(1024 + length.sum::<usize>()));
        let mut serializer = serde_json::Serializer::new(&mut *body);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("RoleSessionName", &self.session_name)?;
        map.serialize_entry("DurationSeconds", &self.duration.as_secs())?;
        for (name, value) in given {
            map.serialize_entry(name, value)?;
        }
        map.end()?;
        Ok(Bytes::from_owner(body))
    }

    /// Checks the settings, and the ARN of the role if it is set. `region` and the first part of `role_arn` are the names of
    /// settings or variables for errors.
    pub(super) fn check(&self, region: &str, role_arn: (&str, Option<&str>)) -> Result<(), Error> {
        let is_arn =
            |arn: &str| arn.starts_with("qcs::cam::") && !arn.contains(char::is_whitespace);
        let (role, role_arn) = role_arn;
        if !role_arn.is_none_or(is_arn) {
            let problem = "must be the full name of a role, for example `qcs::cam::uin/100000000001:roleName/auditor`";
            return Err(Error::setting(role, problem));
        }
        Endpoint::parse("endpoint", &self.endpoint)?;
        let name = &self.session_name;
        if !(2..=128).contains(&name.len()) || !has_only(name, "_+=,.@-") {
            let problem = "must be 2 to 128 letters, digits and `_+=,.@-`";
            return Err(Error::setting("session_name", problem));
        }
        if !(1..=MAX_DURATION).contains(&self.duration.as_secs()) {
            return Err(Error::setting("duration", "must be 1 second to 12 hours"));
        }
        let checked = check::check_name(self.region.as_deref().unwrap_or(REGION));
        checked
            .map(drop)
            .map_err(|problem| Error::setting(region, problem))
    }
}

/// Returns whether a text has only ASCII letters, digits and the characters of `others`.
pub(super) fn has_only(text: &str, others: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || others.contains(c);
    text.chars().all(allowed)
}

fn sensitive(value: Bytes) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_maybe_shared(value).map_err(invalid_header)?;
    value.set_sensitive(true);
    Ok(value)
}

fn invalid_header(error: impl Into<http::Error>) -> Error {
    Error::credential("a setting or a secret has characters that are invalid in a header")
        .with_source(error.into())
}
