//! How names of the documentation become names of Rust.

mod case;
mod scope;
mod words;

pub(crate) use case::{pascal, snake};
pub(crate) use scope::{Scope, bare, ident};
