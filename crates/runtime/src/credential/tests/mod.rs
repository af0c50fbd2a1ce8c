//! Credentials from providers that follow a script, and from servers on loopback.

#[cfg(feature = "hyper")]
mod assume_role;
mod cache;
mod chain;
#[cfg(feature = "hyper")]
mod cvm_role;
#[cfg(feature = "hyper")]
mod profile;
mod script;
#[cfg(feature = "hyper")]
mod server;
#[cfg(feature = "hyper")]
mod web_identity;

use std::{
    error::Error as _,
    time::{Duration, SystemTime},
};

use crate::Error;

/// A moment, in seconds after the tests' beginning of time.
fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000 + seconds)
}

/// Makes sure that no planted secret stands in an error.
#[track_caller]
fn search(error: &Error) {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!("{error} {error:?}"));
        cause = error.source();
    }
    assert!(!text.contains("planted"), "{text}");
}
