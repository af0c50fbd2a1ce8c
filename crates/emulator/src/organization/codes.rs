//! The documented error codes that the workflow can return.

pub(super) const ACCOUNT_ALREADY_REGISTER: &str = "FailedOperation.AccountAlreadyRegister";
pub(super) const BIND_EMAIL_LINK_EXPIRED: &str = "FailedOperation.BindEmailLinkExpired";
pub(super) const BIND_EMAIL_LINK_INVALID: &str = "FailedOperation.BindEmailLinkInvalid";
pub(super) const EMAIL_ALREADY_USED: &str = "FailedOperation.EmailAlreadyUsed";
pub(super) const EMAIL_BIND_RECORD_INVALID: &str = "FailedOperation.EmailBindRecordInvalid";
pub(super) const MEMBER_EMAIL_EXIST: &str = "FailedOperation.MemberEmailExist";
pub(super) const MEMBER_NAME_USED: &str = "FailedOperation.MemberNameUsed";
pub(super) const NOT_SAME_REGION: &str = "FailedOperation.NotSameRegion";
pub(super) const RE_SENT_INVITATION: &str = "FailedOperation.ReSentInvitation";
pub(super) const USER_IN_ORGANIZATION: &str = "FailedOperation.UserInOrganization";
pub(super) const USER_NOT_REGISTER: &str = "FailedOperation.UserNotRegister";
pub(super) const INVALID_PARAMETER: &str = "InvalidParameter";
pub(super) const CODE_ERROR: &str = "InvalidParameter.CodeError";
pub(super) const CODE_EXPIRED: &str = "InvalidParameter.CodeExpired";
pub(super) const INVALID_EMAIL: &str = "InvalidParameter.InvalidEmail";
pub(super) const PASSWORD_ILLEGAL: &str = "InvalidParameter.PasswordIllegal";
pub(super) const EMAIL_BIND_OVER_LIMIT: &str = "LimitExceeded.EmailBindOverLimit";
pub(super) const MEMBERS: &str = "LimitExceeded.Members";
pub(super) const PHONE_NUM_BOUND: &str = "LimitExceeded.PhoneNumBound";
pub(super) const SEND_EMAIL_LIMIT: &str = "LimitExceeded.SendEmailLimit";
pub(super) const SEND_EMAIL_WITHIN_ONE_HOUR_LIMIT: &str =
    "LimitExceeded.SendEmailWithinOneHourLimit";
pub(super) const UPDATE_EMAIL_BIND_OVER_LIMIT: &str = "LimitExceeded.UpdateEmailBindOverLimit";
pub(super) const EMAIL_BIND_RECORD_NOT_EXIST: &str = "ResourceNotFound.EmailBindRecordNotExist";
pub(super) const ORGANIZATION_MEMBER_NOT_EXIST: &str =
    "ResourceNotFound.OrganizationMemberNotExist";
pub(super) const ORGANIZATION_NOT_EXIST: &str = "ResourceNotFound.OrganizationNotExist";
pub(super) const USER_NOT_EXIST: &str = "ResourceNotFound.UserNotExist";
pub(super) const UNSUPPORTED_OPERATION: &str = "UnsupportedOperation";
