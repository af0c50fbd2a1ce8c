//! Tests the explorer over real HTTP.

#![forbid(unsafe_code)]

mod api;
#[cfg(unix)]
mod axe;
#[cfg(unix)]
mod browser;
mod contract;
mod credentials;
#[cfg(unix)]
mod endpoint;
#[cfg(unix)]
mod hostile;
#[cfg(unix)]
mod journey;
mod pages;
mod profiles;
mod scripts;
mod security;
mod site;
