//! The crate's own transport: HTTP by hyper, TLS by rustls, connections kept alive in a pool.

mod connector;
mod route;

use std::time::Duration;

use bytes::Bytes;
use hyper_util::{
    client::legacy::{self, Client},
    rt::{TokioExecutor, TokioTimer},
};

use self::connector::Connector;
use super::{
    Limits, Sending, Sleeping, Transport, exchange,
    own::{IDLE, Settings},
    upload::Upload,
};
use crate::Error;

/// The crate's own transport.
pub(crate) struct Hyper {
    client: Client<Connector, Upload>,
}

impl Hyper {
    pub(crate) fn new(settings: Settings) -> Result<Self, Error> {
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .build(Connector::new(settings)?);
        Ok(Self { client })
    }
}

impl Transport for Hyper {
    fn send(&self, request: http::Request<Bytes>, limits: Limits) -> Sending<'_> {
        Box::pin(async move {
            let (request, progress) = exchange::prepare(request)?;
            let sending = self.client.request(request);
            exchange::exchange(sending, legacy::Error::is_connect, &progress, limits).await
        })
    }

    fn sleep(&self, duration: Duration) -> Sleeping<'_> {
        exchange::sleep(duration)
    }
}
