use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::attributes;
use super::paths::Paths;
use crate::docs::Docs;
use crate::ir::{Action, Builder};
use crate::names::bare;

/// Generates the client's method, which returns a request builder.
pub(super) fn method(action: &Action, made: &Builder, paths: &Paths) -> TokenStream {
    let docs = attributes::docs(&docs(action, &made.ident));
    let (method, builder, request) = (&action.method, &made.ident, &action.request.ident);
    let deprecated = attributes::deprecated(action.deprecated);
    let raw = paths.get("RawBuilder");
    quote! {
        impl super::Client {
            #docs
            #deprecated
            #[inline]
            pub fn #method(&self) -> #builder<::tc3::Client> {
                #builder(#raw::of::<#request>(self.0.clone()))
            }
        }
    }
}

/// Returns the documentation: the description, facts, required parameters, paging and error codes.
fn docs(action: &Action, builder: &Ident) -> Docs {
    let docs = action.docs.clone().and(&action.facts);
    let required = action.request.required();
    let required = required.map(|(field, _)| link(&field.wire, builder, &field.ident));
    let required: Vec<String> = required.collect();
    let mut docs = docs.with(match required.as_slice() {
        [] => "No parameter is required.".to_owned(),
        required => format!("Required parameters: {}.", required.join(", ")),
    });
    if let Some(pagination) = &action.pagination {
        let [items, pages] = [&pagination.items, &pagination.pages]
            .map(|method| link(&bare(method), builder, method));
        docs = docs.with(format!(
            "Paginated: {items} returns all items, and {pages} the pages."
        ));
    }
    if let Some(errors) = &action.errors {
        let codes = errors.codes.iter();
        let codes = codes.map(|code| format!("- {}", link(&code.wire, &errors.ident, &code.ident)));
        docs = docs
            .with_lines(["# Errors".to_owned()])
            .with("Besides the [codes that all services share](::tc3::CommonError):")
            .with_lines(codes);
    }
    docs
}

/// Formats a link to a method or variant. A name in a spec has no backticks.
fn link(text: &str, owner: &Ident, item: &Ident) -> String {
    format!("[`{text}`]({}::{})", bare(owner), bare(item))
}
