//! The docs crate.
