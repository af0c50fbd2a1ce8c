use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use zeroize::Zeroizing;

use super::{
    Credential, Lease, Provider, Providing,
    sts::{self, ASSUME_ROLE_WITH_WEB_IDENTITY, Sts},
    variables,
};
use crate::{Error, transport::Transport};

const REGION: &str = "TKE_REGION";
const PROVIDER_ID: &str = "TKE_PROVIDER_ID";
const TOKEN_FILE: &str = "TKE_WEB_IDENTITY_TOKEN_FILE";
const ROLE_ARN: &str = "TKE_ROLE_ARN";

/// The role of a pod in TKE, Tencent Cloud's Kubernetes, by the token that the cluster gives to it.
///
/// It reads `TKE_REGION`, `TKE_PROVIDER_ID`, `TKE_ROLE_ARN` and, from the file that `TKE_WEB_IDENTITY_TOKEN_FILE`
/// names, the token, all anew each time, since the cluster renews the token. Then it calls
/// `AssumeRoleWithWebIdentity` of STS, which takes the token instead of a signature.
///
/// # Errors
/// Without one of the variables there is no credential to give. A file that cannot be read, and what STS says, are
/// failures.
///
/// ```
/// use tc3::credential::{Credentials, WebIdentity};
///
/// let credentials = Credentials::new(WebIdentity::new().session_name("checkout"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct WebIdentity {
    region: Option<String>,
    provider_id: Option<String>,
    role_arn: Option<String>,
    token_file: Option<PathBuf>,
    sts: Sts,
}

/// What stands in the variables, or is set instead.
struct Identity {
    region: String,
    provider_id: String,
    role_arn: String,
    token_file: PathBuf,
}

impl WebIdentity {
    /// The identity that the environment tells.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the region, instead of `TKE_REGION`.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Sets the name of the identity provider, instead of `TKE_PROVIDER_ID`.
    #[must_use]
    pub fn provider_id(mut self, provider_id: impl Into<String>) -> Self {
        self.provider_id = Some(provider_id.into());
        self
    }

    /// Sets the role, instead of `TKE_ROLE_ARN`.
    #[must_use]
    pub fn role_arn(mut self, role_arn: impl Into<String>) -> Self {
        self.role_arn = Some(role_arn.into());
        self
    }

    /// Sets the file that holds the token, instead of `TKE_WEB_IDENTITY_TOKEN_FILE`.
    #[must_use]
    pub fn token_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.token_file = Some(path.into());
        self
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

    /// Sets where STS is. The default is `sts.tencentcloudapi.com`, that of the international site
    /// `sts.intl.tencentcloudapi.com`.
    #[must_use]
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.sts.endpoint = endpoint.into();
        self
    }

    /// What is set, and for the rest what the environment says that is looked up by `variable`.
    fn identity(&self, variable: impl Fn(&str) -> Option<OsString>) -> Result<Identity, Error> {
        let mut problems = Vec::new();
        let mut read = |set: Option<String>, name| {
            set.unwrap_or_else(|| {
                variables::read(&variable, name).unwrap_or_else(|problem| {
                    problems.push(format!("`{name}` {problem}"));
                    String::new()
                })
            })
        };
        let region = read(self.region.clone(), REGION);
        let provider_id = read(self.provider_id.clone(), PROVIDER_ID);
        let role_arn = read(self.role_arn.clone(), ROLE_ARN);
        let token_file = match &self.token_file {
            Some(path) => path.clone(),
            None => read(None, TOKEN_FILE).into(),
        };
        if problems.is_empty() {
            Ok(Identity {
                region,
                provider_id,
                role_arn,
                token_file,
            })
        } else {
            Err(Error::absent_credential(problems.join(", ")))
        }
    }

    async fn assume(&self, transport: &dyn Transport, now: SystemTime) -> Result<Lease, Error> {
        let identity = self.identity(|name| env::var_os(name))?;
        sts::check_role_arn(&identity.role_arn)?;
        let token = read_token(&identity.token_file)?;
        let sts = Sts {
            region: identity.region,
            ..self.sts.clone()
        };
        sts.check()?;
        let mut parameters = sts.parameters(&identity.role_arn);
        parameters.provider_id = Some(identity.provider_id);
        parameters.web_identity_token = Some((*token).clone());
        // It signs nothing, and is to be shown as little as a credential.
        let known = Credential::new("", "").with_token(&*token);
        let action = &ASSUME_ROLE_WITH_WEB_IDENTITY;
        let timestamp = sts::timestamp(now)?;
        sts.call(transport, action, &parameters, &known, false, timestamp)
            .await
    }
}

impl Provider for WebIdentity {
    fn name(&self) -> &str {
        "web identity"
    }

    fn provide<'a>(&'a self, transport: &'a dyn Transport, now: SystemTime) -> Providing<'a> {
        Box::pin(self.assume(transport, now))
    }

    fn check(&self) -> Result<(), Error> {
        self.role_arn
            .as_deref()
            .map_or(Ok(()), sts::check_role_arn)?;
        let region = self.region.as_ref().unwrap_or(&self.sts.region).clone();
        let sts = Sts {
            region,
            ..self.sts.clone()
        };
        sts.check()
    }
}

fn read_token(path: &Path) -> Result<Zeroizing<String>, Error> {
    let shown = path.display();
    let bytes = fs::read(path).map(Zeroizing::new).map_err(|error| {
        Error::credential(format!("the token file `{shown}` cannot be read: {error}"))
    })?;
    match str::from_utf8(&bytes).map(str::trim) {
        Ok("") => Err(Error::credential(format!(
            "the token file `{shown}` is empty"
        ))),
        Ok(token) => Ok(Zeroizing::new(token.to_owned())),
        Err(_) => Err(Error::credential(format!(
            "the token file `{shown}` is not UTF-8"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_no_credential_without_the_variables() {
        let error = WebIdentity::new()
            .region("ap-bangkok")
            .identity(|name| (name == ROLE_ARN).then(|| "qcs::cam::uin/1:roleName/a".into()))
            .err()
            .unwrap();
        assert!(error.is_absent_credential());
        assert_eq!(
            error.to_string(),
            "`TKE_PROVIDER_ID` is not set, `TKE_WEB_IDENTITY_TOKEN_FILE` is not set"
        );
    }

    #[test]
    fn reads_the_variables() {
        let identity = WebIdentity::new()
            .identity(|name| Some(format!("value of {name}").into()))
            .unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(identity.region, "value of TKE_REGION");
        assert_eq!(identity.provider_id, "value of TKE_PROVIDER_ID");
        assert_eq!(identity.role_arn, "value of TKE_ROLE_ARN");
        assert_eq!(
            identity.token_file,
            Path::new("value of TKE_WEB_IDENTITY_TOKEN_FILE")
        );
    }
}
