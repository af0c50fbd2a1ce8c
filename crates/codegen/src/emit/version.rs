use proc_macro2::TokenStream;
use quote::quote;

use super::action::action;
use super::attributes;
use super::builder::own_names;
use super::client::client;
use super::errors;
use super::message::message;
use super::module::Module;
use super::paths::Paths;
use super::testing::testing;
use super::types::Types;
use crate::docs::{Docs, code};
use crate::ir::{Action, ErrorCodes, Version};
use crate::names::{bare, ident};

/// The contents of a version's module.
pub(crate) struct VersionSource {
    pub(crate) docs: Docs,
    /// The submodules, sorted by name.
    pub(crate) modules: Vec<Module>,
    /// Its own items, after the modules and exports.
    pub(crate) items: TokenStream,
}

impl VersionSource {
    /// Returns everything as the contents of one module.
    pub(crate) fn into_tokens(self) -> TokenStream {
        let modules = self.modules.iter().map(|module| {
            let docs = attributes::docs(&module.docs);
            let (ident, items) = (&module.ident, &module.items);
            // A program may leave parts of its client unused, and cannot change the names and the documentation of a service.
            quote! {
                #docs
                #[allow(dead_code, missing_docs, unreachable_pub, clippy::all)]
                mod #ident {
                    #items
                }
            }
        });
        let exports = self.modules.iter().map(|module| &module.ident);
        let items = self.items;
        quote! {
            #(#modules)*
            #(#[allow(unused_imports)] pub use self::#exports::*;)*
            #items
        }
    }

    /// Returns the exports and items of a module whose submodules are files.
    pub(crate) fn root(&self) -> TokenStream {
        let exports = self.modules.iter().map(|module| {
            let (ident, feature) = (&module.ident, module.feature.iter());
            quote!(#(#[cfg(feature = #feature)])* pub use self::#ident::*;)
        });
        let items = &self.items;
        quote!(#(#exports)* #items)
    }
}

/// Generates all code of a service version, as part of a crate with features or not.
pub(crate) fn version(version: &Version, in_crate: bool) -> VersionSource {
    let actions = version.actions.iter();
    let mut modules: Vec<Module> = actions
        .map(|action| action_module(action, version.errors.as_ref(), in_crate))
        .collect();
    modules.push(Module {
        ident: ident("client"),
        docs: Docs::of_markdown("The client."),
        feature: None,
        items: client(version, in_crate),
    });
    if !version.types.is_empty() {
        modules.push(Module {
            ident: ident("types"),
            docs: Docs::of_markdown("The data types of requests and responses."),
            feature: None,
            items: types(version, in_crate),
        });
    }
    if let Some(codes) = &version.errors {
        let paths = Paths::new([bare(&codes.ident)]);
        let items = errors::errors(codes, &errors::Owner::Service(&version.service), &paths);
        let imports = paths.imports();
        modules.push(Module {
            ident: ident("errors"),
            docs: Docs::of_markdown("The error codes of the service."),
            feature: None,
            items: quote!(#imports #items),
        });
    }
    if in_crate {
        modules.extend(testing(version));
    }
    modules.sort_by_key(|module| bare(&module.ident));
    VersionSource {
        docs: Docs::of_markdown(format!(
            "Version {} of the service {}.",
            version.version,
            code(&version.service)
        )),
        items: items(version),
        modules,
    }
}

fn action_module(of: &Action, service: Option<&ErrorCodes>, in_crate: bool) -> Module {
    let docs = Docs::of_markdown(format!("The action {}.", code(&of.wire)));
    Module {
        ident: of.module.clone(),
        docs: docs.and(&of.facts),
        feature: None,
        items: action(of, service, in_crate),
    }
}

/// Generates the version's own items.
fn items(version: &Version) -> TokenStream {
    let (service, date, endpoint) = (&version.service, &version.version, &version.endpoint);
    quote! {
        /// The service version of this module.
        pub static SERVICE: ::tc3::Service = ::tc3::Service::new(#service, #date, #endpoint);
    }
}

/// Generates the items of the module `types`.
fn types(version: &Version, in_crate: bool) -> TokenStream {
    let paths = Paths::new(version.types.iter().flat_map(own_names));
    let types = Types {
        paths: &paths,
        data: TokenStream::new(),
        in_crate,
    };
    let items = version.types.iter().map(|of| {
        let definition = message(of, &types);
        let builder = types.builder_in_module(of);
        quote!(#definition #builder)
    });
    let items = quote!(#(#items)*);
    let imports = paths.imports();
    quote!(#imports #items)
}
