//! Fields as they appear in Rust.

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

/// A field in Rust, without its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen<'a> {
    pub(super) shape: Shape<'a>,
    /// Whether it is boxed.
    pub(super) boxed: bool,
    /// Whether it is not an `Option`.
    pub(super) plain: bool,
    /// Whether the builder has a type parameter for it.
    pub(super) state: bool,
}

/// A type in Rust, without `Option` and `Box`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape<'a> {
    Text,
    Signed,
    Unsigned,
    Float,
    Boolean,
    Data(&'a str),
    /// Any JSON, for an undocumented data type.
    Any,
    List(Box<Shape<'a>>),
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
    pub(super) fn is_built(&self, data_type: &str) -> bool {
        self.reach.is_sent(data_type)
    }

    pub(super) fn seen(&self, table: Table<'_>, field: &'a Field) -> Seen<'a> {
        let boxed = match (table, &field.type_ref) {
            (Table::Type(outer), TypeRef::Named(inner)) => self.cycles.is_in_cycle(outer, inner),
            _ => false,
        };
        let plain =
            matches!(table, Table::Request(_)) && field.required && !field.is_client_token();
        let state = match table {
            Table::Request(_) => plain,
            Table::Response(_) => false,
            Table::Type(name) => field.required && self.is_built(name),
        };
        Seen {
            shape: self.shape(field, &field.type_ref),
            boxed,
            plain,
            state,
        }
    }

    fn shape(&self, field: &Field, type_ref: &'a TypeRef) -> Shape<'a> {
        match type_ref {
            TypeRef::Integer if field.format == Some(IntegerFormat::Uint64) => Shape::Unsigned,
            TypeRef::Integer => Shape::Signed,
            TypeRef::Boolean => Shape::Boolean,
            TypeRef::Float | TypeRef::Double => Shape::Float,
            TypeRef::String
            | TypeRef::Date
            | TypeRef::Timestamp
            | TypeRef::TimestampIso8601
            | TypeRef::Binary => Shape::Text,
            TypeRef::Named(name) if self.spec.types.contains_key(name) => Shape::Data(name),
            TypeRef::Named(_) => Shape::Any,
            TypeRef::Array(element) => Shape::List(Box::new(self.shape(field, element))),
        }
    }
}
