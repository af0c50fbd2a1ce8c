use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::attributes;
use super::paths::Paths;
use crate::docs::Docs;
use crate::ir::{Action, Builder, ErrorCodes};
use crate::names::bare;

/// Generates the client's method, which returns a request builder. `service` has the error codes of the service.
pub(super) fn method(
    action: &Action,
    names: &Builder,
    service: Option<&ErrorCodes>,
    paths: &Paths,
) -> TokenStream {
    let docs = attributes::docs(&docs(action, &names.ident, service));
    let (method, builder, request) = (&action.method, &names.ident, &action.request.ident);
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
fn docs(action: &Action, builder: &Ident, service: Option<&ErrorCodes>) -> Docs {
    let docs = action.docs.clone().and(&action.facts);
    let builder = bare(builder);
    let required = action.request.required();
    let required = required.map(|(field, _)| link(&field.wire, &builder, &field.ident));
    let required: Vec<String> = required.collect();
    let mut docs = docs.with(match required.as_slice() {
        [] => "No parameter is required.".to_owned(),
        required => format!("Required parameters: {}.", required.join(", ")),
    });
    if let Some(pagination) = &action.pagination {
        let [items, pages] = [&pagination.items, &pagination.pages]
            .map(|method| link(&bare(method), &builder, method));
        docs = docs.with(format!(
            "Paginated: {items} returns all items, and {pages} the pages."
        ));
    }
    docs = docs.with_lines(["# Errors".to_owned()]);
    let shared = "[codes that all services share](::tc3::CommonError)";
    match (&action.errors, service) {
        (Some(errors), _) => {
            // An enum has constants too, and a variant may have the name of one.
            let owner = format!("variant@{}", bare(&errors.ident));
            let codes = errors.codes.iter();
            let codes = codes.map(|code| format!("- {}", link(&code.wire, &owner, &code.ident)));
            docs.with(format!("Besides the {shared}:"))
                .with_lines(codes)
        }
        (None, Some(service)) => docs.with(format!(
            "The [codes of the service](super::{}) and the {shared}.",
            bare(&service.ident)
        )),
        (None, None) => docs.with(format!("The {shared}.")),
    }
}

/// Formats a link to a method or variant. A name in a spec has no backticks.
fn link(text: &str, owner: &str, item: &Ident) -> String {
    format!("[`{text}`]({owner}::{})", bare(item))
}
