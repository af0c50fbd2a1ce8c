use std::{
    fmt,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Credentials, Fetched, Provider, Providing, sts::Sts};
use crate::{CommonError, Error, Site, transport::Transport};

/// Characters that are percent-encoded in policies. STS requires the encoding even inside JSON.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// Assumes a role through STS.
///
/// It calls `AssumeRole` of the Security Token Service (STS), version 2018-08-13, which returns a temporary credential.
/// The credentials for that call come from another source, which refreshes them.
///
/// # Errors
/// The error has the code, the message and the request ID of STS, or says why there was no credential for the call. The
/// call is retried once: if STS reports a wrong clock, with the time that it reported; if it rejects the credential,
/// with a new one.
///
/// ```
/// use std::time::Duration;
///
/// use tc3::credential::{AssumeRole, Credentials, CvmRole};
///
/// let role = AssumeRole::new("qcs::cam::uin/100000000001:roleName/auditor", CvmRole::new())
///     .session_name("nightly-audit")
///     .duration(Duration::from_secs(3600))
///     .endpoint("sts.intl.tencentcloudapi.com");
/// let credentials = Credentials::new(role);
/// ```
#[derive(Clone)]
#[must_use]
pub struct AssumeRole {
    name: String,
    role_arn: String,
    credentials: Credentials,
    policy: Option<String>,
    external_id: Option<String>,
    sts: Sts,
}

impl AssumeRole {
    /// Assumes the role with this ARN. The credentials are a [`Credential`](super::Credential), a provider or
    /// [`Credentials`].
    pub fn new(role_arn: impl Into<String>, credentials: impl Into<Credentials>) -> Self {
        let role_arn = role_arn.into();
        Self {
            name: format!("the role `{role_arn}`"),
            role_arn,
            credentials: credentials.into(),
            policy: None,
            external_id: None,
            sts: Sts::default(),
        }
    }

    /// Sets the name of the session in audit logs. The default is `tc3`.
    pub fn session_name(mut self, name: impl Into<String>) -> Self {
        self.sts.session_name = name.into();
        self
    }

    /// Sets how long a credential is valid, in whole seconds up to 12 hours. The default is 2 hours.
    pub fn duration(mut self, duration: Duration) -> Self {
        self.sts.duration = duration;
        self
    }

    /// Sets a policy in JSON, which restricts the permissions of the role.
    pub fn policy(mut self, policy: impl Into<String>) -> Self {
        let encoded = utf8_percent_encode(&policy.into(), RESERVED).to_string();
        self.policy = Some(encoded);
        self
    }

    /// Sets the external ID that the owner of the role requires.
    pub fn external_id(mut self, external_id: impl Into<String>) -> Self {
        self.external_id = Some(external_id.into());
        self
    }

    /// Sets the endpoint of STS. The default is `sts.tencentcloudapi.com`; the international site has
    /// `sts.intl.tencentcloudapi.com`.
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.sts.endpoint = endpoint.into();
        self
    }

    /// Sets the region that is sent to STS. The default is `ap-guangzhou`.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.sts.region = Some(region.into());
        self
    }

    async fn assume(&self, transport: &Arc<dyn Transport>, mut now: SystemTime) -> Fetched {
        let parameters = [
            ("RoleArn", Some(self.role_arn.as_str())),
            ("Policy", self.policy.as_deref()),
            ("ExternalId", self.external_id.as_deref()),
        ];
        let mut retried = false;
        loop {
            let credential = self.credentials.get(transport, now).await?;
            let sts = &self.sts;
            let assuming = sts.assume(&**transport, "AssumeRole", &parameters, &credential, now);
            let error = match assuming.await {
                Err(error) if !retried => error,
                result => return result,
            };
            match error.code_as() {
                Some(CommonError::AuthFailureSignatureExpire) => match error.server_time() {
                    Some(time) => now = UNIX_EPOCH + Duration::from_secs(time),
                    None => return Err(error),
                },
                Some(
                    CommonError::AuthFailureTokenFailure
                    | CommonError::AuthFailureSecretIdNotFound
                    | CommonError::AuthFailureInvalidSecretId
                    | CommonError::AuthFailureSignatureFailure,
                ) if self.credentials.reject(&credential) => {}
                _ => return Err(error),
            }
            retried = true;
        }
    }
}

impl Provider for AssumeRole {
    fn name(&self) -> &str {
        &self.name
    }

    fn provide<'a>(&'a self, transport: &'a Arc<dyn Transport>, now: SystemTime) -> Providing<'a> {
        Box::pin(self.assume(transport, now))
    }

    fn check(&self) -> Result<(), Error> {
        self.sts
            .check("region", ("role_arn", Some(&self.role_arn)))?;
        self.credentials.check()
    }

    fn region(&self) -> Result<Option<String>, Error> {
        self.credentials.setting(|provider| provider.region())
    }

    fn site(&self) -> Result<Option<Site>, Error> {
        self.credentials.setting(|provider| provider.site())
    }

    fn endpoint(&self) -> Result<Option<String>, Error> {
        self.credentials.setting(|provider| provider.endpoint())
    }

    fn asked(&self) -> &str {
        self.credentials.asked().unwrap_or(&self.name)
    }
}

impl fmt::Debug for AssumeRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the external ID, which is confidential.
        f.debug_struct("AssumeRole")
            .field("role_arn", &self.role_arn)
            .field("credentials", &self.credentials)
            .field("policy", &self.policy)
            .field("sts", &self.sts)
            .finish_non_exhaustive()
    }
}
