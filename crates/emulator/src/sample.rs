//! Sample responses of stateless actions.

use serde_json::{Map, Value, json};
use tc3_spec::{Action, Example, Field, Pagination, Spec, TypeRef};

use crate::pages::field_at;

/// Returns a response without `RequestId`: from the example with the same request, else from the first example with a
/// response, else built from the response table. A list is whole, regardless of the requested page.
///
/// A built response has the values of the request in its fields of the same names, and `list_length` items in the paginated
/// list.
pub(crate) fn response(
    spec: &Spec,
    action: &Action,
    parameters: &Map<String, Value>,
    list_length: usize,
) -> Map<String, Value> {
    let documented = || {
        action
            .examples
            .iter()
            .filter_map(|example| Some((example.request.as_ref(), example_response(example)?)))
    };
    let requested = without_page(action, parameters);
    let same_request = documented().find(|(request, _)| {
        let request = request.and_then(Value::as_object);
        request.is_some_and(|request| without_page(action, request) == requested)
    });
    let mut response = same_request.or_else(|| documented().next()).map_or_else(
        || sample(spec, action, parameters, list_length),
        |(_, response)| response.clone(),
    );
    response.shift_remove("RequestId");
    response
}

/// Builds a response from its table.
fn sample(
    spec: &Spec,
    action: &Action,
    parameters: &Map<String, Value>,
    list_length: usize,
) -> Map<String, Value> {
    let mut builder = SampleBuilder {
        spec,
        parameters,
        enclosing: Vec::new(),
        number: 1,
        remaining: MAX_VALUES,
    };
    let mut response = builder.structure(&action.response);
    let items = action.pagination.as_ref().and_then(Pagination::items);
    if let Some(path) = items
        && let Some(element) = element_type(spec, &action.response, path)
        && let Some(Value::Array(list)) = field_at(&mut response, path)
    {
        let name = path.rsplit('.').next().unwrap_or(path);
        list.clear();
        for number in (1..).take(list_length) {
            builder.number = number;
            builder.remaining = MAX_VALUES;
            list.push(builder.value(element, name));
        }
    }
    response
}

/// Returns the type of the elements of the list at a path, such as `Result.Members`.
fn element_type<'a>(spec: &'a Spec, fields: &'a [Field], path: &str) -> Option<&'a TypeRef> {
    let (name, within) = match path.split_once('.') {
        Some((name, within)) => (name, Some(within)),
        None => (path, None),
    };
    let field = fields.iter().find(|field| field.name == name)?;
    match (within, &field.type_ref) {
        (Some(within), TypeRef::Named(named)) => {
            element_type(spec, &spec.types.get(named)?.fields, within)
        }
        (None, TypeRef::Array(element)) => Some(element),
        _ => None,
    }
}

/// Returns the parameters without those of pagination, so that all pages come from the same example.
fn without_page(action: &Action, parameters: &Map<String, Value>) -> Map<String, Value> {
    let pagination = action.pagination.as_ref();
    let page = pagination.map(|pagination| [pagination.position(), pagination.size(action)]);
    let mut others = parameters.clone();
    others.retain(|name, _| {
        !page
            .iter()
            .flatten()
            .any(|parameter| *parameter == Some(name.as_str()))
    });
    others
}

/// Returns the response of an example unless it is an error.
fn example_response(example: &Example) -> Option<&Map<String, Value>> {
    let response = example.response.as_ref()?.as_object()?;
    (!response.contains_key("Error")).then_some(response)
}

/// Maximum number of values of a structure. Deeply nested types could need millions.
const MAX_VALUES: usize = 10_000;

/// Builds values of the documented types.
struct SampleBuilder<'a> {
    spec: &'a Spec,
    /// The parameters of the request.
    parameters: &'a Map<String, Value>,
    /// The enclosing types; a recursive type stays empty inside itself.
    enclosing: Vec<&'a str>,
    /// The number of the list's item, by which items differ.
    number: usize,
    /// The remaining number of values.
    remaining: usize,
}

impl<'a> SampleBuilder<'a> {
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

    /// Builds a value of a type. `name` is the name of its field.
    fn value(&mut self, type_ref: &'a TypeRef, name: &str) -> Value {
        if let Some(given) = self
            .parameters
            .get(name)
            .filter(|value| fits(type_ref, value))
        {
            return given.clone();
        }
        match type_ref {
            TypeRef::String if self.number > 1 => json!(format!("{name}-{}", self.number)),
            TypeRef::String => json!(name),
            TypeRef::Integer => json!(self.number),
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

/// Whether the value of a parameter fits the type of a field.
fn fits(type_ref: &TypeRef, value: &Value) -> bool {
    match type_ref {
        TypeRef::String => value.is_string(),
        TypeRef::Integer => value.is_i64() || value.is_u64(),
        _ => false,
    }
}
