use std::{error::Error as StdError, fmt};

use crate::{Phase, error::Cause};

/// Why a [`Transport`](super::Transport) brought back no answer.
pub struct TransportError {
    pub(crate) phase: Phase,
    pub(crate) timeout: bool,
    pub(crate) permanent: bool,
    pub(crate) http_status: Option<u16>,
    pub(crate) source: Cause,
}

impl TransportError {
    /// A failure, how far the request had come, and the cause.
    ///
    /// Of two phases that are possible name the later: whether a call is repeated may hang on it.
    pub fn new(phase: Phase, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            phase,
            timeout: false,
            permanent: false,
            http_status: None,
            source: source.into(),
        }
    }

    /// Marks the failure as one of time running out.
    pub fn timed_out(mut self) -> Self {
        self.timeout = true;
        self
    }

    /// Marks the failure as one that trying again does not take away, such as a certificate that is not accepted
    /// or an answer that is larger than it may be.
    pub fn permanent(mut self) -> Self {
        self.permanent = true;
        self
    }

    /// Adds the status of an answer whose body could not be read.
    pub fn with_status(mut self, status: http::StatusCode) -> Self {
        self.http_status = Some(status.as_u16());
        self
    }

    /// A failure that is marked as what its causes say it is.
    #[cfg(any(feature = "blocking", feature = "hyper", feature = "reqwest"))]
    pub(super) fn from_cause(phase: Phase, source: impl Into<Cause>) -> Self {
        let source = source.into();
        Self {
            phase,
            timeout: super::cause::is_timeout(&*source),
            permanent: super::cause::is_permanent(&*source),
            http_status: None,
            source,
        }
    }

    /// An answer whose body has more than that many bytes.
    #[cfg(any(feature = "blocking", feature = "hyper", feature = "reqwest"))]
    pub(super) fn too_large(limit: usize) -> Self {
        let cause = format!("the answer is larger than {limit} bytes");
        Self::new(Phase::Answered, cause).permanent()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.timeout, self.phase) {
            (true, Phase::NotConnected) => "no connection in time",
            (true, Phase::SentInPart) => "time ran out while the request was sent",
            (true, Phase::SentWhole) => "no answer in time",
            (true, Phase::Answered) => "time ran out while the answer came in",
            (false, Phase::NotConnected) => "no connection could be made",
            (false, Phase::SentInPart) => "the connection broke while the request was sent",
            (false, Phase::SentWhole) => "the connection broke before an answer came",
            (false, Phase::Answered) => "the answer could not be read to its end",
        })
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("phase", &self.phase)
            .field("timeout", &self.timeout)
            .field("permanent", &self.permanent)
            .field("http_status", &self.http_status)
            .field("source", &self.source)
            .finish()
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
