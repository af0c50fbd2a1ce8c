//! Converts documented names to Rust names.

mod case;
mod scope;
mod words;

pub(crate) use case::{pascal, snake};
pub(crate) use scope::{Scope, bare, ident};
