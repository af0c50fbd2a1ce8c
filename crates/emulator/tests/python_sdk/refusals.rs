//! Rejected requests, as reported by the SDK's exceptions.

use std::path::Path;

use serde_json::json;
use tc3_emulator::{Caller, Clock, Emulator, Seed};

use crate::sdk::{SdkConfig, SdkCredential};
use crate::world::{
    ADA, Call, GRACE, INVITED, KEY, World, call_accepted, call_refused, calls, invitation, mailbox,
};

/// A credential that is valid for ten minutes.
const TEMPORARY: SdkCredential<'_> = SdkCredential {
    id: "AKIDTEMPORARY",
    secret: "key-for-ten-minutes",
    token: Some("the-token-of-the-tests"),
};

/// An organization in which Ada has a mailbox, so that every call would succeed.
fn world(python: &Path) -> World<'_> {
    let expires = Clock::default().now() + 600;
    let caller = Caller::new(TEMPORARY.id, TEMPORARY.secret, Seed::ADMIN);
    let caller = caller.temporary(TEMPORARY.token.expect("it has one"), expires);
    let seed = Seed::demonstration().caller(caller);
    let mut world = World::of(python, SdkConfig::POST, Emulator::builder().seed(seed));
    let added = world.call(
        "AddOrganizationMemberEmail",
        mailbox(ADA, "ada@example.com"),
    );
    assert_eq!(added["BindId"], 1);
    world
}

/// Checks that all calls with a key are rejected with a code and change nothing.
#[track_caller]
fn check_key<'a>(
    world: &World<'_>,
    key: SdkCredential<'_>,
    calls: impl IntoIterator<Item = &'a Call>,
    code: &str,
) {
    let mut sdk = world.sdk(key);
    let before = world.emulator.state();
    for call in calls {
        let exception = call_refused(&world.emulator, &mut sdk, call.action, &call.parameters);
        assert_eq!(exception.code, code, "{}", call.action);
        assert!(!exception.message.contains(KEY.secret));
    }
    assert_eq!(world.emulator.state(), before);
}

pub(crate) fn wrong_key(python: &Path, call: &Call) {
    let mut world = world(python);
    let wrong = SdkCredential {
        secret: "another-key",
        ..KEY
    };
    check_key(&world, wrong, [call], "AuthFailure.SignatureFailure");
    // With the right key the call succeeds.
    world.call(call.action, call.parameters.clone());
}

pub(crate) fn unknown_secret_id(python: &Path) {
    let world = world(python);
    let unknown = SdkCredential {
        id: "AKIDNOBODY",
        ..KEY
    };
    check_key(&world, unknown, &calls(), "AuthFailure.SecretIdNotFound");
}

pub(crate) fn temporary_credential(python: &Path) {
    let world = world(python);
    let mut sdk = world.sdk(TEMPORARY);
    for call in calls() {
        let (action, parameters) = (call.action, &call.parameters);
        call_accepted(
            &world.emulator,
            SdkConfig::POST,
            &mut sdk,
            action,
            parameters,
        );
    }
}

pub(crate) fn wrong_token(python: &Path) {
    let world = world(python);
    let wrong = SdkCredential {
        token: Some("another-token"),
        ..TEMPORARY
    };
    check_key(&world, wrong, &calls(), "AuthFailure.TokenFailure");
}

pub(crate) fn missing_token(python: &Path) {
    let world = world(python);
    let without = SdkCredential {
        token: None,
        ..TEMPORARY
    };
    check_key(&world, without, &calls(), "AuthFailure.TokenFailure");
}

/// The SDK signs with the system time, so the credential must have expired in the past.
pub(crate) fn expired_token(python: &Path) {
    let old = SdkCredential {
        id: "AKIDOLD",
        ..TEMPORARY
    };
    let expired = Clock::default().now() - 1;
    let caller = Caller::new(old.id, old.secret, Seed::ADMIN);
    let caller = caller.temporary(old.token.expect("it has one"), expired);
    let seed = Seed::demonstration().caller(caller);
    let world = World::of(python, SdkConfig::POST, Emulator::builder().seed(seed));
    check_key(&world, old, &calls(), "AuthFailure.TokenFailure");
}

pub(crate) fn expired_signature(python: &Path) {
    let mut world = world(python);
    for ahead in [600, -600] {
        let moved = world.emulator.set_clock(Clock::Ahead(ahead));
        moved.expect("the clock moves");
        for call in calls() {
            let exception = world.refusal(call.action, call.parameters);
            assert_eq!(exception.code, "AuthFailure.SignatureExpire");
        }
    }
}

pub(crate) fn second_mailbox_is_rejected(python: &Path) {
    let mut world = world(python);
    let second = mailbox(ADA, "second@example.com");
    let exception = world.refusal("AddOrganizationMemberEmail", second);
    assert_eq!(exception.code, "FailedOperation.MemberEmailExist");
    let taken = mailbox(GRACE, "ada@example.com");
    let exception = world.refusal("AddOrganizationMemberEmail", taken);
    assert_eq!(exception.code, "FailedOperation.EmailAlreadyUsed");
}

pub(crate) fn non_member_is_rejected(python: &Path) {
    let mut world = world(python);
    for mut call in calls() {
        if let Some(member) = call.parameters.get_mut("MemberUin") {
            *member = json!(INVITED);
            let exception = world.refusal(call.action, call.parameters);
            assert_eq!(
                exception.code,
                "ResourceNotFound.OrganizationMemberNotExist"
            );
        }
    }
}

pub(crate) fn unknown_binding_is_rejected(python: &Path) {
    let mut world = world(python);
    for mut call in calls() {
        if let Some(bind_id) = call.parameters.get_mut("BindId") {
            *bind_id = json!(77);
            let exception = world.refusal(call.action, call.parameters);
            assert_eq!(exception.code, "ResourceNotFound.EmailBindRecordNotExist");
        }
    }
}

pub(crate) fn resend_limit(python: &Path) {
    let mut seed = Seed::demonstration();
    seed.limits.resends_an_hour = 1;
    let mut world = World::of(python, SdkConfig::POST, Emulator::builder().seed(seed));
    let mailbox = mailbox(ADA, "ada@example.com");
    let added = world.call("AddOrganizationMemberEmail", mailbox);
    let again = json!({ "MemberUin": ADA, "BindId": added["BindId"] });
    world.call("SendOrgMemberAccountBindEmail", again.clone());
    let exception = world.refusal("SendOrgMemberAccountBindEmail", again);
    assert_eq!(exception.code, "LimitExceeded.SendEmailWithinOneHourLimit");
}

pub(crate) fn second_invitation_is_rejected(python: &Path) {
    let mut world = world(python);
    world.call("SendOrganizationInvitation", invitation("Linus"));
    let exception = world.refusal("SendOrganizationInvitation", invitation("Linus"));
    assert_eq!(exception.code, "FailedOperation.ReSentInvitation");
}

pub(crate) fn unset_parameter_is_missing(python: &Path) {
    let mut world = world(python);
    for call in calls() {
        let parameters = call.parameters.as_object().expect("an object");
        for name in parameters.keys() {
            let mut others = parameters.clone();
            others.remove(name);
            let exception = world.refusal(call.action, others.into());
            assert_eq!(exception.code, "MissingParameter");
            let message = &exception.message;
            assert!(message.contains(&format!("`{name}`")), "{message}");
        }
    }
}
