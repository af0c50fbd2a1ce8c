//! The parameter `ClientToken`, by which a service recognizes a repeated call.

use crate::{
    random,
    record::{Values, View},
};

const NAME: &str = "ClientToken";

/// Adds a random token to `body`, the JSON object of the parameters, unless the caller has set one.
pub(super) fn add(parameters: &dyn Values, body: &mut Vec<u8>) {
    if is_set(parameters) || body.pop() != Some(b'}') {
        return;
    }
    let separator = if body.ends_with(b"{") { "" } else { "," };
    let member = format!("{separator}\"{NAME}\":\"{}\"}}", random::uuid());
    body.extend_from_slice(member.as_bytes());
}

fn is_set(parameters: &dyn Values) -> bool {
    let parameters = parameters.fields();
    let field = parameters.table().position(NAME);
    field.is_some_and(|index| !matches!(parameters.view(index), View::Absent))
        || parameters.extra().get(NAME).is_some()
}
