use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use zeroize::Zeroizing;

use super::{
    Credential, Fetched, Provider, Providing,
    environment::variable,
    sts::{Sts, WITH_WEB_IDENTITY},
};
use crate::{Error, transport::Transport};

const REGION: &str = "TKE_REGION";
const PROVIDER_ID: &str = "TKE_PROVIDER_ID";
const TOKEN_FILE: &str = "TKE_WEB_IDENTITY_TOKEN_FILE";
const ROLE_ARN: &str = "TKE_ROLE_ARN";

/// Assumes the role of a pod in TKE, Tencent Cloud's Kubernetes, with the pod's token.
///
/// It reads `TKE_REGION`, `TKE_PROVIDER_ID`, `TKE_ROLE_ARN` and the token file that `TKE_WEB_IDENTITY_TOKEN_FILE`
/// names. It calls `AssumeRoleWithWebIdentity` of STS, which takes the token instead of a signature. The token is read
/// for each call, because the cluster renews it.
///
/// # Errors
/// If a variable is missing, the credential is absent. An unreadable file and an error of STS are failures.
///
/// ```
/// use tc3::credential::{Credentials, WebIdentity};
///
/// let credentials = Credentials::new(WebIdentity::new().session_name("checkout"));
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct WebIdentity {
    provider_id: Option<String>,
    role_arn: Option<String>,
    token_file: Option<PathBuf>,
    sts: Sts,
}

impl WebIdentity {
    /// Takes all settings from the environment.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the region, instead of `TKE_REGION`.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.sts.region = Some(region.into());
        self
    }

    /// Sets the name of the identity provider, instead of `TKE_PROVIDER_ID`.
    pub fn provider_id(mut self, provider_id: impl Into<String>) -> Self {
        self.provider_id = Some(provider_id.into());
        self
    }

    /// Sets the role, instead of `TKE_ROLE_ARN`.
    pub fn role_arn(mut self, role_arn: impl Into<String>) -> Self {
        self.role_arn = Some(role_arn.into());
        self
    }

    /// Sets the file that contains the token, instead of `TKE_WEB_IDENTITY_TOKEN_FILE`.
    pub fn token_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.token_file = Some(path.into());
        self
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

    /// Sets the endpoint of STS. The default is `sts.tencentcloudapi.com`; the international site has
    /// `sts.intl.tencentcloudapi.com`.
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.sts.endpoint = endpoint.into();
        self
    }

    /// Returns the settings with missing ones from the environment; `lookup` returns environment variables.
    fn resolve(&self, lookup: impl Fn(&str) -> Option<OsString>) -> Result<Self, Error> {
        let mut problems = Vec::new();
        let mut required = |name| variable(&lookup, name, &mut problems);
        let mut resolved = self.clone();
        let region = &mut resolved.sts.region;
        region.get_or_insert_with(|| required(REGION));
        let provider_id = &mut resolved.provider_id;
        provider_id.get_or_insert_with(|| required(PROVIDER_ID));
        let role_arn = &mut resolved.role_arn;
        role_arn.get_or_insert_with(|| required(ROLE_ARN));
        let token_file = &mut resolved.token_file;
        token_file.get_or_insert_with(|| required(TOKEN_FILE).into());
        if problems.is_empty() {
            return Ok(resolved);
        }
        Err(Error::absent_credential(problems.join(", ")))
    }

    /// Returns the checked settings and the token; `lookup` returns environment variables.
    fn read(&self, lookup: impl Fn(&str) -> Option<OsString>) -> Result<(Self, String), Error> {
        // Settings of the program are checked even if the environment lacks the rest.
        self.sts
            .check("region", ("role_arn", self.role_arn.as_deref()))?;
        let resolved = self.resolve(lookup)?;
        let sts = &resolved.sts;
        sts.check(REGION, (ROLE_ARN, resolved.role_arn.as_deref()))?;
        let token = read_token(resolved.token_file.as_deref().unwrap_or(Path::new("")))?;
        Ok((resolved, token))
    }

    async fn assume(&self, transport: &Arc<dyn Transport>, now: SystemTime) -> Fetched {
        let (resolved, token) = self.read(|name| env::var_os(name))?;
        // Signs nothing, but its token must be redacted in errors.
        let holder = Credential::new("", "").with_token(token);
        let parameters = [
            ("RoleArn", resolved.role_arn.as_deref()),
            ("ProviderId", resolved.provider_id.as_deref()),
            ("WebIdentityToken", holder.token()),
        ];
        let sts = resolved.sts;
        sts.assume(&**transport, WITH_WEB_IDENTITY, &parameters, &holder, now)
            .await
    }
}

impl Provider for WebIdentity {
    fn name(&self) -> &str {
        "web identity"
    }

    fn provide<'a>(&'a self, transport: &'a Arc<dyn Transport>, now: SystemTime) -> Providing<'a> {
        Box::pin(self.assume(transport, now))
    }

    fn check(&self) -> Result<(), Error> {
        let (_, token) = self.read(|name| env::var_os(name))?;
        drop(Zeroizing::new(token));
        Ok(())
    }
}

fn read_token(path: &Path) -> Result<String, Error> {
    let failed =
        |problem: &str| Error::credential(format!("the token file `{}` {problem}", path.display()));
    let bytes = fs::read(path)
        .map(Zeroizing::new)
        .map_err(|error| failed(&format!("cannot be read: {error}")))?;
    match str::from_utf8(&bytes).map(str::trim) {
        Ok("") => Err(failed("is empty")),
        Ok(token) => Ok(token.to_owned()),
        Err(_) => Err(failed("is not UTF-8")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credential_is_absent_without_variables() {
        let error = WebIdentity::new()
            .region("ap-bangkok")
            .resolve(|name| (name == ROLE_ARN).then(|| "qcs::cam::uin/1:roleName/a".into()))
            .err()
            .unwrap();
        assert!(error.is_absent_credential());
        assert_eq!(
            error.to_string(),
            "`TKE_PROVIDER_ID` is not set, `TKE_WEB_IDENTITY_TOKEN_FILE` is not set"
        );
    }

    #[test]
    fn variables_are_read() {
        let identity = WebIdentity::new()
            .resolve(|name| Some(format!("value of {name}").into()))
            .unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(identity.sts.region.unwrap(), "value of TKE_REGION");
        assert_eq!(identity.provider_id.unwrap(), "value of TKE_PROVIDER_ID");
        assert_eq!(identity.role_arn.unwrap(), "value of TKE_ROLE_ARN");
        assert_eq!(
            identity.token_file.unwrap(),
            Path::new("value of TKE_WEB_IDENTITY_TOKEN_FILE")
        );
    }
}
