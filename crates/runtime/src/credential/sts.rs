//! The Security Token Service, which gives out temporary credentials of roles.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, header};
use zeroize::{Zeroize as _, Zeroizing};

use super::{Credential, Lease, exchange, issued::Issued};
use crate::{
    Action, Error, Extra, Service,
    endpoint::Endpoint,
    envelope::{self, Answer},
    json,
    operation::Operation,
    record::Record as _,
    signature::Signer,
    transport::Transport,
};

static STS: Service = Service::new("sts", "2018-08-13", "sts.tencentcloudapi.com");
pub(super) static ASSUME_ROLE: Action = Action::new("AssumeRole", &STS);
pub(super) static ASSUME_ROLE_WITH_WEB_IDENTITY: Action =
    Action::new("AssumeRoleWithWebIdentity", &STS);

/// The region that is sent where nobody named one. STS wants one and answers alike in all of them.
const REGION: &str = "ap-guangzhou";
const CONTENT_TYPE: &str = "application/json";
const TIMEOUT: Duration = Duration::from_secs(10);
const SESSION: &str = "tc3";
const DURATION: Duration = Duration::from_secs(7200);
const LONGEST: Duration = Duration::from_secs(43_200);

/// How a role is to be assumed: the settings that all ways to do so have in common.
#[derive(Clone, Debug)]
pub(super) struct Sts {
    pub(super) endpoint: String,
    pub(super) region: String,
    pub(super) session_name: String,
    pub(super) duration: Duration,
}

impl Default for Sts {
    fn default() -> Self {
        Self {
            endpoint: STS.endpoint.to_owned(),
            region: REGION.to_owned(),
            session_name: SESSION.to_owned(),
            duration: DURATION,
        }
    }
}

/// The parameters of the two actions, which are wiped when dropped: a token may be among them.
pub(super) struct Parameters {
    pub(super) role_arn: String,
    role_session_name: String,
    duration_seconds: u64,
    pub(super) policy: Option<String>,
    pub(super) external_id: Option<String>,
    pub(super) provider_id: Option<String>,
    pub(super) web_identity_token: Option<String>,
    extra: Extra,
}

// It has no `Debug`, which would show the token. It drops itself, and no list holds it, nor an `Option`.
crate::__record_layout!(Parameters {
    0 => role_arn: "RoleArn",
    1 => role_session_name: "RoleSessionName",
    2 => duration_seconds: "DurationSeconds",
    3 => policy: "Policy",
    4 => external_id: "ExternalId",
    5 => provider_id: "ProviderId",
    6 => web_identity_token: "WebIdentityToken",
});

impl Drop for Parameters {
    fn drop(&mut self) {
        self.web_identity_token.zeroize();
    }
}

struct Assumed {
    credentials: Issued,
    expired_time: Option<i64>,
    request_id: String,
    extra: Extra,
}

crate::__record_layout!(Assumed {
    0 => credentials: "Credentials",
    1 => expired_time: "ExpiredTime",
    2 => request_id: "RequestId",
});

impl Sts {
    pub(super) fn parameters(&self, role_arn: &str) -> Parameters {
        let mut parameters = Parameters::empty();
        role_arn.clone_into(&mut parameters.role_arn);
        parameters.role_session_name.clone_from(&self.session_name);
        parameters.duration_seconds = self.duration.as_secs();
        parameters
    }

