//! Times for the checks of a request.

/// Times for the checks of a request: Unix times in seconds.
#[derive(Clone, Copy)]
pub(crate) struct Times {
    /// The emulator's time.
    pub(crate) now: u64,
    /// The time near which clients must sign.
    pub(crate) client_time: u64,
}
