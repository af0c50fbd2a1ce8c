//! Pieces of messages.

use std::path::Path;

use tc3_spec::nearest;

/// A number of things in words: `1 page`, `2 pages`.
pub fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// A path with `/` between its parts, on every system.
pub(crate) fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

/// A hint at the name that may be meant, to be put behind a message: `; there is `Tag``. Empty if no name is like it.
pub(crate) fn hint<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> String {
    hint_after("; there is", name, known)
}

/// That `place` has no service of a name, with the nearest name that it has.
pub(crate) fn no_service<'n>(
    place: &str,
    name: &str,
    known: impl IntoIterator<Item = &'n str>,
) -> anyhow::Error {
    let hint = hint_after("; it has", name, known);
    anyhow::anyhow!("{place} has no service `{name}`{hint}")
}

fn hint_after<'n>(words: &str, name: &str, known: impl IntoIterator<Item = &'n str>) -> String {
    let near = nearest(name, known.into_iter());
    near.map_or(String::new(), |near| format!("{words} `{near}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hint_names_the_nearest() {
        assert_eq!(hint("Tagg", ["Tag", "Price"]), "; there is `Tag`");
        assert_eq!(hint("Shelf", ["Tag", "Price"]), "");
        let error = no_service("specs", "shops", ["bank", "shop"]);
        assert_eq!(
            error.to_string(),
            "specs has no service `shops`; it has `shop`"
        );
    }
}
