use super::{Fields, Record, Typed, View};

/// Whether two records of one type hold the same.
pub fn eq<R: Record>(left: &R, right: &R) -> bool {
    eq_fields(
        Fields::Typed(Typed::of(left)),
        Fields::Typed(Typed::of(right)),
    )
}

fn eq_fields(left: Fields<'_>, right: Fields<'_>) -> bool {
    let (table, other) = (left.table(), right.table());
    table == other
        && (0..table.count()).all(|index| left.view(index) == right.view(index))
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
            (Self::Record(left), Self::Record(right)) => eq_fields(left, right),
            (Self::List(left), Self::List(right)) => {
                left.count() == right.count() && left.views().eq(right.views())
            }
            _ => false,
        }
    }
}
