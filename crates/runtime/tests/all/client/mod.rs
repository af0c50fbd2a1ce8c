//! Tests of calls, most of them against a server on loopback that verifies signatures with its own code.

// Without the feature `hyper`, most tests and some helpers are not used.
#![cfg_attr(not(feature = "hyper"), allow(dead_code))]

#[cfg(feature = "hyper")]
mod allocations;
mod api;
#[cfg(feature = "hyper")]
mod at_most_once;
#[cfg(feature = "blocking")]
mod blocking;
#[cfg(feature = "hyper")]
mod calls;
#[cfg(feature = "hyper")]
mod credentials;
#[cfg(feature = "hyper")]
mod faults;
mod futures;
#[cfg(feature = "http2")]
mod http2;
#[cfg(feature = "hyper")]
mod logs;
mod observe;
mod overrides;
mod rate_limit;
mod retries;
#[cfg(feature = "hyper")]
mod runtimes;
#[cfg(feature = "hyper")]
mod secrets;
mod server;
mod settings;
mod transport;
mod verify;
