//! Identifiers that must differ from each other.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span};

/// Keywords of edition 2024, the reserved ones included.
const KEYWORDS: [&str; 52] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// The keywords that no identifier can be, not even with `r#`.
const NEVER_RAW: [&str; 4] = ["Self", "crate", "self", "super"];

/// One namespace: the identifiers that are taken in it.
pub(crate) struct Scope {
    taken: BTreeSet<String>,
    suffix: &'static str,
}

impl Scope {
    /// A namespace in which `reserved` is taken, and where a name gets `suffix` if it cannot be had as it is.
    pub(crate) fn new<'a>(
        suffix: &'static str,
        reserved: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let taken = reserved.into_iter().map(str::to_owned).collect();
        Self { taken, suffix }
    }

    /// Takes the name, or one that is like it if it is taken or cannot be an identifier.
    pub(crate) fn claim(&mut self, name: &str) -> Ident {
        let mut candidate = name.to_owned();
        let mut number = 1;
        while NEVER_RAW.contains(&candidate.as_str()) || self.taken.contains(&candidate) {
            candidate = match number {
                1 => format!("{name}{}", self.suffix),
                _ => format!("{name}{}{number}", self.suffix),
            };
            number += 1;
        }
        let ident = ident(&candidate);
        self.taken.insert(candidate);
        ident
    }
}

/// The identifier of this name, raw if it is a keyword. The name must not be one that no identifier can be.
pub(crate) fn ident(name: &str) -> Ident {
    if KEYWORDS.contains(&name) {
        Ident::new_raw(name, Span::call_site())
    } else {
        Ident::new(name, Span::call_site())
    }
}

/// The identifier's name without the `r#` that it may be written with.
pub(crate) fn bare(ident: &Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").unwrap_or(&text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_taken_or_impossible_get_a_suffix() {
        let mut scope = Scope::new("_", ["extra"]);
        for (name, expect) in [
            ("vpc_id", "vpc_id"),
            ("vpc_id", "vpc_id_"),
            ("vpc_id", "vpc_id_2"),
            ("vpc_id", "vpc_id_3"),
            ("extra", "extra_"),
            ("type", "r#type"),
            ("type", "type_"),
            ("self", "self_"),
            ("crate", "crate_"),
        ] {
            assert_eq!(scope.claim(name).to_string(), expect, "{name}");
        }
    }

    #[test]
    fn keywords_are_sorted_and_need_their_prefix() {
        assert!(KEYWORDS.is_sorted());
        for keyword in NEVER_RAW {
            assert!(KEYWORDS.contains(&keyword));
        }
        assert_eq!(bare(&ident("type")), "type");
        assert_eq!(bare(&ident("kind")), "kind");
    }
}
