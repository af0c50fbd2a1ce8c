use std::fmt;

use crate::{ErrorCode, UnknownCode};

/// Defines the enum, its codes and their meanings from one list, so that they cannot disagree.
macro_rules! common_errors {
    ($($variant:ident = $code:literal, $meaning:literal;)*) => {
        /// The error codes that any action of any service may return.
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
            /// A code that is not common to all services, or is newer than this version.
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
    AuthFailureInvalidAuthorization = "AuthFailure.InvalidAuthorization", "The `Authorization` header is not of the form that the signature asks for.";
    AuthFailureInvalidSecretId = "AuthFailure.InvalidSecretId", "The secret id does not belong to a key for this API.";
    AuthFailureMfaFailure = "AuthFailure.MFAFailure", "Multi-factor authentication failed.";
    AuthFailureSecretIdNotFound = "AuthFailure.SecretIdNotFound", "No such secret id: the key was deleted or disabled, or it was copied with a space or with characters missing.";
    AuthFailureSignatureExpire = "AuthFailure.SignatureExpire", "The timestamp of the signature is more than five minutes away from the service's clock.";
    AuthFailureSignatureFailure = "AuthFailure.SignatureFailure", "The signature does not match the request: the secret key is wrong, or the request was changed on its way.";
    AuthFailureTokenFailure = "AuthFailure.TokenFailure", "The token of a temporary credential is wrong or has expired.";
    AuthFailureUnauthorizedOperation = "AuthFailure.UnauthorizedOperation", "No access policy (CAM) allows the credential to make this call.";
    DryRunOperation = "DryRunOperation", "The call would have succeeded, but was only a rehearsal, as its `DryRun` parameter asked.";
    FailedOperation = "FailedOperation", "The operation failed.";
    InternalError = "InternalError", "Something failed inside the service.";
    InvalidAction = "InvalidAction", "The service has no such action.";
    InvalidParameter = "InvalidParameter", "A parameter is wrong: its type, its form, or that it was given together with another.";
    InvalidParameterValue = "InvalidParameterValue", "A parameter has a value that is not allowed.";
    InvalidRequest = "InvalidRequest", "The body of the request is not well-formed `multipart/form-data`.";
    IpInBlacklist = "IpInBlacklist", "The caller's IP address is on a list of those that are shut out.";
    IpNotInWhitelist = "IpNotInWhitelist", "The caller's IP address is not on the list of those that are let in.";
    LimitExceeded = "LimitExceeded", "A quota is used up.";
    MissingParameter = "MissingParameter", "A required parameter is missing.";
    NoSuchProduct = "NoSuchProduct", "There is no such service.";
    NoSuchVersion = "NoSuchVersion", "The service has no such version of its API.";
    RequestLimitExceeded = "RequestLimitExceeded", "More requests were made in a second than are allowed.";
    RequestLimitExceededGlobalRegionUinLimitExceeded = "RequestLimitExceeded.GlobalRegionUinLimitExceeded", "The account made more requests in a second, over all regions, than are allowed.";
    RequestLimitExceededIpLimitExceeded = "RequestLimitExceeded.IPLimitExceeded", "More requests came from this IP address in a second than are allowed.";
    RequestLimitExceededUinLimitExceeded = "RequestLimitExceeded.UinLimitExceeded", "The account made more requests in a second than are allowed.";
    RequestSizeLimitExceeded = "RequestSizeLimitExceeded", "The request is larger than is allowed.";
    ResourceInUse = "ResourceInUse", "The resource is in use.";
    ResourceInsufficient = "ResourceInsufficient", "There are not enough resources left for what was asked.";
    ResourceNotFound = "ResourceNotFound", "The resource does not exist.";
    ResourceUnavailable = "ResourceUnavailable", "The resource cannot be used at present.";
    ResponseSizeLimitExceeded = "ResponseSizeLimitExceeded", "The answer would be larger than is allowed.";
    ServiceUnavailable = "ServiceUnavailable", "The service cannot be reached at present.";
    UnauthorizedOperation = "UnauthorizedOperation", "The credential is not allowed to do this.";
    UnknownParameter = "UnknownParameter", "The action has no such parameter.";
    UnsupportedOperation = "UnsupportedOperation", "The operation is not supported, or not in the resource's present state.";
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
