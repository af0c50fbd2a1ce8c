//! Sources of credentials.
//!
//! A [`Credential`] is an ID, a key and possibly a token, and never changes. A client that is given one uses it for
//! all calls. A client that is given [`Credentials`] uses the current credential of a [`Provider`], which is cached and
//! refreshed before it expires:
//!
//! | provider | source |
//! |---|---|
//! | [`Environment`] | `TENCENTCLOUD_SECRET_ID`, `TENCENTCLOUD_SECRET_KEY`, `TENCENTCLOUD_TOKEN` |
//! | [`Profile`] | the file `~/.tencentcloud/credentials`, or the file that is configured |
//! | [`CvmRole`] | the metadata server of the virtual machine that the program runs on |
//! | [`AssumeRole`] | STS, with a credential from any other source |
//! | [`WebIdentity`] | STS, with the token that TKE issues to pods |
//! | [`Chain`] | the first of several providers that has a credential |
//!
//! ```no_run
//! use tc3::credential::{AssumeRole, Credentials};
//!
//! // The sources of the vendor's tools, in their order:
//! let credentials = Credentials::default_chain();
//!
//! // Another role, assumed with these:
//! let auditor = AssumeRole::new("qcs::cam::uin/100000000001:roleName/auditor", credentials);
//! let credentials = Credentials::new(auditor);
//! ```
//! To use any other source, implement [`Provider`], which has two methods without a default.
//!
//! # Refresh
//! A credential that expires is refreshed when a fifth of its lifetime is left, or five minutes if that is less. One
//! call fetches the new one, while the others use the old one. If the fetch fails, or takes more than 3 seconds, that
//! call uses the old one as well, and the next attempt follows after 10 seconds. Without a valid credential, all calls
//! wait for one fetch and share its outcome; a failure is returned to all of them, and the next call tries again. After
//! 20 seconds another call starts a fetch of its own, because the first one may be suspended without being dropped.

mod assume_role;
mod cache;
mod chain;
mod credentials;
mod cvm_role;
mod environment;
mod ini;
mod profile;
mod provider;
mod request;
mod secrets;
mod single_flight;
mod sts;
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
