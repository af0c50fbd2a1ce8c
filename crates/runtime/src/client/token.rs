use std::collections::BTreeMap;

use tc3_protocol::message::{FieldValue, MessageContent, Table, values};

use crate::{Action, Json, random};

/// Idempotency token: the service recognizes a repeated request by it.
pub(super) const CLIENT_TOKEN: &str = "ClientToken";

/// Idempotency token of a call.
pub(super) struct ClientToken {
    pub(super) text: String,
    /// Whether the caller set it. If so, a repeated request has the same one.
    pub(super) is_given: bool,
}

/// Returns the idempotency token of a call: the caller's, or else a new one if the action takes one.
pub(super) fn client_token(
    action: &Action,
    table: &'static Table,
    parameters: &dyn MessageContent,
) -> Option<ClientToken> {
    if !action.client_token {
        return None;
    }
    let values = values(parameters);
    let unknown = FieldValue::unknown(&values).and_then(|unknown| unknown.get(CLIENT_TOKEN));
    given_or_new(
        match (unknown, FieldValue::of(&values, table, CLIENT_TOKEN)) {
            (Some(json), _) => Some(json.parse().unwrap_or_default()),
            (None, Some(FieldValue::String(text))) => Some(text.clone()),
            (None, _) => None,
        },
    )
}

/// Returns the idempotency token of a call whose parameters have no table.
pub(super) fn untyped_client_token(action: &Action, parameters: &Json) -> Option<ClientToken> {
    if !action.client_token {
        return None;
    }
    let members: BTreeMap<String, Json> = parameters.parse().unwrap_or_default();
    let given = members.get(CLIENT_TOKEN);
    given_or_new(given.map(|token| token.parse().unwrap_or_default()))
}

fn given_or_new(given: Option<String>) -> Option<ClientToken> {
    let is_given = given.is_some();
    let text = given.unwrap_or_else(random::uuid);
    // An empty token is no idempotency token.
    (!text.is_empty()).then_some(ClientToken { text, is_given })
}
