//! Generation from end to end: the files, the items in them, and what a compiler and its callers make of them.

mod builder;
mod callers;
#[path = "../cases/mod.rs"]
mod cases;
mod diff;
mod documentation;
mod items;
mod layout;
mod packages;
mod snapshots;
mod ui;
