//! Environment variables.

use std::ffi::OsString;

use crate::Error;

/// Returns the first of these variables that is neither missing nor empty, with its value. `lookup` returns environment
/// variables.
pub(crate) fn first<'a>(
    lookup: impl Fn(&str) -> Option<OsString>,
    names: &[&'a str],
) -> Result<Option<(&'a str, String)>, Error> {
    let mut values = names
        .iter()
        .map(|name| (*name, lookup(name).unwrap_or_default()));
    let Some((name, value)) = values.find(|(_, value)| !value.is_empty()) else {
        return Ok(None);
    };
    let value = value.into_string();
    let value = value.map_err(|_| Error::setting(name, "must be valid Unicode"))?;
    Ok(Some((name, value)))
}
