//! The signature of requests, TC3-HMAC-SHA256.
//!
//! A client signs what it sends by itself. This module is for whoever sends requests in a way of their own, and for
//! those who want to see the steps: [`canonical_request`], [`string_to_sign`], the [`SigningKey`] of a day, and the
//! [`Signer`] that keeps this key while its day lasts. Time is always given, never read.

mod canonical;
mod date;
mod hmac;
mod key;
mod sha256;
mod signer;
#[cfg(test)]
mod vectors;

pub use canonical::{canonical_request, string_to_sign};
pub use key::{SigningKey, credential_scope};
pub use signer::Signer;
