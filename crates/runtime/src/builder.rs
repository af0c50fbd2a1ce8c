//! What stands in the types of the builders of generated code.
//!
//! A builder has a type parameter for each required value: [`Unset`] at first, [`Set`] once it is given. Its `build` and
//! `send` ask for one trait for each of them, which only [`Set`] implements; so a builder that lacks a value does not
//! compile, and the compiler's message says which value it lacks.

use crate::Client;

/// The state of a required value that was not given yet.
#[derive(Debug)]
pub enum Unset {}

/// The state of a required value that was given.
#[derive(Debug)]
pub enum Set {}

/// Stands in the type of a builder that has no client: its request is built, and sent by a client's `send`.
#[derive(Clone, Copy, Debug)]
pub struct NoClient;

/// The client that a builder sends its request with.
#[diagnostic::on_unimplemented(
    message = "this builder has no client to send its request with",
    label = "start with the client's method, or give what `build()` returns to the client's `send`"
)]
pub trait Caller {
    /// The client.
    fn client(&self) -> &Client;
}

#[diagnostic::do_not_recommend]
impl Caller for Client {
    fn client(&self) -> &Client {
        self
    }
}
