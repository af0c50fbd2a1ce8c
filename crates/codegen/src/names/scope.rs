//! Unique identifiers.

use std::collections::BTreeMap;

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
    /// The names in use, each with the number that a conflicting name tries next.
    taken: BTreeMap<String, usize>,
    suffix: &'static str,
}

impl Scope {
    /// Creates a namespace with `reserved` names; conflicting names get `suffix`.
    pub(crate) fn new<'a>(
        suffix: &'static str,
        reserved: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let reserved = reserved.into_iter().map(|name| (name.to_owned(), 1));
        Self {
            taken: reserved.collect(),
            suffix,
        }
    }

    /// Claims a name, or a similar one if it is used or cannot be an identifier.
    pub(crate) fn claim(&mut self, name: &str) -> Ident {
        self.claim_beside(name, |_| false)
    }

    /// Claims a name like [`claim`](Self::claim), but none that `is_taken` says is used.
    pub(crate) fn claim_beside(&mut self, name: &str, is_taken: impl Fn(&str) -> bool) -> Ident {
        let mut candidate = name.to_owned();
        let mut number = self.taken.get(name).copied().unwrap_or(1);
        while NEVER_RAW.contains(&candidate.as_str())
            || self.taken.contains_key(&candidate)
            || is_taken(&candidate)
        {
            candidate = match number {
                1 => format!("{name}{}", self.suffix),
                _ => format!("{name}{}{number}", self.suffix),
            };
            number += 1;
        }
        self.taken
            .entry(name.to_owned())
            .and_modify(|next| *next = number);
        let ident = ident(&candidate);
        self.taken.insert(candidate, 1);
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
