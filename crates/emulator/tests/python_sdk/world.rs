//! The test organization, and checks against the documentation.

use std::path::Path;

use serde_json::{Map, Value, json};
use tc3::{CommonError, ErrorCode as _};
use tc3_emulator::state::Message;
use tc3_emulator::{Builder, Emulator, Seed};
use tc3_spec::{Action, Spec, TypeRef};

use crate::sdk::{Exception, Sdk, SdkConfig, SdkCredential, SdkEndpoint};

/// The member of the documentation's examples.
pub(crate) const ADA: u64 = 111_111_111_111;
/// Another member.
pub(crate) const GRACE: u64 = 100_000_000_002;
/// The account that the documentation's example invites.
pub(crate) const INVITED: u64 = 123;

/// The key of the emulator's demonstration.
pub(crate) const KEY: SdkCredential<'_> = SdkCredential {
    id: Seed::SECRET_ID,
    secret: Seed::SECRET_KEY,
    token: None,
};

/// An action with parameters that are valid once Ada has a mailbox.
pub(crate) struct Call {
    pub(crate) action: &'static str,
    pub(crate) parameters: Value,
}

/// One call of each action.
pub(crate) fn calls() -> [Call; 5] {
    let call = |action, parameters| Call { action, parameters };
    [
        call(
            "AddOrganizationMemberEmail",
            mailbox(GRACE, "grace@example.com"),
        ),
        call(
            "DescribeOrganizationMemberEmailBind",
            json!({ "MemberUin": ADA }),
        ),
        call(
            "UpdateOrganizationMemberEmailBind",
            changed(1, "new@example.com"),
        ),
        call(
            "SendOrgMemberAccountBindEmail",
            json!({ "MemberUin": ADA, "BindId": 1 }),
        ),
        call("SendOrganizationInvitation", invitation("Linus")),
    ]
}

/// A mailbox for a member.
pub(crate) fn mailbox(member: u64, email: &str) -> Value {
    json!({ "MemberUin": member, "Email": email, "CountryCode": "86", "Phone": "13000000000" })
}

/// Another mailbox for Ada.
pub(crate) fn changed(bind_id: u64, email: &str) -> Value {
    json!({ "MemberUin": ADA, "BindId": bind_id, "Email": email, "CountryCode": "1", "Phone": "5550100" })
}

pub(crate) fn invitation(name: &str) -> Value {
    json!({ "InviteUin": INVITED, "Name": name, "Remark": "test" })
}

/// An emulator and an SDK process.
pub(crate) struct World<'a> {
    python: &'a Path,
    config: SdkConfig,
    pub(crate) emulator: Emulator,
    /// With the key of the demonstration.
    sdk: Sdk,
}

impl<'a> World<'a> {
    pub(crate) fn new(python: &'a Path, config: SdkConfig) -> Self {
        Self::of(python, config, Emulator::builder())
    }

    pub(crate) fn of(python: &'a Path, config: SdkConfig, builder: Builder) -> Self {
        let builder = if config.tls { builder.tls() } else { builder };
        let emulator = builder.start_blocking().expect("the emulator starts");
        let sdk = start(python, &emulator, config, KEY);
        Self {
            python,
            config,
            emulator,
            sdk,
        }
    }

    /// Starts another SDK process with another key.
    pub(crate) fn sdk(&self, key: SdkCredential<'_>) -> Sdk {
        start(self.python, &self.emulator, self.config, key)
    }

    /// Calls an action that succeeds.
    pub(crate) fn call(&mut self, action: &str, parameters: Value) -> Map<String, Value> {
        call_accepted(
            &self.emulator,
            self.config,
            &mut self.sdk,
            action,
            &parameters,
        )
    }

    /// Calls an action that the service rejects.
    pub(crate) fn refusal(&mut self, action: &str, parameters: Value) -> Exception {
        call_refused(&self.emulator, &mut self.sdk, action, &parameters)
    }

    /// Calls an action that may fail in transport.
    pub(crate) fn failure(&mut self, action: &str, parameters: Value) -> Exception {
        exception(&mut self.sdk, action, &parameters)
    }

