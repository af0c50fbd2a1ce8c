//! The steps of a TC3-HMAC-SHA256 signature.
//!
//! [`Steps`] are those of a signed request, for people who want to see them. [`verify`] compares the steps of another client
//! with the rules and with each other, and says which line is wrong.

mod authorization;
mod finding;
mod steps;
mod verify;

pub use self::finding::{Finding, Part};
pub use self::steps::Steps;
pub use self::verify::{ClientSteps, verify};
