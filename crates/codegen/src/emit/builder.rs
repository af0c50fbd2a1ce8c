use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::attributes;
use super::types::Types;
use crate::ir::{Builder, Field, Pagination, Record};
use crate::names::bare;

/// Whose values a builder puts together.
pub(super) enum Owner<'a> {
    /// A request's: it can be sent.
    Request {
        action: &'a str,
        response: &'a Ident,
        /// Where its response comes in pages.
        pagination: Option<&'a Pagination>,
    },
    /// A data type's.
    Data,
}

/// The builder of a record: a type parameter for each value that must be given tells whether it was.
///
/// ```text
/// ::tc3::builder::data!(TagBuilder of Tag, tag_required {
///     TagKey => "`Tag` needs the field `TagKey`", "call `.tag_key(…)` before this";
/// });
///
/// impl<TagKey> TagBuilder<TagKey> {
///     pub fn tag_key(self, value: impl Into<String>) -> TagBuilder<Set> { … }
/// }
/// ```
pub(super) fn builder(
    record: &Record,
    builder: &Builder,
    owner: &Owner<'_>,
    types: &Types<'_>,
) -> TokenStream {
    let printer = Printer {
        record,
        builder,
        owner,
        types,
    };
    let definition = printer.definition();
    let setters: Vec<_> = record
        .fields
        .iter()
        .enumerate()
        .map(|(index, field)| printer.setter(index, field))
        .collect();
    if setters.is_empty() {
        return definition;
    }
    let (ident, generics) = (&builder.ident, printer.generics());
    quote! {
        #definition

        impl #generics #ident #generics {
            #(#setters)*
        }
    }
}

struct Printer<'a> {
    record: &'a Record,
    builder: &'a Builder,
    owner: &'a Owner<'a>,
    types: &'a Types<'a>,
}

impl Printer<'_> {
    /// The builder's type and what all builders have, with the traits that the compiler's messages hang on.
    fn definition(&self) -> TokenStream {
        let (record, ident) = (&self.record.ident, &self.builder.ident);
        let required = self.required();
        match self.owner {
            Owner::Request {
                action,
                response,
                pagination,
            } => {
                let lists =
                    pagination.map(|Pagination { pages, items, .. }| quote!(lists #pages, #items;));
                quote! {
                    ::tc3::builder::request!(#ident of #record {
                        sends #action => #response;
                        #lists
                        #required
                    });
                }
            }
            Owner::Data => {
                let module = &self.builder.required;
                quote! {
                ::tc3::builder::data!(#ident of #record, #module {
                    #required
                });
                }
            }
        }
    }

    /// What the compiler says of each value that must be given and was not.
    fn required(&self) -> TokenStream {
        let rows = self.record.required().map(|(field, state)| {
            let wire = &field.wire;
            let message = match self.owner {
                Owner::Request { action, .. } => format!("`{action}` needs the parameter `{wire}`"),
                Owner::Data => format!("`{}` needs the field `{wire}`", self.record.wire),
            };
            let label = format!("call `.{}(…)` before this", field.ident);
            quote!(#state => #message, #label;)
        });
        quote!(#(#rows)*)
    }

    fn setter(&self, index: usize, field: &Field) -> TokenStream {
        let docs = attributes::docs(&field.docs);
        let deprecated = attributes::deprecated(field.deprecated);
        let allow = field.deprecated.then(|| quote!(#[allow(deprecated)]));
        let ident = &field.ident;
        let argument = self.types.argument(&field.ty);
        let set = Types::set(&field.ty);
        let index = Literal::usize_unsuffixed(index);
        let (result, builder) = match &field.state {
            Some(state) => {
                let builder = &self.builder.ident;
                (self.with_set(state), quote!(#builder))
            }
            None => (quote!(Self), quote!(Self)),
        };
        quote! {
            #docs
            #deprecated
            #allow
            pub fn #ident(self, value: #argument) -> #result {
                #builder(self.0 .#set(#index, value))
            }
        }
    }

    /// The type parameter of the client, where there is one.
    fn client(&self) -> Option<TokenStream> {
        matches!(self.owner, Owner::Request { .. }).then(|| quote!(C))
    }

    fn states(&self) -> Vec<&Ident> {
        self.record.required().map(|(_, state)| state).collect()
    }

    fn generics(&self) -> TokenStream {
        let client = self.client().into_iter();
        let states = self.states().into_iter().map(|state| quote!(#state));
        arguments(client.chain(states).collect())
    }

    /// The builder's type once this value is set.
    fn with_set(&self, set: &Ident) -> TokenStream {
        let client = self.client().into_iter();
        let states = self.states().into_iter().map(|state| {
            if state == set {
                self.types.paths.get("Set")
            } else {
                quote!(#state)
            }
        });
        let ident = &self.builder.ident;
        let arguments = arguments(client.chain(states).collect());
        quote!(#ident #arguments)
    }
}

fn arguments(arguments: Vec<TokenStream>) -> TokenStream {
    if arguments.is_empty() {
        TokenStream::new()
    } else {
        quote!(<#(#arguments),*>)
    }
}

/// What a record and its builder are called, which nothing else in their module may be called by.
pub(super) fn own_names(record: &Record) -> impl Iterator<Item = String> {
    let builder = record.builder.as_ref().map(|builder| bare(&builder.ident));
    [bare(&record.ident)].into_iter().chain(builder)
}
