//! Data for the forms that scripts build.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use tc3_spec::{Action, DataType, Field};

/// Returns a parameter, or a field of a data type. False and empty members are omitted.
pub(crate) fn field(field: &Field) -> Value {
    let mut object = Map::from_iter([
        ("name".to_owned(), field.name.as_str().into()),
        ("type".to_owned(), field.type_ref.to_string().into()),
    ]);
    let mut set = |name: &str, value: Value| object.insert(name.to_owned(), value);
    // The runtime fills in the idempotency token.
    let is_token = field.is_client_token();
    for (name, flag) in [
        ("required", field.required && !is_token),
        ("nullable", field.nullable),
        ("deprecated", field.deprecated),
        ("token", is_token),
    ] {
        if flag {
            set(name, true.into());
        }
    }
    if let Some(format) = field.format {
        set("format", json!(format));
    }
    if !field.description.is_empty() {
        set("description", field.description.as_str().into());
    }
    let values = field.listed_values();
    if !values.is_empty() {
        set("values", json!(values));
    }
    Value::Object(object)
}

/// Returns the fields that the spec marks as secret or as not secret, by their data type; parameters of the action have
/// an empty name instead. A field that leads to marked fields has the name of its data type.
pub(crate) fn secrets(action: &Action, types: &BTreeMap<String, DataType>) -> Value {
    let mut marked = BTreeSet::new();
    loop {
        let is_new = |(name, data_type): &(&String, &DataType)| {
            !marked.contains(*name) && !members(&data_type.fields, &marked).is_empty()
        };
        let new: Vec<&String> = types.iter().filter(is_new).map(|(name, _)| name).collect();
        if new.is_empty() {
            break;
        }
        marked.extend(new.into_iter().cloned());
    }
    let of_types = types.iter().filter(|(name, _)| marked.contains(*name));
    let owners = of_types.map(|(name, data_type)| (name.as_str(), &data_type.fields));
    let owners = [("", &action.request)].into_iter().chain(owners);
    let owners = owners.map(|(name, fields)| (name.to_owned(), members(fields, &marked)));
    let owners = owners.filter(|(_, members)| !members.is_empty());
    owners
        .map(|(name, members)| (name, Value::Object(members)))
        .collect()
}

/// Returns the fields with a mark, and the fields that lead to types with marked fields.
fn members(fields: &[Field], marked: &BTreeSet<String>) -> Map<String, Value> {
    let found = fields.iter().filter_map(|field| {
        let leads = || field.type_ref.named().filter(|name| marked.contains(*name));
        let value = field.secret.map(Value::from);
        Some((
            field.name.clone(),
            value.or_else(|| leads().map(Value::from))?,
        ))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use tc3_spec::Spec;

    use super::*;

    #[test]
    fn secrets_are_found_in_nested_and_recursive_types() {
        let field = |name: &str, of: &str| json!({"name": name, "type": of, "description": ""});
        let secret = |name: &str, is: bool| json!({"name": name, "type": "String", "secret": is, "description": ""});
        let spec = json!({
            "format": 1, "service": "s", "version": "2020-01-01", "endpoint": "s.tencentcloudapi.com",
            "actions": {"A": {
                "description": "", "region": "optional", "response": [], "errors": [], "examples": [],
                "request": [secret("Pin", true), field("Login", "Login"), field("Logins", "Array of Login"), field("Other", "Other")],
            }},
            "types": {
                "Login": {"description": "", "fields": [field("Inner", "Inner"), secret("PasswordHint", false)]},
                "Inner": {"description": "", "fields": [field("Inner", "Array of Inner"), secret("Code", true)]},
                "Other": {"description": "", "fields": [field("Other", "Other"), field("Name", "String")]},
            },
        });
        let spec: Spec = serde_json::from_value(spec).expect("a spec");
        assert_eq!(
            secrets(&spec.actions["A"], &spec.types),
            json!({
                "": {"Pin": true, "Login": "Login", "Logins": "Login"},
                "Login": {"Inner": "Inner", "PasswordHint": false},
                "Inner": {"Inner": "Inner", "Code": true},
            })
        );
    }
}
