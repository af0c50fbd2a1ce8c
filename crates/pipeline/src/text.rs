//! Parts of messages.

use std::path::Path;

use tc3_spec::did_you_mean;

use crate::argument::WrongArgument;

/// Formats a count with its noun: `1 page`, `2 pages`.
pub fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Formats a path with `/` separators on every system.
pub(crate) fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

/// Creates the error that `place` has no service of this name, with a suggestion.
pub(crate) fn no_service<'n>(
    place: &str,
    name: &str,
    known: impl Iterator<Item = &'n str>,
) -> WrongArgument {
    let hint = did_you_mean(name, known);
    WrongArgument::new(format!("{place} has no service `{name}`{hint}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn similar_service_is_suggested() {
        let error = no_service("specs", "shops", ["bank", "shop"].into_iter());
        assert_eq!(
            error.to_string(),
            "specs has no service `shops`; did you mean `shop`?"
        );
    }
}
