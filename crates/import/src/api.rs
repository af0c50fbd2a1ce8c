//! `api.json`: the actions and structures of a service version.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};
use tc3_spec::{Action, DataType, Field, IntegerFormat, TypeRef};

use crate::object::Object;

/// The contents of the file, without the keys that specs do not use.
#[derive(Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Api {
    pub(crate) metadata: Metadata,
    actions: Object<ApiAction>,
    objects: Object<Structure>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct Metadata {
    pub(crate) api_version: String,
    /// The first label of the domain name, which may differ from the folder's name.
    pub(crate) service_short_name: String,
}

#[derive(Debug, Deserialize)]
#[serde(expecting = "an object")]
struct ApiAction {
    document: String,
    input: String,
    output: String,
    #[serde(default)]
    status: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(expecting = "an object")]
struct Structure {
    document: String,
    members: Vec<Member>,
}

#[derive(Debug, Deserialize)]
#[serde(expecting = "an object")]
struct Member {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    /// The type of the value, or of the elements of a list.
    member: String,
    document: String,
    #[serde(default, deserialize_with = "flag")]
    required: bool,
    #[serde(default, deserialize_with = "flag")]
    value_allowed_null: bool,
    /// Whether it is deprecated.
    #[serde(default, deserialize_with = "flag")]
    disabled: bool,
}

/// Path and message of an error in the metadata.
pub(crate) type ApiError = (String, String);

/// The actions and data types of the file, as types of a spec.
pub(crate) struct Contents {
    pub(crate) actions: BTreeMap<String, Action>,
    pub(crate) types: BTreeMap<String, DataType>,
}

impl Api {
    /// Converts the contents to spec types; `facts_only` omits descriptions.
    ///
    /// # Errors
    /// Fails if an action's structure is undefined or a member's type is unknown.
    pub(crate) fn contents(self, facts_only: bool) -> Result<Contents, ApiError> {
        let reader = Reader { facts_only };
        let Object(objects) = self.objects;
        let objects: HashMap<&str, &Structure> = objects
            .iter()
            .map(|(name, structure)| (name.as_str(), structure))
            .collect();
        // The structures of requests and responses.
        let mut messages = HashSet::new();
        let mut actions = BTreeMap::new();
        for (name, action) in self.actions.0 {
            let message = |key: &str, structure: &str, is_response| {
                let at = format!("actions.{name}.{key}");
                let Some((structure, found)) = objects.get_key_value(structure) else {
                    return Err((at, format!("undefined object `{structure}`")));
                };
                Ok((*structure, reader.fields(structure, found, is_response)?))
            };
            let (input, request) = message("input", &action.input, false)?;
            let (output, response) = message("output", &action.output, true)?;
            messages.extend([input, output]);
            actions.insert(
                name,
                Action {
                    description: reader.description(&action.document).0,
                    deprecated: matches!(action.status.as_deref(), Some("deprecated" | "offline")),
                    request,
                    response,
                    ..Action::default()
                },
            );
        }
        let members = objects.values().flat_map(|structure| &structure.members);
        let referred_to: HashSet<&str> = members.map(|member| member.member.as_str()).collect();
        let mut types = BTreeMap::new();
        for (name, structure) in &objects {
            // The structure of a message can also be the type of a member.
            if messages.contains(name) && !referred_to.contains(name) {
                continue;
            }
            types.insert(
                (*name).to_owned(),
                DataType {
                    description: reader.description(&structure.document).0,
                    fields: reader.fields(name, structure, false)?,
                },
            );
        }
        Ok(Contents { actions, types })
    }
}

/// Converts structures to fields.
struct Reader {
    /// Whether to omit descriptions.
    facts_only: bool,
}

impl Reader {
    fn fields(
        &self,
        structure: &str,
        of: &Structure,
        is_response: bool,
    ) -> Result<Vec<Field>, ApiError> {
        of.members
            .iter()
            .filter(|member| !is_response || member.name != "RequestId")
            .map(|member| {
                let (type_ref, format) = member.type_ref().ok_or_else(|| {
                    let Member {
                        kind, member, name, ..
                    } = member;
                    (
                        format!("objects.{structure}.members.{name}"),
                        format!("unknown type `{kind}` of `{member}`"),
                    )
                })?;
                let (description, is_noted_null) = self.description(&member.document);
                Ok(Field {
                    name: member.name.clone(),
                    type_ref,
                    format,
                    required: member.required && !is_response,
                    nullable: member.value_allowed_null || is_noted_null,
                    deprecated: member.disabled,
                    secret: None,
                    description,
                })
            })
            .collect()
    }

    /// Returns a description, and whether a note in it says that the value may be null.
    fn description(&self, text: &str) -> (String, bool) {
        let (description, is_noted_null) = tc3_parse::description(text);
        if self.facts_only {
            (String::new(), is_noted_null)
        } else {
            (description, is_noted_null)
        }
    }
}

impl Member {
    fn type_ref(&self) -> Option<(TypeRef, Option<IntegerFormat>)> {
        let is_list = self.kind == "list";
        let (element, format) = match &*self.member {
            "string" => (TypeRef::String, None),
            "int64" => (TypeRef::Integer, Some(IntegerFormat::Int64)),
            "uint64" => (TypeRef::Integer, Some(IntegerFormat::Uint64)),
            "bool" => (TypeRef::Boolean, None),
            "float" => (TypeRef::Float, None),
            "double" => (TypeRef::Double, None),
            "date" => (TypeRef::Date, None),
            "datetime" => (TypeRef::Timestamp, None),
            "datetime_iso" => (TypeRef::TimestampIso8601, None),
            "binary" => (TypeRef::Binary, None),
            // An object with the name of a built-in type of the documentation would be mistaken for that type.
            name if is_list || self.kind == "object" => match name.parse() {
                Ok(TypeRef::Named(name)) => (TypeRef::Named(name), None),
                _ => return None,
            },
            _ => return None,
        };
        let is_known = is_list
            || matches!(
                (&*self.kind, &element),
                ("object", TypeRef::Named(_))
                    | (
                        "string",
                        TypeRef::String
                            | TypeRef::Date
                            | TypeRef::Timestamp
                            | TypeRef::TimestampIso8601
                    )
                    | ("int", TypeRef::Integer)
                    | ("bool", TypeRef::Boolean)
                    | ("float", TypeRef::Float | TypeRef::Double)
                    | ("binary", TypeRef::Binary)
            );
        let type_ref = if is_list {
            TypeRef::Array(Box::new(element))
        } else {
            element
        };
        is_known.then_some((type_ref, format))
    }
}

/// Deserializes a flag. Some files have 1 or 0 instead of a boolean.
fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    struct Flag;

    impl Visitor<'_> for Flag {
        type Value = bool;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("true or false")
        }

        fn visit_bool<E>(self, flag: bool) -> Result<bool, E> {
            Ok(flag)
        }

        fn visit_u64<E: Error>(self, number: u64) -> Result<bool, E> {
            match number {
                0 => Ok(false),
                1 => Ok(true),
                _ => Err(E::invalid_value(Unexpected::Unsigned(number), &self)),
            }
        }
    }

    deserializer.deserialize_any(Flag)
}
