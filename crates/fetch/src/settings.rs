//! The settings of a fetch run.

use std::path::PathBuf;
use std::time::Duration;

/// The settings of a fetch run: rate, timeout, retry, page size, age and trusted authorities.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The minimum interval between requests. `Crawl-delay` in `robots.txt` can raise it.
    pub interval: Duration,
    /// The timeout of a request, including its response.
    pub timeout: Duration,
    /// The maximum number of attempts per page.
    pub attempts: u32,
    /// The wait after the first attempt, if the site sends no `Retry-After`. It doubles after each attempt.
    pub backoff: Duration,
    /// The maximum wait between attempts. If `Retry-After` exceeds it, the run stops sending requests; if `Crawl-delay`
    /// exceeds it, the run fails.
    pub max_wait: Duration,
    /// The maximum page size, in bytes.
    pub max_page_bytes: usize,
    /// The time after a check in which a page is not requested again.
    pub max_age: Duration,
    /// A PEM file of the trusted certificate authorities; the default is those that Mozilla trusts.
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
            max_wait: 5 * MINUTE,
            max_page_bytes: 16 * 1024 * 1024,
            max_age: 24 * 60 * MINUTE,
            root_certificates: None,
        }
    }
}
