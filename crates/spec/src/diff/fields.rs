//! Parameters, response fields and data type fields.

use super::change::{Consequence, Verdict, addition, breaking, documentation};
use super::comparison::Comparison;
use super::kind::Kind;
use super::place::Place;
use super::rows::{Rows, moved};
use super::seen::{Seen, Table};
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
    for gone in rows.gone {
        let verdict = breaking("its field is removed");
        comparison.add(table.place(old[gone]), Kind::Removed, verdict);
    }
    let reordered = reordered(comparison, table, &rows.rows, &old, &new);
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
fn reordered<'a>(
    comparison: &Comparison<'a>,
    table: Table<'a>,
    rows: &[super::rows::Row],
    old: &[&'a Field],
    new: &[&'a Field],
) -> Vec<bool> {
    let place = |row: &super::rows::Row| {
        let before = row.old?;
        let had = comparison.old.seen(table, old[before]).state;
        let has = comparison.new.seen(table, new[row.new]).state;
        (had && has).then_some(before)
    };
    let places: Vec<Option<usize>> = rows.iter().map(place).collect();
    let kept: Vec<usize> = places.iter().copied().flatten().collect();
    let mut moved = moved(&kept).into_iter();
    let mut is_moved = |place: &Option<usize>| place.is_some() && moved.next() == Some(true);
    places.iter().map(&mut is_moved).collect()
}

fn added<'a>(comparison: &mut Comparison<'a>, table: Table<'a>, field: &'a Field) {
    let is_new_state = comparison.new.seen(table, field).state && was_built(comparison, table);
    let verdict = if is_new_state {
        breaking("code that builds it without this field does not compile")
    } else {
        addition("a field is added")
    };
    comparison.add(table.place(field), Kind::Added, verdict);
}

/// Whether the table had a builder before.
fn was_built(comparison: &Comparison<'_>, table: Table<'_>) -> bool {
    match table {
        Table::Request(_) => true,
        Table::Response(_) => false,
        Table::Type(name) => comparison.old.is_built(name),
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
    let (had, has) = (
        comparison.old.seen(table, old),
        comparison.new.seen(table, new),
    );
    if old.type_ref != new.type_ref {
        let verdict = retyped(old, new, &had, &has);
        comparison
            .add(place(), Kind::Type, verdict)
            .between(&old.type_ref, &new.type_ref);
    } else if old.format != new.format {
        let verdict = if had.shape == has.shape {
            documentation("its Rust type is still i64")
        } else {
            breaking("its Rust integer type changes")
        };
        comparison
            .add(place(), Kind::Format, verdict)
            .between(format(old), format(new));
    } else if had.shape != has.shape {
        let (kind, verdict) = if new_defines(comparison, new) {
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
    } else if had.boxed != has.boxed {
        let (kind, verdict) = if has.boxed {
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
        let verdict = required(comparison, table, new, &had, &has);
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
        let verdict = documentation("`Debug` shows the value, or hides it");
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

fn new_defines(comparison: &Comparison<'_>, field: &Field) -> bool {
    let name = field.type_ref.named();
    name.is_some_and(|name| comparison.new.spec.types.contains_key(name))
}

fn required(
    comparison: &Comparison<'_>,
    table: Table<'_>,
    field: &Field,
    had: &Seen<'_>,
    has: &Seen<'_>,
) -> Verdict {
    let is_built = match table {
        Table::Type(name) => comparison.old.is_built(name) && comparison.new.is_built(name),
        _ => true,
    };
    if !is_built || had.state == has.state {
        return documentation(match table {
            Table::Request(_) if field.is_client_token() => {
                "the runtime fills it in when it is omitted"
            }
            Table::Request(_) => "it could already be omitted",
            Table::Type(name) if comparison.old.is_built(name) != comparison.new.is_built(name) => {
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
fn retyped(old: &Field, new: &Field, had: &Seen<'_>, has: &Seen<'_>) -> Verdict {
    if had.shape != has.shape {
        return breaking("its Rust type changes");
    }
    // Only a String is filled in; with another text type it must be given.
    let is_filled_in = |field: &Field| field.required && field.is_client_token();
    if is_filled_in(old) != is_filled_in(new) && had.plain != has.plain {
        return breaking("whether the runtime fills it in changes");
    }
    let reason = match has.shape {
        super::seen::Shape::Any => "its Rust type is still any JSON",
        _ => "its Rust type is the same",
    };
    (Consequence::Documentation, reason)
}

fn format(field: &Field) -> &'static str {
    match field.format {
        None => "integers",
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
