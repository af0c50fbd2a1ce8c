//! The request signature, TC3-HMAC-SHA256.
//!
//! A client signs its requests itself. This module is for programs that send requests in another way, and for showing
//! the steps of a signature: [`canonical_request`], [`string_to_sign`], the [`SigningKey`] of a day, and [`Signer`],
//! which caches that key. The time is always a parameter, never read from a clock.

mod canonical;
mod date;
mod key;
mod signer;
#[cfg(test)]
mod tests;

pub use canonical::{canonical_request, string_to_sign};
pub use key::{SigningKey, credential_scope};
pub use signer::Signer;
