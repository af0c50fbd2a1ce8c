use std::fmt;

use crate::{ErrorCode, UnknownCode};

/// Defines the enum, its codes and their meanings from one list, so that they cannot disagree.
macro_rules! common_errors {
    ($($variant:ident = $code:literal, $meaning:literal;)*) => {
        /// Error codes that any action of any service may return.
        ///
        /// ```
        /// use tc3::{CommonError, ErrorCode};
        ///
        /// let code = CommonError::from_code("AuthFailure.SecretIdNotFound");
        /// assert_eq!(code, CommonError::AuthFailureSecretIdNotFound);
        /// assert_eq!(CommonError::from_code("Some.NewCode").as_str(), "Some.NewCode");
        /// ```
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum CommonError {
            $(
                #[doc = concat!("`", $code, "`: ", $meaning)]
                $variant,
            )*
            /// Code that is not common to all services, or is newer than this version.
            Unknown(UnknownCode),
        }

        impl ErrorCode for CommonError {
            const DOCUMENTED: &'static [(&'static str, &'static str)] = &[$(($code, $meaning)),*];

            const VARIANTS: &'static [Self] = &[$(Self::$variant),*];

            fn from_unknown(code: UnknownCode) -> Self {
                Self::Unknown(code)
            }

            fn as_unknown(&self) -> Option<&UnknownCode> {
                match self {
                    Self::Unknown(code) => Some(code),
                    _ => None,
                }
            }
        }
    };
}

common_errors! {
    ActionOffline = "ActionOffline", "The action has been taken out of service.";
    AuthFailureInvalidAuthorization = "AuthFailure.InvalidAuthorization", "The `Authorization` header is malformed.";
    AuthFailureInvalidSecretId = "AuthFailure.InvalidSecretId", "The secret id does not belong to a key for this API.";
    AuthFailureMfaFailure = "AuthFailure.MFAFailure", "Multi-factor authentication failed.";
    AuthFailureSecretIdNotFound = "AuthFailure.SecretIdNotFound", "The secret id does not exist: the key was deleted or disabled, or it was copied with a space or with missing characters.";
    AuthFailureSignatureExpire = "AuthFailure.SignatureExpire", "The timestamp of the signature differs from the service's clock by more than five minutes.";
    AuthFailureSignatureFailure = "AuthFailure.SignatureFailure", "The signature does not match the request: the secret key is wrong, or the request was changed on its way.";
    AuthFailureTokenFailure = "AuthFailure.TokenFailure", "The token of a temporary credential is wrong or has expired.";
    AuthFailureUnauthorizedOperation = "AuthFailure.UnauthorizedOperation", "No access policy (CAM) allows the credential to make this call.";
    DryRunOperation = "DryRunOperation", "Dry run: the call would have succeeded.";
    FailedOperation = "FailedOperation", "The operation failed.";
    InternalError = "InternalError", "Internal error of the service.";
    InvalidAction = "InvalidAction", "The action does not exist.";
    InvalidParameter = "InvalidParameter", "A parameter is invalid: wrong type or format, or a conflict with another parameter.";
    InvalidParameterValue = "InvalidParameterValue", "The value of a parameter is invalid.";
    InvalidRequest = "InvalidRequest", "The body of the request is malformed `multipart/form-data`.";
    IpInBlacklist = "IpInBlacklist", "The caller's IP address is on the blocklist.";
    IpNotInWhitelist = "IpNotInWhitelist", "The caller's IP address is not on the allowlist.";
    LimitExceeded = "LimitExceeded", "A quota is exceeded.";
    MissingParameter = "MissingParameter", "A required parameter is missing.";
    NoSuchProduct = "NoSuchProduct", "The service does not exist.";
    NoSuchVersion = "NoSuchVersion", "The API version does not exist.";
    RequestLimitExceeded = "RequestLimitExceeded", "The rate limit is exceeded.";
    RequestLimitExceededGlobalRegionUinLimitExceeded = "RequestLimitExceeded.GlobalRegionUinLimitExceeded", "The rate limit of the account over all regions is exceeded.";
    RequestLimitExceededIpLimitExceeded = "RequestLimitExceeded.IPLimitExceeded", "The rate limit of the IP address is exceeded.";
    RequestLimitExceededUinLimitExceeded = "RequestLimitExceeded.UinLimitExceeded", "The rate limit of the account is exceeded.";
    RequestSizeLimitExceeded = "RequestSizeLimitExceeded", "The request exceeds the size limit.";
    ResourceInUse = "ResourceInUse", "The resource is in use.";
    ResourceInsufficient = "ResourceInsufficient", "Not enough resources are available for the request.";
    ResourceNotFound = "ResourceNotFound", "The resource does not exist.";
    ResourceUnavailable = "ResourceUnavailable", "The resource is currently unavailable.";
    ResponseSizeLimitExceeded = "ResponseSizeLimitExceeded", "The response exceeds the size limit.";
    ServiceUnavailable = "ServiceUnavailable", "The service is currently unavailable.";
    UnauthorizedOperation = "UnauthorizedOperation", "The credential is not authorized for this operation.";
    UnknownParameter = "UnknownParameter", "The action has no such parameter.";
    UnsupportedOperation = "UnsupportedOperation", "The operation is not supported, or not in the current state of the resource.";
    UnsupportedProtocol = "UnsupportedProtocol", "The HTTP method is not supported: only GET and POST are.";
    UnsupportedRegion = "UnsupportedRegion", "The service is not offered in this region.";
}

impl fmt::Display for CommonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::error::Error for CommonError {}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn list_is_sorted_and_has_every_common_code() {
        assert!(CommonError::DOCUMENTED.is_sorted_by_key(|(code, _)| code));
        assert_eq!(CommonError::DOCUMENTED.len(), 38);
    }

    #[test]
    fn every_code_has_its_variant_and_meaning() {
        let mut meanings = HashSet::new();
        for (code, meaning) in CommonError::DOCUMENTED {
            let variant = CommonError::from_code(code);
            assert!(!matches!(variant, CommonError::Unknown(_)), "{code}");
            assert_eq!(variant.as_str(), *code);
            assert_eq!(variant.meaning(), Some(*meaning));
            assert!(meaning.ends_with('.') && meanings.insert(meaning), "{code}");
        }
        let unknown = CommonError::from_code("Some.NewCode");
        assert_eq!(
            (unknown.as_str(), unknown.meaning()),
            ("Some.NewCode", None)
        );
    }
}
