//! Built-in blocking transport: HTTP/1.1 by ureq, TLS by rustls, with a connection pool.

use std::{io, thread, time::Duration};

use bytes::Bytes;
use http::{HeaderValue, header};
use ureq::{
    Agent, Body, SendBody, Timeout,
    tls::{Certificate, RootCerts, TlsConfig},
};

use super::{
    Limits, MAX_TIMEOUT, Sending, Sleeping, Task, Transport, TransportError,
    options::{IDLE_TIMEOUT, Settings},
    proxy::Proxies,
};
use crate::{Error, Phase, error::Cause};

/// Maximum number of idle connections.
const IDLE_CONNECTIONS: usize = 32;

/// Built-in transport for programs without an async runtime. Its futures block the thread when polled.
pub(crate) struct Blocking {
    agent: Agent,
    proxies: Proxies,
    connect_timeout: Duration,
}

impl Blocking {
    pub(crate) fn new(settings: Settings) -> Result<Self, Error> {
        let tls = TlsConfig::builder().root_certs(roots(&settings));
        let connect_timeout = settings.connect_timeout.min(MAX_TIMEOUT);
        let config = Agent::config_builder()
            .tls_config(tls.build())
            // Each has the whole connect timeout: ureq has no timeout for both together.
            .timeout_resolve(Some(connect_timeout))
            .timeout_connect(Some(connect_timeout))
            .max_idle_age(IDLE_TIMEOUT)
            .max_idle_connections(IDLE_CONNECTIONS)
            .max_idle_connections_per_host(IDLE_CONNECTIONS)
            // The proxy is set for each request.
            .proxy(None)
            .http_status_as_error(false)
            .max_redirects(0)
            // Adds no headers, so that the request is sent unchanged.
            .accept("")
            .accept_encoding("")
            .user_agent("");
        Ok(Self {
            agent: config.build().into(),
            proxies: settings.proxies,
            connect_timeout,
        })
    }

    fn exchange(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let (mut head, body) = request.into_parts();
        let length = HeaderValue::from(body.len());
        head.headers.insert(header::CONTENT_LENGTH, length);
        let refused = |cause: Cause| TransportError::new(Phase::NotConnected, cause).permanent();
        let proxy = self.proxies.url(&head.uri);
        let proxy = proxy.map_err(|error| refused(error.into()))?;
        let proxy = proxy.map(ureq::Proxy::new).transpose();
        let proxy = proxy.map_err(|error| refused(error.into()))?;

        // ureq reads the body after it sent the head, so the unread part shows how far the request got.
        let mut unsent = &body[..];
        let request = http::Request::from_parts(head, SendBody::from_reader(&mut unsent));
        let request = self
            .agent
            .configure_request(request)
            .timeout_global(Some(limits.timeout.min(MAX_TIMEOUT)))
            .timeout_per_read(Some(limits.read_timeout.min(MAX_TIMEOUT)))
            .proxy(proxy)
            .build();
        // ureq does not retry: it checks an idle connection before it reuses it.
        let response = self.agent.run(request).map_err(|error| {
            let phase = if unsent.len() == body.len() && is_connect(&error) {
                Phase::NotConnected
            } else if unsent.is_empty() {
                Phase::SentWhole
            } else {
                Phase::SentInPart
            };
            self.failure(phase, error, limits)
        })?;
        let (head, body) = response.into_parts();
        let read = self.read(body, limits);
        let body = read.map_err(|failure| failure.with_status(head.status))?;
        Ok(http::Response::from_parts(head, body))
    }

    fn read(&self, body: Body, limits: Limits) -> Result<Bytes, TransportError> {
        let limit = limits.response_bytes;
        let announced = body.content_length();
        if announced.is_some_and(|length| length > limit as u64) {
            return Err(TransportError::too_large(limit));
        }
        // ureq's limit is exclusive.
        let reader = body
            .into_with_config()
            .limit((limit as u64).saturating_add(1));
        match reader.read_to_vec() {
            Ok(bytes) => Ok(bytes.into()),
            Err(ureq::Error::BodyExceedsLimit(_)) => Err(TransportError::too_large(limit)),
            Err(error) => Err(self.failure(Phase::Answered, error, limits)),
        }
    }

    fn failure(&self, phase: Phase, error: ureq::Error, limits: Limits) -> TransportError {
        let late = |name, limit| TransportError::late(phase, name, limit);
        match error {
            ureq::Error::Timeout(Timeout::PerRead) => late("read timeout", limits.read_timeout),
            ureq::Error::Timeout(Timeout::Resolve | Timeout::Connect) => {
                late("connect timeout", self.connect_timeout)
            }
            ureq::Error::Timeout(_) => late("timeout", limits.timeout),
            // Unwrapped, because ureq does not return them as sources.
            ureq::Error::Io(error) => TransportError::from_cause(phase, error),
            ureq::Error::Rustls(error) => TransportError::from_cause(phase, error),
            // The host name is invalid in a certificate.
            ureq::Error::Tls(_) => TransportError::new(phase, error).permanent(),
            // HTTP 407: the proxy requires a user and a password. The status is only in the text.
            ureq::Error::ConnectProxyFailed(ref reason) if reason.contains("responded 407") => {
                TransportError::new(phase, error).permanent()
            }
            error => TransportError::new(phase, error),
        }
    }
}

impl Transport for Blocking {
    fn send(&self, request: http::Request<Bytes>, limits: Limits) -> Sending<'_> {
        Box::pin(async move { self.exchange(request, limits) })
    }

    fn sleep(&self, duration: Duration) -> Sleeping<'_> {
        Box::pin(async move { thread::sleep(duration) })
    }

    fn spawn(&self, task: Task) -> Option<Task> {
        // A thread that cannot be started drops the task, which ends it.
        let _ = thread::Builder::new().spawn(|| pollster::block_on(task));
        None
    }

    fn is_blocking(&self) -> bool {
        true
    }
}

fn roots(settings: &Settings) -> RootCerts {
    if settings.public_roots && settings.roots.is_empty() {
        return RootCerts::WebPki;
    }
    let public = webpki_root_certs::TLS_SERVER_ROOT_CERTS;
    let public = public.iter().filter(|_| settings.public_roots);
    public
        .chain(&settings.roots)
        .map(|certificate| Certificate::from_der(certificate).to_owned())
        .into()
}

/// Returns whether an error before the first byte of the body means that there was no connection.
fn is_connect(error: &ureq::Error) -> bool {
    match error {
        // Reads before the body is sent belong to the proxy and to TLS.
        ureq::Error::Timeout(Timeout::Resolve | Timeout::Connect | Timeout::PerRead)
        | ureq::Error::BadUri(_)
        | ureq::Error::ConnectionFailed
        | ureq::Error::ConnectProxyFailed(_)
        | ureq::Error::HostNotFound
        | ureq::Error::Http(_)
        | ureq::Error::InvalidProxyUrl
        | ureq::Error::Rustls(_)
        | ureq::Error::Tls(_)
        | ureq::Error::TlsRequired => true,
        ureq::Error::Io(error) => matches!(
            error.kind(),
            io::ErrorKind::AddrNotAvailable
                | io::ErrorKind::ConnectionRefused
                | io::ErrorKind::HostUnreachable
                | io::ErrorKind::InvalidData
                | io::ErrorKind::NetworkUnreachable
                | io::ErrorKind::TimedOut
                | io::ErrorKind::UnexpectedEof
        ),
        _ => false,
    }
}
