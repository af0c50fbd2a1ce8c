use std::{error::Error as StdError, fmt};

use crate::{Error, ErrorKind, Phase, error::Cause};

/// Error of a [`Transport`](super::Transport).
#[derive(Debug)]
pub struct TransportError {
    pub(crate) phase: Phase,
    pub(crate) timeout: bool,
    pub(crate) permanent: bool,
    pub(crate) http_status: Option<u16>,
    /// Host and port of the proxy through which no connection was made.
    proxy: Option<String>,
    /// Remedy for the caller, if known.
    remedy: Option<&'static str>,
    pub(crate) source: Cause,
}

impl TransportError {
    /// Creates an error from the phase that the request reached, and the cause.
    ///
    /// If two phases are possible, use the later one: a retry depends on it.
    pub fn new(phase: Phase, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            phase,
            timeout: false,
            permanent: false,
            http_status: None,
            proxy: None,
            remedy: None,
            source: source.into(),
        }
    }

    /// Marks the error as a timeout.
    pub fn timed_out(mut self) -> Self {
        self.timeout = true;
        self
    }

    /// Marks the error as permanent: a retry would fail in the same way. Examples are an untrusted certificate and a
    /// response that is too large.
    pub fn permanent(mut self) -> Self {
        self.permanent = true;
        self
    }

    /// Adds the status of a response whose body could not be read.
    pub fn with_status(mut self, status: http::StatusCode) -> Self {
        self.http_status = Some(status.as_u16());
        self
    }

    /// Returns the error of a request that got no response from a host.
    pub(crate) fn at_host(self, host: &str) -> Error {
        let message = match &self.proxy {
            Some(proxy) => format!("{self} ({host} through the proxy {proxy})"),
            None => format!("{self} ({host})"),
        };
        let error = Error::new(ErrorKind::Transport, message)
            .with_remedy(self.remedy)
            .with_phase(self.phase)
            .with_timeout(self.timeout)
            .with_source(self.source)
            .with_transient(!self.permanent);
        match self.http_status {
            Some(status) => error.with_http_status(status),
            None => error,
        }
    }
}

#[cfg(any(feature = "blocking", feature = "hyper", feature = "reqwest"))]
impl TransportError {
    /// Creates an error from its cause, which determines its text and whether it is a timeout or permanent.
    pub(super) fn from_cause(phase: Phase, source: impl Into<Cause>) -> Self {
        let mut error = Self::new(phase, source.into());
        error.timeout = super::cause::is_timeout(&*error.source);
        error.permanent = super::cause::is_permanent(&*error.source);
        #[cfg(any(feature = "blocking", feature = "hyper"))]
        {
            error.remedy = super::cause::remedy(&*error.source);
            error.proxy = super::cause::proxy(&*error.source);
        }
        error
    }

    /// Creates the error of a timeout from its name and duration.
    pub(super) fn from_timeout(phase: Phase, timeout: &str, limit: std::time::Duration) -> Self {
        Self::new(phase, format!("the {timeout} is {limit:?}")).timed_out()
    }

    /// Creates the error of a response whose body is larger than `limit`.
    pub(super) fn too_large(limit: usize) -> Self {
        let cause = format!("the response is larger than {limit} bytes");
        Self::new(Phase::Answered, cause).permanent()
    }
}

/// Conversion for credential providers that send requests themselves.
impl From<TransportError> for Error {
    fn from(failure: TransportError) -> Self {
        failure.at_host("the provider's server")
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.timeout, self.phase) {
            (true, Phase::NotConnected) => "connecting timed out",
            (true, Phase::SentInPart) => "sending the request timed out",
            (true, Phase::SentWhole) => "waiting for the response timed out",
            (true, Phase::Answered) => "reading the response timed out",
            (false, Phase::NotConnected) => "connecting failed",
            (false, Phase::SentInPart) => "the connection failed while the request was sent",
            (false, Phase::SentWhole) => "the connection failed before the response",
            (false, Phase::Answered) => "the response could not be read completely",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
