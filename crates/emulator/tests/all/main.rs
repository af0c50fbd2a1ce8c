//! Tests of the emulator as a service, and of the workflow of `organization`.

mod service;
mod workflow;
