//! End-to-end tests of generation: files, items, compilation, and callers.

mod builder;
mod callers;
#[path = "../cases/mod.rs"]
mod cases;
mod diff;
mod documentation;
mod items;
mod layout;
mod macros;
mod meanings;
mod packages;
mod snapshots;
mod target;
