use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::attributes;
use super::paths::Paths;
use crate::docs::code;
use crate::ir::ErrorCodes;

/// What the codes are documented for, by its name.
pub(super) enum Owner<'a> {
    Action(&'a str),
    Service(&'a str),
}

/// The enum of the error codes of an action or a service, and its table.
///
/// ```text
/// #[non_exhaustive]
/// pub enum AddTagError {
///     LimitExceededTags,
///     Unknown(UnknownCode),
/// }
///
/// ::tc3::error_codes!(AddTagError {
///     0 => LimitExceededTags: "LimitExceeded.Tags", "There are too many tags.";
/// });
/// ```
pub(super) fn errors(errors: &ErrorCodes, owner: &Owner<'_>, paths: &Paths) -> TokenStream {
    let (kind, name) = match owner {
        Owner::Action(name) => ("action", name),
        Owner::Service(name) => ("service", name),
    };
    let docs = format!(" The error codes that are documented for {}.", code(name));
    let unknown_docs = format!(" A code that is not documented for the {kind}.");
    let ident = &errors.ident;
    let unknown = paths.get("UnknownCode");
    let variants = errors.codes.iter().map(|error| {
        let docs = attributes::docs(&error.docs);
        let ident = &error.ident;
        quote!(#docs #ident,)
    });
    let rows = errors.codes.iter().enumerate().map(|(index, error)| {
        let index = Literal::usize_unsuffixed(index);
        let (ident, code, meaning) = (&error.ident, &error.wire, &error.meaning);
        quote!(#index => #ident: #code, #meaning;)
    });
    quote! {
        #[doc = #docs]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
            #[doc = #unknown_docs]
            Unknown(#unknown),
        }

        ::tc3::error_codes!(#ident {
            #(#rows)*
        });
    }
}
