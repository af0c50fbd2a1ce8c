//! `fetch` against a site on loopback.

#[path = "../../../../crates/fetch/tests/fetch/pages.rs"]
#[allow(dead_code, reason = "the crate's tests use the rest")]
mod pages;
#[path = "../../../../crates/fetch/tests/fetch/site.rs"]
#[allow(dead_code, reason = "the crate's tests use the rest")]
mod site;

mod contributing;
mod fetched;
mod killed;
mod place;
