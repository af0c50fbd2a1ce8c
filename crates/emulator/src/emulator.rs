use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::oneshot;

use crate::InvalidFault;
use crate::clock::Clock;
use crate::control;
use crate::fault::Fault;
use crate::organization::{Visit, Visited};
use crate::received::Received;
use crate::service::{Service, token_of};
use crate::service_error::ServiceError;
use crate::state::{Message, State};

/// A running emulator. Dropping it stops the server.
///
/// It has its own thread and runtime, so it responds even while the test's thread is blocked.
pub struct Emulator {
    pub(crate) address: SocketAddr,
    pub(crate) service: Arc<Service>,
    pub(crate) authority: Option<String>,
    /// Dropped to end the thread.
    pub(crate) stop: Option<oneshot::Sender<()>>,
    pub(crate) thread: Option<JoinHandle<()>>,
}

impl Emulator {
    /// Returns the listen address.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the endpoint for clients, such as `http://127.0.0.1:40123`.
    pub fn endpoint(&self) -> &str {
        &self.service.endpoint
    }

    /// Returns the CA certificate that clients must trust, in PEM, or `None` without TLS.
    pub fn authority(&self) -> Option<&str> {
        self.authority.as_deref()
    }

    /// Returns the emulated services as (service, version, number of actions).
    pub fn services(&self) -> impl Iterator<Item = (&str, &str, usize)> {
        let specs = self.service.gateway.catalogue.specs();
        specs.map(|spec| {
            (
                spec.service.as_str(),
                spec.version.as_str(),
                spec.actions.len(),
            )
        })
    }

    /// Returns the emulator's time: Unix time in seconds.
    pub fn now(&self) -> u64 {
        self.service.now()
    }

    /// Moves the clock forward by whole seconds.
    ///
    /// # Errors
    /// Fails if the state file cannot be written.
    pub fn advance(&self, by: Duration) -> Result<(), ServiceError> {
        self.change(|state| state.clock.advance(by))
    }

    /// Sets the clock.
    ///
    /// # Errors
    /// Fails if the state file cannot be written.
    pub fn set_clock(&self, clock: Clock) -> Result<(), ServiceError> {
        self.change(|state| state.clock = clock)
    }

    /// Returns a copy of the state.
    pub fn state(&self) -> State {
        self.service.store.read(State::clone)
    }

    /// Edits the state. Implied entries, such as the accounts of new members, are added.
    ///
    /// The state is locked during the edit, so `change` must not call the emulator.
    ///
    /// # Errors
    /// Fails if the new state is inconsistent or the state file cannot be written. The state is then unchanged.
    pub fn change<R>(&self, change: impl FnOnce(&mut State) -> R) -> Result<R, ServiceError> {
        self.service.edit(change)
    }

    /// Returns the sent messages, oldest first.
    pub fn outbox(&self) -> Vec<Message> {
        self.service.outbox(self.endpoint())
    }

    /// Visits a link in a message, as its recipient would.
    ///
    /// # Errors
    /// Fails with the documented error code if the link or the form is invalid.
    pub fn visit(&self, link: &str, form: &Visit) -> Result<Visited, ServiceError> {
        self.service.visit(token_of(link), form)
    }

    /// Returns the most recent requests, oldest first. The log is bounded in count and bytes.
    pub fn requests(&self) -> Vec<Received> {
        self.service.log.list()
    }

    /// Clears the request log.
    pub fn clear_requests(&self) {
        self.service.log.clear();
    }

    /// Adds a fault for the next matching requests.
    ///
    /// # Errors
    /// Fails if its action does not exist.
    pub fn inject(&self, fault: Fault) -> Result<(), InvalidFault> {
        self.service.inject(fault)
    }

    /// Removes all pending faults.
    pub fn clear_faults(&self) {
        self.service.faults.clear();
    }

    /// Sends a request to the control API: reads a path that `GET /emulator` lists, such as `faults`, or posts a change
    /// to it.
    ///
    /// # Errors
    /// Fails with the HTTP status and the message of the response.
    pub fn control(&self, path: &str, change: Option<&Value>) -> Result<Value, (u16, String)> {
        control::handle_local(&self.service, self.address, path, change)
    }

    /// Blocks until the process ends.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            // The thread prints its own panic.
            let _ = thread.join();
        }
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Emulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emulator")
            .field("endpoint", &self.endpoint())
            .finish_non_exhaustive()
    }
}
