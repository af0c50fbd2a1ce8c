//! The runtime from outside: calls, messages, and results in pages.

#[macro_use]
#[path = "../../../protocol/tests/all/messages.rs"]
mod messages;

mod client;
mod message;
mod pages;
