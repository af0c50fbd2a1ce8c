//! Local emulator of Tencent Cloud API 3.0, built from specs, for development and tests.
//!
//! It replaces the vendor's gateway: it verifies signatures, validates parameters, applies the documented rate limits,
//! and returns the response envelope with the documented error codes. The mailboxes and invitations of `organization`
//! are stateful, and its members, nodes and invitations can be listed. Every other action returns its documented example,
//! or a sample built from its response table. Lists are paginated.
//!
//! # In a test
//! ```
//! use tc3_emulator::{Emulator, Seed};
//!
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! let emulator = Emulator::start().await?;
//! // A client: `Client::builder().endpoint(emulator.endpoint()).no_proxy()`, with the credential
//! // `Credential::new(Seed::SECRET_ID, Seed::SECRET_KEY)`.
//! assert!(emulator.endpoint().starts_with("http://127.0.0.1:"));
//! # assert_ne!(Seed::SECRET_ID, Seed::SECRET_KEY);
//! # Ok::<(), tc3_emulator::StartError>(())
//! # }).unwrap();
//! ```
//! Dropping the emulator stops it. [`Emulator::builder`] sets specs, TLS, a [`Seed`] or a state file.
//!
//! - [`Emulator::advance`] moves the [`Clock`] forward, and the clock can be stopped.
//! - [`Emulator::outbox`] lists sent messages, and [`Emulator::visit`] visits the links in them.
//! - [`Emulator::requests`] lists received requests, raw and parsed.
//! - A [`Fault`] delays, drops, truncates or replaces responses. Pass it to [`Emulator::inject`] or in a request header.
//!
//! # In a separate process
//! `tc3 emulate` runs an emulator and prints its endpoint. Tests in any language control it over HTTP, at the
//! paths that `GET /emulator` lists. Changes are POSTs with `Content-Type: application/json`.
//!
//! Web pages cannot use these paths: `Host` must be a loopback address or `localhost` with the port, and `Origin` and
//! `Sec-Fetch-Site` must not name another site. An emulator that listens on another address, as in a container, accepts
//! any `Host` but requires a [`ControlToken`].
//!
//! Clients must sign with the emulator's time. The client of this project adapts to it by the `Date` header. The vendor's
//! SDKs sign with real time: if the clock is moved, they need [`Builder::real_time_clients`].
//!
//! # Limitations
//! The emulator was not compared with the vendor's gateway. The documentation does not specify the order of checks, the
//! error code for a missing header, or the sizes of several limits ([`Limits`]). Only TC3-HMAC-SHA256 signatures are
//! accepted. Programs on this machine can control the emulator and read its requests, so never use a real credential.

#![forbid(unsafe_code)]

mod builder;
mod caller;
mod catalogue;
mod clock;
mod control;
mod emulator;
mod error;
mod fault;
mod gateway;
mod guard;
mod limits;
mod net;
mod organization;
mod pages;
mod received;
mod sample;
mod seed;
mod service;
mod service_error;
pub mod state;
mod store;

pub use bytes::Bytes;

pub use self::builder::Builder;
pub use self::caller::Caller;
pub use self::clock::Clock;
pub use self::emulator::Emulator;
pub use self::error::{InvalidFault, StartError};
pub use self::fault::Fault;
pub use self::gateway::Understood;
pub use self::guard::ControlToken;
pub use self::limits::Limits;
pub use self::organization::{Visit, Visited};
pub use self::received::Received;
pub use self::seed::Seed;
pub use self::service_error::ServiceError;
pub use self::state::State;
