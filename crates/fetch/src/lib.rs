//! Downloads documentation pages of Tencent Cloud API 3.0, politely, and keeps the good ones.
//!
//! [`fetch`] asks one site for pages, from a list of addresses or from the links of an index page, and puts those of one
//! version of a service into its folder. It keeps to the site's `robots.txt` and to a rate, asks only for what has
//! changed, and waits where the site is busy. What comes is read by [`tc3_parse`] before it is kept: nothing that is no
//! page, or a page of something else, takes the place of a good one.
//!
//! Where each page is from is written to [`Origins::FILE`] behind every page, so that a run that was interrupted goes on
//! where it stopped.

mod clock;
mod failure;
mod folder;
mod html;
mod origins;
mod robots;
mod run;
mod settings;
mod site;
mod verdict;

pub use clock::{Clock, SystemClock};
pub use failure::{Failure, FetchError, Refusal};
pub use origins::{Origin, Origins, Timestamp};
pub use run::{Event, Outcome, Start, Summary, Target, fetch};
pub use settings::Settings;
