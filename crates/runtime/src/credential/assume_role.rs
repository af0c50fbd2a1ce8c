use std::{
    fmt::{self, Write as _},
    time::{Duration, SystemTime},
};

use super::{
    Credential, Credentials, Lease, Provider, Providing,
    sts::{self, ASSUME_ROLE, Parameters, Sts},
};
use crate::{CommonError, Error, transport::Transport};

/// A role that is assumed over STS, with the credentials of somebody who may.
///
/// It calls `AssumeRole` of the Security Token Service, version 2018-08-13, which gives a temporary credential. The
/// credentials to call it with come from any other place, and are refreshed there.
///
/// # Errors
/// They have the code, the message and the request id of STS, or say why there was no credential to call it with. If
/// STS says that the clock is wrong, it is called once more with the time that it told; if it does not accept the
/// credential, once more with another one.
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
pub struct AssumeRole {
    name: String,
    role_arn: String,
    credentials: Credentials,
    policy: Option<String>,
    external_id: Option<String>,
    sts: Sts,
}

impl AssumeRole {
    /// The role of that name in six parts, assumed with these credentials: a [`Credential`], a provider or
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

    /// Sets the name under which audit logs show what the role did. The default is `tc3`.
    #[must_use]
    pub fn session_name(mut self, name: impl Into<String>) -> Self {
        self.sts.session_name = name.into();
        self
    }

    /// Sets how long a credential is to be valid, in whole seconds up to 12 hours. The default is 2 hours.
    #[must_use]
    pub fn duration(mut self, duration: Duration) -> Self {
        self.sts.duration = duration;
        self
    }

    /// Sets a policy, as JSON, which allows less than the role does.
    #[must_use]
    pub fn policy(mut self, policy: impl Into<String>) -> Self {
        self.policy = Some(policy.into());
        self
    }

    /// Sets the external id that the owner of the role asks for.
    #[must_use]
    pub fn external_id(mut self, external_id: impl Into<String>) -> Self {
        self.external_id = Some(external_id.into());
        self
    }

    /// Sets where STS is. The default is `sts.tencentcloudapi.com`, that of the international site
    /// `sts.intl.tencentcloudapi.com`.
    #[must_use]
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.sts.endpoint = endpoint.into();
        self
    }

    /// Sets the region that STS is told. The default is `ap-guangzhou`.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.sts.region = region.into();
        self
    }

    async fn assume(&self, transport: &dyn Transport, now: SystemTime) -> Result<Lease, Error> {
        let mut timestamp = sts::timestamp(now)?;
        let mut last = false;
        loop {
            let credential = self.credentials.get(transport, now).await?;
            let parameters = self.parameters();
            let result = self
                .sts
                .call(
                    transport,
                    &ASSUME_ROLE,
                    &parameters,
                    &credential,
                    true,
                    timestamp,
                )
                .await;
            match result {
                Err(error) if !last && self.can_mend(&error, &credential, &mut timestamp) => {
                    last = true;
                }
                result => return result,
            }
        }
    }

    /// Whether another try can end better: with the time that STS told, or another credential.
    fn can_mend(&self, error: &Error, credential: &Credential, timestamp: &mut u64) -> bool {
        match error.code_as() {
            Some(CommonError::AuthFailureSignatureExpire) => match error.server_time() {
                Some(time) => {
                    *timestamp = time;
                    true
                }
                None => false,
            },
            Some(
                CommonError::AuthFailureTokenFailure
                | CommonError::AuthFailureSecretIdNotFound
                | CommonError::AuthFailureInvalidSecretId
                | CommonError::AuthFailureSignatureFailure,
            ) => self.credentials.reject(credential),
            _ => false,
        }
    }

    fn parameters(&self) -> Parameters {
        let mut parameters = self.sts.parameters(&self.role_arn);
        parameters.policy = self.policy.as_deref().map(percent_encode);
        parameters.external_id.clone_from(&self.external_id);
        parameters
    }
}

impl Provider for AssumeRole {
    fn name(&self) -> &str {
        &self.name
    }

    fn provide<'a>(&'a self, transport: &'a dyn Transport, now: SystemTime) -> Providing<'a> {
        Box::pin(self.assume(transport, now))
    }

    fn check(&self) -> Result<(), Error> {
        sts::check_role_arn(&self.role_arn)?;
        self.sts.check()?;
        self.credentials.check()
    }
}

impl fmt::Debug for AssumeRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An external id is told to few.
        f.debug_struct("AssumeRole")
            .field("role_arn", &self.role_arn)
            .field("credentials", &self.credentials)
            .field("policy", &self.policy)
            .field("sts", &self.sts)
            .finish_non_exhaustive()
    }
}

/// STS takes a policy percent-encoded, within JSON as well.
fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(2 * text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // A string takes all that is written.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_a_policy() {
        assert_eq!(
            percent_encode(r#"{"version":"2.0 é~"}"#),
            "%7B%22version%22%3A%222.0%20%C3%A9~%22%7D"
        );
    }
}
