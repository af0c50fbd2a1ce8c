//! Where credentials come from.
//!
//! A [`Credential`] is an id, a key and perhaps a token: one snapshot, which no refresh changes under a call. A client
//! that is given one uses it for ever. Given [`Credentials`], it takes what these have at the moment of each call;
//! they get theirs from a [`Provider`] and keep it until shortly before it expires:
//!
//! | provider | what it reads |
//! |---|---|
//! | [`Environment`] | `TENCENTCLOUD_SECRET_ID`, `TENCENTCLOUD_SECRET_KEY`, `TENCENTCLOUD_TOKEN` |
//! | [`Profile`] | the file `~/.tencentcloud/credentials` and its kin |
//! | [`CvmRole`] | the metadata server of the virtual machine that the program runs on |
//! | [`AssumeRole`] | STS, with a credential from any other place |
//! | [`WebIdentity`] | STS, with the token that TKE gives to pods |
//! | [`Chain`] | the first of several places that has one |
//!
//! ```no_run
//! use tc3::credential::{AssumeRole, Credentials};
//!
//! // What the vendor's tools look at, in their order:
//! let credentials = Credentials::default_chain();
//!
//! // Another role, assumed with whatever that gives:
//! let auditor = AssumeRole::new("qcs::cam::uin/100000000001:roleName/auditor", credentials);
//! let credentials = Credentials::new(auditor);
//! ```
//! A provider for any other place is two short methods: see [`Provider`].
//!
//! # Refresh
//! A credential that expires is fetched anew when a fifth of its life is left, or five minutes if that is less. One
//! call does it, while the others go on with the old one. If that fails, or takes more than some seconds, this call
//! goes on with the old one as well, and the next try comes a little later. Without a credential that is valid, all
//! calls wait for the one fetch and share its outcome; a failure is told to those who waited for it, and the next call
//! tries again. A fetch that takes 20 seconds is waited for no longer, since the call that is at it may be left without
//! being dropped: another call begins one of its own.

mod assume_role;
mod cache;
mod chain;
mod credentials;
mod cvm_role;
mod environment;
mod exchange;
mod ini;
#[expect(unsafe_code, reason = "what `record!` makes of its fields")]
mod issued;
mod profile;
mod provider;
mod round;
mod secrets;
#[expect(unsafe_code, reason = "what `record!` makes of its fields")]
mod sts;
#[cfg(test)]
mod tests;
mod variables;
mod web_identity;

pub use self::{
    assume_role::AssumeRole,
    chain::Chain,
    credentials::Credentials,
    cvm_role::CvmRole,
    environment::Environment,
    profile::Profile,
    provider::{Lease, Provider, Providing},
    secrets::Credential,
    web_identity::WebIdentity,
};
