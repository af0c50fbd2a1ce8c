//! Fetches pages from a loopback site into a folder.

mod kept;
mod listed;
mod pages;
mod polite;
mod rejected;
mod resumed;
#[allow(dead_code, reason = "the tests of the command use the rest")]
mod site;
mod test_folder;
mod tls;
