//! Converts the [IR](crate::ir) to Rust tokens.

mod action;
mod attributes;
mod builder;
mod client;
mod errors;
mod message;
mod method;
mod module;
mod paths;
mod testing;
mod types;
mod version;

pub(crate) use self::version::{VersionSource, version};
