//! A transport without an async runtime: HTTP/1.1 by ureq, TLS by rustls, connections kept alive in a pool.

use std::{
    io::{self, Read},
    thread,
    time::Duration,
};

use bytes::Bytes;
use http::{header, uri::Scheme};
use ureq::{
    Agent, Body, ProxyProtocol, SendBody, Timeout,
    tls::{Certificate, RootCerts, TlsConfig},
};

use super::{
    Limits, Sending, Sleeping, Transport, TransportError,
    cause::Hopeless,
    own::{IDLE, Proxies, Proxy, Roots, Settings},
};
use crate::{Error, Phase, error::Cause};

/// How many connections are kept at most that nobody uses.
const IDLE_CONNECTIONS: usize = 32;

/// How much of an answer is read at a time.
const CHUNK: usize = 16 * 1024;

/// As long as any call may take, so that no sum of times overflows.
const AGES: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);

/// The crate's own transport for callers that wait on their thread: its futures do their work when polled.
pub(crate) struct Blocking {
    agent: Agent,
    proxies: Proxies,
    connect_timeout: Duration,
}

impl Blocking {
    pub(crate) fn new(settings: Settings) -> Result<Self, Error> {
        let tls = TlsConfig::builder().root_certs(roots(&settings.roots));
        let connect_timeout = settings.connect_timeout.min(AGES);
        let config = Agent::config_builder()
            .tls_config(tls.build())
            // Each of the two has the whole time: ureq has no bound for both together.
            .timeout_resolve(Some(connect_timeout))
            .timeout_connect(Some(connect_timeout))
            .max_idle_age(IDLE)
            .max_idle_connections(IDLE_CONNECTIONS)
            .max_idle_connections_per_host(IDLE_CONNECTIONS)
            // Which proxy a request goes through is settled request by request.
            .proxy(None)
            .http_status_as_error(false)
            .max_redirects(0)
            // The request goes out as it is, and no encoding of the answer is asked for.
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
        let length = header::HeaderValue::from(body.len());
        head.headers.insert(header::CONTENT_LENGTH, length);
        let proxy = match self.proxies.of(&head.uri) {
            Some(proxy) => Some(tunnel(proxy).map_err(|error| {
                let failure = self.failure(Phase::NotConnected, error, limits);
                failure.permanent()
            })?),
            None => None,
        };

        let mut upload = Upload::new(&body);
        let request = http::Request::from_parts(head, SendBody::from_reader(&mut upload));
        let request = self
            .agent
            .configure_request(request)
            .timeout_global(Some(limits.timeout.min(AGES)))
            .timeout_per_read(Some(limits.silence.min(AGES)))
            .proxy(proxy)
            .build();
        // ureq sends a request once, whatever becomes of it: an idle connection that died is found out before.
        let response = self.agent.run(request).map_err(|error| {
            let phase = upload.phase(&error);
            self.failure(phase, error, limits)
        })?;
        let (head, body) = response.into_parts();
        match self.read(body, limits) {
            Ok(body) => Ok(http::Response::from_parts(head, body)),
            Err(failure) => Err(failure.with_status(head.status)),
        }
    }

    /// Reads a body to its end, or fails once it is larger than it may be.
    fn read(&self, body: Body, limits: Limits) -> Result<Bytes, TransportError> {
        let limit = limits.response_bytes;
        let announced = body.content_length();
        if announced.is_some_and(|length| length > limit as u64) {
            return Err(TransportError::too_large(limit));
        }
        let mut reader = body.into_reader();
        let mut bytes = Vec::new();
        let mut chunk = [0; CHUNK];
        loop {
            let data = match reader.read(&mut chunk) {
                Ok(0) => return Ok(bytes.into()),
                Ok(length) => &chunk[..length],
                Err(error) => return Err(self.failure(Phase::Answered, error.into(), limits)),
            };
            if data.len() > limit - bytes.len() {
                return Err(TransportError::too_large(limit));
            }
            bytes.extend_from_slice(data);
        }
    }

    /// What an error of ureq is, which does not say itself what stands behind it.
    fn failure(&self, phase: Phase, error: ureq::Error, limits: Limits) -> TransportError {
        let cause: Cause = match error {
            ureq::Error::Timeout(which) => {
                let cause = match which {
                    Timeout::PerRead => format!("the read time-out is {:?}", limits.silence),
                    Timeout::Resolve | Timeout::Connect => {
                        let limit = self.connect_timeout;
                        format!("the time-out for connections is {limit:?}")
                    }
                    _ => format!("the time-out is {:?}", limits.timeout),
                };
                return TransportError::new(phase, cause).timed_out();
            }
            ureq::Error::Io(error) => error.into(),
            ureq::Error::Rustls(error) => error.into(),
            // The status stands nowhere but in the text.
            ureq::Error::ConnectProxyFailed(reason) if reason.contains("responded 407") => {
                Hopeless(Hopeless::PASSWORD).into()
            }
            // The host cannot stand in a certificate.
            ureq::Error::Tls(reason) => Hopeless(reason).into(),
            error => error.into(),
        };
        TransportError::from_cause(phase, cause)
    }
}

impl Transport for Blocking {
    fn send(&self, request: http::Request<Bytes>, limits: Limits) -> Sending<'_> {
        Box::pin(async move { self.exchange(request, limits) })
    }

    fn sleep(&self, duration: Duration) -> Sleeping<'_> {
        Box::pin(async move { thread::sleep(duration) })
    }

    fn is_blocking(&self) -> bool {
        true
    }
}

fn roots(roots: &Roots) -> RootCerts {
    if roots.public && roots.own.is_empty() {
        return RootCerts::WebPki;
    }
    let public = if roots.public {
        webpki_root_certs::TLS_SERVER_ROOT_CERTS
    } else {
        &[]
    };
    let certificates = public.iter().chain(&roots.own);
    certificates
        .map(|certificate| Certificate::from_der(certificate).to_owned())
        .into()
}

fn tunnel(proxy: &Proxy) -> Result<ureq::Proxy, ureq::Error> {
    let protocol = if proxy.uri.scheme() == Some(&Scheme::HTTPS) {
        ProxyProtocol::Https
    } else {
        ProxyProtocol::Http
    };
    let mut builder = ureq::Proxy::builder(protocol).host(proxy.uri.host().unwrap_or_default());
    if let Some(port) = proxy.uri.port_u16() {
        builder = builder.port(port);
    }
    if let Some(user) = &proxy.user {
        builder = builder.username(&user.name).password(&user.password);
    }
    builder.build()
}

/// The body of a request, which keeps book of how much of it was handed to the connection. ureq asks for its first
/// bytes once the head is sent.
struct Upload<'a> {
    rest: &'a [u8],
    length: usize,
}

impl<'a> Upload<'a> {
    fn new(body: &'a [u8]) -> Self {
        Self {
            rest: body,
            length: body.len(),
        }
    }

    /// How far a request had come that met this error.
    fn phase(&self, error: &ureq::Error) -> Phase {
        let untouched = self.rest.len() == self.length;
        if untouched && is_connect(error) {
            Phase::NotConnected
        } else if self.rest.is_empty() {
            Phase::SentWhole
        } else {
            Phase::SentInPart
        }
    }
}

impl Read for Upload<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.rest.read(buffer)
    }
}

/// Whether an error before the first byte of the body means for sure that there was no connection yet.
fn is_connect(error: &ureq::Error) -> bool {
    match error {
        // Nothing is read before the body is sent, unless it comes from a proxy or belongs to TLS.
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
