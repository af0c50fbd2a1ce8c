//! Sources of credentials.
//!
//! A [`Credential`] is an ID, a key and an optional token. It never changes, and a client uses it for all calls.
//! [`Credentials`] hold the current credential of a [`Provider`], which is cached and refreshed before it expires:
//!
//! | provider | source |
//! |---|---|
//! | [`Environment`] | `TENCENTCLOUD_SECRET_ID`, `TENCENTCLOUD_SECRET_KEY`, `TENCENTCLOUD_TOKEN` |
//! | [`Profile`] | `~/.tencentcloud/credentials` or another profile file |
//! | [`CvmRole`] | the metadata server of the virtual machine |
//! | [`AssumeRole`] | STS, with a credential from any other source |
//! | [`WebIdentity`] | STS, with the token that TKE issues to pods |
//! | [`Chain`] | the first of several providers that has a credential |
//!
//! ```no_run
//! use tc3::credential::{AssumeRole, Credentials};
//!
//! // The same sources, in the same order, as the vendor's tools:
//! let credentials = Credentials::default_chain();
//!
//! // Another role, assumed with these:
//! let auditor = AssumeRole::new("qcs::cam::uin/100000000001:roleName/auditor", credentials);
//! let credentials = Credentials::new(auditor);
//! ```
//! For any other source, implement [`Provider`]; two methods are required.
//!
//! # Refresh
//! A credential is refreshed when a fifth of its lifetime is left, or five minutes if that is less. One call fetches
//! the new credential, while the others use the old one. If the fetch fails or takes more than 3 seconds, this call
//! uses the old credential too, and the next attempt follows after 10 seconds.
//!
//! Without a valid credential, all calls wait for one fetch and share its result. A failure is returned to all of them,
//! and the next call tries again. After 20 seconds another call starts its own fetch, because the first one may be
//! suspended without being dropped.

mod assume_role;
mod cache;
mod chain;
mod credentials;
mod cvm_role;
pub(crate) mod environment;
mod flight;
mod ini;
mod json;
mod profile;
mod provider;
mod request;
mod secrets;
mod section;
mod sts;
mod tccli;
#[cfg(test)]
mod tests;
mod web_identity;

use self::provider::Fetched;
pub use self::{
    assume_role::AssumeRole,
    chain::Chain,
    credentials::Credentials,
    cvm_role::CvmRole,
    environment::Environment,
    profile::Profile,
    provider::{ExpiringCredential, Provider, Providing},
    secrets::Credential,
    web_identity::WebIdentity,
};
