//! Generates clients of Tencent Cloud API 3.0 at compile time: of any service, with any of its actions.
//!
#![doc = include_str!("example.md")]

mod expand;
mod input;

use proc_macro::TokenStream;

/// Generates a client of the selected actions and their data types in the enclosing module.
///
/// - `service` is the name of a service: the first label of its domain name. This crate contains the facts of all services.
/// - `version` is the version of the service; the default is the newest.
/// - `site` is the site of the service: `"intl"` (the default) or `"mainland"`.
/// - `actions` lists the action names, or is `all`.
/// - `spec` is the path of a spec, relative to the folder of `Cargo.toml`. It replaces the facts in this crate and can have
///   descriptions. A change of the file triggers a rebuild.
///
/// A data type that the spec uses but does not define causes a warning; `#[allow(deprecated)]` on the module silences it.
///
/// The generated code equals that of a generated crate, restricted to the selected actions. It uses the runtime as
/// `::tc3`, so the package must depend on `tc3`.
#[proc_macro]
pub fn client(input: TokenStream) -> TokenStream {
    expand::expand(input.into())
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}
