//! The explorer over real HTTP.

#![forbid(unsafe_code)]

mod api;
mod pages;
mod security;
mod site;
