//! The runtime of generated Tencent Cloud clients.

mod action;
mod client;
mod common_error;
mod credential;
mod endpoint;
pub mod envelope;
mod error;
mod error_code;
pub mod json;
mod phase;
pub mod record;
mod request;
mod service;
pub mod signature;
pub mod transport;

pub use action::{Action, Region};
pub use client::{Client, ClientBuilder};
pub use common_error::CommonError;
pub use credential::Credential;
pub use error::{Error, ErrorKind};
pub use error_code::{ErrorCode, UnknownCode};
pub use json::Value;
pub use phase::Phase;
pub use record::Extra;
pub use request::Request;
/// serde's traits, under the name by which generated code calls them.
#[cfg(feature = "serde")]
pub use serde_core as serde;
pub use service::Service;
