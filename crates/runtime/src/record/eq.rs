use super::{Record, View};
use std::ptr;

/// Whether two records of one type hold the same.
pub fn eq(left: &dyn Record, right: &dyn Record) -> bool {
    let (table, other) = (left.table(), right.table());
    (ptr::eq(table, other) || table == other)
        && (0..table.fields().len()).all(|index| left.get(index).view() == right.get(index).view())
        && left.extra() == right.extra()
}

impl PartialEq for View<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (*self, *other) {
            (Self::Absent, Self::Absent) => true,
            (Self::Bool(left), Self::Bool(right)) => left == right,
            (Self::I64(left), Self::I64(right)) => left == right,
            (Self::U64(left), Self::U64(right)) => left == right,
            (Self::F64(left), Self::F64(right)) => left == right,
            (Self::Str(left), Self::Str(right)) => left == right,
            (Self::Value(left), Self::Value(right)) => left == right,
            (Self::Record(left), Self::Record(right)) => eq(left, right),
            (Self::List(left), Self::List(right)) => {
                left.count() == right.count()
                    && (0..left.count())
                        .all(|index| left.get(index).view() == right.get(index).view())
            }
            _ => false,
        }
    }
}
