use proc_macro2::{Ident, TokenStream};

use crate::docs::Docs;

/// A module: a file, or a block in a macro.
pub(crate) struct Module {
    pub(crate) ident: Ident,
    pub(crate) docs: Docs,
    /// The feature of the crate that it needs.
    pub(crate) feature: Option<&'static str>,
    pub(crate) items: TokenStream,
}
