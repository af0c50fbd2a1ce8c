//! The runtime from outside: calls, messages, and results in pages.

#[macro_use]
mod messages;

mod client;
mod message;
mod pages;
