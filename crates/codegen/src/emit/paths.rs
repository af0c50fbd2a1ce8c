use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::names::ident;

/// What generated code calls by its last word alone wherever it can.
const KNOWN: [&[&str]; 10] = [
    &["std", "boxed", "Box"],
    &["std", "convert", "Into"],
    &["std", "iter", "IntoIterator"],
    &["std", "option", "Option"],
    &["std", "string", "String"],
    &["std", "vec", "Vec"],
    &["tc3", "Extra"],
    &["tc3", "UnknownCode"],
    &["tc3", "Value"],
    &["tc3", "builder", "Set"],
];

/// How a module calls what it does not define: by the last word of its path, or by the whole path where the module
/// has something of its own by that word.
pub(super) struct Paths {
    own: BTreeSet<String>,
}

impl Paths {
    /// For a module that defines what is called `own`.
    pub(super) fn new(own: impl IntoIterator<Item = String>) -> Self {
        Self {
            own: own.into_iter().collect(),
        }
    }

    /// What is known by this word.
    pub(super) fn get(&self, word: &str) -> TokenStream {
        let path = KNOWN
            .iter()
            .find(|path| path.last() == Some(&word))
            .expect("emitters ask for what is in the list");
        if self.own.contains(word) {
            let idents = path.iter().map(|segment| ident(segment));
            quote!(#(::#idents)*)
        } else {
            let word = ident(word);
            quote!(#word)
        }
    }

    /// The imports that the items need besides the prelude.
    pub(super) fn imports(&self, items: &TokenStream) -> TokenStream {
        let mut words = BTreeSet::new();
        collect(items.clone(), &mut words);
        let of = |module: &[&str]| {
            let names = KNOWN.iter().filter_map(|path| path.split_last());
            let names = names.filter(|(word, path)| {
                *path == module && words.contains(**word) && !self.own.contains(**word)
            });
            let names: Vec<_> = names.map(|(word, _)| ident(word)).collect();
            names
        };
        let builder = import(&quote!(::tc3::builder), &of(&["tc3", "builder"]));
        let of_root = of(&["tc3"]);
        let root = import(&quote!(::tc3), &of_root);
        // In rustfmt's order, lists come last.
        if of_root.len() == 1 {
            quote!(#root #builder)
        } else {
            quote!(#builder #root)
        }
    }
}

fn import(module: &TokenStream, names: &[proc_macro2::Ident]) -> TokenStream {
    match names {
        [] => TokenStream::new(),
        [name] => quote!(use #module::#name;),
        names => quote!(use #module::{#(#names),*};),
    }
}

/// The words that are no part of a longer path.
fn collect(tokens: TokenStream, words: &mut BTreeSet<String>) {
    let mut colons = 0;
    for token in tokens {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
            TokenTree::Ident(ident) => {
                if colons < 2 {
                    words.insert(ident.to_string());
                }
                colons = 0;
            }
            TokenTree::Group(group) => {
                collect(group.stream(), words);
                colons = 0;
            }
            _ => colons = 0,
        }
    }
}
