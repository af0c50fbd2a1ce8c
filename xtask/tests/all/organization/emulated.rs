//! Emulators with the state that the documented examples assume.

use serde_json::Value;
use tc3_emulator::state::{Binding, Outcome, State};
use tc3_emulator::{Emulator, Seed};
use tencentcloud_organization::tc3::{Client, ClientBuilder, Credential};

/// The member in most examples.
pub(crate) const MEMBER: i64 = 111_111_111_111;

/// Starts emulators for HTTP and TLS.
pub(crate) async fn both() -> [Emulator; 2] {
    let builder = || Emulator::builder().seed(Seed::demonstration());
    let [plain, tls] = [builder(), builder().tls()];
    [plain.start().await, tls.start().await].map(|started| started.expect("the emulator starts"))
}

/// Creates a client with the emulator's credential.
pub(crate) fn client<C: From<Client>>(builder: ClientBuilder<C>, emulator: &Emulator) -> C {
    let credential = Credential::new(Seed::SECRET_ID, Seed::SECRET_KEY);
    client_with(builder, emulator, credential)
}

pub(crate) fn client_with<C: From<Client>>(
    builder: ClientBuilder<C>,
    emulator: &Emulator,
    credential: Credential,
) -> C {
    let builder = builder
        .credential(credential)
        .endpoint(emulator.endpoint())
        .no_proxy();
    let builder = match emulator.authority() {
        Some(authority) => builder.only_root_certificates(authority),
        None => builder,
    };
    builder.build().expect("the settings are right")
}

/// Adds the pending binding with the ID of the examples.
pub(crate) fn with_binding(emulator: &Emulator, id: u64) {
    let binding = Binding {
        id,
        email: "old@example.com".to_owned(),
        country_code: "86".to_owned(),
        phone: "13000000000".to_owned(),
        applied: emulator.now(),
        ..Binding::default()
    };
    let changed = emulator.change(|state| member(state).push(binding));
    changed.expect("the state changes");
}

/// Adds the account 123 with the binding of the documented example.
pub(crate) fn with_documented_binding(emulator: &Emulator) {
    let binding = Binding {
        id: 1,
        email: "123@qq.com".to_owned(),
        country_code: "86".to_owned(),
        phone: "18***32".to_owned(),
        // 2022-01-13 12:09:08 and 18:09:08.
        applied: 1_642_075_748,
        outcome: Outcome::Bound(1_642_097_348),
        ..Binding::default()
    };
    let changed = emulator.change(|state| {
        let first = &mut state.organizations[0].members[0];
        first.uin = 123;
        first.bindings.push(binding);
    });
    changed.expect("the state changes");
}

fn member(state: &mut State) -> &mut Vec<Binding> {
    let mut members = state.organizations[0].members.iter_mut();
    let member = members.find(|member| i64::try_from(member.uin) == Ok(MEMBER));
    &mut member.expect("it is in the demonstration").bindings
}

/// Returns the example of an action from the spec: request and response.
pub(crate) fn example(version: &str, action: &str) -> (Value, Value) {
    let path = format!(
        "{}/../specs/organization/{version}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let spec = tc3_spec::Spec::load(path.as_ref()).expect("the spec is valid");
    let example = spec.actions[action].examples[0].clone();
    (
        example.request.expect("a request"),
        example.response.expect("a response"),
    )
}

/// Compares the last request with the documented example.
#[track_caller]
pub(crate) fn arrived(emulator: &Emulator, version: &str, action: &str) {
    let requests = emulator.requests();
    let last = requests.last().expect("there was a request");
    let understood = &last.understood;
    let (request, _) = example(version, action);
    assert_eq!(understood.action.as_deref(), Some(action));
    assert_eq!(understood.version.as_deref(), Some(version));
    assert_eq!(understood.region, None, "the actions take no region");
    assert_eq!(
        understood.signed_headers,
        ["content-type", "host", "x-tc-action"]
    );
    assert_eq!(understood.parameters.as_ref(), request.as_object());
    assert_eq!(last.code, None);
}
