//! Why a page did not come, or was not taken.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use tc3_parse::Subject;
use url::Url;

/// Why no page came.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The answer has a status other than of a page.
    #[error("the site answers with status {0}")]
    Status(u16),
    /// A redirect leads nowhere.
    #[error("the site redirects to `{0}`, which is no address")]
    BadRedirect(String),
    /// Redirects lead in a circle, or from one to the next.
    #[error("the site redirects in a circle, or too often")]
    Redirects,
    /// The site was busy, or not able to answer, each time.
    #[error("the site answered {attempts} times with status {status}; run this again later")]
    Busy {
        /// How often it was asked.
        attempts: u32,
        /// The last status.
        status: u16,
    },
    /// The connection failed each time.
    #[error("no answer came in {attempts} attempts: {cause}")]
    Unreachable {
        /// How often it was tried.
        attempts: u32,
        /// What happened the last time.
        cause: String,
    },
    /// The site wants to be left alone for longer than the settings allow to wait.
    #[error(
        "the site answers with status {status} and asks to be left alone for {} s; run this again then",
        wait.as_secs()
    )]
    LeftAlone {
        /// The status.
        status: u16,
        /// How long.
        wait: Duration,
    },
}

/// Why a page was not asked for, or what came was not taken.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The address is of another site than the first one.
    #[error("it is of another site than the first, and one run is for one site")]
    OtherSite,
    /// The site redirects to another one.
    #[error("the site redirects to another one, {0}, which is not followed")]
    Elsewhere(Url),
    /// The site's `robots.txt` does not allow it.
    #[error("the site's robots.txt forbids {0}")]
    Forbidden(Url),
    /// The page is too large.
    #[error("it is larger than {0} bytes, so it is no page")]
    TooLarge(usize),
    /// There is no text in the page.
    #[error("it is empty")]
    Empty,
    /// The page asks for a password.
    #[error("it asks for a password{}", titled(.0.as_deref()))]
    Login(Option<String>),
    /// The page is of another kind.
    #[error("it is no page of an action, of data types or of error codes{}", titled(.0.as_deref()))]
    NoPage(Option<String>),
    /// The page is of another service, or does not say of which.
    #[error("it is a page of {}, and not of the service {wanted}", named("the service", found.as_deref()))]
    OtherService {
        /// The service that it is of, if it says so.
        found: Option<String>,
        /// The service that is wanted.
        wanted: String,
    },
    /// The page is of another version, or does not say of which.
    #[error("it is a page of {}, and not of version {wanted}", named("version", found.as_deref()))]
    OtherVersion {
        /// The version that it is of, if it says so.
        found: Option<String>,
        /// The version that is wanted.
        wanted: String,
    },
    /// The page describes something else than the index says.
    #[error("it describes {found}, and the index calls it {wanted}")]
    NotAsListed {
        /// What it describes.
        found: Subject,
        /// What the index calls it.
        wanted: Subject,
    },
    /// The index lists several pages that do not say themselves which version they are of.
    #[error(
        "the index lists several pages of {0}, which do not say themselves which version they are of: fetch the right \
         one by its address"
    )]
    Ambiguous(Subject),
    /// The page describes something else than it did before.
    #[error(
        "it describes {found}, and what was fetched from there before describes {wanted}; if {wanted} was renamed, \
         remove {path}"
    )]
    NotAsBefore {
        /// What it describes.
        found: Subject,
        /// What it described before.
        wanted: Subject,
        /// The page from before.
        path: String,
    },
    /// The page's data types have nothing in common with those of the page before.
    #[error("it has none of the data types of {path}; if that is right, remove {path}")]
    OtherTypes {
        /// The page from before.
        path: String,
    },
    /// The page has no end, and the one before had.
    #[error("it is cut off: it has no `</html>`, as {path} has")]
    CutOff {
        /// The page from before.
        path: String,
    },
    /// The page lacks a part that the one before has, as one does that was cut off where nothing tells.
    #[error("it lacks {lost} that {path} has: if that is to be so, remove the file first")]
    Lost {
        /// What it lacks.
        lost: &'static str,
        /// The page from before.
        path: String,
    },
    /// The page cannot be read whole, and the one before could.
    #[error("it cannot be read whole, and {path} could: line {line}: {message}")]
    Broken {
        /// The page from before.
        path: String,
        /// The line of the first error.
        line: usize,
        /// The first error.
        message: String,
    },
    /// Another page of this run describes the same.
    #[error("it describes {subject}, and so does {other}")]
    Twice {
        /// What both describe.
        subject: Subject,
        /// The other page.
        other: Url,
    },
    /// The page's file has another page in it.
    #[error(
        "it describes {subject}, and {path} is there and describes something else: rename that file"
    )]
    Taken {
        /// What it describes.
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
        None => format!("no {} that it names", what.trim_start_matches("the ")),
    }
}

/// Why nothing could be fetched, or no more.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// There is no address.
    #[error("there is no address to fetch pages from")]
    NoUrl,
    /// The address has no site.
    #[error("{0} is no address of a site: it has to begin with https:// or http://")]
    NoSite(Url),
    /// What the site's `robots.txt` says is not known, so nothing may be asked for.
    #[error("cannot read {url}, without which nothing of the site may be fetched: {cause}")]
    Robots {
        /// Its address.
        url: Url,
        /// Why.
        cause: String,
    },
    /// The site's `robots.txt` asks for more time between requests than the settings allow to wait.
    #[error("{url} asks for {} s between requests, which is too long to wait", delay.as_secs())]
    Delay {
        /// Its address.
        url: Url,
        /// How long.
        delay: Duration,
    },
    /// The index page cannot be used.
    #[error("cannot use the index page {url}: {cause}")]
    Index {
        /// Its address.
        url: Url,
        /// Why.
        cause: String,
    },
    /// A file cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file cannot be written.
    #[error("cannot write {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The record of where pages are from cannot be understood.
    #[error("cannot understand {}: mend it, or remove it and let all pages be fetched again", path.display())]
    Origins {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
}
