use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::oneshot;

use crate::StartError;
use crate::builder::Builder;
use crate::clock::Clock;
use crate::fault::Fault;
use crate::organization::{Visit, Visited};
use crate::received::Received;
use crate::service::{Service, token_of};
use crate::service_error::ServiceError;
use crate::state::{Message, State};

/// A service that runs until this is dropped.
///
/// It has a thread and a runtime of its own, so that it answers whatever the test's thread does.
pub struct Emulator {
    pub(crate) address: SocketAddr,
    pub(crate) service: Arc<Service>,
    pub(crate) authority: Option<String>,
    /// Dropped to end the thread.
    pub(crate) stop: Option<oneshot::Sender<()>>,
    pub(crate) thread: Option<JoinHandle<()>>,
}

impl Emulator {
    /// Starts an emulator at a free port of 127.0.0.1: all services that have a spec in this project, with the
    /// [demonstration](crate::Seed::demonstration)'s organization and credential.
    ///
    /// # Errors
    /// If the specs cannot be loaded, or nothing can listen there.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Settings for an emulator.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What clients take as their endpoint: `http://127.0.0.1:40123`.
    pub fn endpoint(&self) -> &str {
        &self.service.endpoint
    }

    /// The certificate of the authority that clients have to trust, in PEM; none without TLS.
    pub fn authority(&self) -> Option<&str> {
        self.authority.as_deref()
    }

    /// The service versions that it emulates, each with its number of actions.
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

    /// The time, by its clock: Unix time in seconds.
    pub fn now(&self) -> u64 {
        self.service.now()
    }

    /// Moves its clock forward, by whole seconds.
    ///
    /// # Errors
    /// If the state file cannot be written.
    pub fn advance(&self, by: Duration) -> Result<(), ServiceError> {
        self.change(|state| state.clock.advance(by))
    }

    /// Sets its clock.
    ///
    /// # Errors
    /// If the state file cannot be written.
    pub fn set_clock(&self, clock: Clock) -> Result<(), ServiceError> {
        self.change(|state| state.clock = clock)
    }

    /// A copy of the state.
    pub fn state(&self) -> State {
        self.service.store.read(State::clone)
    }

    /// Changes the state as a test likes. Nothing is answered meanwhile, and what is called here must not ask the emulator
    /// itself. What goes without saying, as the accounts of new members, is added.
    ///
    /// # Errors
    /// If the state would contradict itself, or the state file cannot be written; then nothing has changed.
    pub fn change<R>(&self, change: impl FnOnce(&mut State) -> R) -> Result<R, ServiceError> {
        self.service.edit(change)
    }

    /// What was sent to people, oldest first.
    pub fn outbox(&self) -> Vec<Message> {
        self.service.outbox()
    }

    /// Visits a link that was sent to somebody, as that person would.
    ///
    /// # Errors
    /// With the codes that the documentation has for what can be wrong with a link.
    pub fn visit(&self, link: &str, form: &Visit) -> Result<Visited, ServiceError> {
        self.service.visit(token_of(link), form)
    }

    /// The requests that came in, oldest first; of very many or very large ones the last.
    pub fn requests(&self) -> Vec<Received> {
        self.service.log.list()
    }

    /// Forgets the requests that came in.
    pub fn clear_requests(&self) {
        self.service.log.clear();
    }

    /// Lets something go wrong with the requests that come next.
    pub fn inject(&self, fault: Fault) {
        self.service.faults.add(fault);
    }

    /// Removes the faults that wait for requests.
    pub fn clear_faults(&self) {
        self.service.faults.clear();
    }

    /// Waits for its end, which does not come unless the process is ended.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            // A panic of the thread would have been printed there.
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
