use proc_macro2::TokenStream;
use quote::quote;

use super::paths::Paths;
use crate::ir::{Field, Type};

/// Generates types in one module.
pub(super) struct Types<'a> {
    pub(super) paths: &'a Paths,
    /// The prefix of data types: `types::` in other modules.
    pub(super) data: TokenStream,
    /// Whether the code is part of a crate with features.
    pub(super) in_crate: bool,
}

impl Types<'_> {
    /// Returns the type of a field.
    pub(super) fn field(&self, field: &Field) -> TokenStream {
        let ty = self.of(&field.ty);
        let ty = if field.boxed {
            let boxed = self.paths.get("Box");
            quote!(#boxed<#ty>)
        } else {
            ty
        };
        if field.is_option {
            let option = self.paths.get("Option");
            quote!(#option<#ty>)
        } else {
            ty
        }
    }

    /// Returns the type without the `Option` and `Box` of a field.
    pub(super) fn of(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Bool => quote!(bool),
            Type::I64 => quote!(i64),
            Type::U64 => quote!(u64),
            Type::F64 => quote!(f64),
            Type::String => self.paths.get("String"),
            Type::Json => self.paths.get("Json"),
            Type::Data(ident) => {
                let data = &self.data;
                quote!(#data #ident)
            }
            Type::List(element) => {
                let (vec, element) = (self.paths.get("Vec"), self.of(element));
                quote!(#vec<#element>)
            }
        }
    }

    /// Returns the argument type of a setter, which accepts conversions where useful.
    pub(super) fn argument(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::String | Type::Json => {
                let (into, ty) = (self.paths.get("Into"), self.of(ty));
                quote!(impl #into<#ty>)
            }
            Type::List(element) => {
                let item = match **element {
                    Type::List(_) => self.of(element),
                    _ => self.argument(element),
                };
                let items = self.paths.get("IntoIterator");
                quote!(impl #items<Item = #item>)
            }
            _ => self.of(ty),
        }
    }

    /// Returns the kind of a field of this type, for the field table.
    pub(super) fn kind(&self, ty: &Type, secret: Option<bool>) -> TokenStream {
        let kind = self.paths.get("Kind");
        match ty {
            Type::Bool => quote!(#kind::Bool),
            Type::I64 => quote!(#kind::I64),
            Type::U64 => quote!(#kind::U64),
            Type::F64 => quote!(#kind::F64),
            Type::String => match secret {
                None => quote!(#kind::String),
                Some(true) => quote!(#kind::Secret),
                Some(false) => quote!(#kind::Public),
            },
            Type::Json => quote!(#kind::Json),
            Type::Data(ident) => {
                let (data, message) = (&self.data, self.paths.get("Message"));
                quote!(#kind::Message(<#data #ident as #message>::table))
            }
            Type::List(element) => {
                let element = self.kind(element, secret);
                quote!(#kind::List(&#element))
            }
        }
    }

    /// Returns the method of the runtime's `RawBuilder` for this type.
    pub(super) fn set(ty: &Type) -> TokenStream {
        match ty {
            Type::String => quote!(string),
            Type::Json => quote!(json),
            Type::List(element) => match **element {
                Type::String => quote!(strings),
                Type::Json => quote!(jsons),
                _ => quote!(list),
            },
            _ => quote!(set),
        }
    }
}
