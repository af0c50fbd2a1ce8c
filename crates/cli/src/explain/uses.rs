//! Uses of a data type or parameter.

use tc3_spec::{Field, Spec};

use super::subject::{Row, RowKind, Subject};

/// Returns the paths of items with this data type, or with a parameter of the same name and type:
/// `RunInstances.Placement`.
pub(super) fn of(spec: &Spec, subject: Subject<'_>) -> Vec<String> {
    match subject {
        Subject::Service | Subject::Action(..) => Vec::new(),
        Subject::Type(name, _) => data_type(spec, name),
        Subject::Row(Row {
            kind: RowKind::Parameter,
            owner,
            field,
        }) => parameters(spec, owner, field),
        // A field is used in the same places as its data type.
        Subject::Row(Row {
            kind: RowKind::Field,
            owner,
            ..
        }) => data_type(spec, owner),
        Subject::Row(_) => Vec::new(),
    }
}

fn data_type(spec: &Spec, name: &str) -> Vec<String> {
    let mut uses = Vec::new();
    let mut add = |owner: &str, fields: &[Field]| {
        for field in fields {
            if field.type_ref.named() == Some(name) {
                uses.push(format!("{owner}.{}", field.name));
            }
        }
    };
    for (owner, action) in &spec.actions {
        add(owner, &action.request);
        add(owner, &action.response);
    }
    for (owner, data_type) in &spec.types {
        add(owner, &data_type.fields);
    }
    uses
}

fn parameters(spec: &Spec, owner: &str, field: &Field) -> Vec<String> {
    let others = spec.actions.iter().filter(|(name, _)| *name != owner);
    let having = others.filter(|(_, action)| {
        let mut request = action.request.iter();
        request.any(|of| of.name == field.name && of.type_ref == field.type_ref)
    });
    having
        .map(|(name, _)| format!("{name}.{}", field.name))
        .collect()
}
