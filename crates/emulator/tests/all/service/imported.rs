//! Imported actions, which have tables but no pages or examples. The emulator builds responses from the tables.

use std::path::Path;

use serde_json::{Map, Value, json};
use tc3_emulator::Emulator;
use tc3_spec::{Action, Field, Spec, TypeRef};

use super::raw::{Connection, Response};
use super::signed::Request;
use super::world::{seed, start};

/// The service of this project, which is emulated by default.
const SERVICE: &str = "organization";

fn specs() -> [Spec; 2] {
    ["2018-12-25", "2021-03-31"].map(|version| {
        let path = format!("../../specs/{SERVICE}/{version}.json");
        let spec = Spec::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path));
        spec.expect("the spec is valid")
    })
}

/// The actions without a page.
fn imported(spec: &Spec) -> impl Iterator<Item = (&String, &Action)> {
    let actions = spec.actions.iter();
    actions.filter(|(_, action)| action.source.is_none())
}

/// The service with both versions, and a connection to it.
fn open() -> (Emulator, Connection) {
    let emulator = start(Emulator::builder().seed(seed()));
    let connection = Connection::open(&emulator);
    (emulator, connection)
}

impl Connection {
    #[track_caller]
    fn call(&mut self, spec: &Spec, action: &str, parameters: &Map<String, Value>) -> Response {
        let body = Value::Object(parameters.clone()).to_string();
        let request = Request::post(action, body)
            .service(SERVICE)
            .with("X-TC-Version", &spec.version);
        self.exchange(request.bytes())
    }
}

/// Returns the required parameters only.
fn required(spec: &Spec, fields: &[Field]) -> Map<String, Value> {
    let required = fields.iter().filter(|field| field.required);
    let value = |field: &Field| (field.name.clone(), value(spec, &field.type_ref));
    required.map(value).collect()
}

fn value(spec: &Spec, of: &TypeRef) -> Value {
    match of {
        TypeRef::Integer | TypeRef::Float | TypeRef::Double => json!(1),
        TypeRef::Boolean => json!(false),
        TypeRef::Date => json!("2024-02-29"),
        TypeRef::Timestamp => json!("2024-02-29 12:00:00"),
        TypeRef::TimestampIso8601 => json!("2024-02-29T12:00:00Z"),
        TypeRef::String | TypeRef::Binary => json!("x"),
        TypeRef::Array(element) => json!([value(spec, element)]),
        TypeRef::Named(name) => Value::Object(required(spec, &spec.types[name].fields)),
    }
}

/// Checks that a structure has a value of the right type for each field, in order. A recursive structure may be empty.
#[track_caller]
fn check(spec: &Spec, at: &str, fields: &[Field], found: &Map<String, Value>) {
    let names = fields.iter().map(|field| &field.name);
    assert!(found.keys().eq(names), "{at}: {found:?}");
    for (field, value) in fields.iter().zip(found.values()) {
        let at = format!("{at}.{}", field.name);
        let fits = match (&field.type_ref, value) {
            (TypeRef::Array(element), Value::Array(items)) => items
                .iter()
                .all(|item| check_value(spec, &at, element, item)),
            (of, value) => check_value(spec, &at, of, value),
        };
        assert!(fits, "{at} must be {}: {value}", field.type_ref);
    }
}

fn check_value(spec: &Spec, at: &str, of: &TypeRef, value: &Value) -> bool {
    match of {
        TypeRef::Integer => value.is_u64(),
        TypeRef::Float | TypeRef::Double => value.is_f64(),
        TypeRef::Boolean => value.is_boolean(),
        TypeRef::Named(name) => {
            let Value::Object(found) = value else {
                return false;
            };
            if !found.is_empty() {
                check(spec, at, &spec.types[name].fields, found);
            }
            true
        }
        TypeRef::Array(_) => false,
        _ => value.is_string(),
    }
}

#[test]
fn imported_action_returns_sample() {
    let (_emulator, mut connection) = open();
    let (mut count, mut stateful) = (0, 0);
    for spec in specs() {
        for (name, action) in imported(&spec) {
            let parameters = required(&spec, &action.request);
            let response = connection.call(&spec, name, &parameters);
            let is_stateful = response
                .error()
                .is_some_and(|(code, _)| code == "ResourceNotFound.OrganizationNotExist");
            if is_stateful {
                stateful += 1;
                continue;
            }
            let mut response = response.accepted();
            let found = response.as_object_mut().unwrap();
            let id = found.shift_remove("RequestId");
            assert!(id.is_some_and(|id| id.is_string()), "{name}");
            check(&spec, name, &action.response, found);
            count += 1;
        }
    }
    // Five of 146 actions have a page. The caller has no organization, but can list its invitations.
    assert_eq!((count, stateful), (133, 8));
}

#[test]
fn imported_action_is_validated() {
    let (_emulator, mut connection) = open();
    for spec in specs() {
        for (name, action) in imported(&spec) {
            let parameters = required(&spec, &action.request);
            for missing in parameters.keys() {
                let mut parameters = parameters.clone();
                parameters.remove(missing);
                let response = connection.call(&spec, name, &parameters);
                let message = response.refused("MissingParameter");
                assert!(message.contains(&format!("`{missing}`")), "{message}");
            }
            let mut parameters = parameters;
            parameters.insert("Undocumented".to_owned(), json!(1));
            let response = connection.call(&spec, name, &parameters);
            response.refused("UnknownParameter");
        }
    }
}
