//! Compares parameters, response fields and data type fields.

use super::change::{Consequence, Verdict, addition, breaking, documentation};
use super::comparison::Comparison;
use super::kind::Kind;
use super::place::Place;
use super::rows::{Row, Rows, moved};
use super::rust_field::{Facts, RustField, RustType, Table};
use crate::model::{Field, IntegerFormat};

/// A field of every response, documented or not.
pub(super) const REQUEST_ID: &str = "RequestId";

/// Compares two versions of a table.
pub(super) fn compare<'a>(
    comparison: &mut Comparison<'a>,
    table: Table<'a>,
    old: &'a [Field],
    new: &'a [Field],
) {
    let rows = |fields: &'a [Field]| -> Vec<&'a Field> {
        let is_row =
            |field: &&Field| !matches!(table, Table::Response(_)) || field.name != REQUEST_ID;
        fields.iter().filter(is_row).collect()
    };
    let (old, new) = (rows(old), rows(new));
    let names = |fields: &[&'a Field]| -> Vec<&'a str> {
        fields.iter().map(|field| field.name.as_str()).collect()
    };
    let rows = Rows::pair(&names(&old), &names(&new));
    for removed in rows.removed {
        let verdict = breaking("its field is removed");
        comparison.add(table.place(old[removed]), Kind::Removed, verdict);
    }
    let reordered = reordered_type_parameters(comparison, table, &rows.rows, &old, &new);
    for (row, reordered) in rows.rows.iter().zip(reordered) {
        let field = new[row.new];
        let Some(before) = row.old.map(|at| old[at]) else {
            added(comparison, table, field);
            continue;
        };
        if reordered {
            let verdict =
                breaking("type parameters of the builder for required fields are reordered");
            comparison.add(table.place(field), Kind::Moved, verdict);
        } else if row.moved {
            let verdict = documentation("the order of fields does not matter");
            comparison.add(table.place(field), Kind::Moved, verdict);
        }
        compare_field(comparison, table, before, field);
    }
}

/// Returns for each row whether its builder type parameter moved. Added and removed ones are already breaking.
fn reordered_type_parameters<'a>(
    comparison: &Comparison<'a>,
    table: Table<'a>,
    rows: &[Row],
    old: &[&'a Field],
    new: &[&'a Field],
) -> Vec<bool> {
    let place = |row: &Row| {
        let before = row.old?;
        let had = comparison.old.rust_field(table, old[before]);
        let has = comparison.new.rust_field(table, new[row.new]);
        (had.has_type_parameter && has.has_type_parameter).then_some(before)
    };
    let places: Vec<Option<usize>> = rows.iter().map(place).collect();
    let kept: Vec<usize> = places.iter().copied().flatten().collect();
    let mut moved = moved(&kept).into_iter();
    let mut is_moved = |place: &Option<usize>| place.is_some() && moved.next() == Some(true);
    places.iter().map(&mut is_moved).collect()
}

fn added<'a>(comparison: &mut Comparison<'a>, table: Table<'a>, field: &'a Field) {
    let rust_field = comparison.new.rust_field(table, field);
    let verdict = if rust_field.has_type_parameter && had_builder(comparison, table) {
        breaking("code that builds it without this field does not compile")
    } else {
        addition("a field is added")
    };
    comparison.add(table.place(field), Kind::Added, verdict);
}

/// Whether the table had a builder before.
fn had_builder(comparison: &Comparison<'_>, table: Table<'_>) -> bool {
    match table {
        Table::Request(_) => true,
        Table::Response(_) => false,
        Table::Type(name) => comparison.old.has_builder(name),
    }
}

/// Compares a field that exists in both tables.
fn compare_field<'a>(
    comparison: &mut Comparison<'a>,
    table: Table<'a>,
    old: &'a Field,
    new: &'a Field,
) {
    let place = || table.place(new);
    let old_rust = comparison.old.rust_field(table, old);
    let new_rust = comparison.new.rust_field(table, new);
    if old.type_ref != new.type_ref {
        let verdict = type_verdict(old, new, &old_rust, &new_rust);
        comparison
            .add(place(), Kind::Type, verdict)
            .between(&old.type_ref, &new.type_ref);
    } else if old.format != new.format {
        let verdict = if old_rust.ty == new_rust.ty {
            documentation("its Rust type is still i64")
        } else {
            breaking("its Rust integer type changes")
        };
        comparison
            .add(place(), Kind::Format, verdict)
            .between(format(old), format(new));
    } else if old_rust.ty != new_rust.ty {
        let (kind, verdict) = if is_defined(&comparison.new, new) {
            let verdict = breaking("its type changes from any JSON to a struct");
            (Kind::Typed, verdict)
        } else {
            (
                Kind::Untyped,
                breaking("its type changes from a struct to any JSON"),
            )
        };
        comparison
            .add(place(), kind, verdict)
            .between(&old.type_ref, &new.type_ref);
    } else if old_rust.is_boxed != new_rust.is_boxed {
        let (kind, verdict) = if new_rust.is_boxed {
            (Kind::Boxed, breaking("its field is now boxed"))
        } else {
            (Kind::Unboxed, breaking("its field is no longer boxed"))
        };
        comparison
            .add(place(), kind, verdict)
            .between(&old.type_ref, &new.type_ref);
    }
    if old.required != new.required {
        let kind = if new.required {
            Kind::Required
        } else {
            Kind::Optional
        };
        let verdict = required_verdict(comparison, table, new, &old_rust, &new_rust);
        comparison.add(place(), kind, verdict);
    }
    if old.nullable != new.nullable {
        let (kind, reason) = if new.nullable {
            (Kind::Nullable, "null is accepted in any case")
        } else {
            (Kind::NotNullable, "null is still accepted")
        };
        comparison.add(place(), kind, documentation(reason));
    }
    if old.secret != new.secret {
        let verdict = documentation("whether `Debug` hides the value may change");
        let secret = |secret: Option<bool>| match secret {
            None => "as its name says",
            Some(true) => "secret",
            Some(false) => "not secret",
        };
        comparison
            .add(place(), Kind::Secret, verdict)
            .between(secret(old.secret), secret(new.secret));
    }
    comparison.deprecation(place(), old.deprecated, new.deprecated);
    comparison.description(place(), &old.description, &new.description);
}

