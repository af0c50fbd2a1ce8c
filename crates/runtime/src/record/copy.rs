use super::{Fields, Places, Record, Slot, Typed, View};

/// A copy of a record.
///
/// Generated types are cloned by it: a derive would be compiled for each of them.
pub fn clone<R: Record>(record: &R) -> R {
    let mut clone = R::empty();
    copy(Fields::Typed(Typed::of(record)), Places::of(&mut clone));
    clone
}

/// Copies what one record holds into an empty one of the same type.
pub(crate) fn copy(from: Fields<'_>, mut to: Places<'_>) {
    for index in 0..from.table().count() {
        copy_value(from.view(index), to.place(index));
    }
    to.extra_mut().clone_from(from.extra());
}

/// Two records of one type have slots for each other's values, so that no pair is left out.
fn copy_value(from: View<'_>, to: Slot<'_>) {
    match (from, to) {
        (View::Bool(value), Slot::Bool(place)) => place.set(value),
        (View::I64(value), Slot::I64(place)) => place.set(value),
        (View::U64(value), Slot::U64(place)) => place.set(value),
        (View::F64(value), Slot::F64(place)) => place.set(value),
        (View::Str(value), Slot::Str(place)) => place.set(value.to_owned()),
        (View::Value(value), Slot::Value(place)) => place.set(value.clone()),
        (View::Record(record), Slot::Record(place)) => copy(record, place),
        (View::Record(_), Slot::Optional(place)) => copy_value(from, place.begin().push()),
        (View::List(list), Slot::List(place) | Slot::OptionalList(place)) => {
            let mut elements = place.begin();
            for element in list.views() {
                copy_value(element, elements.push());
            }
        }
        _ => {}
    }
}
