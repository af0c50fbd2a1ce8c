//! Items of a file by their keys.

use serde::de::DeserializeOwned;

use super::TextsError;
use super::table::Reader;

/// Returns the key of an item of a service version.
pub(super) fn key(kind: char, service: &str, version: &str, name: &str) -> String {
    format!("{kind}/{service}/{version}/{name}")
}

/// Reads an item.
pub(super) fn item<T: DeserializeOwned>(
    reader: &mut Reader<'_>,
    key: &str,
) -> Result<Option<T>, TextsError> {
    let Some(text) = reader.get(key)? else {
        return Ok(None);
    };
    let item = serde_json::from_str(text);
    item.map(Some)
        .map_err(|_| reader.table().damaged(format!("`{key}` cannot be read")))
}

/// Returns the key of the item with this number.
pub(super) fn numbered(number: u32) -> String {
    format!("d/{number:08}")
}

/// Returns the key of the summaries of a service version.
pub(super) fn summaries_key(service: &str, version: &str) -> String {
    format!("s/{service}/{version}")
}
