//! The pages of the repository, compared with all their values.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tc3_parse::{Page, parse};

fn pages() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs/organization/pages")
}

/// Parses a page of the repository and compares the whole output of `cargo xtask parse`.
#[track_caller]
fn check(version: &str, action: &str, updated: Option<&str>, expect: Value) {
    let path = pages().join(version).join(format!("{action}.txt"));
    let bytes = std::fs::read(&path).expect("a page of the repository");
    let page = parse("page.txt", &bytes);
    let mut expect = expect;
    expect["description"] = format!(
        "This API is used to {}.",
        expect["description"].as_str().expect("a text")
    )
    .into();
    expect["rate_limit"] = 20.into();
    expect["region"] = "unused".into();
    expect["source"] = json!({ "page": "page.txt" });
    if let Some(updated) = updated {
        expect["source"]["updated"] = updated.into();
    }
    let whole = json!({
        "page": "page.txt",
        "service": "organization",
        "version": version,
        "endpoint": "organization.intl.tencentcloudapi.com",
        "actions": { action: expect },
        "diagnostics": [],
    });
    assert_eq!(serde_json::to_value(&page).expect("a page is JSON"), whole);
    assert!(!page.has_errors());
}

fn required(name: &str, of: &str, description: &str) -> Value {
    json!({ "name": name, "type": of, "required": true, "description": description })
}

fn field(name: &str, of: &str, description: &str) -> Value {
    json!({ "name": name, "type": of, "description": description })
}

fn errors(codes: &[(&str, &str)]) -> Value {
    codes
        .iter()
        .map(|(code, description)| json!({ "code": code, "description": description }))
        .collect()
}

const ID: &str = "b46d2afe-6893-4529-bc96-2c82d9214957";
const BIND_ID: &str = "Bound ID, which can be obtained through describeorganizationmemberemailbind \
                       (https://www.tencentcloud.com/document/product/850/93332?from_cn_redirect=1).";

#[test]
fn add_organization_member_email() {
    check(
        "2021-03-31",
        "AddOrganizationMemberEmail",
        Some("2025-03-06 17:08:36"),
        json!({
            "description": "add an organization member's mailbox",
            "request": [
                required("MemberUin", "Integer", "Member uin."),
                required("Email", "String", "Email address."),
                required("CountryCode", "String", "International area code."),
                required("Phone", "String", "Mobile number."),
            ],
            "response": [{ "name": "BindId", "type": "Integer", "nullable": true, "description": "Bound ID." }],
            "errors": errors(&[
                ("FailedOperation.CheckAccountPhoneBindLimit", "Failed to check the mobile phone binding capacity limit."),
                ("FailedOperation.CheckMailAccount", "Failed to check the mailbox binding status."),
                ("FailedOperation.EmailAlreadyUsed", "The email has been used."),
                ("FailedOperation.MemberEmailExist", "The member has a mailbox."),
                ("InternalError", "An internal error occurred."),
                ("InvalidParameter", "The parameter is incorrect."),
                ("LimitExceeded.EmailBindOverLimit", "The mailbox configuration exceeds the daily capacity limit."),
                ("LimitExceeded.PhoneNumBound", "The number of mobile phones exceeds the binding upper limit."),
                ("ResourceNotFound.OrganizationMemberNotExist", "The organization member does not exist."),
                ("ResourceNotFound.OrganizationNotExist", "The organization does not exist."),
                ("UnsupportedOperation", "The operation is not supported."),
            ]),
            "examples": [{
                "title": "Adding an Organization Member Mailbox",
                "request": { "MemberUin": 111_111_111_111_u64, "Email": "12***@qq.com", "CountryCode": "86", "Phone": "18***11" },
                "response": { "BindId": 1, "RequestId": ID },
            }],
        }),
    );
}

