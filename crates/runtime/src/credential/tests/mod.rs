//! Tests of credentials from mock providers and from servers on loopback.

#[cfg(feature = "hyper")]
mod assume_role;
mod cache;
mod chain;
#[cfg(feature = "hyper")]
mod cvm_role;
mod mock;
#[cfg(feature = "hyper")]
mod profile;
#[cfg(feature = "hyper")]
mod server;
#[cfg(feature = "hyper")]
mod web_identity;

use std::{
    error::Error as _,
    sync::Arc,
    time::{Duration, SystemTime},
};

use self::mock::OfflineTransport;
use crate::{Error, transport::Transport};

/// Returns the time this many seconds after the start of a test.
fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000 + seconds)
}

fn offline() -> Arc<dyn Transport> {
    Arc::new(OfflineTransport::default())
}

/// Asserts that neither the error nor its sources contain a secret; the tests' secrets contain `planted`.
#[track_caller]
fn assert_no_secret(error: &Error) {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!("{error} {error:?}"));
        cause = error.source();
    }
    assert!(!text.contains("planted"), "{text}");
}
