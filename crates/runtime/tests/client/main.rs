//! Calls over real connections, on loopback, against a service that checks every signature with code of its own.

// Most of the tests need the transport over hyper; without it not all of the service's side is used.
#![cfg_attr(not(feature = "hyper"), allow(dead_code))]

mod api;
#[cfg(feature = "blocking")]
mod blocking;
#[cfg(feature = "hyper")]
mod calls;
#[cfg(feature = "hyper")]
mod cost;
#[cfg(feature = "hyper")]
mod credentials;
#[cfg(feature = "hyper")]
mod faults;
mod futures;
#[cfg(feature = "hyper")]
mod harm;
mod observe;
mod overrides;
mod rate_limit;
mod retries;
#[cfg(feature = "hyper")]
mod secrets;
mod server;
mod settings;
mod transport;
mod verify;
