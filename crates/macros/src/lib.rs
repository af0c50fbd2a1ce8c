//! Clients of Tencent Cloud API 3.0 at compile time, from a spec and a list of actions.
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

/// Fills the module in which it stands with a client of some actions of a spec, and of the data types that they need.
///
/// - `spec` is the path of the spec, relative to the folder of the package's `Cargo.toml`. When the file changes, the
///   package is compiled again.
/// - `actions` are the names of the actions.
///
/// A data type that the spec names and does not define is a warning, which `#[allow(deprecated)]` on the module turns off.
///
/// The module is the same as that of a crate which was generated from the spec, less what was not asked for. It calls
/// the runtime as `::tc3`, so the package depends on `tc3`.
#[proc_macro]
pub fn client(input: TokenStream) -> TokenStream {
    expand::expand(input.into())
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}
