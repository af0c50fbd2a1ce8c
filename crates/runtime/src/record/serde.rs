use super::{Fields, Record, Slots as _, Values, View};
use crate::json;
use ::serde_core::de::{Deserializer, Error as _};
use ::serde_core::ser::{Serialize, SerializeMap as _, Serializer};

/// Serializes a record as a map of its fields' wire names, with what is extra behind the fields.
///
/// # Errors
/// Fails as the serializer does.
pub fn serialize<S: Serializer>(record: &dyn Values, serializer: S) -> Result<S::Ok, S::Error> {
    serialize_fields(record.fields(), serializer)
}

fn serialize_fields<S: Serializer>(record: Fields<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    let extra = record.extra();
    let fields = || {
        let names = record.table().fields().enumerate();
        names.filter_map(|(index, name)| match record.view(index) {
            View::Absent => None,
            _ if extra.get(name).is_some() => None,
            view => Some((name, view)),
        })
    };
    let mut map = serializer.serialize_map(Some(fields().count() + extra.len()))?;
    for (name, view) in fields() {
        map.serialize_entry(name, &view)?;
    }
    for (name, value) in extra.iter() {
        map.serialize_entry(name, value)?;
    }
    map.end()
}

impl Serialize for View<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Absent => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(value),
            Self::I64(value) => serializer.serialize_i64(value),
            Self::U64(value) => serializer.serialize_u64(value),
            Self::F64(value) => serializer.serialize_f64(value),
            Self::Str(value) => serializer.serialize_str(value),
            Self::Value(value) => value.serialize(serializer),
            Self::Record(record) => serialize_fields(record, serializer),
            Self::List(list) => serializer.collect_seq(list.views()),
        }
    }
}

/// Deserializes a record from a map, as tolerantly as [`json::read`].
///
/// # Errors
/// Fails if the deserializer does or gives no map.
pub fn deserialize<'de, R: Record, D: Deserializer<'de>>(deserializer: D) -> Result<R, D::Error> {
    let text = json::map_text(deserializer)?;
    let mut record = R::empty();
    json::read(&text, &mut record).map_err(D::Error::custom)?;
    Ok(record)
}

/// Deserializes a request, all plain fields of which are required.
///
/// # Errors
/// Fails if the deserializer does or gives no map, or if a required parameter is absent, null or of a type that does
/// not fit; the message names it.
pub fn deserialize_request<'de, R: Record, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<R, D::Error> {
    let text = json::map_text(deserializer)?;
    let mut record = R::empty();
    json::read_request(&text, &mut record.places()).map_err(D::Error::custom)?;
    Ok(record)
}
