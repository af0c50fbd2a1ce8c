//! Request signature, TC3-HMAC-SHA256.
//!
//! A client signs its requests itself. This module is for programs that send requests without a client. It has the
//! steps of a signature: [`canonical_request`], [`string_to_sign`] and the [`SigningKey`] of a day. [`Signer`] does all
//! steps and caches the key. The time is a parameter, and never read from a clock.

mod canonical;
mod date;
mod key;
mod signer;
#[cfg(test)]
mod tests;

pub use canonical::{canonical_request, string_to_sign};
pub use key::{SigningKey, credential_scope};
pub use signer::Signer;
