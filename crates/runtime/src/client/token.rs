//! The parameter `ClientToken`, by which a service recognizes a call that it had before.

use crate::{
    random,
    record::{Values, View},
};

const NAME: &str = "ClientToken";

/// Fills the parameter in where the caller left it out. `body` is the JSON object of the parameters.
pub(super) fn fill(parameters: &dyn Values, body: &mut Vec<u8>) {
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
