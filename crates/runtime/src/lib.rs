//! The runtime of typed clients for Tencent Cloud's API 3.0: credentials, the TC3-HMAC-SHA256 signature, transport,
//! JSON and errors.
//!
//! Programs call a generated crate, such as `tencentcloud-organization`, whose types are based on this crate. This page
//! describes the parts that all generated crates share.
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
//! [`build`](ClientBuilder::build) fails with an error that names the missing or invalid setting. [`Client::send`]
//! takes any [`Request`], the parameters of an [`Action`]; generated clients have a method for each action.
//! [`Client::call`] takes the name of an action without a spec. Both return a [`Call`], which has its own settings
//! until it is awaited, such as timeout, region, endpoint and retries.
//!
//! # Retries and rate limits
//! A failed call is retried only if it cannot act twice: no connection was made, only a part of the request was sent,
//! the server refused it without processing, the service reported that it did nothing, or the action only
//! [reads](Access::Read). [`Retry`] sets the maximum number of attempts and the backoff, within the call's timeout.
//! [`Error::phase`] returns how far a call got. Each attempt has a new signature.
//!
//! The parameter `ClientToken` is an idempotency token: the service recognizes a repeated call by it. So calls with a
//! token are retried like calls that only read. The client generates a token if the caller sets none, and uses it for
//! all attempts. [`Error::client_token`] returns it: a call with the same token does not act twice.
//!
//! The client keeps the documented rate limits: calls wait, as [`RateLimit`] describes. Programs that share the rate
//! limits of an account set their own [`RateLimiter`]. If the system clock differs from the service's clock, the client
//! corrects it after the first refused request.
//!
//! An [`Observer`] is called for each attempt. Each call and each attempt is a span of `tracing`, with names from
//! OpenTelemetry. A failed call is an event of level WARN, a retry one of level INFO.
//!
//! # Credentials
//! [`ClientBuilder::credential`] takes a fixed [`Credential`], or [`Credentials`] from a provider, which are refreshed
//! before they expire: see [`credential`].
//!
//! # Tests
//! [`testing::MockTransport`] responds by rules and records the requests, for the tests of programs that call a
//! service.
//!
//! # Pagination
//! The builders of list actions have `pages` and `items` in addition to `send`; see [`pages`].
//!
//! # Errors
//! All calls and builders fail with one type, [`Error`], which has the size of a pointer. Its text contains everything for a
//! log, on one line:
//! ```text
//! AddOrganizationMemberEmail: FailedOperation.EmailAlreadyUsed: … (request id 5b1…, HTTP 200, documented as: The email has been used.)
//! ```
//! [`Error::code`] returns the error code, and [`Error::is`] compares it with a code of an action's own enum or of
//! [`CommonError`], the codes common to all services. [`Error::phase`] returns how far the call got, and so whether the
//! service may have acted.
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
//! A [`Credential`] and its derived keys are wiped from memory when dropped, but not the [buffers of
//! libraries](credential#secrets-in-memory). No `Debug` output, no error and no header that is marked for logs shows a
//! secret, not even one that a server sent back. Neither this crate nor its HTTP libraries log headers or bodies, at
//! any level. `Debug` output of requests and responses shows `[redacted]` instead of passwords, private keys, access
//! tokens and other secrets. They are recognized by the last words of their names: `LoginPassword` and `SecretKeys`,
//! but not `SecretId` or `TokenLimit`. Excerpts of responses in errors are redacted in the same way.
//!
//! # Transport
//! Requests use TLS by hyper and rustls. The trusted certificate authorities are those of `SSL_CERT_FILE`, or else
//! those that Mozilla trusts; [`ClientBuilder::root_certificates`] adds others. The proxy is that of the environment;
//! [`ClientBuilder::proxy`] sets one, and [`ClientBuilder::no_proxy`] disables it. The transport needs a tokio runtime
//! with I/O and time enabled. A client can be used in several runtimes, at the same time or in turn; each has its own
//! connections.
//!
//! Programs without a runtime enable the feature `blocking`, build the client with `ClientBuilder::build_blocking`, and
//! make calls with `Call::wait`. Such a client sends its requests in the same way, on its own thread. Programs with
//! their own `reqwest` client enable the feature `reqwest` and pass a `transport::Reqwest`. [`transport`] describes the
//! reuse of connections, and how to use another HTTP client.
//!
//! # Features
//! Features only add items, and all combinations of them build.
//!
//! | feature | default | effect |
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
mod diagnostics;
mod endpoint;
mod error;
mod error_code;
mod lock;
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
mod variables;

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
