//! Fields of generated Rust types.

use crate::cycles::Cycles;
use crate::model::{Field, IntegerFormat, Spec};
use crate::reach::Reach;
use crate::type_ref::TypeRef;

/// A spec with precomputed facts.
pub(super) struct Facts<'a> {
    pub(super) spec: &'a Spec,
    reach: Reach<'a>,
    cycles: Cycles<'a>,
}

/// The table of a field.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Table<'a> {
    /// The request of this action.
    Request(&'a str),
    /// The response of this action.
    Response(&'a str),
    /// This data type.
    Type(&'a str),
}

/// A field of a generated type, without its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RustField<'a> {
    pub(super) ty: RustType<'a>,
    /// Whether it is boxed.
    pub(super) is_boxed: bool,
    /// Whether it is an `Option`.
    pub(super) is_option: bool,
    /// Whether the builder has a type parameter for it.
    pub(super) has_type_parameter: bool,
}

/// A Rust type, without `Option` and `Box`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RustType<'a> {
    Text,
    Signed,
    Unsigned,
    Float,
    Boolean,
    Data(&'a str),
    /// Any JSON, for an undocumented data type.
    Any,
    List(Box<RustType<'a>>),
}

impl<'a> Facts<'a> {
    pub(super) fn new(spec: &'a Spec) -> Self {
        Self {
            spec,
            reach: Reach::new(spec, |_| true),
            cycles: Cycles::new(&spec.types),
        }
    }

    /// Whether a data type has a builder without the feature `testing`.
    pub(super) fn has_builder(&self, data_type: &str) -> bool {
        self.reach.is_sent(data_type)
    }

    /// Returns the Rust field of a row.
    pub(super) fn rust_field(&self, table: Table<'_>, field: &'a Field) -> RustField<'a> {
        let is_boxed = match (table, &field.type_ref) {
            (Table::Type(outer), TypeRef::Named(inner)) => self.cycles.is_in_cycle(outer, inner),
            _ => false,
        };
        let is_required_parameter =
            matches!(table, Table::Request(_)) && field.required && !field.is_client_token();
        let has_type_parameter = match table {
            Table::Request(_) => is_required_parameter,
            Table::Response(_) => false,
            Table::Type(name) => field.required && self.has_builder(name),
        };
        RustField {
            ty: self.rust_type(field, &field.type_ref),
            is_boxed,
            is_option: !is_required_parameter,
            has_type_parameter,
        }
    }

    fn rust_type(&self, field: &Field, type_ref: &'a TypeRef) -> RustType<'a> {
        match type_ref {
            TypeRef::Integer if field.format == Some(IntegerFormat::Uint64) => RustType::Unsigned,
            TypeRef::Integer => RustType::Signed,
            TypeRef::Boolean => RustType::Boolean,
            TypeRef::Float | TypeRef::Double => RustType::Float,
            TypeRef::String
            | TypeRef::Date
            | TypeRef::Timestamp
            | TypeRef::TimestampIso8601
            | TypeRef::Binary => RustType::Text,
            TypeRef::Named(name) if self.spec.types.contains_key(name) => RustType::Data(name),
            TypeRef::Named(_) => RustType::Any,
            TypeRef::Array(element) => RustType::List(Box::new(self.rust_type(field, element))),
        }
    }
}
