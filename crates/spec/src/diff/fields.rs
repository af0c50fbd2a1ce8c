//! Parameters, fields of responses and fields of data types.

use super::Comparison;
use super::change::{Consequence, Verdict, addition, breaking, documentation};
use super::kind::Kind;
use super::place::Place;
use super::rows::{Rows, moved};
use super::seen::{Seen, Table};
use crate::model::{Field, IntegerFormat};

/// What every response has, whether its table says so or not.
pub(super) const REQUEST_ID: &str = "RequestId";

impl<'a> Comparison<'a> {
    /// Compares a table before and after.
    pub(super) fn fields(&mut self, table: Table<'a>, old: &'a [Field], new: &'a [Field]) {
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
            let verdict = breaking("its field goes");
            self.add(table.place(old[gone]), Kind::Removed, verdict);
        }
        let reordered = self.reordered(table, &rows.rows, &old, &new);
        for (row, reordered) in rows.rows.iter().zip(reordered) {
            let field = new[row.new];
            let Some(before) = row.old.map(|at| old[at]) else {
                self.added(table, field);
                continue;
            };
            if reordered {
                let verdict = breaking(
                    "type parameters of the builder change places, which stand for what must be given",
                );
                self.add(table.place(field), Kind::Moved, verdict);
            } else if row.moved {
                let verdict = documentation("fields and setters are found by their names");
                self.add(table.place(field), Kind::Moved, verdict);
            }
            self.field(table, before, field);
        }
    }

    /// For each row, whether its type parameter changed places with others. Those that come or go are breaking as they are.
    fn reordered(
        &self,
        table: Table<'a>,
        rows: &[super::rows::Row],
        old: &[&'a Field],
        new: &[&'a Field],
    ) -> Vec<bool> {
        let place = |row: &super::rows::Row| {
            let before = row.old?;
            let had = self.old.seen(table, old[before]).state;
            let has = self.new.seen(table, new[row.new]).state;
            (had && has).then_some(before)
        };
        let places: Vec<Option<usize>> = rows.iter().map(place).collect();
        let kept: Vec<usize> = places.iter().copied().flatten().collect();
        let mut moved = moved(&kept).into_iter();
        let mut is_moved = |place: &Option<usize>| place.is_some() && moved.next() == Some(true);
        places.iter().map(&mut is_moved).collect()
    }

    fn added(&mut self, table: Table<'a>, field: &'a Field) {
        let is_new_state = self.new.seen(table, field).state && self.was_built(table);
        let verdict = if is_new_state {
            breaking("what is built without it does not compile")
        } else {
            addition("a field more")
        };
        self.add(table.place(field), Kind::Added, verdict);
    }

    /// Whether the table's builder was there before.
    fn was_built(&self, table: Table<'_>) -> bool {
        match table {
            Table::Request(_) => true,
            Table::Response(_) => false,
            Table::Type(name) => self.old.is_built(name),
        }
    }

    /// Compares a field that is there before and after.
    fn field(&mut self, table: Table<'a>, old: &'a Field, new: &'a Field) {
        let place = || table.place(new);
        let (had, has) = (self.old.seen(table, old), self.new.seen(table, new));
        if old.type_ref != new.type_ref {
            let verdict = retyped(old, new, &had, &has);
            self.add(place(), Kind::Type, verdict)
                .between(&old.type_ref, &new.type_ref);
        } else if old.format != new.format {
            let verdict = if had.of == has.of {
                documentation("in Rust it is an i64 as before")
            } else {
                breaking("its integer is another in Rust")
            };
            self.add(place(), Kind::Format, verdict)
                .between(format(old), format(new));
        } else if had.of != has.of {
            let (kind, verdict) = if self.new_defines(new) {
                let verdict = breaking("it was any JSON, and is a struct");
                (Kind::Typed, verdict)
            } else {
                (Kind::Untyped, breaking("it was a struct, and is any JSON"))
            };
            self.add(place(), kind, verdict)
                .between(&old.type_ref, &new.type_ref);
        } else if had.boxed != has.boxed {
            let (kind, verdict) = if has.boxed {
                (Kind::Boxed, breaking("its field is a Box now"))
            } else {
                (Kind::Unboxed, breaking("its field is no Box any more"))
            };
            self.add(place(), kind, verdict)
                .between(&old.type_ref, &new.type_ref);
        }
        if old.required != new.required {
            let kind = if new.required {
                Kind::Required
            } else {
                Kind::Optional
            };
            let verdict = self.required(table, new, &had, &has);
            self.add(place(), kind, verdict);
        }
        if old.nullable != new.nullable {
            let (kind, reason) = if new.nullable {
                (Kind::Nullable, "null is understood in any case")
            } else {
                (Kind::NotNullable, "null is understood all the same")
            };
            self.add(place(), kind, documentation(reason));
        }
        self.deprecation(place(), old.deprecated, new.deprecated);
        self.description(place(), &old.description, &new.description);
    }

    fn new_defines(&self, field: &Field) -> bool {
        let name = field.type_ref.named();
        name.is_some_and(|name| self.new.spec.types.contains_key(name))
    }

    fn required(&self, table: Table<'_>, field: &Field, had: &Seen<'_>, has: &Seen<'_>) -> Verdict {
        let is_built = match table {
            Table::Type(name) => self.old.is_built(name) && self.new.is_built(name),
            _ => true,
        };
        if !is_built || had.state == has.state {
            return documentation(match table {
                Table::Request(_) if field.is_client_token() => {
                    "it is filled in where it is left out"
                }
                Table::Request(_) => "it could be left out before as well",
                Table::Type(name) if self.old.is_built(name) != self.new.is_built(name) => {
                    "the change of its builder is judged with the type"
                }
                _ => "a builder of what the service answers asks for nothing",
            });
        }
        match (table, field.required) {
            (Table::Request(_), true) => {
                breaking("calls without it do not compile, and its field is no Option any more")
            }
            (Table::Request(_), false) => {
                breaking("its field is an Option now, and the builder has a type parameter less")
            }
            (_, true) => breaking("what is built without it does not compile"),
            (_, false) => breaking("the builder has a type parameter less"),
        }
    }
}

/// What another type in the documentation is in Rust.
fn retyped(old: &Field, new: &Field, had: &Seen<'_>, has: &Seen<'_>) -> Verdict {
    if had.of != has.of {
        return breaking("its type is another in Rust");
    }
    // What is filled in is a String; under another type of text, it must be given like any other.
    let is_filled_in = |field: &Field| field.required && field.is_client_token();
    if is_filled_in(old) != is_filled_in(new) && had.plain != has.plain {
        return breaking("it is filled in no longer, or is so now");
    }
    let reason = match has.of {
        super::seen::Shape::Any => "in Rust it is any JSON as before",
        _ => "its type in Rust is the same",
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
