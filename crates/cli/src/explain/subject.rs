//! Subject of an explanation.

use tc3_spec::{Action, DataType, Field, Spec};

/// Item to explain.
#[derive(Clone, Copy, Debug)]
pub(super) enum Subject<'s> {
    Service,
    Action(&'s str, &'s Action),
    Type(&'s str, &'s DataType),
    Row(Row<'s>),
}

/// A parameter, or a field of a response or a data type.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'s> {
    pub(super) kind: RowKind,
    /// The action or data type that it belongs to.
    pub(super) owner: &'s str,
    pub(super) field: &'s Field,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    Parameter,
    Response,
    Field,
}

/// Subject with its spec.
pub(super) struct Explained<'s> {
    /// The described part of the spec for the output.
    pub(super) spec: &'s Spec,
    /// The whole spec.
    pub(super) whole: &'s Spec,
    /// The requested name, without the service.
    pub(super) name: &'s str,
    pub(super) depth: usize,
}

impl<'s> Explained<'s> {
    /// Returns the data type of a field if it is shown within the field: up to the maximum depth, and not if it is in
    /// `above`, because it would recurse for ever.
    pub(super) fn within(
        &self,
        field: &Field,
        above: &[&str],
        level: usize,
    ) -> Option<(&'s str, &'s DataType)> {
        let name = field.type_ref.named()?;
        let is_shown = level < self.depth && !above.contains(&name);
        let (name, data_type) = self.spec.types.get_key_value(name).filter(|_| is_shown)?;
        Some((name, data_type))
    }
}

impl RowKind {
    pub(super) fn name(self) -> &'static str {
        match self {
            RowKind::Parameter => "parameter",
            RowKind::Response => "response",
            RowKind::Field => "field",
        }
    }
}
