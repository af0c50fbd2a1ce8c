//! Parts of messages.

use std::path::Path;

use tc3_spec::nearest;

use crate::argument::WrongArgument;

/// Formats a count with its noun: `1 page`, `2 pages`.
pub fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Formats a path with `/` separators on every system.
pub(crate) fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

/// Returns a suggestion to append to a message, such as "; did you mean `Tag`?", or nothing if no known name is
/// similar.
pub(crate) fn hint<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> String {
    let near = nearest(name, known.into_iter());
    near.map_or(String::new(), |near| format!("; did you mean `{near}`?"))
}

/// Creates the error that `place` has no service of this name, with a suggestion.
pub(crate) fn no_service<'n>(
    place: &str,
    name: &str,
    known: impl IntoIterator<Item = &'n str>,
) -> WrongArgument {
    let hint = hint(name, known);
    WrongArgument::new(format!("{place} has no service `{name}`{hint}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hint_names_the_nearest() {
        assert_eq!(hint("Tagg", ["Tag", "Price"]), "; did you mean `Tag`?");
        assert_eq!(hint("Shelf", ["Tag", "Price"]), "");
        let error = no_service("specs", "shops", ["bank", "shop"]);
        assert_eq!(
            error.to_string(),
            "specs has no service `shops`; did you mean `shop`?"
        );
    }
}
