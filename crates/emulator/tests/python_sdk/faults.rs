//! Faults between the SDK and the service.

use std::path::Path;

use tc3_emulator::{Emulator, Fault};

use crate::sdk::{Sdk, SdkConfig, SdkEndpoint};
use crate::world::{ADA, KEY, World, calls, mailbox};

pub(crate) fn status_502_is_server_network_error(python: &Path) {
    let page = "<html><title>502 Bad Gateway</title></html>";
    let mut world = World::new(python, SdkConfig::POST);
    world
        .emulator
        .inject(Fault::status(502, page).times(1))
        .expect("the action exists");
    let mailbox = mailbox(ADA, "ada@example.com");
    let exception = world.failure("AddOrganizationMemberEmail", mailbox.clone());
    assert_eq!(exception.code, "ServerNetworkError");
    assert!(exception.message.contains(page), "{exception:?}");
    assert_eq!(exception.request_id, None);
    assert_eq!(world.describe(ADA)["BindStatus"], "Unbound");
    world.call("AddOrganizationMemberEmail", mailbox);
}

pub(crate) fn internal_error_code(python: &Path) {
    let mut world = World::new(python, SdkConfig::POST);
    for call in calls() {
        let fault = Fault::code("InternalError").on(call.action).times(1);
        world.emulator.inject(fault).expect("the action exists");
        let exception = world.refusal(call.action, call.parameters);
        assert_eq!(exception.code, "InternalError");
    }
}

/// The SDK cannot know that the action ran.
pub(crate) fn dropped_connection_is_client_network_error(python: &Path) {
    let mut world = World::new(python, SdkConfig::POST);
    for (fault, status) in [
        (Fault::drop_before(), "Unbound"),
        (Fault::drop_after(), "Valid"),
    ] {
        world
            .emulator
            .inject(fault.times(1))
            .expect("the action exists");
        let mailbox = mailbox(ADA, "ada@example.com");
        let exception = world.failure("AddOrganizationMemberEmail", mailbox);
        assert_eq!(exception.code, "ClientNetworkError");
        assert_eq!(exception.request_id, None);
        assert_eq!(world.describe(ADA)["BindStatus"], status);
    }
}

pub(crate) fn untrusted_ca_is_rejected(python: &Path) {
    let emulator = Emulator::builder().tls().start_blocking();
    let emulator = emulator.expect("the emulator starts");
    let endpoint = SdkEndpoint {
        url: emulator.endpoint(),
        authority: None,
    };
    let mut sdk = Sdk::start(python, endpoint, SdkConfig::TLS, KEY);
    let mailbox = mailbox(ADA, "ada@example.com");
    let result = sdk.call("2021-03-31", "AddOrganizationMemberEmail", &mailbox);
    let exception = result.expect_err("the certificate is untrusted");
    assert_eq!(exception.code, "ClientNetworkError");
    assert!(
        exception.message.contains("CERTIFICATE_VERIFY_FAILED"),
        "{exception:?}"
    );
    assert_eq!(emulator.requests(), []);
}
