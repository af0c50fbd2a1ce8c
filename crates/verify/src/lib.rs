//! The steps of a TC3-HMAC-SHA256 signature.
//!
//! [`Steps`] shows the steps of a signed request. [`verify`] compares the steps of another client with the rules and with
//! each other, and returns the wrong lines.

mod authorization;
mod finding;
mod steps;
mod verify;

pub use self::finding::{Finding, Part};
pub use self::steps::Steps;
pub use self::verify::{ClientSteps, verify};
