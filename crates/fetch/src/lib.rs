//! Downloads and validates documentation pages of Tencent Cloud API 3.0.
//!
//! [`fetch`] downloads the pages of one service version from one site, by a list of URLs or an index page. It obeys
//! `robots.txt`, limits its request rate, sends conditional requests, and retries with backoff. Every page is parsed with
//! [`tc3_parse`] before it is stored, so an invalid or unrelated page never replaces a valid one.
//!
//! [`Origins::FILE`] is updated after every page, so an interrupted run resumes where it stopped.

mod event;
mod failure;
mod folder;
mod html;
mod list;
mod origins;
mod robots;
mod run;
mod settings;
mod site;
mod time_source;
mod validation;

pub use event::{Event, Outcome};
pub use failure::{Failure, FetchError, Rejection};
pub use list::{ListError, read_list};
pub use origins::{Origin, Origins, Timestamp};
pub use run::{Start, Summary, Target, fetch};
pub use settings::Settings;
pub use time_source::{SystemClock, TimeSource};
