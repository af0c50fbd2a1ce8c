//! `diff` as it is called, and what `regenerate` says of changes.

#[path = "../command/mod.rs"]
#[allow(dead_code, reason = "other tests use what this one does not")]
mod command;
mod formats;
mod readme;
mod regenerate;
mod shop;
mod sides;
