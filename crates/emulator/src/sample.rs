//! Sample responses of stateless actions.

use serde_json::{Map, Value, json};
use tc3_spec::{Action, Example, Field, Pagination, Spec, TypeRef};

/// Returns a response without `RequestId`: from the example with the same request, else from the first example with a
/// response, else built from the response table.
pub(crate) fn response(
    spec: &Spec,
    action: &Action,
    parameters: &Map<String, Value>,
) -> Map<String, Value> {
    let same_request = action.examples.iter().find(|example| {
        let request = example.request.as_ref().and_then(Value::as_object);
        request == Some(parameters) && documented(example).is_some()
    });
    let mut response = same_request
        .or_else(|| {
            action
                .examples
                .iter()
                .find(|example| documented(example).is_some())
        })
        .and_then(documented)
        .cloned()
        .unwrap_or_else(|| generated(spec, action, parameters));
    response.shift_remove("RequestId");
    response
}

/// Returns the response of an example unless it is an error.
fn documented(example: &Example) -> Option<&Map<String, Value>> {
    let response = example.response.as_ref()?.as_object()?;
    (!response.contains_key("Error")).then_some(response)
}

/// Builds a response with a value for each field. A list has one item in total, so that pagination ends.
fn generated(spec: &Spec, action: &Action, parameters: &Map<String, Value>) -> Map<String, Value> {
    let mut response = SampleBuilder::new(spec).structure(&action.response);
    match &action.pagination {
        Some(Pagination::Token { .. }) => {
            for (name, value) in &mut response {
                if name == "NextToken" {
                    *value = json!("");
                } else if value.is_boolean() {
                    // A flag beside a token says whether more pages follow, such as `IsTruncated`.
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

/// Builds values of the documented types.
struct SampleBuilder<'a> {
    spec: &'a Spec,
    /// The enclosing types; a recursive type stays empty inside itself.
    enclosing: Vec<&'a str>,
    /// The remaining number of values; deeply nested types could need millions.
    remaining: usize,
}

impl<'a> SampleBuilder<'a> {
    fn new(spec: &'a Spec) -> Self {
        Self {
            spec,
            enclosing: Vec::new(),
            remaining: 10_000,
        }
    }

    /// Builds a value for each field.
    fn structure(&mut self, fields: &'a [Field]) -> Map<String, Value> {
        let mut structure = Map::new();
        for field in fields {
            if self.remaining == 0 {
                break;
            }
            self.remaining -= 1;
            let value = self.value(&field.type_ref, &field.name);
            structure.insert(field.name.clone(), value);
        }
        structure
    }

    fn value(&mut self, type_ref: &'a TypeRef, name: &str) -> Value {
        match type_ref {
            TypeRef::String => json!(name),
            TypeRef::Integer => json!(1),
            TypeRef::Boolean => json!(true),
            TypeRef::Float | TypeRef::Double => json!(1.5),
            TypeRef::Date => json!("2022-01-01"),
            TypeRef::Timestamp => json!("2022-01-01 00:00:00"),
            TypeRef::TimestampIso8601 => json!("2022-01-01T00:00:00+08:00"),
            TypeRef::Binary => json!(""),
            TypeRef::Array(element) => match element.named() {
                Some(named) if self.enclosing.contains(&named) => json!([]),
                _ => Value::Array(vec![self.value(element, name)]),
            },
            TypeRef::Named(named) => match self.spec.types.get(named) {
                Some(data_type) if !self.enclosing.contains(&named.as_str()) => {
                    self.enclosing.push(named);
                    let fields = self.structure(&data_type.fields);
                    self.enclosing.pop();
                    Value::Object(fields)
                }
                _ => json!({}),
            },
        }
    }
}
