//! Tests of the public API: calls, messages and pagination.

#[macro_use]
#[path = "../../../protocol/tests/all/messages.rs"]
mod messages;

mod client;
mod message;
mod pages;
