//! The crate's own transport: HTTP/1.1 by hyper, TLS by rustls, connections kept alive in a pool.

mod connector;
#[cfg(test)]
mod tls;
mod upload;

use std::{error::Error as StdError, future::poll_fn, io, pin::pin, sync::Arc, time::Duration};

use bytes::Bytes;
use hyper::body::{Body as _, Incoming};
use hyper_util::{
    client::legacy::{self, Client},
    rt::{TokioExecutor, TokioTimer},
};
use rustls::RootCertStore;
use tokio::{runtime::Handle, time::timeout};

use self::{
    connector::{Connector, public_roots},
    upload::{Progress, Upload},
};
use super::{Limits, Sending, Transport, TransportError};
use crate::{Error, Phase};

/// How long a connection is kept that nobody uses. Servers close idle ones after a minute or so, and a request
/// that meets such a close on its way cannot always be repeated, so we are first.
const IDLE: Duration = Duration::from_secs(30);

/// How much is set aside at most for a body because of what the server says of its length.
const PREALLOCATED: u64 = 256 * 1024;

/// The crate's own transport.
pub(crate) struct Hyper {
    client: Client<Connector, Upload>,
}

impl Hyper {
    /// `connect_timeout` bounds all that comes before a request: name resolution, TCP and TLS.
    pub(crate) fn new(connect_timeout: Duration) -> Result<Self, Error> {
        Self::with_roots(connect_timeout, public_roots())
    }

    fn with_roots(connect_timeout: Duration, roots: RootCertStore) -> Result<Self, Error> {
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .build(Connector::new(connect_timeout, roots)?);
        Ok(Self { client })
    }

    async fn exchange(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> Result<http::Response<Bytes>, TransportError> {
        if Handle::try_current().is_err() {
            return Err(TransportError::new(
                Phase::NotConnected,
                "the default transport works only inside of a tokio runtime",
            ));
        }
        let progress = Arc::new(Progress::default());
        let request = request.map(|body| Upload::new(body, Arc::clone(&progress)));
        let mut status = None;
        let exchange = async {
            let response = self
                .client
                .request(request)
                .await
                .map_err(|error| unanswered(error, &progress))?;
            status = Some(response.status());
            let (head, body) = response.into_parts();
            let body = read(body, limits.response_bytes).await.map_err(|cause| {
                TransportError::new(Phase::Answered, cause).with_status(head.status)
            })?;
            Ok(http::Response::from_parts(head, body))
        };
        match timeout(limits.timeout, exchange).await {
            Ok(result) => result,
            Err(_) => {
                let cause = format!("the time-out is {:?}", limits.timeout);
                Err(match status {
                    None => TransportError::new(progress.stop(), cause),
                    Some(status) => TransportError::new(Phase::Answered, cause).with_status(status),
                }
                .timed_out())
            }
        }
    }
}

impl Transport for Hyper {
    fn send(&self, request: http::Request<Bytes>, limits: Limits) -> Sending<'_> {
        Box::pin(self.exchange(request, limits))
    }
}

/// A failure before the head of an answer came.
fn unanswered(error: legacy::Error, progress: &Progress) -> TransportError {
    let phase = if error.is_connect() {
        Phase::NotConnected
    } else {
        progress.stop()
    };
    let timeout = is_timeout(&error);
    let failure = TransportError::new(phase, error);
    if timeout {
        failure.timed_out()
    } else {
        failure
    }
}

fn is_timeout(error: &(dyn StdError + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<io::Error>()
            && error.kind() == io::ErrorKind::TimedOut
        {
            return true;
        }
        cause = error.source();
    }
    false
}

/// Reads a body to its end, or fails once it is larger than `limit` bytes.
async fn read(body: Incoming, limit: usize) -> Result<Bytes, Box<dyn StdError + Send + Sync>> {
    let too_large = || format!("the answer is larger than {limit} bytes");

    let announced = body.size_hint().lower();
    if announced > limit as u64 {
        return Err(too_large().into());
    }
    let mut bytes = Vec::with_capacity(announced.min(PREALLOCATED) as usize);
    let mut body = pin!(body);
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        // The other kind of frames, trailers, says nothing of interest.
        if let Ok(data) = frame?.into_data() {
            if data.len() > limit - bytes.len() {
                return Err(too_large().into());
            }
            bytes.extend_from_slice(&data);
        }
    }
    Ok(bytes.into())
}
