use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::attributes;
use super::types::Types;
use crate::docs::code;
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
/// pub struct TagBuilder<TagKey = Unset>(Draft<NoClient, Tag, (TagKey,)>);
///
/// impl Tag {
///     pub fn builder() -> TagBuilder { … }
/// }
///
/// impl<TagKey> TagBuilder<TagKey> {
///     pub fn tag_key(mut self, value: impl Into<String>) -> TagBuilder<Set> { … }
///     pub fn build(self) -> Tag where TagKey: tag_required::TagKey { … }
/// }
///
/// ::tc3::builder::required!(mod tag_required { … });
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
    let start = printer.start();
    let setters = record.fields.iter().map(|field| printer.setter(field));
    let build = printer.build();
    let send = printer.send();
    let required = printer.required();
    let (ident, generics) = (&builder.ident, printer.generics());
    quote! {
        #definition
        #start

        impl #generics #ident #generics {
            #(#setters)*
            #build
            #send
        }

        #required
    }
}

/// How long a field's name may be in `self.0.record.name`, which rustfmt breaks at the dots if it is longer.
const MAX_IN_CHAIN: usize = 60 - "self.0.record.".len();

struct Printer<'a> {
    record: &'a Record,
    builder: &'a Builder,
    owner: &'a Owner<'a>,
    types: &'a Types<'a>,
}

impl Printer<'_> {
    fn definition(&self) -> TokenStream {
        let record = &self.record.ident;
        let docs = match self.owner {
            Owner::Request { action, .. } => {
                format!(" Puts the parameters of {} together.", code(action))
            }
            Owner::Data => format!(" Puts the fields of {} together.", code(&bare(record))),
        };
        let ident = &self.builder.ident;
        let paths = self.types.paths;
        let (draft, unset) = (paths.get("Draft"), paths.get("Unset"));
        let no_client = paths.get("NoClient");
        let states = self.states();
        let client = self.client().into_iter();
        let client = client.map(|client| quote!(#client = #no_client));
        let unset = states.iter().map(|state| quote!(#state = #unset));
        let parameters = arguments(client.chain(unset).collect());
        let held = self.client().unwrap_or(no_client);
        let state = tuple(&states);
        let must_use = match self.owner {
            Owner::Request { .. } => "a request does nothing until it is sent",
            Owner::Data => "nothing is built without `build()`",
        };
        quote! {
            #[doc = #docs]
            #[must_use = #must_use]
            pub struct #ident #parameters(#draft<#held, #record, #state>);
        }
    }

    fn start(&self) -> TokenStream {
        let (record, ident) = (&self.record.ident, &self.builder.ident);
        let (draft, client) = (
            self.types.paths.get("Draft"),
            self.types.paths.get("NoClient"),
        );
        let docs = match self.owner {
            Owner::Request { .. } => " Starts a request that is to be sent later.",
            Owner::Data => " Starts with no field set.",
        };
        quote! {
            impl #record {
                #[doc = #docs]
                #[inline]
                pub fn builder() -> #ident {
                    #ident(#draft::new(#client))
                }
            }
        }
    }

    fn setter(&self, field: &Field) -> TokenStream {
        let docs = attributes::docs(&field.docs);
        let deprecated = attributes::deprecated(field.deprecated);
        let allow = field.deprecated.then(|| quote!(#[allow(deprecated)]));
        let ident = &field.ident;
        let argument = self.types.argument(&field.ty);
        let value = self.types.value(field);
        let (result, end) = match &field.state {
            Some(state) => {
                let builder = &self.builder.ident;
                let next = self.with_set(state);
                (next, quote!(#builder(self.0.into_state())))
            }
            None => (quote!(Self), quote!(self)),
        };
        let assignment = if bare(ident).len() <= MAX_IN_CHAIN {
            quote!(self.0.record.#ident = #value;)
        } else {
            quote!(let record = &mut self.0.record; record.#ident = #value;)
        };
        quote! {
            #docs
            #deprecated
            #allow
            pub fn #ident(mut self, value: #argument) -> #result {
                #assignment
                #end
            }
        }
    }

    fn build(&self) -> TokenStream {
        let record = &self.record.ident;
        let bounds = self.bounds();
        let bounds = (!bounds.is_empty()).then(|| quote!(where #(#bounds,)*));
        let docs = match self.owner {
            Owner::Request { .. } => " The request, to be kept or given to a client's `send`.",
            Owner::Data => " What was put together.",
        };
        quote! {
            #[doc = #docs]
            pub fn build(self) -> #record #bounds {
                self.0.record
            }
        }
    }

    fn send(&self) -> TokenStream {
        let Owner::Request {
            action,
            response,
            pagination,
        } = self.owner
        else {
            return TokenStream::new();
        };
        let (call, caller) = (self.types.paths.get("Call"), self.types.paths.get("Caller"));
        let bounds = self.bounds();
        let docs = format!(" Calls {}.", code(action));
        let pages = pagination.map(|pagination| self.pages(action, pagination));
        quote! {
            #[doc = #docs]
            pub fn send(self) -> #call<#response>
            where
                C: #caller,
                #(#bounds,)*
            {
                self.0.send()
            }

            #pages
        }
    }

    fn pages(&self, action: &str, pagination: &Pagination) -> TokenStream {
        let record = &self.record.ident;
        let caller = self.types.paths.get("Caller");
        let bounds = self.bounds();
        let (pages, items) = (&pagination.pages, &pagination.items);
        let action = code(action);
        let docs_of_pages =
            format!(" Calls {action} for page after page, from the one on that this asks for.");
        let docs_of_items = format!(" What {action} lists, in as many calls as it takes.");
        // By their whole paths: many services call things items or pages.
        quote! {
            #[doc = #docs_of_pages]
            pub fn #pages(self) -> ::tc3::Pages<#record>
            where
                C: #caller,
                #(#bounds,)*
            {
                self.0.pages()
            }

            #[doc = #docs_of_items]
            pub fn #items(self) -> ::tc3::Items<#record>
            where
                C: #caller,
                #(#bounds,)*
            {
                self.0.items()
            }
        }
    }

    /// The traits that the compiler's messages hang on.
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
        let rows: Vec<_> = rows.collect();
        if rows.is_empty() {
            return TokenStream::new();
        }
        let module = &self.builder.required;
        quote! {
            ::tc3::builder::required!(mod #module {
                #(#rows)*
            });
        }
    }

    fn bounds(&self) -> Vec<TokenStream> {
        let module = &self.builder.required;
        let states = self.states();
        states
            .iter()
            .map(|state| quote!(#state: #module::#state))
            .collect()
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

fn tuple(types: &[&Ident]) -> TokenStream {
    match types {
        [one] => quote!((#one,)),
        types => quote!((#(#types),*)),
    }
}

/// What a record and its builder are called, which nothing else in their module may be called by.
pub(super) fn own_names(record: &Record) -> impl Iterator<Item = String> {
    let builder = record.builder.as_ref().map(|builder| bare(&builder.ident));
    [bare(&record.ident)].into_iter().chain(builder)
}
