//! Explanations as JSON.

use serde_json::{Map, Value, json};
use tc3_spec::{Action, Field, Pagination};

use super::subject::{Explained, Row, Subject};
use super::uses;

/// Returns the explanations as a list.
pub(super) fn text(explained: &Explained<'_>, subjects: &[Subject<'_>]) -> String {
    let subjects = subjects.iter().map(|subject| explained.json(*subject));
    let subjects = Value::Array(subjects.collect());
    format!("{subjects:#}\n")
}

impl Explained<'_> {
    fn json(&self, subject: Subject<'_>) -> Value {
        let mut members = Map::new();
        let mut add = |name: &str, value: Value| members.insert(name.to_owned(), value);
        add("service", json!(self.spec.service));
        add("version", json!(self.spec.version));
        match subject {
            Subject::Service => {
                add("kind", json!("service"));
                add("endpoint", json!(self.spec.endpoint));
                let actions = self.spec.actions.iter();
                let actions = actions.map(|(name, action)| action_summary(name, action));
                add("actions", actions.collect());
            }
            Subject::Action(name, action) => {
                add("kind", json!("action"));
                if let Value::Object(summary) = action_summary(name, action) {
                    members.extend(summary);
                }
                let pagination = action.pagination_or_derived(name, &self.spec.types);
                members.insert(
                    "pages".to_owned(),
                    json!(!matches!(pagination, Pagination::None)),
                );
                members.insert(
                    "request".to_owned(),
                    self.fields(&action.request, &mut Vec::new(), 1),
                );
                members.insert(
                    "response".to_owned(),
                    self.fields(&action.response, &mut Vec::new(), 1),
                );
            }
            Subject::Type(name, data_type) => {
                add("kind", json!("type"));
                add("name", json!(name));
                add("description", json!(data_type.description));
                let fields = self.fields(&data_type.fields, &mut vec![name], 1);
                add("fields", fields);
            }
            Subject::Row(Row { kind, owner, field }) => {
                add("kind", json!(kind.name()));
                add("path", json!(self.name));
                add("owner", json!(owner));
                if let Value::Object(field) = self.field(field, &mut Vec::new(), 0) {
                    members.extend(field);
                }
            }
        }
        if !matches!(subject, Subject::Service | Subject::Action(..)) {
            let uses = uses::of(self.whole, subject);
            members.insert("used_by".to_owned(), json!(uses));
        }
        Value::Object(members)
    }

    fn fields<'s>(&'s self, fields: &'s [Field], above: &mut Vec<&'s str>, level: usize) -> Value {
        let fields = fields.iter().map(|field| self.field(field, above, level));
        fields.collect()
    }

    /// Describes a field, and the fields of its data type up to the maximum depth, unless that is in `above`.
    fn field<'s>(&'s self, field: &'s Field, above: &mut Vec<&'s str>, level: usize) -> Value {
        let mut value = json!({
            "name": field.name,
            "type": field.type_ref.to_string(),
            "required": field.required,
            "nullable": field.nullable,
            "deprecated": field.deprecated,
            "description": field.description,
        });
        if let Some(format) = field.format {
            value["format"] = json!(format);
        }
        if let Some((name, data_type)) = self.within(field, above, level) {
            above.push(name);
            value["fields"] = self.fields(&data_type.fields, above, level + 1);
            above.pop();
        }
        value
    }
}

fn action_summary(name: &str, action: &Action) -> Value {
    json!({
        "name": name,
        "access": action.access_or_derived(name),
        "deprecated": action.deprecated,
        "description": action.description,
    })
}
