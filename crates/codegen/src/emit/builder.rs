use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::attributes;
use super::types::Types;
use crate::docs::{Docs, code};
use crate::ir::{Builder, Field, Message, Pagination};
use crate::names::bare;

/// The message that a builder builds.
pub(super) enum Owner<'a> {
    /// A request, which can be sent.
    Request {
        action: &'a str,
        response: &'a Ident,
        /// The pagination of the response.
        pagination: Option<&'a Pagination>,
    },
    /// A response or a data type.
    Data,
}

/// Generates the builder of a message. Each required value has a type parameter that says whether it is set.
///
/// ```text
/// pub struct TagBuilder<TagKey = Unset>(RawBuilder<NoClient, (TagKey,)>);
///
/// impl Tag {
///     pub fn builder() -> TagBuilder { … }
/// }
///
/// impl<TagKey> TagBuilder<TagKey> {
///     pub fn tag_key(self, value: impl Into<String>) -> TagBuilder<Set> { … }
///
///     pub fn build(self) -> Tag
///     where
///         TagKey: tag_required::HasTagKey,
///     { … }
/// }
///
/// mod tag_required { … }
/// ```
pub(super) fn builder(
    message: &Message,
    builder: &Builder,
    owner: &Owner<'_>,
    types: &Types<'_>,
) -> TokenStream {
    let printer = Printer {
        message,
        builder,
        owner,
        types,
    };
    let definition = printer.definition();
    let start = printer.start();
    let setters = message.fields.iter().enumerate();
    let setters = setters.map(|(index, field)| printer.setter(index, field));
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

struct Printer<'a> {
    message: &'a Message,
    builder: &'a Builder,
    owner: &'a Owner<'a>,
    types: &'a Types<'a>,
}

