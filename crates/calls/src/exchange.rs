//! Requests and responses as they are sent.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tc3::Phase;
use tc3::transport::http::{Request, Response};
use tc3::transport::{Bytes, Limits, Sending, Sleeping, Task, Transport, TransportError};

/// A request, and its response if one came.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The request.
    pub request: Request<Bytes>,
    /// The response.
    pub response: Option<Response<Bytes>>,
}

/// Record of the requests of an action: the last exchange, and the number of requests.
///
/// Requests of credential providers are not recorded, because their responses contain secrets.
#[derive(Clone, Debug)]
pub struct Record(Arc<Recorded>);

#[derive(Debug)]
struct Recorded {
    /// The name of the action.
    action: &'static str,
    last: Mutex<Option<Exchange>>,
    sent: AtomicU32,
}

impl Record {
    /// Creates a record for the requests of an action.
    pub fn of(action: &'static str) -> Self {
        Self(Arc::new(Recorded {
            action,
            last: Mutex::new(None),
            sent: AtomicU32::new(0),
        }))
    }

    /// Removes the last exchange from the record, and returns it.
    pub fn take(&self) -> Option<Exchange> {
        let mut last = self.0.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.take()
    }

    /// Returns how many requests were sent.
    pub fn sent(&self) -> u32 {
        self.0.sent.load(Ordering::Relaxed)
    }

    fn covers(&self, request: &Request<Bytes>) -> bool {
        let action = request.headers().get("x-tc-action");
        action.is_some_and(|action| action == self.0.action)
    }

    fn set(&self, exchange: Exchange) {
        *self.0.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(exchange);
    }
}

/// Transport that records requests and responses.
pub struct Recorder {
    /// The transport that sends.
    pub inner: Arc<dyn Transport>,
    /// The record of the action's requests.
    pub record: Record,
}

impl Transport for Recorder {
    fn send(&self, request: Request<Bytes>, limits: Limits) -> Sending<'_> {
        if !self.record.covers(&request) {
            return self.inner.send(request, limits);
        }
        Box::pin(async move {
            let mut exchange = Exchange {
                request: request.clone(),
                response: None,
            };
            self.record.set(exchange.clone());
            self.record.0.sent.fetch_add(1, Ordering::Relaxed);
            let result = self.inner.send(request, limits).await;
            exchange.response = result.as_ref().ok().cloned();
            self.record.set(exchange);
            result
        })
    }

    fn sleep(&self, duration: Duration) -> Sleeping<'_> {
        self.inner.sleep(duration)
    }

    fn spawn(&self, task: Task) -> Option<Task> {
        self.inner.spawn(task)
    }
}

/// Transport that records requests and sends nothing.
pub struct DryRun {
    /// The record of the action's requests.
    pub record: Record,
}

impl Transport for DryRun {
    fn send(&self, request: Request<Bytes>, _limits: Limits) -> Sending<'_> {
        let problem = match self.record.covers(&request) {
            true => {
                let response = None;
                self.record.set(Exchange { request, response });
                "dry run"
            }
            false => "a dry run asks no server for the credential; use a profile with a secret key",
        };
        let error = TransportError::new(Phase::NotConnected, problem).permanent();
        Box::pin(async { Err(error) })
    }

    fn sleep(&self, _duration: Duration) -> Sleeping<'_> {
        Box::pin(async {})
    }
}
