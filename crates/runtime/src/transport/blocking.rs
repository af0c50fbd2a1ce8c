//! Built-in transport for programs without an async runtime.

use std::{sync::Arc, thread, time::Duration};

use bytes::Bytes;
use tokio::{
    runtime::{Builder, Handle},
    sync::oneshot,
    task::{JoinSet, coop::unconstrained},
};

use super::{Hyper, Limits, Sending, Sleeping, Task, Transport, TransportError, options::Settings};
use crate::{Error, ErrorKind, Phase};

/// The async transport on its own thread. Its futures can be polled anywhere.
pub(crate) struct Blocking {
    hyper: Arc<Hyper>,
    runtime: Handle,
    /// The thread ends when this is dropped.
    _stop: oneshot::Sender<()>,
}

impl Blocking {
    pub(crate) fn new(settings: Settings) -> Result<Self, Error> {
        let hyper = Arc::new(Hyper::new(settings)?);
        let (stop, stopped) = oneshot::channel();
        let started = Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .build()
            .and_then(|runtime| {
                let handle = runtime.handle().clone();
                let run = move || drop(runtime.block_on(stopped));
                thread::Builder::new().name("tc3".to_owned()).spawn(run)?;
                Ok(handle)
            });
        let runtime = started.map_err(|error| {
            let problem = "cannot start the thread of the blocking transport";
            Error::new(ErrorKind::Setting, problem).with_source(error)
        })?;
        Ok(Self {
            hyper,
            runtime,
            _stop: stop,
        })
    }
}

// The futures opt out of tokio's cooperative budget: a task of another runtime that never yields would use it up.
impl Transport for Blocking {
    fn send(&self, request: http::Request<Bytes>, limits: Limits) -> Sending<'_> {
        Box::pin(unconstrained(async move {
            let hyper = Arc::clone(&self.hyper);
            let sending = async move { hyper.send(request, limits).await };
            // Dropping the set cancels its task.
            let mut tasks = JoinSet::new();
            tasks.spawn_on(sending, &self.runtime);
            let done = tasks.join_next().await.and_then(Result::ok);
            done.unwrap_or_else(|| {
                let cause = "the transport's thread has failed";
                Err(TransportError::new(Phase::SentWhole, cause))
            })
        }))
    }

    fn sleep(&self, duration: Duration) -> Sleeping<'_> {
        let _runtime = self.runtime.enter();
        Box::pin(unconstrained(tokio::time::sleep(duration)))
    }

    fn spawn(&self, task: Task) -> Option<Task> {
        // If the thread cannot be started, the task is dropped, which ends it.
        let _ = thread::Builder::new().spawn(|| pollster::block_on(task));
        None
    }

    fn is_blocking(&self) -> bool {
        true
    }
}
