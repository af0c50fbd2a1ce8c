//! The order of parameters.

use serde_json::{Map, Value};
use tc3_spec::{Field, Shape};

use crate::described::Described;

/// Sorts parameters, and the members of structures, in the documented order. Unknown ones follow in their own order.
pub(crate) fn by_spec(described: Described<'_>, parameters: &mut Map<String, Value>) {
    members(described, &described.action.request, parameters);
}

fn members(described: Described<'_>, fields: &[Field], members: &mut Map<String, Value>) {
    let mut unordered = std::mem::take(members);
    for field in fields {
        if let Some(mut value) = unordered.shift_remove(&field.name) {
            order(described, Shape::of(described.types, field), &mut value);
            members.insert(field.name.clone(), value);
        }
    }
    members.extend(unordered);
}

fn order(described: Described<'_>, shape: Shape<'_>, value: &mut Value) {
    match (shape, value) {
        (Shape::Structure(_, fields), Value::Object(of)) => members(described, fields, of),
        (Shape::List(element, format), Value::Array(elements)) => {
            let shape = Shape::of_type(described.types, element, format);
            for element in elements {
                order(described, shape, element);
            }
        }
        _ => {}
    }
}