impl Printer<'_> {
    fn definition(&self) -> TokenStream {
        let ident = &self.builder.ident;
        let [raw, no_client] = ["RawBuilder", "NoClient"].map(|name| self.types.paths.get(name));
        let states: Vec<_> = self.states().collect();
        let (docs, must_use, client) = match self.owner {
            Owner::Request { action, .. } => (
                Docs::of_markdown(format!("Builds a request of {}.", code(action))).with(
                    "Call `.send()` and await the result; the builder itself cannot be awaited.",
                ),
                "a request is not sent until `.send()` is called and its result is awaited",
                true,
            ),
            Owner::Data => (
                Docs::of_markdown(format!(
                    "Builds a value of {}.",
                    code(&bare(&self.message.ident))
                )),
                "nothing is built until `.build()` is called",
                false,
            ),
        };
        let client_default = client.then(|| quote!(C = #no_client)).into_iter();
        let state_defaults = states.iter().map(|state| {
            let unset = self.types.paths.get("Unset");
            quote!(#state = #unset)
        });
        let parameters = angled(client_default.chain(state_defaults).collect());
        let client = if client { quote!(C) } else { no_client };
        let docs = attributes::docs(&docs);
        quote! {
            #docs
            #[must_use = #must_use]
            pub struct #ident #parameters(#raw<#client, (#(#states,)*)>);
        }
    }

    fn start(&self) -> TokenStream {
        let (message, ident) = (&self.message.ident, &self.builder.ident);
        let [raw, no_client] = ["RawBuilder", "NoClient"].map(|name| self.types.paths.get(name));
        let docs = match self.owner {
            Owner::Request { .. } => " Returns a builder of a request for the client's `send`.",
            Owner::Data => " Returns an empty builder.",
        };
        quote! {
            impl #message {
                #[doc = #docs]
                #[inline]
                pub fn builder() -> #ident {
                    #ident(#raw::of::<Self>(#no_client))
                }
            }
        }
    }

    fn setter(&self, index: usize, field: &Field) -> TokenStream {
        let docs = match self.owner {
            // The builder of a response is only for tests, and its fields are documented.
            Owner::Data if !self.message.role.is_sent() => {
                let name = bare(&field.ident);
                let docs = format!(" Sets [`{name}`]({}::{name}).", self.message.ident);
                quote!(#[doc = #docs])
            }
            _ => attributes::docs(&field.docs),
        };
        let deprecated = attributes::deprecated(field.deprecated);
        let allow = field.deprecated.then(|| quote!(#[allow(deprecated)]));
        let ident = &field.ident;
        let argument = self.types.argument(&field.ty);
        let set = Types::set(&field.ty);
        let index = Literal::usize_unsuffixed(index);
        let builder = &self.builder.ident;
        let (result, builder) = match &field.state {
            Some(state) => (self.with_set(state), quote!(#builder)),
            None => (quote!(Self), quote!(Self)),
        };
        quote! {
            #docs
            #deprecated
            #allow
            #[inline]
            pub fn #ident(self, value: #argument) -> #result {
                #builder(self.0.#set(#index, value))
            }
        }
    }

    fn build(&self) -> TokenStream {
        let message = &self.message.ident;
        let docs = match self.owner {
            Owner::Request { .. } => " Builds the request, for the client's `send`.",
            Owner::Data => " Builds the value.",
        };
        let bounds = self.where_clause(false);
        quote! {
            #[doc = #docs]
            #[inline]
            pub fn build(self) -> #message
            #bounds
            {
                self.0.build()
            }
        }
    }

    /// Generates the methods that call the action.
    fn send(&self) -> TokenStream {
        let Owner::Request {
            action,
            response,
            pagination,
        } = self.owner
        else {
            return TokenStream::new();
        };
        let (request, call) = (&self.message.ident, self.types.paths.get("Call"));
        let bounds = self.where_clause(true);
        let docs = format!(" Calls {}.", code(action));
        let lists = pagination.map(
            |Pagination {
                 pages,
                 items,
                 paging,
                 ..
             }| {
                // Lists start at their first page.
                let bounds = self.bounds(true, paging.position());
                let pages_docs = format!(
                    " Returns the pages of {}, starting at the requested one; each is fetched when needed.",
                    code(action)
                );
                let items_docs = format!(
                    " Returns all items of {}; each page is fetched when needed.",
                    code(action)
                );
                quote! {
                    #[doc = #pages_docs]
                    pub fn #pages(self) -> ::tc3::Pages<#request>
                    #bounds
                    {
                        self.0.pages()
                    }

                    #[doc = #items_docs]
                    pub fn #items(self) -> ::tc3::Items<#request>
                    #bounds
                    {
                        self.0.items()
                    }
                }
            },
        );
        quote! {
            #[doc = #docs]
            pub fn send(self) -> #call<#response>
            #bounds
            {
                self.0.send::<#request>()
            }

            #lists
        }
    }

    /// Generates the module of traits whose names appear in compiler errors about missing values.
    fn required(&self) -> TokenStream {
        let traits = self.message.required().map(|(field, state)| {
            let wire = &field.wire;
            let problem = match self.owner {
                Owner::Request { action, .. } => format!("`{action}` needs the parameter `{wire}`"),
                Owner::Data => format!("`{}` needs the field `{wire}`", self.message.wire),
            };
            let label = format!("call `.{}(…)` before this", field.ident);
            let has = has(state);
            quote! {
                #[diagnostic::on_unimplemented(message = #problem, label = #label)]
                pub trait #has {}

                #[diagnostic::do_not_recommend]
                impl #has for ::tc3::builder::Set {}
            }
        });
        let traits: Vec<_> = traits.collect();
        if traits.is_empty() {
            return TokenStream::new();
        }
        let module = &self.builder.required;
        quote! {
            mod #module {
                #(#traits)*
            }
        }
    }

    fn has_client(&self) -> bool {
        matches!(self.owner, Owner::Request { .. })
    }

    fn states(&self) -> impl Iterator<Item = &Ident> {
        self.message.required().map(|(_, state)| state)
    }

    /// Generates the bounds that all required values are set and, to send, that there is a client.
    fn where_clause(&self, sends: bool) -> TokenStream {
        self.bounds(sends, None)
    }

    /// Generates these bounds, except that of the parameter with the wire name `except`.
    fn bounds(&self, sends: bool, except: Option<&str>) -> TokenStream {
        let module = &self.builder.required;
        let caller = sends.then(|| {
            let caller = self.types.paths.get("Caller");
            quote!(C: #caller)
        });
        let required = self.message.required();
        let required = required.filter(|(field, _)| Some(field.wire.as_str()) != except);
        let states = required.map(|(_, state)| {
            let has = has(state);
            quote!(#state: #module::#has)
        });
        let bounds: Vec<_> = caller.into_iter().chain(states).collect();
        if bounds.is_empty() {
            TokenStream::new()
        } else {
            quote!(where #(#bounds,)*)
        }
    }

    fn generics(&self) -> TokenStream {
        let client = self.has_client().then(|| quote!(C)).into_iter();
        let states = self.states().map(|state| quote!(#state));
        angled(client.chain(states).collect())
    }

    /// Returns the builder's type after this value is set.
    fn with_set(&self, set: &Ident) -> TokenStream {
        let client = self.has_client().then(|| quote!(C)).into_iter();
        let states = self.states().map(|state| {
            if state == set {
                self.types.paths.get("Set")
            } else {
                quote!(#state)
            }
        });
        let ident = &self.builder.ident;
        let arguments = angled(client.chain(states).collect());
        quote!(#ident #arguments)
    }
}

/// Returns the name of the trait of the states with a value.
fn has(state: &Ident) -> Ident {
    format_ident!("Has{}", bare(state))
}

fn angled(arguments: Vec<TokenStream>) -> TokenStream {
    if arguments.is_empty() {
        TokenStream::new()
    } else {
        quote!(<#(#arguments),*>)
    }
}

/// Returns the names of a message and its builder, which are reserved in their module.
pub(super) fn own_names(message: &Message) -> impl Iterator<Item = String> {
    let builder = message.builder.as_ref().map(|builder| bare(&builder.ident));
    [bare(&message.ident)].into_iter().chain(builder)
}
