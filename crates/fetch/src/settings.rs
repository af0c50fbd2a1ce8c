//! How polite and how patient to be.

use std::time::Duration;

/// How polite and how patient to be.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The least time from one request to the next. A site's `robots.txt` can ask for more.
    pub interval: Duration,
    /// How long a request may take, its answer included.
    pub timeout: Duration,
    /// How often a page is asked for at most, where the site is busy or the connection fails.
    pub attempts: u32,
    /// How long to wait behind the first attempt, where the site does not say; behind each further one twice as long.
    pub backoff: Duration,
    /// How long to wait at most where the site asks for it. If it asks for more, the run ends.
    pub longest_wait: Duration,
    /// How large a page may be, in bytes.
    pub page_bytes: usize,
    /// How long a page is not asked for again after the site has said what it is.
    pub max_age: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        const MINUTE: Duration = Duration::from_secs(60);
        Settings {
            interval: Duration::from_secs(1),
            timeout: Duration::from_secs(30),
            attempts: 4,
            backoff: Duration::from_secs(2),
            longest_wait: 5 * MINUTE,
            page_bytes: 16 * 1024 * 1024,
            max_age: 24 * 60 * MINUTE,
        }
    }
}
