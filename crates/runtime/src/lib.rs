//! The runtime of typed clients for Tencent Cloud's API 3.0: credentials, the TC3-HMAC-SHA256 signature, transport,
//! JSON and errors.
//!
//! Programs call a generated crate, such as `tencentcloud-organization`, whose types stand on this one. Here is
//! what all of them share.
//!
//! # A client
//! A [`Client`] calls the actions of one [`Service`]. Clones are cheap and share the connections.
//! ```no_run
//! # static SERVICE: tc3::Service =
//! #     tc3::Service::new("organization", "2021-03-31", "organization.intl.tencentcloudapi.com");
//! use std::time::Duration;
//!
//! use tc3::{Client, Credential};
//!
//! # fn main() -> Result<(), tc3::Error> {
//! // From `TENCENTCLOUD_SECRET_ID` and `TENCENTCLOUD_SECRET_KEY`, with default settings:
//! let client = Client::from_env(&SERVICE)?;
//!
//! // Or setting by setting:
//! let client = Client::builder(&SERVICE)
//!     .credential(Credential::new("AKID…", "…"))
//!     .region("ap-guangzhou")
//!     .timeout(Duration::from_secs(10))
//!     .build()?;
//! # Ok(())
//! # }
//! ```
//! [`build`](ClientBuilder::build) refuses a setting that cannot be what it was set to, in a message that names it.
//! [`Client::send`] takes any [`Request`], that is, the parameters of an [`Action`]; generated clients have a method
//! for each action besides.
//!
//! # Pages
//! The builders of actions that list things have `pages` and `items` besides `send`: [`pages`] says where these end.
//!
//! # Errors
//! There is one [`Error`], a pointer wide. Its text has all that a log needs, in one line:
//! ```text
//! AddOrganizationMemberEmail: FailedOperation.EmailAlreadyUsed: … (request id 5b1…, HTTP 200, documented as: The email has been used.)
//! ```
//! A program asks it for the [code](Error::code), or whether it [is](Error::is) one of an action's own codes or of
//! those [common to all services](CommonError). [`Error::phase`] tells how far the call had come, and so whether the
//! service may have acted.
//! ```
//! # fn demo(error: tc3::Error) -> &'static str {
//! use tc3::{CommonError, Phase};
//!
//! if error.is(CommonError::MissingParameter) {
//!     "a bug of ours"
//! } else if error.is_throttled() || error.phase() < Phase::SentWhole {
//!     "nothing happened, it may be tried again"
//! } else {
//!     "have a look"
//! }
//! # }
//! ```
//!
//! # Secrets
//! A [`Credential`] and what is derived from it are wiped from memory when dropped. No `Debug`, no error and no header
//! that is marked for logs shows a secret, not even one that a server sent back.
//!
//! # Transport
//! Requests go over HTTP/1.1 and TLS by hyper and rustls, with the certificate authorities that Mozilla trusts. This
//! needs a tokio runtime. [`transport`] says how to bring a client of one's own, in some twenty lines.
//!
//! # Features
//! | feature | default | what it adds |
//! |---|---|---|
//! | `hyper` | yes | the crate's own transport; without it neither hyper nor rustls nor tokio is compiled, and [`ClientBuilder::transport`] is a must |
//! | `serde` | yes | serde's traits for requests, responses and [`Value`] |
//! | `stream` | no | `Stream`, of the crate `futures-core`, for [`Pages`] and [`Items`] |

mod action;
pub mod builder;
mod client;
mod common_error;
pub mod credential;
mod endpoint;
pub mod envelope;
mod error;
#[doc(hidden)]
pub mod error_code;
mod generated;
pub mod json;
pub mod pages;
mod phase;
pub mod record;
mod request;
mod service;
pub mod signature;
pub mod transport;

pub use action::{Access, Action, Region};
pub use client::{Call, Client, ClientBuilder};
pub use common_error::CommonError;
pub use credential::{Credential, Credentials};
pub use error::{Error, ErrorKind};
pub use error_code::{ErrorCode, UnknownCode};
pub use json::Value;
pub use pages::{Items, Pages};
pub use phase::Phase;
pub use record::Extra;
pub use request::Request;
/// serde's traits, under the name by which generated code calls them.
#[cfg(feature = "serde")]
pub use serde_core as serde;
pub use service::Service;
