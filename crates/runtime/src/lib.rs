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
//! // With the credential of the environment, the profile, the machine or the pod, and default settings:
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
//! [`build`](ClientBuilder::build) fails with a message that names the setting that is missing or invalid.
//! [`Client::send`] takes any [`Request`], the parameters of an [`Action`]; generated clients have a method for each
//! action. [`Client::call`] takes the name of an action that has no spec. Both return a [`Call`], which has settings of
//! its own, such as timeout, region, endpoint and retries, until it is awaited.
//!
//! # Retries and rate limits
//! A failed call is retried only if that cannot act twice: no connection was made, only a part of the request was sent,
//! the server refused it unread, the service reported that it did nothing, or the action only [reads](Access::Read).
//! [`Retry`] sets the number of attempts and the backoff, all within the call's timeout; [`Error::phase`] says how far
//! a call came. Each attempt is signed again.
//!
//! By the parameter `ClientToken` a service recognizes a repeated call, so calls with one are retried as those that only
//! read. It is filled in if the caller sets none, the same for all attempts. [`Error::client_token`] returns it: a call with
//! the same token does not act twice.
//!
//! The client keeps the documented rate limits: calls wait, as [`RateLimit`] says. Programs that share the rates of an
//! account set a [`RateLimiter`] of their own. If the system's clock differs from the service's, the client corrects it
//! after the first refusal.
//!
//! An [`Observer`] is called for each attempt, and each call and each attempt is a span of `tracing`, with names of
//! OpenTelemetry. A call that fails is an event of level WARN, a retry one of level INFO.
//!
//! # Credentials
//! [`ClientBuilder::credential`] takes a [`Credential`], or [`Credentials`] that come from elsewhere and are refreshed
//! before they expire: see [`credential`].
//!
//! # Tests
//! [`testing::MockTransport`] answers from rules and records the requests, for the tests of programs that call a
//! service.
//!
//! # Pagination
//! The builders of actions that list things have `pages` and `items` besides `send`; see [`pages`].
//!
//! # Errors
//! There is one [`Error`], a pointer wide. Its text has all that a log needs, on one line:
//! ```text
//! AddOrganizationMemberEmail: FailedOperation.EmailAlreadyUsed: … (request id 5b1…, HTTP 200, documented as: The email has been used.)
//! ```
//! A program asks it for the [code](Error::code), or whether it [is](Error::is) one of an action's own codes or of
//! those [common to all services](CommonError). [`Error::phase`] says how far the call came, and so whether the service
//! may have acted.
//! ```
//! # fn demo(error: tc3::Error) -> &'static str {
//! use tc3::{CommonError, Phase};
//!
//! if error.is(CommonError::MissingParameter) {
//!     "a bug of ours"
//! } else if error.is_retry_safe() {
//!     "it may be tried again"
//! } else if error.phase() == Phase::SentWhole {
//!     "it may have acted"
//! } else {
//!     "have a look"
//! }
//! # }
//! ```
//!
//! # Secrets
//! A [`Credential`] and what is derived from it are wiped from memory when dropped, but not what
//! [libraries buffer](credential#secrets-in-memory). No `Debug`, no error and no header that is marked for logs shows a
//! secret, not even one that a server sent back. Neither this crate nor its HTTP libraries log headers or bodies, at any
//! level. `Debug` of requests and responses shows `[redacted]` instead of passwords, private keys, access tokens and the
//! like, by the last words of their names: `LoginPassword` and `SecretKeys`, but not `SecretId` or `TokenLimit`. Excerpts of
//! responses in errors do the same.
//!
//! # Transport
//! Requests go over TLS by hyper and rustls, with the certificate authorities of `SSL_CERT_FILE`, or else those that
//! Mozilla trusts ([`ClientBuilder::root_certificates`] adds others), and through the proxy that the environment names
//! ([`ClientBuilder::proxy`] names one, [`ClientBuilder::no_proxy`] none). This needs a tokio runtime with I/O and time
//! enabled. A client may be used in several runtimes, at the same time or in turn; each has its own connections.
//!
//! Programs without one turn on the feature `blocking`, build the client with `ClientBuilder::build_blocking` and make
//! calls with `Call::wait`. Such a client sends its requests in the same way, on a thread of its own. Programs that have
//! `reqwest` anyway turn on the feature of that name and hand over a `transport::Reqwest`. [`transport`] says how
//! connections are kept, and how to bring any other client, in some twenty lines.
//!
//! # Features
//! They only add, and all combinations of them build.
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `hyper` | yes | the built-in transport for async programs; without it and `blocking` neither hyper nor rustls nor tokio is compiled |
//! | `http2` | no | HTTP/2 for the built-in transports, where the server offers it |
//! | `blocking` | no | the built-in transport on a thread of its own, and calls that wait without an async runtime |
//! | `reqwest` | no | a transport over the program's own reqwest |
//! | `stream` | no | `Stream`, of the crate `futures-core`, for [`Pages`] and [`Items`] |
//!
//! Without `hyper` and `blocking`, [`ClientBuilder::transport`] must be set.

#![forbid(unsafe_code)]

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod action;
pub mod builder;
mod check;
mod client;
mod common_error;
pub mod credential;
mod endpoint;
mod error;
mod error_code;
mod lock;
mod mistakes;
mod operation;
pub mod pages;
mod phase;
mod random;
mod raw_builder;
mod request;
mod response;
mod secrets;
mod service;
pub mod signature;
mod site;
pub mod testing;
pub mod transport;

pub use action::{Access, Action, Region};
pub use client::{
    Acquiring, Attempt, Call, Client, ClientBuilder, Language, LocalRateLimiter, Observer,
    RateLimit, RateLimiter, Retry,
};
pub use common_error::CommonError;
pub use credential::{Credential, Credentials};
pub use error::{Error, ErrorKind};
pub use error_code::{ErrorCode, UnknownCode};
pub use pages::{Items, Pages};
pub use phase::Phase;
pub use request::Request;
pub use response::UntypedResponse;
pub use service::Service;
pub use site::Site;
#[doc(inline)]
pub use tc3_protocol::message::{EmptyResponse, EmptyResponseBuilder, Json, UnknownFields};
