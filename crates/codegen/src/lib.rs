//! The codegen crate.