#[test]
fn describe_organization_member_email_bind() {
    check(
        "2021-03-31",
        "DescribeOrganizationMemberEmailBind",
        Some("2026-03-20 00:29:21"),
        json!({
            "description": "query detailed information about member mailbox binding",
            "request": [required("MemberUin", "Integer", "Member uin.")],
            "response": [
                field("BindId", "Integer", "Bound ID."),
                field("ApplyTime", "String", "Application time."),
                field("Email", "String", "Email address."),
                field("Phone", "String", "Verification mobile number."),
                field("BindStatus", "String", "Binding status: unbound indicates not bound; valid indicates to be activated; \
                    success indicates bound successfully; failed indicates binding failed."),
                field("BindTime", "String", "Binding time."),
                field("Description", "String", "Failure description."),
                field("PhoneBind", "Integer",
                    "Verification mobile number binding status. 0 indicates unbound and 1 indicates bound."),
                field("CountryCode", "String", "International area code."),
            ],
            "errors": errors(&[
                ("FailedOperation.AccountAlreadyRegister", "The account has been registered."),
                ("FailedOperation.BindEmailLinkExpired", "The mailbox binding link has expired."),
                ("FailedOperation.BindEmailLinkInvalid", "The mailbox binding link is invalid."),
                ("FailedOperation.EmailAlreadyUsed", "The email has been used."),
                ("FailedOperation.EmailBindRecordInvalid", "Mailbox binding has become invalid."),
                ("FailedOperation.MemberBindEmailError", "Mailbox binding failed."),
                ("FailedOperation.MemberBindPhoneError", "Verification mobile numbe binding failed."),
                ("InternalError", "An internal error occurred."),
                ("InvalidParameter", "The parameter is incorrect."),
                ("InvalidParameter.CodeError", "Incorrect mobile phone verification code."),
                ("InvalidParameter.CodeExpired", "The mobile phone verification code has expired."),
                ("InvalidParameter.InvalidEmail", "The mailbox is invalid."),
                ("InvalidParameter.PasswordIllegal", "The password is invalid."),
                ("ResourceNotFound.OrganizationMemberNotExist", "The organization member does not exist."),
                ("ResourceNotFound.OrganizationNotExist", "The organization does not exist."),
                ("ResourceNotFound.UserNotExist", "The user does not exist."),
            ]),
            "examples": [{
                "title": "Querying Detailed Information About Member Mailbox Binding",
                "request": { "MemberUin": 123 },
                "response": {
                    "RequestId": ID, "BindId": 1, "ApplyTime": "2022-01-13 12:09:08", "Email": "123@qq.com", "Phone": "18***32",
                    "BindStatus": "Success", "BindTime": "2022-01-13 18:09:08", "Description": "success", "PhoneBind": 0,
                    "CountryCode": "86",
                },
            }],
        }),
    );
}

#[test]
fn send_org_member_account_bind_email() {
    check(
        "2021-03-31",
        "SendOrgMemberAccountBindEmail",
        Some("2026-03-20 00:29:19"),
        json!({
            "description": "resend an email for activating the member's bound mailbox",
            "request": [required("MemberUin", "Integer", "Member uin."), required("BindId", "Integer", BIND_ID)],
            "response": [],
            "errors": errors(&[
                ("FailedOperation.EmailBindRecordInvalid", "Mailbox binding has become invalid."),
                ("InternalError", "An internal error occurred."),
                ("InvalidParameter", "The parameter is incorrect."),
                ("LimitExceeded.SendEmailLimit", "The number of times to resend the activation email exceeds the limit."),
                ("LimitExceeded.SendEmailWithinOneHourLimit",
                    "The number of times to resend the activation email within one hour exceeds the limit."),
                ("ResourceNotFound.EmailBindRecordNotExist", "The mailbox binding record does not exist."),
                ("ResourceNotFound.OrganizationMemberNotExist", "The organization member does not exist."),
                ("ResourceNotFound.OrganizationNotExist", "The organization does not exist."),
            ]),
            "examples": [{
                "title": "Resending an Email for Activating the Member's Bound Mailbox",
                "request": { "MemberUin": 111_111_111_111_u64, "BindId": 12 },
                "response": { "RequestId": ID },
            }],
        }),
    );
}

