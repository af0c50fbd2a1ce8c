//! Requests and responses as they are sent.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tc3::Phase;
use tc3::transport::http::{HeaderMap, Request, Response};
use tc3::transport::{Bytes, Limits, Sending, Sleeping, Task, Transport, TransportError};
use tc3_verify::Steps;

/// A request, and its response if one came.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    pub(crate) request: Request<Bytes>,
    pub(crate) response: Option<Response<Bytes>>,
}

/// The requests of an action: the last exchange, and whether anything was sent.
///
/// What a credential provider sends is not recorded: its responses have secrets.
#[derive(Clone, Debug)]
pub(crate) struct Record(Arc<Recorded>);

#[derive(Debug)]
struct Recorded {
    /// The name of the action.
    action: &'static str,
    last: Mutex<Option<Exchange>>,
    was_sent: AtomicBool,
}

impl Record {
    /// Records requests of an action.
    pub(crate) fn of(action: &'static str) -> Self {
        Self(Arc::new(Recorded {
            action,
            last: Mutex::new(None),
            was_sent: AtomicBool::new(false),
        }))
    }

    /// Takes the last exchange.
    pub(crate) fn take(&self) -> Option<Exchange> {
        let mut last = self.0.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.take()
    }

    /// Whether a request was ever sent.
    pub(crate) fn was_sent(&self) -> bool {
        self.0.was_sent.load(Ordering::Relaxed)
    }

    fn is_of(&self, request: &Request<Bytes>) -> bool {
        let action = request.headers().get("x-tc-action");
        action.is_some_and(|action| action == self.0.action)
    }

    fn set(&self, exchange: Exchange) {
        *self.0.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(exchange);
    }
}

/// Transport that records what goes through it.
pub(crate) struct Recorder {
    pub(crate) inner: Arc<dyn Transport>,
    pub(crate) record: Record,
}

impl Transport for Recorder {
    fn send(&self, request: Request<Bytes>, limits: Limits) -> Sending<'_> {
        if !self.record.is_of(&request) {
            return self.inner.send(request, limits);
        }
        Box::pin(async move {
            let mut exchange = Exchange {
                request: request.clone(),
                response: None,
            };
            self.record.set(exchange.clone());
            self.record.0.was_sent.store(true, Ordering::Relaxed);
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
        let problem = match self.record.is_of(&request) {
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

impl Exchange {
    /// Returns the request as text, without the session token of the credential.
    pub(crate) fn request_text(&self) -> String {
        let mut text = format!("{} {}\n", self.request.method(), self.request.uri());
        text += &headers(self.request.headers());
        text + "\n" + &String::from_utf8_lossy(self.request.body()) + "\n"
    }

    /// Returns the steps of the request's signature, and the header that they result in.
    pub(crate) fn signature_text(&self) -> String {
        let steps = Steps::of(&self.request);
        let steps = steps.map(|steps| steps_text(&steps)).unwrap_or_default();
        let header = self.request.headers().get("authorization");
        let header = header.map_or(&b""[..], |header| header.as_bytes());
        format!(
            "{steps}\n5 Authorization\n\n{}\n",
            String::from_utf8_lossy(header)
        )
    }
}

/// Returns the steps of a signature as text.
fn steps_text(steps: &Steps) -> String {
    let Steps {
        canonical_request,
        string_to_sign,
        scope,
        signature,
        ..
    } = steps;
    let mut parts = scope.split('/');
    let [day, service] = [(); 2].map(|()| parts.next().unwrap_or_default());
    format!(
        "1 Canonical request\n\n{canonical_request}\n\n\
         2 String to sign\n\n{string_to_sign}\n\n\
         3 Signing key (secret)\n\n\
         HMAC-SHA256(HMAC-SHA256(HMAC-SHA256(\"TC3\" + secret key, \"{day}\"), \"{service}\"), \"tc3_request\")\n\n\
         4 Signature\n\n{signature}\n"
    )
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
