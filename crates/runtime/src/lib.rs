//! The runtime of generated Tencent Cloud clients.

mod action;
mod common_error;
mod credential;
mod endpoint;
mod error;
mod error_code;
mod phase;
mod service;
pub mod signature;
pub mod transport;

pub use action::{Action, Region};
pub use common_error::CommonError;
pub use credential::Credential;
pub use error::{Error, ErrorKind};
pub use error_code::{ErrorCode, UnknownCode};
pub use phase::Phase;
pub use service::Service;
