//! Suggestions for unknown names, in messages.

use tc3_spec::did_you_mean;

/// Returns the end of a sentence about an unknown name: similar known names, or a full stop if there are none.
pub(super) fn suggestion<'n>(name: &str, known: impl Iterator<Item = &'n String>) -> String {
    let similar = did_you_mean(name, known.map(String::as_str));
    match similar.is_empty() {
        true => ".".to_owned(),
        false => similar,
    }
}