/// Whether the spec defines the data type of a field.
fn is_defined(facts: &Facts<'_>, field: &Field) -> bool {
    let name = field.type_ref.named();
    name.is_some_and(|name| facts.spec.types.contains_key(name))
}

/// Returns the consequence of a field that became required or optional.
fn required_verdict(
    comparison: &Comparison<'_>,
    table: Table<'_>,
    field: &Field,
    old_rust: &RustField<'_>,
    new_rust: &RustField<'_>,
) -> Verdict {
    let has_builder = match table {
        Table::Type(name) => comparison.old.has_builder(name) && comparison.new.has_builder(name),
        _ => true,
    };
    if !has_builder || old_rust.has_type_parameter == new_rust.has_type_parameter {
        return documentation(match table {
            Table::Request(_) if field.is_client_token() => {
                "the runtime fills it in when it is omitted"
            }
            Table::Request(_) => "it could already be omitted",
            Table::Type(name)
                if comparison.old.has_builder(name) != comparison.new.has_builder(name) =>
            {
                "the change of its builder is reported with the type"
            }
            _ => "response builders have no required fields",
        });
    }
    match (table, field.required) {
        (Table::Request(_), true) => {
            breaking("calls without it do not compile, and its field is no longer an Option")
        }
        (Table::Request(_), false) => {
            breaking("its field is now an Option, and the builder has one type parameter less")
        }
        (_, true) => breaking("code that builds it without this field does not compile"),
        (_, false) => breaking("the builder has one type parameter less"),
    }
}

/// Returns the consequence of a changed type.
fn type_verdict(
    old: &Field,
    new: &Field,
    old_rust: &RustField<'_>,
    new_rust: &RustField<'_>,
) -> Verdict {
    if old_rust.ty != new_rust.ty {
        return breaking("its Rust type changes");
    }
    // Only a String is filled in; with another text type it must be given.
    let is_filled_in = |field: &Field| field.required && field.is_client_token();
    if is_filled_in(old) != is_filled_in(new) && old_rust.is_option != new_rust.is_option {
        return breaking("whether the runtime fills it in changes");
    }
    let reason = match new_rust.ty {
        RustType::Any => "its Rust type is still any JSON",
        _ => "its Rust type is the same",
    };
    (Consequence::Documentation, reason)
}

fn format(field: &Field) -> &'static str {
    match field.format {
        None => "none",
        Some(IntegerFormat::Int64) => "int64",
        Some(IntegerFormat::Uint64) => "uint64",
    }
}

impl Table<'_> {
    fn place(self, field: &Field) -> Place {
        let name = field.name.clone();
        match self {
            Table::Request(action) => Place::Parameter {
                action: action.to_owned(),
                name,
            },
            Table::Response(action) => Place::ResponseField {
                action: action.to_owned(),
                name,
            },
            Table::Type(data_type) => Place::TypeField {
                data_type: data_type.to_owned(),
                name,
            },
        }
    }
}
