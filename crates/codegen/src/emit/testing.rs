use proc_macro2::TokenStream;
use quote::quote;

use super::builder::{Owner, builder, own_names};
use super::module::Module;
use super::paths::Paths;
use super::types::Types;
use crate::docs::Docs;
use crate::ir::{Message, Version};
use crate::names::ident;

impl Types<'_> {
    /// Generates the builder of a response or data type, unless it belongs to the module `testing`.
    pub(super) fn builder_in_module(&self, message: &Message) -> Option<TokenStream> {
        if self.in_crate && !message.role.is_sent() {
            return None;
        }
        data_builder(message, self)
    }
}

fn data_builder(message: &Message, types: &Types<'_>) -> Option<TokenStream> {
    let names = message.builder.as_ref()?;
    Some(builder(message, names, &Owner::Data, types))
}

/// Generates the module of builders behind the feature `testing`; `None` if it is empty. Only tests build the messages
/// that services send. Without the feature, the compiler does not read the module.
pub(super) fn testing(version: &Version) -> Option<Module> {
    let responses = version.actions.iter().map(|action| &action.response);
    let messages: Vec<_> = responses.chain(&version.types).collect();
    // The items of the version's module are in scope.
    let requests = version.actions.iter().map(|action| &action.request);
    let own = requests.chain(messages.iter().copied());
    let paths = Paths::new(own.flat_map(own_names));
    let types = Types {
        paths: &paths,
        data: TokenStream::new(),
        in_crate: true,
    };
    let received = messages
        .into_iter()
        .filter(|message| !message.role.is_sent());
    let builders: Vec<_> = received
        .filter_map(|message| data_builder(message, &types))
        .collect();
    let imports = paths.imports();
    (!builders.is_empty()).then(|| Module {
        ident: ident("testing"),
        docs: Docs::of_markdown("Builders of responses and their data types, for tests."),
        feature: Some("testing"),
        items: quote!(use super::*; #imports #(#builders)*),
    })
}
