//! Errors: pages that could not be fetched or were rejected.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use tc3_parse::Subject;
use url::Url;

/// Reason why a page could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The response status is not that of a page.
    #[error("the site returned status {0}")]
    Status(u16),
    /// A redirect has an invalid target.
    #[error("the site redirects to the invalid URL `{0}`")]
    InvalidRedirect(String),
    /// The redirects form a loop or are too many.
    #[error("the site redirects in a loop or too often")]
    RedirectLoop,
    /// All attempts failed with a temporary error status.
    #[error("the site returned status {status} in {attempts} attempts; retry later")]
    Busy {
        /// The number of attempts.
        attempts: u32,
        /// The last status.
        status: u16,
    },
    /// All attempts failed to connect.
    #[error("no response in {attempts} attempts: {cause}")]
    Unreachable {
        /// The number of attempts.
        attempts: u32,
        /// The last error.
        cause: String,
    },
    /// `Retry-After` exceeds the maximum wait of the settings.
    #[error(
        "the site returned status {status} with a Retry-After of {} s; retry after that time",
        wait.as_secs()
    )]
    LongRetryAfter {
        /// The status.
        status: u16,
        /// The duration.
        wait: Duration,
    },
}

/// Reason why a page was not requested or was rejected.
#[derive(Debug, thiserror::Error)]
pub enum Rejection {
    /// The URL belongs to another site than the first one.
    #[error("the URL belongs to another site than the first; use a separate run for each site")]
    OtherSite,
    /// The site redirects to another one.
    #[error("redirect to another site is not followed: {0}")]
    ForeignRedirect(Url),
    /// The site's `robots.txt` disallows the URL.
    #[error("the site's robots.txt disallows {0}")]
    Disallowed(Url),
    /// The page is too large.
    #[error("the page exceeds {0} bytes")]
    TooLarge(usize),
    /// The page is empty.
    #[error("the page is empty")]
    Empty,
    /// The page is a login page.
    #[error("the page is a login page{}", titled(.0.as_deref()))]
    Login(Option<String>),
    /// The page is of an unsupported kind.
    #[error("the page does not describe an action, data types or error codes{}", titled(.0.as_deref()))]
    NotDocumentation(Option<String>),
    /// The page belongs to another or an unnamed service.
    #[error("the page belongs to {} instead of service {wanted}", named("service", found.as_deref()))]
    OtherService {
        /// The service named by the page.
        found: Option<String>,
        /// The expected service.
        wanted: String,
    },
    /// The page belongs to another or an unnamed version.
    #[error("the page belongs to {} instead of version {wanted}", named("version", found.as_deref()))]
    OtherVersion {
        /// The version named by the page.
        found: Option<String>,
        /// The expected version.
        wanted: String,
    },
    /// The page describes another subject than the index says.
    #[error("the page describes {found}, but the index lists it as {wanted}")]
    NotAsListed {
        /// The subject of the page.
        found: Subject,
        /// The subject in the index.
        wanted: Subject,
    },
    /// The index lists several pages of one subject, which do not name their version.
    #[error(
        "the index lists several pages of {0}, which do not name their version; fetch the right one by its URL"
    )]
    Ambiguous(Subject),
    /// The page describes another subject than before.
    #[error(
        "the page describes {found}, but described {wanted} before; if {wanted} was renamed, remove {path}"
    )]
    NotAsBefore {
        /// The subject of the page.
        found: Subject,
        /// The previous subject.
        wanted: Subject,
        /// The previous page.
        path: String,
    },
    /// The page has no data type in common with the previous one.
    #[error("the page has none of the data types of {path}; if this is correct, remove {path}")]
    OtherTypes {
        /// The previous page.
        path: String,
    },
    /// The page lacks the closing tag that the previous one has.
    #[error("the page is truncated: it lacks `</html>`, which {path} has; retry later")]
    Truncated {
        /// The previous page.
        path: String,
    },
    /// The page lacks a part of the previous one and may be truncated.
    #[error("the page lacks {part} of {path}; if this is correct, remove {path}")]
    MissingPart {
        /// The missing part.
        part: &'static str,
        /// The previous page.
        path: String,
    },
    /// The page has parse errors, and the previous one had none.
    #[error(
        "the page has parse errors, unlike {path}; if the page is correct, remove {path}; the first error is on line {line}: {message}"
    )]
    ParseErrors {
        /// The previous page.
        path: String,
        /// The line of the first error.
        line: usize,
        /// The first error.
        message: String,
    },
    /// Another page of this run has the same subject.
    #[error("the page describes {subject}, as does {other}; fetch only one of them")]
    Duplicate {
        /// The subject of both.
        subject: Subject,
        /// The other page.
        other: Url,
    },
    /// The page's file contains another page.
    #[error("the page describes {subject}, but {path} contains another page; rename that file")]
    PathTaken {
        /// The subject of the page.
        subject: Subject,
        /// The file.
        path: String,
    },
}

fn titled(title: Option<&str>) -> String {
    title.map_or(String::new(), |title| format!("; its title is `{title}`"))
}

fn named(what: &str, name: Option<&str>) -> String {
    match name {
        Some(name) => format!("{what} {name}"),
        None => format!("an unnamed {what}"),
    }
}

/// Error that ends a run.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// No URL was given.
    #[error("no URL to fetch; give at least one")]
    NoUrl,
    /// The URL is not an HTTP URL.
    #[error("invalid URL {0}: it must begin with https:// or http://")]
    NotHttp(Url),
    /// The file of trusted certificate authorities cannot be used.
    #[error("cannot use the certificate authorities in {}: {cause}; name a file of certificates in PEM", path.display())]
    Certificates {
        /// The file.
        path: PathBuf,
        /// The cause.
        cause: String,
    },
    /// The site's `robots.txt` could not be read, so no page may be requested.
    #[error("cannot read {url}, so no page may be fetched: {cause}")]
    Robots {
        /// The URL.
        url: Url,
        /// The cause.
        cause: String,
    },
    /// The crawl delay in `robots.txt` exceeds the maximum wait of the settings.
    #[error("the crawl delay of {} s in {url} exceeds the maximum wait; save the pages by hand", delay.as_secs())]
    CrawlDelay {
        /// The URL.
        url: Url,
        /// The duration.
        delay: Duration,
    },
    /// The index page cannot be used.
    #[error("cannot use the index page {url}: {cause}")]
    Index {
        /// The URL.
        url: Url,
        /// The cause.
        cause: String,
    },
    /// A file cannot be read.
    #[error("cannot read {}: {cause}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The I/O error.
        cause: io::Error,
    },
    /// A file cannot be written.
    #[error("cannot write {}: {cause}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The I/O error.
        cause: io::Error,
    },
    /// The record of page origins is invalid.
    #[error("invalid file {}: {cause}; correct it, or remove it to fetch all pages again", path.display())]
    Origins {
        /// The file.
        path: PathBuf,
        /// The JSON error.
        cause: serde_json::Error,
    },
}
