//! Generates Tencent Cloud API 3.0 clients at compile time from a spec and a list of actions.
//!
//! ```
//! mod organization {
//!     tc3_macros::client! {
//!         spec: "tests/specs/organization.json",
//!         actions: [AddOrganizationMemberEmail, DescribeOrganizationMemberEmailBind],
//!     }
//! }
//!
//! let request = organization::DescribeOrganizationMemberEmailBindRequest::builder()
//!     .member_uin(111_111_111_111)
//!     .build();
//! assert_eq!(request.member_uin, 111_111_111_111);
//! ```

mod expand;
mod input;

use proc_macro::TokenStream;

/// Generates a client of the selected actions and their data types in the enclosing module.
///
/// - `spec` is the path of the spec, relative to the folder of `Cargo.toml`. A change of the file triggers a rebuild.
/// - `actions` lists the action names.
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