    /// Describes a member's mailbox.
    pub(crate) fn describe(&mut self, member: u64) -> Map<String, Value> {
        self.call(
            "DescribeOrganizationMemberEmailBind",
            json!({ "MemberUin": member }),
        )
    }

    /// Returns the last message.
    pub(crate) fn message(&self) -> Message {
        self.emulator.outbox().pop().expect("something was sent")
    }
}

fn start(python: &Path, emulator: &Emulator, config: SdkConfig, key: SdkCredential<'_>) -> Sdk {
    let endpoint = SdkEndpoint {
        url: emulator.endpoint(),
        authority: emulator.authority(),
    };
    Sdk::start(python, endpoint, config, key)
}

/// Calls an action that succeeds, and validates the response against the documentation.
pub(crate) fn call_accepted(
    emulator: &Emulator,
    config: SdkConfig,
    sdk: &mut Sdk,
    action: &str,
    parameters: &Value,
) -> Map<String, Value> {
    let version = version(action);
    let result = sdk.call(version, action, parameters);
    let mut fields = result.unwrap_or_else(|exception| panic!("{action}: {exception:?}"));

    let received = emulator.requests().pop().expect("a request is logged");
    assert_eq!(received.code, None, "{action}");
    let understood = &received.understood;
    assert_eq!(understood.service.as_deref(), Some("organization"));
    assert_eq!(understood.version.as_deref(), Some(version));
    assert_eq!(understood.action.as_deref(), Some(action));
    let as_objects = understood.parameters.clone().map(Value::Object);
    assert_eq!(as_objects.as_ref(), Some(parameters), "{action}");
    let head = String::from_utf8_lossy(&received.head).to_lowercase();
    let method = config.method.to_lowercase();
    assert!(head.starts_with(&format!("{method} /")), "{head}");
    assert_eq!(
        head.contains("x-tc-content-sha256: unsigned-payload"),
        config.unsigned_payload,
        "{head}"
    );

    let request_id = fields.remove("RequestId");
    assert_eq!(request_id, Some(json!(received.request_id)), "{action}");
    let documented_fields = documented(action).response;
    let names = |list: &mut dyn Iterator<Item = &String>| {
        let mut names: Vec<String> = list.cloned().collect();
        names.sort();
        names
    };
    assert_eq!(
        names(&mut fields.keys()),
        names(&mut documented_fields.iter().map(|field| &field.name)),
        "the fields of {action}"
    );
    for field in documented_fields {
        let value = &fields[&field.name];
        let is_valid = match field.type_ref {
            TypeRef::Integer => value.is_u64(),
            TypeRef::String => value.is_string(),
            other => panic!("no field of these actions is of the type {other}"),
        };
        assert!(is_valid, "{action}: {} is {value}", field.name);
    }
    fields
}

/// Calls an action that the service rejects, and checks that the code is documented.
pub(crate) fn call_refused(
    emulator: &Emulator,
    sdk: &mut Sdk,
    action: &str,
    parameters: &Value,
) -> Exception {
    let exception = exception(sdk, action, parameters);
    let received = emulator.requests().pop().expect("a request is logged");
    assert_eq!(received.code.as_ref(), Some(&exception.code), "{action}");
    assert_eq!(
        exception.request_id.as_ref(),
        Some(&received.request_id),
        "{action}: {exception:?}"
    );
    assert_ne!(exception.message, "", "{action}");
    let code = &exception.code;
    let of_action = documented(action).errors;
    assert!(
        of_action.iter().any(|error| error.code == *code)
            || CommonError::from_code(code).meaning().is_some(),
        "no page has the code {code} for {action}"
    );
    exception
}

fn exception(sdk: &mut Sdk, action: &str, parameters: &Value) -> Exception {
    let result = sdk.call(version(action), action, parameters);
    result.expect_err("the call fails")
}

/// Returns the version of an action.
fn version(action: &str) -> &'static str {
    match action {
        "SendOrganizationInvitation" => "2018-12-25",
        _ => "2021-03-31",
    }
}

/// Returns the documentation of an action.
fn documented(action: &str) -> Action {
    let file = format!("../../specs/organization/{}.json", version(action));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let mut spec = Spec::load(&path).expect("a valid spec");
    let action = spec.actions.remove(action);
    action.expect("the spec has the action")
}
