//! What an action answers that nothing is known of but its documentation.

use serde_json::{Map, Value, json};
use tc3_spec::{Action, Example, Field, Pagination, Spec, TypeRef};

/// The response of an action: that of the example whose request was sent, or else of the first example that has one, or
/// else one made from the table. `RequestId` is left out.
pub(crate) fn response(
    spec: &Spec,
    action: &Action,
    parameters: &Map<String, Value>,
) -> Map<String, Value> {
    let asked = action.examples.iter().find(|example| {
        let request = example.request.as_ref().and_then(Value::as_object);
        request == Some(parameters) && documented(example).is_some()
    });
    let mut response = asked
        .or_else(|| action.examples.iter().find(|of| documented(of).is_some()))
        .and_then(documented)
        .cloned()
        .unwrap_or_else(|| made(spec, action, parameters));
    response.shift_remove("RequestId");
    response
}

/// The response of an example, if it is one and no error.
fn documented(example: &Example) -> Option<&Map<String, Value>> {
    let response = example.response.as_ref()?.as_object()?;
    (!response.contains_key("Error")).then_some(response)
}

/// A response with a value for each field of the table. Of a list it is the whole of one item, so that whoever reads page
/// by page comes to an end.
fn made(spec: &Spec, action: &Action, parameters: &Map<String, Value>) -> Map<String, Value> {
    let mut response = Maker::new(spec).structure(&action.response);
    match &action.pagination {
        Some(Pagination::Token { .. }) => {
            for (name, value) in &mut response {
                if name == "NextToken" {
                    *value = json!("");
                } else if value.is_boolean() {
                    // Beside a token it says whether there is more: `IsTruncated` and its like.
                    *value = json!(false);
                }
            }
        }
        Some(Pagination::Offset { items, .. }) => {
            let offset = parameters.get("Offset").and_then(Value::as_u64);
            if let (Some(1..), Some(items)) = (offset, response.get_mut(items)) {
                *items = json!([]);
            }
        }
        Some(Pagination::None) | None => {}
    }
    response
}

/// Makes values of the documented types.
struct Maker<'a> {
    spec: &'a Spec,
    /// The types around the value that is made: one that holds itself stays empty inside.
    within: Vec<&'a str>,
    /// How many values may still be made: types of types of types would make millions.
    left: usize,
}

impl<'a> Maker<'a> {
    fn new(spec: &'a Spec) -> Self {
        Self {
            spec,
            within: Vec::new(),
            left: 10_000,
        }
    }

    /// A value for each field.
    fn structure(&mut self, fields: &'a [Field]) -> Map<String, Value> {
        let mut structure = Map::new();
        for field in fields {
            if self.left == 0 {
                break;
            }
            self.left -= 1;
            let value = self.value(&field.type_ref, &field.name);
            structure.insert(field.name.clone(), value);
        }
        structure
    }

    fn value(&mut self, of: &'a TypeRef, name: &str) -> Value {
        match of {
            TypeRef::String => json!(name),
            TypeRef::Integer => json!(1),
            TypeRef::Boolean => json!(true),
            TypeRef::Float | TypeRef::Double => json!(1.5),
            TypeRef::Date => json!("2022-01-01"),
            TypeRef::Timestamp => json!("2022-01-01 00:00:00"),
            TypeRef::TimestampIso8601 => json!("2022-01-01T00:00:00+08:00"),
            TypeRef::Binary => json!(""),
            TypeRef::Array(element) => match element.named() {
                Some(of) if self.within.contains(&of) => json!([]),
                _ => Value::Array(vec![self.value(element, name)]),
            },
            TypeRef::Named(of) => match self.spec.types.get(of) {
                Some(data_type) if !self.within.contains(&of.as_str()) => {
                    self.within.push(of);
                    let fields = self.structure(&data_type.fields);
                    self.within.pop();
                    Value::Object(fields)
                }
                _ => json!({}),
            },
        }
    }
}
