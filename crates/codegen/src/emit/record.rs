use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::attributes;
use super::types::Types;
use crate::ir::Record;

/// What a record is to serde: of a request, the plain fields must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Request,
    Other,
}

/// The struct of a record and its field table.
///
/// ```text
/// #[non_exhaustive]
/// pub struct Tag {
///     pub tag_key: Option<String>,
///     pub extra: Extra,
/// }
///
/// ::tc3::record!(Tag {
///     0 => tag_key: "TagKey",
/// });
/// ```
pub(super) fn record(record: &Record, kind: Kind, types: &Types<'_>) -> TokenStream {
    let docs = attributes::docs(&record.docs);
    let ident = &record.ident;
    let extra = types.paths.get("Extra");
    let extra_docs = match kind {
        Kind::Request => "Parameters that have no field here, by their wire names.",
        Kind::Other => "What has no field here or did not fit its field, by its wire name.",
    };
    let extra_docs = format!(" {extra_docs}");
    let fields = record.fields.iter().map(|field| {
        let docs = attributes::docs(&field.docs);
        let deprecated = attributes::deprecated(field.deprecated);
        let (ident, ty) = (&field.ident, types.field(field));
        quote!(#docs #deprecated pub #ident: #ty,)
    });
    let table = table(record, kind);
    quote! {
        #docs
        #[non_exhaustive]
        pub struct #ident {
            #(#fields)*
            #[doc = #extra_docs]
            pub extra: #extra,
        }

        #table
    }
}

fn table(record: &Record, kind: Kind) -> TokenStream {
    let ident = &record.ident;
    let request = (kind == Kind::Request).then(|| quote!(request));
    let rows = record.fields.iter().enumerate().map(|(index, field)| {
        let index = Literal::usize_unsuffixed(index);
        let (ident, wire) = (&field.ident, &field.wire);
        quote!(#index => #ident: #wire,)
    });
    quote! {
        ::tc3::record!(#request #ident {
            #(#rows)*
        });
    }
}
