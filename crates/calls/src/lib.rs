//! Calls of an action that has a spec but no generated code: the action for the runtime, and its requests and responses
//! as they are sent.

#![forbid(unsafe_code)]

mod describe;
mod exchange;

pub use describe::{describe, site};
pub use exchange::{DryRun, Exchange, Record, Recorder};
