//! Requests and responses as they are sent.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tc3::Phase;
use tc3::transport::http::{HeaderMap, Request, Response};
use tc3::transport::{Bytes, Limits, Sending, Sleeping, Task, Transport, TransportError};

/// A request, and its response if one came.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    pub(crate) request: Request<Bytes>,
    pub(crate) response: Option<Response<Bytes>>,
}

/// The last exchange of a call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record(Arc<Mutex<Option<Exchange>>>);

impl Record {
    /// Takes the last exchange.
    pub(crate) fn take(&self) -> Option<Exchange> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Whether a request was made.
    pub(crate) fn was_sent(&self) -> bool {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.is_some()
    }

    fn set(&self, exchange: Exchange) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(exchange);
    }
}

/// Transport that records what goes through it.
pub(crate) struct Recorder {
    pub(crate) inner: Arc<dyn Transport>,
    pub(crate) record: Record,
}

impl Transport for Recorder {
    fn send(&self, request: Request<Bytes>, limits: Limits) -> Sending<'_> {
        Box::pin(async move {
            let mut exchange = Exchange {
                request: request.clone(),
                response: None,
            };
            self.record.set(exchange.clone());
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
pub(crate) struct DryRun {
    pub(crate) record: Record,
}

impl Transport for DryRun {
    fn send(&self, request: Request<Bytes>, _limits: Limits) -> Sending<'_> {
        let response = None;
        self.record.set(Exchange { request, response });
        let error = TransportError::new(Phase::NotConnected, "dry run").permanent();
        Box::pin(async { Err(error) })
    }

    fn sleep(&self, _duration: Duration) -> Sleeping<'_> {
        Box::pin(async {})
    }
}

impl Exchange {
    /// Returns the request as text, without the session token of the credential.
    pub(crate) fn request_text(&self) -> String {
        let mut text = format!("{} {}\n", self.request.method(), self.request.uri());
        text += &headers(self.request.headers());
        text + "\n" + &String::from_utf8_lossy(self.request.body()) + "\n"
    }
}

/// Returns headers as text, one a line. The session token is a secret.
fn headers(headers: &HeaderMap) -> String {
    let lines = headers.iter().map(|(name, value)| {
        let value = match name.as_str() {
            "x-tc-token" => "[redacted]".into(),
            _ => String::from_utf8_lossy(value.as_bytes()),
        };
        format!("{name}: {value}\n")
    });
    lines.collect()
}
