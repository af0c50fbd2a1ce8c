//! A local service to develop and test against, made from specs of Tencent Cloud API 3.0.
//!
//! It stands where the vendor's gateway would: it verifies signatures, holds parameters against the documentation, keeps
//! the documented rates, and answers in the envelope, with the documented codes. The mailboxes and invitations of
//! `organization` it does for real, with state; every other action answers its documented example, or a value made from
//! its response table.
//!
//! # In a test
//! ```
//! use tc3_emulator::{Emulator, Seed};
//!
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! let emulator = Emulator::start().await?;
//! // A client: `Client::builder().endpoint(emulator.endpoint())`, with the credential
//! // `Credential::new(Seed::SECRET_ID, Seed::SECRET_KEY)`, and, as it is on this machine, `no_proxy()`.
//! assert!(emulator.endpoint().starts_with("http://127.0.0.1:"));
//! # assert_ne!(Seed::SECRET_ID, Seed::SECRET_KEY);
//! # Ok::<(), tc3_emulator::StartError>(())
//! # }).unwrap();
//! ```
//! It is gone when it is dropped. [`Emulator::builder`] takes specs of your own, TLS, a [`Seed`], a state file.
//!
//! - Time is a parameter: [`Emulator::advance`] lets hours pass at once, and a [`Clock`] may stand still.
//! - What is sent to people lies in [`Emulator::outbox`], and [`Emulator::visit`] visits the links in it.
//! - [`Emulator::requests`] lists what came in, as it was sent and as it was understood.
//! - A [`Fault`] delays, drops, cuts or replaces answers; [`Emulator::inject`] takes it, and so does a request's header.
//!
//! # In a process of its own
//! `cargo xtask emulate` runs one and prints how clients find it. What the methods above do, tests in any language do
//! over HTTP, at the paths that `GET /emulator` lists.
//!
//! # What it is not
//! The documentation leaves much open, and nothing here was checked against the vendor's gateway: the order of its
//! checks, the code for a header that is missing, the sizes of the limits that the documentation names without a number
//! ([`Limits`]). Signatures other than TC3-HMAC-SHA256 are refused. Anyone on this machine can call it and read what it
//! was sent, so give it no real credential.

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
mod limits;
mod net;
mod organization;
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
pub use self::error::StartError;
pub use self::fault::{Fault, WrongFault};
pub use self::gateway::Understood;
pub use self::limits::Limits;
pub use self::organization::{Visit, Visited};
pub use self::received::Received;
pub use self::seed::Seed;
pub use self::service_error::ServiceError;
pub use self::state::State;
