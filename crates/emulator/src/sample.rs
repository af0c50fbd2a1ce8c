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
        Some(Pagination::Token { next, last, .. }) => {
            set(&mut response, next, json!(""));
            if let Some(last) = last {
                set(&mut response, &last.field, json!(last.value));
            }
        }
        Some(pagination @ Pagination::Offset { items, .. }) => {
            empty_behind(&mut response, pagination, items, 0, parameters);
        }
        Some(pagination @ Pagination::Number { items, first, .. }) => {
            empty_behind(&mut response, pagination, items, *first, parameters);
        }
        Some(Pagination::None) | None => {}
    }
    response
}

/// Empties the list where the request asks for a page behind the first one.
fn empty_behind(
    response: &mut Map<String, Value>,
    pagination: &Pagination,
    items: &str,
    first: u64,
    parameters: &Map<String, Value>,
) {
    let position = pagination.position().and_then(|name| parameters.get(name));
    let number = match position {
        Some(Value::String(text)) => text.parse().ok(),
        Some(value) => value.as_u64(),
        None => None,
    };
    if number.is_some_and(|number| number > first) {
        set(response, items, json!([]));
    }
}

/// Sets the field at a path.
fn set(response: &mut Map<String, Value>, path: &str, value: Value) {
    let Some((name, within)) = path.split_once('.') else {
        if let Some(field) = response.get_mut(path) {
            *field = value;
        }
        return;
    };
    if let Some(Value::Object(structure)) = response.get_mut(name) {
        set(structure, within, value);
    }
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
