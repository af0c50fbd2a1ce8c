//! Settings: rate, timeout, retry, cache and trusted authorities.

use std::path::PathBuf;
use std::time::Duration;

/// Settings: rate, timeout, retry, cache and trusted authorities.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The minimum interval between requests. `Crawl-delay` in `robots.txt` can raise it.
    pub interval: Duration,
    /// The timeout of a request, including its response.
    pub timeout: Duration,
    /// The maximum number of attempts per page.
    pub attempts: u32,
    /// The initial backoff without `Retry-After`. It doubles after each attempt.
    pub backoff: Duration,
    /// The maximum wait for `Retry-After`. If the site asks for more, the run stops sending requests.
    pub longest_wait: Duration,
    /// The maximum page size, in bytes.
    pub page_bytes: usize,
    /// Maximum age of a checked page before it is requested again.
    pub max_age: Duration,
    /// A PEM file of the trusted certificate authorities. Without it, those that Mozilla trusts are trusted.
    pub root_certificates: Option<PathBuf>,
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
            root_certificates: None,
        }
    }
}
