//! Sample responses of stateless actions.

use serde_json::{Map, Value, json};
use tc3_spec::{Action, Example, Field, Spec, TypeRef};

/// Returns a response without `RequestId`: from the example with the same request, else from the first example with a
/// response, else built from the response table. A list is whole, regardless of the requested page.
pub(crate) fn response(
    spec: &Spec,
    action: &Action,
    parameters: &Map<String, Value>,
) -> Map<String, Value> {
    let documented = || {
        action
            .examples
            .iter()
            .filter_map(|example| Some((example.request.as_ref(), documented(example)?)))
    };
    let wanted = without_page(action, parameters);
    let same_request = documented().find(|(request, _)| {
        let request = request.and_then(Value::as_object);
        request.is_some_and(|request| without_page(action, request) == wanted)
    });
    let mut response = same_request.or_else(|| documented().next()).map_or_else(
        || SampleBuilder::new(spec).structure(&action.response),
        |(_, response)| response.clone(),
    );
    response.shift_remove("RequestId");
    response
}

/// Returns the parameters without those of pagination, so that all pages come from the same example.
fn without_page(action: &Action, parameters: &Map<String, Value>) -> Map<String, Value> {
    let pagination = action.pagination.as_ref();
    let page = pagination.map(|pagination| [pagination.position(), pagination.size()]);
    let mut others = parameters.clone();
    others.retain(|name, _| {
        !page
            .iter()
            .flatten()
            .any(|chooses| *chooses == Some(name.as_str()))
    });
    others
}

/// Returns the response of an example unless it is an error.
fn documented(example: &Example) -> Option<&Map<String, Value>> {
    let response = example.response.as_ref()?.as_object()?;
    (!response.contains_key("Error")).then_some(response)
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
