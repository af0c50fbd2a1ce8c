//! The progress of a fetch run.

use std::time::Duration;

use url::Url;

use crate::{Failure, Rejection};

/// A progress event.
#[derive(Debug)]
pub enum Event<'a> {
    /// The number of pages to process.
    Planned(usize),
    /// A request will be retried after a wait.
    Waiting {
        /// The URL.
        url: &'a Url,
        /// The cause.
        cause: &'a str,
        /// The duration of the wait.
        wait: Duration,
    },
    /// A page was processed.
    Page {
        /// The URL.
        url: &'a Url,
        /// The outcome.
        outcome: &'a Outcome,
    },
    /// The index links to another site. The link is not followed.
    NotFollowed(&'a Url),
    /// A stored page is not in the index. It is kept.
    Unlisted(&'a str),
}

/// The outcome of a page. Paths are relative to the service's folder.
#[derive(Debug)]
pub enum Outcome {
    /// Fetched, with new content.
    Fetched {
        /// The path.
        path: String,
        /// Whether the page did not exist before.
        is_new: bool,
        /// The number of parse errors. A page with errors is stored only if the previous one had errors, or there was none.
        errors: usize,
    },
    /// Unchanged.
    Unchanged,
    /// Not requested, because it was checked recently.
    Fresh,
    /// Rejected.
    Rejected(Rejection),
    /// Could not be fetched.
    Failed(Failure),
    /// Not requested, because the run stopped sending requests.
    NotRequested,
}