#[test]
fn update_organization_member_email_bind() {
    check(
        "2021-03-31",
        "UpdateOrganizationMemberEmailBind",
        Some("2025-03-06 17:08:32"),
        json!({
            "description": "modify the mailbox of a bound member",
            "request": [
                required("MemberUin", "Integer", "Member uin."),
                required("BindId", "Integer", BIND_ID),
                required("Email", "String", "Email address."),
                required("CountryCode", "String", "International area code."),
                required("Phone", "String", "Mobile number."),
            ],
            "response": [],
            "errors": errors(&[
                ("FailedOperation.CheckMailAccount", "Failed to check the mailbox binding status."),
                ("FailedOperation.EmailAlreadyUsed", "The email has been used."),
                ("FailedOperation.EmailBindRecordInvalid", "Mailbox binding has become invalid."),
                ("InternalError", "An internal error occurred."),
                ("InvalidParameter", "The parameter is incorrect."),
                ("LimitExceeded.UpdateEmailBindOverLimit",
                    "The number of modifications to member binding information exceeds the limit."),
                ("ResourceNotFound.EmailBindRecordNotExist", "The mailbox binding record does not exist."),
                ("ResourceNotFound.OrganizationMemberNotExist", "The organization member does not exist."),
                ("ResourceNotFound.OrganizationNotExist", "The organization does not exist."),
                ("UnsupportedOperation", "The operation is not supported."),
            ]),
            "examples": [{
                "title": "Modifying the Bound Member's Mailbox",
                "request": {
                    "MemberUin": 111_111_111_111_u64, "BindId": 12, "Email": "12***@qq.com", "CountryCode": "86",
                    "Phone": "18***32",
                },
                "response": { "RequestId": ID },
            }],
        }),
    );
}

#[test]
fn send_organization_invitation() {
    check(
        "2018-12-25",
        "SendOrganizationInvitation",
        None,
        json!({
            "description": "send an invitation to join an organization",
            "request": [
                required("InviteUin", "Integer", "UIN of the invitee"),
                required("Name", "String", "Name"),
                required("Remark", "String", "Notes"),
            ],
            "response": [],
            "errors": errors(&[
                ("FailedOperation.MemberNameUsed", "The name is already in use."),
                ("FailedOperation.NotSameRegion", "You can only invite accounts within the same site."),
                ("FailedOperation.ReSentInvitation", "The invitation has already been sent before."),
                ("FailedOperation.UserInOrganization", "The user has already joined the organization."),
                ("FailedOperation.UserNotRegister", "The account that sent the invitation is not a primary account."),
                ("LimitExceeded.Members", "The number of organization members has reached the maximum."),
                ("ResourceNotFound.OrganizationNotExist", "The organization does not exist."),
                ("ResourceNotFound.UserNotExist", "The user does not exist."),
            ]),
            "examples": [{
                "request": { "InviteUin": 123, "Name": "test", "Remark": "test" },
                "response": { "RequestId": ID },
            }],
        }),
    );
}

/// Returns all pages of the repository.
fn all() -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for version in std::fs::read_dir(pages()).expect("the folder of pages") {
        for page in
            std::fs::read_dir(version.expect("a version").path()).expect("a folder of pages")
        {
            let path = page.expect("a page").path();
            let bytes = std::fs::read(&path).expect("a page");
            found.push((path, bytes));
        }
    }
    assert_eq!(found.len(), 5);
    found
}

/// Whether a truncated page has a diagnostic or the facts of the whole page.
fn is_reported_or_complete(cut: &Page, whole: &Page) -> bool {
    cut.actions == whole.actions || !cut.diagnostics.is_empty()
}

#[test]
fn truncated_pages_are_reported_or_complete() {
    for (path, bytes) in all() {
        let whole = parse("page", &bytes);
        let table = String::from_utf8_lossy(&bytes)
            .rfind("Error Code")
            .expect("every page has error codes");
        // Every third position suffices, because only word boundaries matter.
        for end in (0..bytes.len()).step_by(3) {
            let cut = parse("page", &bytes[..end]);
            // Missing rows at the end of the last table cannot be detected.
            assert!(
                end > table || is_reported_or_complete(&cut, &whole),
                "{} cut off at {end}",
                path.display()
            );
            if end <= 200 {
                assert!(cut.has_errors(), "{} cut off at {end}", path.display());
            }
        }
    }
}

#[test]
fn line_endings_and_bom_are_ignored() {
    for (path, bytes) in all() {
        let text = String::from_utf8(bytes).expect("UTF-8");
        let whole = parse("page", text.as_bytes());
        for changed in [
            text.replace('\n', "\r\n"),
            text.replace('\n', "\r"),
            format!("\u{feff}{text}"),
        ] {
            assert_eq!(
                parse("page", changed.as_bytes()).actions,
                whole.actions,
                "{}",
                path.display()
            );
        }
    }
}
