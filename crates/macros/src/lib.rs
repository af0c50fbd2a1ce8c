//! The macros crate.
