//! `explain` as it is called: from any name to the row of the page, the spec and the code.

#[path = "../command/mod.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod command;
mod organization;
mod readme;
mod shop;
