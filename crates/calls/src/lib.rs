//! What programs share that call any action of a spec: the action as the runtime describes it, and the requests and
//! responses as they are sent.

#![forbid(unsafe_code)]

mod describe;
mod exchange;

pub use describe::{describe, site};
pub use exchange::{DryRun, Exchange, Record, Recorder};
