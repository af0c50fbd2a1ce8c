//! Type states of generated builders.
//!
//! A builder has a type parameter for each required value: [`Unset`] at first, [`Set`] once the value is given. `build`
//! and `send` require one trait for each of them, which only [`Set`] implements. So a builder that lacks a value does
//! not compile, and the compiler's message names the value.

use crate::Client;

/// State of a required value that is not set yet.
#[derive(Debug)]
pub enum Unset {}

/// State of a required value that is set.
#[derive(Debug)]
pub enum Set {}

/// Marker for a builder without a client: its request is built, and sent by a client's `send`.
#[derive(Clone, Copy, Debug)]
pub struct NoClient;

/// Client with which a builder sends its request.
#[diagnostic::on_unimplemented(
    message = "this builder has no client to send its request with",
    label = "start with the client's method, or pass the result of `build()` to the client's `send`"
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