    /// Calls an action at a time in Unix seconds. `known` holds the secrets that STS gets to see, which its messages
    /// are not to repeat; with `signed` it signs the request as well.
    pub(super) async fn call(
        &self,
        transport: &dyn Transport,
        action: &'static Action,
        parameters: &Parameters,
        known: &Credential,
        signed: bool,
        timestamp: u64,
    ) -> Result<Lease, Error> {
        let body = body(parameters)?;
        let endpoint = Endpoint::parse(&self.endpoint)?;
        let authorization = if signed {
            let headers = [("content-type", CONTENT_TYPE), ("host", endpoint.host())];
            let signer = Signer::new(STS.name, &headers);
            signer.authorization(known, timestamp, &[("x-tc-action", action.name)], &body)
        } else {
            "SKIP".to_owned()
        };

        let mut request = http::Request::new(body);
        *request.method_mut() = Method::POST;
        *request.uri_mut() = endpoint.uri;
        let headers = request.headers_mut();
        headers.insert(header::HOST, endpoint.host);
        let mut insert = |name: &'static str, value: &str, is_secret: bool| {
            let mut value = HeaderValue::try_from(value).map_err(|_| unsendable(name))?;
            value.set_sensitive(is_secret);
            headers.insert(HeaderName::from_static(name), value);
            Ok::<_, Error>(())
        };
        insert("content-type", CONTENT_TYPE, false)?;
        insert("authorization", &authorization, true)?;
        insert("x-tc-action", action.name, false)?;
        insert("x-tc-version", STS.version, false)?;
        insert("x-tc-timestamp", &timestamp.to_string(), false)?;
        insert("x-tc-region", &self.region, false)?;
        if signed && let Some(token) = known.shared_token() {
            let token = HeaderValue::from_maybe_shared(token);
            let mut token = token.map_err(|_| unsendable("x-tc-token"))?;
            token.set_sensitive(true);
            headers.insert("x-tc-token", token);
        }

        let answer = exchange::send(transport, request, TIMEOUT).await?;
        let mut assumed = Assumed::empty();
        match envelope::read(&answer.body, &mut assumed) {
            Ok(Answer::Response) if answer.status.is_success() => {
                let expired_time = assumed.expired_time;
                assumed.credentials.lease(expired_time)
            }
            Ok(Answer::Response) => Err(answer.unreadable(None)),
            Ok(Answer::Refusal(refusal)) => {
                let operation = Operation::Described(action);
                Err(Error::service(&operation, refusal.code, refusal.message)
                    .with_action(action.name)
                    .with_request_id(Some(refusal.request_id).filter(|id| !id.is_empty()))
                    .with_http_status(answer.status.as_u16())
                    .redact(known))
            }
            Err(error) => Err(answer.unreadable(Some(&error))),
        }
    }

    /// Refuses settings that STS would refuse.
    pub(super) fn check(&self) -> Result<(), Error> {
        Endpoint::parse(&self.endpoint)?;
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte);
        let name = &self.session_name;
        if !(2..=128).contains(&name.len()) || !name.bytes().all(allowed) {
            return Err(setting(
                "session_name",
                "it may have 2 to 128 letters, digits and `_+=,.@-`",
            ));
        }
        if self.duration.as_secs() == 0 || self.duration > LONGEST {
            return Err(setting("duration", "it may be 1 second to 12 hours"));
        }
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if self.region.is_empty() || !self.region.bytes().all(allowed) {
            return Err(setting(
                "region",
                "it may be the name of a region, for example `ap-guangzhou`",
            ));
        }
        Ok(())
    }
}

/// Refuses what cannot be the name of a role.
pub(super) fn check_role_arn(role_arn: &str) -> Result<(), Error> {
    if !role_arn.starts_with("qcs::cam::") || role_arn.contains(char::is_whitespace) {
        return Err(setting(
            "role_arn",
            "it may be the name of a role in six parts, as `qcs::cam::uin/100000000001:roleName/auditor`",
        ));
    }
    Ok(())
}

/// Unix time in seconds.
pub(super) fn timestamp(now: SystemTime) -> Result<u64, Error> {
    match now.duration_since(UNIX_EPOCH) {
        Ok(since) => Ok(since.as_secs()),
        Err(_) => Err(Error::credential(
            "the clock stands before 1970, so STS cannot be asked",
        )),
    }
}

/// The parameters as JSON, in memory that is wiped.
fn body(parameters: &Parameters) -> Result<Bytes, Error> {
    // Room for all of it, so that growing leaves no copy behind. Policies are escaped, tokens need not be.
    let length = |text: &Option<String>| text.as_ref().map_or(0, |text| 2 * text.len());
    let room = 1024 + length(&parameters.policy) + length(&parameters.web_identity_token);
    let mut body = Zeroizing::new(Vec::with_capacity(room));
    json::write_to(parameters, &mut body).map_err(|error| {
        Error::credential("the parameters cannot be written as JSON").with_source(error)
    })?;
    Ok(Bytes::from_owner(body))
}

fn unsendable(header: &str) -> Error {
    Error::credential(format!(
        "what is to be sent to STS as `{header}` cannot stand in a header"
    ))
}

fn setting(name: &str, may: &str) -> Error {
    Error::credential(format!("setting `{name}`: {may}"))
}
