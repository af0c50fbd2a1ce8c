use super::{Fields, Record, Typed, View};
use std::fmt;

/// Writes a record's name and the fields that are present, by their wire names, then what is extra.
///
/// # Errors
/// Fails as `f` does.
pub fn debug<R: Record>(record: &R, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    debug_fields(Fields::Typed(Typed::of(record)), f)
}

fn debug_fields(record: Fields<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let table = record.table();
    let mut output = f.debug_struct(table.name());
    for (index, name) in table.fields().enumerate() {
        match record.view(index) {
            View::Absent => {}
            view => {
                output.field(name, &view);
            }
        }
    }
    for (name, value) in record.extra().iter() {
        output.field(name, value);
    }
    output.finish()
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Absent => f.write_str("absent"),
            Self::Bool(value) => value.fmt(f),
            Self::I64(value) => value.fmt(f),
            Self::U64(value) => value.fmt(f),
            Self::F64(value) => value.fmt(f),
            Self::Str(value) => value.fmt(f),
            Self::Value(value) => value.fmt(f),
            Self::Record(record) => debug_fields(record, f),
            Self::List(list) => f.debug_list().entries(list.views()).finish(),
        }
    }
}
