use proc_macro2::TokenStream;
use quote::quote;

use super::attributes;
use super::paths::Paths;
use crate::docs::code;
use crate::ir::ErrorCodes;

/// The owner of the codes, with its name.
pub(super) enum Owner<'a> {
    Action(&'a str),
    Service(&'a str),
}

/// Generates the enum of the error codes of an action or a service.
///
/// ```text
/// #[derive(Clone, Debug, PartialEq, Eq, Hash)]
/// #[non_exhaustive]
/// pub enum AddTagError {
///     LimitExceededTags,
///     Unknown(UnknownCode),
/// }
///
/// impl ErrorCode for AddTagError {
///     const DOCUMENTED: &'static [(&'static str, &'static str)] =
///         &[("LimitExceeded.Tags", "There are too many tags.")];
///
///     const VARIANTS: &'static [Self] = &[Self::LimitExceededTags];
///
///     fn from_unknown(code: UnknownCode) -> Self { … }
///
///     fn as_unknown(&self) -> Option<&UnknownCode> { … }
/// }
/// ```
pub(super) fn errors(errors: &ErrorCodes, owner: &Owner<'_>, paths: &Paths) -> TokenStream {
    let (kind, name) = match owner {
        Owner::Action(name) => ("action", name),
        Owner::Service(name) => ("service", name),
    };
    let docs = format!(" The documented error codes of {}.", code(name));
    let unknown_docs = format!(" A code that is not documented for the {kind}.");
    let ident = &errors.ident;
    let unknown = paths.get("UnknownCode");
    let [error_code, option] = ["ErrorCode", "Option"].map(|name| paths.get(name));
    let documented = errors.codes.iter().map(|error| {
        let docs = attributes::docs(&error.docs);
        let ident = &error.ident;
        quote!(#docs #ident,)
    });
    let variants = errors.codes.iter().map(|error| &error.ident);
    let codes = errors.codes.iter().map(|error| &error.wire);
    let meanings = errors.codes.iter().map(|error| &error.meaning);
    quote! {
        #[doc = #docs]
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #ident {
            #(#documented)*
            #[doc = #unknown_docs]
            Unknown(#unknown),
        }

        impl #error_code for #ident {
            const DOCUMENTED: &'static [(&'static str, &'static str)] = &[#((#codes, #meanings)),*];

            const VARIANTS: &'static [Self] = &[#(Self::#variants),*];

            #[inline]
            fn from_unknown(code: #unknown) -> Self {
                Self::Unknown(code)
            }

            #[inline]
            fn as_unknown(&self) -> #option<&#unknown> {
                match self {
                    Self::Unknown(code) => Some(code),
                    _ => None,
                }
            }
        }

        impl ::std::fmt::Display for #ident {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(#error_code::as_str(self))
            }
        }

        impl ::std::error::Error for #ident {}
    }
}
