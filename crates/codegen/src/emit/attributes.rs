use proc_macro2::TokenStream;
use quote::quote;

use crate::docs::Docs;

/// Generates a documentation comment, one attribute per line.
pub(super) fn docs(docs: &Docs) -> TokenStream {
    let lines = docs.lines().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote!(#(#[doc = #lines])*)
}

/// Generates the deprecation attribute.
pub(super) fn deprecated(is_deprecated: bool) -> TokenStream {
    if is_deprecated {
        quote!(#[deprecated = "the documentation advises against its use"])
    } else {
        TokenStream::new()
    }
}
