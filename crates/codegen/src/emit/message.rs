use proc_macro2::TokenStream;
use quote::quote;

use super::attributes;
use super::types::Types;
use crate::ir::{Field, Message, Role};

/// Generates the struct of a message with its implementations.
///
/// ```text
/// #[non_exhaustive]
/// pub struct Tag {
///     pub tag_key: Option<String>,
///     pub extra: UnknownFields,
/// }
///
/// impl Message for Tag { … }
///
/// impl ::std::clone::Clone for Tag { … }
/// ```
pub(super) fn message(message: &Message, types: &Types<'_>) -> TokenStream {
    let docs = attributes::docs(&message.docs);
    let ident = &message.ident;
    let unknown = types.paths.get("UnknownFields");
    let unknown_docs = match message.role {
        Role::Request => " Parameters without a field, by wire name.",
        _ => " Unknown fields, and values that do not fit their field, by wire name.",
    };
    // A request with required parameters has no default.
    let is_complete = message.fields.iter().all(|field| field.is_option);
    let has_default = message.role != Role::Request || is_complete;
    let fields = message.fields.iter().map(|field| {
        let docs = attributes::docs(&field.docs);
        let deprecated = attributes::deprecated(field.deprecated);
        let (ident, ty) = (&field.ident, types.field(field));
        quote!(#docs #deprecated pub #ident: #ty,)
    });
    let fields_impl = fields_impl(message, types);
    let standard = standard(message, has_default);
    let serde = serde(message, types);
    quote! {
        #docs
        #[non_exhaustive]
        pub struct #ident {
            #(#fields)*
            #[doc = #unknown_docs]
            pub extra: #unknown,
        }

        #fields_impl
        #standard
        #serde
    }
}

/// Generates the field table of a message, and its conversions from and to field values.
///
/// ```text
/// impl Message for Tag {
///     const TABLE: &'static Table = &Table {
///         name: "Tag",
///         fields: &[Field("TagKey", Kind::String)],
///     };
///
///     fn read(fields: &mut FieldReader<'_>) -> Self {
///         Self { tag_key: fields.take(), extra: fields.take_unknown() }
///     }
///
///     fn write<'a>(&'a self, fields: &mut FieldWriter<'a>) {
///         fields.put_unknown(&self.extra);
///         fields.put(&[&self.tag_key]);
///     }
/// }
/// ```
fn fields_impl(message: &Message, types: &Types<'_>) -> TokenStream {
    let [message_trait, reader, table, writer] =
        ["Message", "FieldReader", "Table", "FieldWriter"].map(|name| types.paths.get(name));
    let (ident, wire) = (&message.ident, &message.wire);
    let rows = message.fields.iter().map(|of| {
        let field = types.paths.get("Field");
        let (name, of_kind) = (&of.wire, types.kind(&of.ty, of.secret));
        quote!(#field(#name, #of_kind))
    });
    let required = message.fields.iter();
    let required = required.filter(|field| !field.is_option && message.role == Role::Request);
    let required: Vec<_> = required.map(|field| &field.wire).collect();
    let required = (!required.is_empty())
        .then(|| quote!(const REQUIRED: &'static [&'static str] = &[#(#required),*];));
    let takes = message.fields.iter().map(take);
    let puts = puts(&message.fields);
    let is_deprecated = message.fields.iter().any(|field| field.deprecated);
    let allow = is_deprecated.then(|| quote!(#[allow(deprecated)]));
    quote! {
        #allow
        impl #message_trait for #ident {
            const TABLE: &'static #table = &#table {
                name: #wire,
                fields: &[#(#rows),*],
            };
            #required

            #[inline]
            fn read(fields: &mut #reader<'_>) -> Self {
                Self {
                    #(#takes,)*
                    extra: fields.take_unknown(),
                }
            }

            #[inline]
            fn write<'a>(&'a self, fields: &mut #writer<'a>) {
                #puts
            }
        }
    }
}

fn take(field: &Field) -> TokenStream {
    let ident = &field.ident;
    match (field.is_option, field.boxed) {
        (false, _) => quote!(#ident: fields.take_or_default()),
        (true, true) => quote!(#ident: fields.take().map(::std::boxed::Box::new)),
        (true, false) => quote!(#ident: fields.take()),
    }
}

/// Groups fields into few calls, because calls dominate the compile time.
fn puts(fields: &[Field]) -> TokenStream {
    let runs = fields.chunk_by(|one, next| !one.boxed && !next.boxed);
    let calls = runs.map(|run| match run {
        [Field { ident, boxed, .. }] if *boxed => quote!(fields.put_boxed(&self.#ident);),
        _ => {
            let idents = run.iter().map(|field| &field.ident);
            quote!(fields.put(&[#(&self.#idents),*]);)
        }
    });
    quote! {
        fields.put_unknown(&self.extra);
        #(#calls)*
    }
}

/// Generates standard traits by calling the runtime's single implementation: derives take a tenth longer to compile.
fn standard(message: &Message, has_default: bool) -> TokenStream {
    let ident = &message.ident;
    let default = has_default.then(|| {
        quote! {
            impl ::std::default::Default for #ident {
                #[inline]
                fn default() -> Self {
                    ::tc3::__private::default()
                }
            }
        }
    });
    quote! {
        impl ::std::clone::Clone for #ident {
            #[inline]
            fn clone(&self) -> Self {
                ::tc3::__private::clone(self)
            }
        }

        impl ::std::fmt::Debug for #ident {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::tc3::__private::debug(self, f)
            }
        }

        impl ::std::cmp::PartialEq for #ident {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                ::tc3::__private::eq(self, other)
            }
        }

        #default
    }
}

fn serde(message: &Message, types: &Types<'_>) -> TokenStream {
    let ident = &message.ident;
    let cfg = types.in_crate.then(|| quote!(#[cfg(feature = "serde")]));
    quote! {
        #cfg
        impl ::tc3::__private::serde::Serialize for #ident {
            fn serialize<S: ::tc3::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                ::tc3::__private::serialize(self, serializer)
            }
        }

        #cfg
        impl<'de> ::tc3::__private::serde::Deserialize<'de> for #ident {
            fn deserialize<D: ::tc3::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                ::tc3::__private::deserialize(deserializer)
            }
        }
    }
}
