//! The emulator as a service, and the workflow that it knows.

mod service;
mod workflow;
