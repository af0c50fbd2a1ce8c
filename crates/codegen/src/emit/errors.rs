use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::attributes;
use crate::ir::ErrorCodes;

/// What the codes are documented for, by its name.
pub(super) enum Owner<'a> {
    Action(&'a str),
    Service(&'a str),
}

/// The enum of the error codes of an action or a service.
///
/// ```text
/// ::tc3::error_codes!(AddTagError of action "AddTag" {
///     /// `LimitExceeded.Tags`: There are too many tags.
///     0 => LimitExceededTags: "LimitExceeded.Tags", "There are too many tags.";
/// });
/// ```
pub(super) fn errors(errors: &ErrorCodes, owner: &Owner<'_>) -> TokenStream {
    let owner = match owner {
        Owner::Action(name) => quote!(action #name),
        Owner::Service(name) => quote!(service #name),
    };
    let ident = &errors.ident;
    let rows = errors.codes.iter().enumerate().map(|(index, error)| {
        let index = Literal::usize_unsuffixed(index);
        let docs = attributes::docs(&error.docs);
        let (ident, code, meaning) = (&error.ident, &error.wire, &error.meaning);
        quote!(#docs #index => #ident: #code, #meaning;)
    });
    quote! {
        ::tc3::error_codes!(#ident of #owner {
            #(#rows)*
        });
    }
}
