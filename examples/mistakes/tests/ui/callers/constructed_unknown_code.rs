//! Only the runtime creates unknown codes.

use tencentcloud_organization::tc3::UnknownCode;
use tencentcloud_organization::v20181225::SendOrganizationInvitationError as Error;

fn main() {
    let _ = Error::Unknown(UnknownCode("LimitExceeded.Members".into()));
}
