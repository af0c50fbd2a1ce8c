//! From the names and types of the [IR](crate::ir) to Rust's tokens.

mod action;
mod attributes;
mod builder;
mod client;
mod errors;
mod message;
mod paths;
mod types;
mod version;

pub(crate) use self::version::{VersionSource, version};
