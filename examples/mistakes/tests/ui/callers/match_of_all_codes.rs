//! A match cannot be exhaustive, because an action may get more error codes.

use tencentcloud_organization::v20181225::SendOrganizationInvitationError as Error;

fn is_known(code: &Error) -> bool {
    match code {
        Error::FailedOperationMemberNameUsed
        | Error::FailedOperationNotSameRegion
        | Error::FailedOperationReSentInvitation
        | Error::FailedOperationUserInOrganization
        | Error::FailedOperationUserNotRegister
        | Error::LimitExceededMembers
        | Error::ResourceNotFoundOrganizationNotExist
        | Error::ResourceNotFoundUserNotExist => true,
        Error::Unknown(_) => false,
    }
}

fn main() {}
