//! Resolves the fields of requests, responses and data types.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use tc3_spec::{Field, IntegerFormat, TypeRef};

use super::resolver::Resolver;
use crate::docs::{Docs, code};
use crate::ir::{self, Role};
use crate::names::{Scope, bare, ident, pascal, snake};

/// Names of a builder's type parameters.
pub(super) struct TypeParameters<'a> {
    scope: Scope,
    /// The names of its module.
    own: &'a BTreeSet<String>,
}

/// Names that the code of a builder uses in the scope of its type parameters.
const BUILDER_TYPES: [&str; 12] = [
    "C",
    "Call",
    "Caller",
    "Into",
    "IntoIterator",
    "Json",
    "NoClient",
    "RawBuilder",
    "Set",
    "String",
    "Unset",
    "Vec",
];

/// Reserved names of fields: the field for unknown values, and the fixed methods of builders, whose other methods are
/// named like fields. They are reserved in all messages, so that no field is renamed when a message gets a builder.
pub(super) const RESERVED_FIELDS: [&str; 3] = ["build", "extra", "send"];

impl<'a> TypeParameters<'a> {
    /// Creates names that differ from those in a builder's code, and from `own`, the names of its module.
    pub(super) fn new(own: &'a BTreeSet<String>) -> Self {
        Self {
            scope: Scope::new("Parameter", BUILDER_TYPES),
            own,
        }
    }

    /// Creates names for messages without a builder.
    pub(super) fn none() -> Self {
        Self::new(const { &BTreeSet::new() })
    }

    fn claim(&mut self, name: &str) -> Ident {
        self.scope
            .claim_beside(name, |name| self.own.contains(name))
    }
}

impl Resolver<'_> {
    /// Resolves the fields of a message. `of` is its name, if it is a data type.
    pub(super) fn fields(
        &self,
        role: Role,
        of: Option<&str>,
        fields: &[Field],
        mut type_parameters: TypeParameters<'_>,
    ) -> Vec<ir::Field> {
        let request_id = (role == Role::Response).then(request_id);
        let own = request_id.iter().map(|field| bare(&field.ident));
        let own: Vec<String> = own.chain(RESERVED_FIELDS.map(str::to_owned)).collect();
        let mut idents = Scope::new("_", own.iter().map(String::as_str));
        let mut resolved: Vec<ir::Field> = fields
            .iter()
            .filter(|field| role != Role::Response || field.name != REQUEST_ID)
            .map(|field| {
                let ident = idents.claim(&snake(&field.name));
                let is_required = match role {
                    Role::Request => field.required && !field.is_client_token(),
                    Role::Sent => field.required,
                    Role::Response | Role::Received => false,
                };
                ir::Field {
                    docs: self.field_docs(role, field, &ident),
                    ty: self.ty(field, &field.type_ref),
                    is_option: !(is_required && role == Role::Request),
                    boxed: self.is_boxed(of, &field.type_ref),
                    deprecated: field.deprecated,
                    secret: field.secret,
                    state: is_required.then(|| type_parameters.claim(&pascal(&field.name))),
                    wire: field.name.clone(),
                    ident,
                }
            })
            .collect();
        resolved.extend(request_id);
        resolved
    }

    fn ty(&self, field: &Field, type_ref: &TypeRef) -> ir::Type {
        match type_ref {
            TypeRef::Integer if field.format == Some(IntegerFormat::Uint64) => ir::Type::U64,
            TypeRef::Integer => ir::Type::I64,
            TypeRef::Boolean => ir::Type::Bool,
            TypeRef::Float | TypeRef::Double => ir::Type::F64,
            TypeRef::String
            | TypeRef::Date
            | TypeRef::Timestamp
            | TypeRef::TimestampIso8601
            | TypeRef::Binary => ir::Type::String,
            TypeRef::Named(name) => match self.names.types.get(name.as_str()) {
                Some(names) => ir::Type::Data(names.ident.clone()),
                // The type is not documented. A value of any shape still carries the data in both directions.
                None => ir::Type::Json,
            },
            TypeRef::Array(element) => ir::Type::List(Box::new(self.ty(field, element))),
        }
    }

    fn is_boxed(&self, of: Option<&str>, type_ref: &TypeRef) -> bool {
        match (of, type_ref) {
            (Some(of), TypeRef::Named(name)) => self.cycles.is_in_cycle(of, name),
            _ => false,
        }
    }

    fn field_docs(&self, role: Role, field: &Field, ident: &Ident) -> Docs {
        let docs = self.text(&field.description);
        let mut facts = Vec::new();
        if wire_name(&bare(ident)) != field.name {
            facts.push(format!("Wire name: {}.", code(&field.name)));
        }
        facts.extend(self.type_fact(&field.type_ref));
        if role == Role::Sent && field.required {
            facts.push("Required in requests.".to_owned());
        }
        if role == Role::Request && field.is_client_token() {
            facts.push("Generated if omitted.".to_owned());
        }
        if field.nullable {
            facts.push("May be null in responses.".to_owned());
        }
        if facts.is_empty() {
            docs
        } else {
            docs.with(facts.join(" "))
        }
    }

    /// Describes the documented type, if the Rust type does not express it.
    fn type_fact(&self, type_ref: &TypeRef) -> Option<String> {
        let element = type_ref.element();
        let subject = match type_ref {
            TypeRef::Array(_) => "Each element is",
            _ => "It is",
        };
        Some(match element {
            TypeRef::Date => format!("{subject} a `Date`, like `2022-01-01`."),
            TypeRef::Timestamp => format!("{subject} a `Timestamp`, like `2022-01-01 00:00:00`."),
            TypeRef::TimestampIso8601 => {
                format!("{subject} a `Timestamp ISO8601`, like `2022-01-01T00:00:00+08:00`.")
            }
            TypeRef::Binary => format!("{subject} `Binary`."),
            TypeRef::Named(name) if !self.names.types.contains_key(name.as_str()) => {
                format!(
                    "{subject} any JSON: the type {} is not documented.",
                    code(name)
                )
            }
            _ => return None,
        })
    }
}

const REQUEST_ID: &str = "RequestId";

/// Returns the field of every response.
fn request_id() -> ir::Field {
    let docs = "Request ID; quote it to Tencent Cloud support.";
    ir::Field {
        wire: REQUEST_ID.to_owned(),
        ident: ident("request_id"),
        docs: Docs::of_markdown(docs),
        ty: ir::Type::String,
        is_option: false,
        boxed: false,
        deprecated: false,
        secret: None,
        state: None,
    }
}

/// Returns the usual wire name of a field.
fn wire_name(field: &str) -> String {
    field.split('_').map(pascal_word).collect()
}

fn pascal_word(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_ascii_uppercase().to_string() + letters.as_str()
    })
}
