//! The built-in transport: HTTP by hyper, TLS by rustls, with a pool of connections.

mod connector;

use std::time::Duration;

use bytes::Bytes;
use hyper_util::{
    client::legacy::{self, Client},
    rt::{TokioExecutor, TokioTimer},
};

use self::connector::Connector;
pub(super) use self::connector::is_proxy_auth_required;
use super::{
    Limits, Sending, Sleeping, Transport, exchange,
    options::{IDLE_TIMEOUT, Settings},
    upload::Upload,
};
use crate::Error;

/// The built-in transport for async programs.
pub(crate) struct Hyper(Client<Connector, Upload>);

impl Hyper {
    pub(crate) fn new(settings: Settings) -> Result<Self, Error> {
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIMEOUT)
            .build(Connector::new(settings)?);
        Ok(Self(client))
    }
}

impl Transport for Hyper {
    fn send(&self, request: http::Request<Bytes>, limits: Limits) -> Sending<'_> {
        let send = |request| self.0.request(request);
        Box::pin(exchange::exchange(
            request,
            limits,
            legacy::Error::is_connect,
            send,
        ))
    }

    fn sleep(&self, duration: Duration) -> Sleeping<'_> {
        exchange::sleep(duration)
    }
}
