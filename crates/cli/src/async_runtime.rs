//! The async runtime.

use std::io;

use tokio::runtime::{Builder, Runtime};

use crate::failure::Failure;

/// Creates a runtime on the current thread.
///
/// # Errors
/// Fails if the system refuses its resources.
pub(crate) fn create() -> Result<Runtime, Failure> {
    let failed =
        |error: io::Error| Failure::not_sent(format!("cannot start the async runtime: {error}"));
    Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(failed)
}
