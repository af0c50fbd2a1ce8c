//! Suggestions in messages about unknown names.

use tc3_spec::nearest;

/// Returns the end of a sentence about an unknown name: the nearest known name, or a full stop if none is similar.
pub(super) fn ending<'n>(name: &str, known: impl Iterator<Item = &'n String>) -> String {
    let near = nearest(name, known.map(String::as_str));
    near.map_or(".".to_owned(), |near| format!("; did you mean `{near}`?"))
}
