use crate::{
    Action,
    message::{Contents, FieldValue, Table, values},
    random,
};

/// Parameter by which a service recognizes a request that it had before.
pub(super) const CLIENT_TOKEN: &str = "ClientToken";

/// Value of the parameter `ClientToken` of a call.
pub(super) struct ClientToken {
    pub(super) text: String,
    /// Whether the caller set it, so that the same request has it again.
    pub(super) is_given: bool,
}

/// Returns the `ClientToken` of a call: the caller's, or else a new one if the action takes one.
pub(super) fn client_token(
    action: &Action,
    table: &'static Table,
    parameters: &dyn Contents,
) -> Option<ClientToken> {
    if !action.client_token {
        return None;
    }
    let values = values(parameters);
    let unknown = FieldValue::unknown(&values).and_then(|unknown| unknown.get(CLIENT_TOKEN));
    let given = match (unknown, FieldValue::of(&values, table, CLIENT_TOKEN)) {
        (Some(json), _) => json.parse().unwrap_or_default(),
        (None, Some(FieldValue::String(text))) => text.clone(),
        (None, _) => {
            let (text, is_given) = (random::uuid(), false);
            return Some(ClientToken { text, is_given });
        }
    };
    // An empty one tells the service nothing.
    (!given.is_empty()).then_some(ClientToken {
        text: given,
        is_given: true,
    })
}
