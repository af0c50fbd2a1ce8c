//! The explorer over real HTTP.

#![forbid(unsafe_code)]

mod api;
#[cfg(unix)]
mod browser;
#[cfg(unix)]
mod hostile;
mod pages;
mod security;
mod site;
