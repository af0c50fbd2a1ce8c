//! Unique identifiers.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span};

/// The keywords of edition 2024, including reserved ones.
const KEYWORDS: [&str; 52] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// The keywords that cannot be raw identifiers.
const NEVER_RAW: [&str; 4] = ["Self", "crate", "self", "super"];

/// A namespace: the used identifiers.
pub(crate) struct Scope {
    taken: BTreeSet<String>,
    suffix: &'static str,
}

impl Scope {
    /// Creates a namespace with `reserved` names; conflicting names get `suffix`.
    pub(crate) fn new<'a>(
        suffix: &'static str,
        reserved: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let taken = reserved.into_iter().map(str::to_owned).collect();
        Self { taken, suffix }
    }

    /// Claims a name, or a similar one if it is used or cannot be an identifier.
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

/// Converts a name to an identifier, raw if it is a keyword. The name must be a possible identifier.
pub(crate) fn ident(name: &str) -> Ident {
    if KEYWORDS.contains(&name) {
        Ident::new_raw(name, Span::call_site())
    } else {
        Ident::new(name, Span::call_site())
    }
}

/// Returns the identifier's name without `r#`.
pub(crate) fn bare(ident: &Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").unwrap_or(&text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conflicting_names_get_a_suffix() {
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
    fn keywords_are_sorted_and_raw() {
        assert!(KEYWORDS.is_sorted());
        for keyword in NEVER_RAW {
            assert!(KEYWORDS.contains(&keyword));
        }
        assert_eq!(bare(&ident("type")), "type");
        assert_eq!(bare(&ident("kind")), "kind");
    }
}
