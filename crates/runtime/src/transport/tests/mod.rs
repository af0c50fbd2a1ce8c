//! Every transport of the crate goes through the same course, on loopback.

mod course;
#[cfg(feature = "http2")]
mod http2;
#[cfg(any(feature = "blocking", feature = "hyper"))]
mod proxy;
mod server;
#[cfg(any(feature = "blocking", feature = "hyper"))]
mod tls;

use std::{
    pin::pin,
    sync::LazyLock,
    task::{Context, Poll, Waker},
    time::Duration,
};

use tokio::runtime::Runtime;

use super::*;
use crate::Phase;

/// Long enough for an exchange on loopback, short enough to wait for.
const SHORT: Duration = Duration::from_millis(500);

const LONG: Duration = Duration::from_secs(60);

const LIMITS: Limits = Limits {
    timeout: LONG,
    read_timeout: LONG,
    response_bytes: 100_000,
};

/// The request of all tests.
const BODY: &[u8] = br#"{"Name":"Ada"}"#;

fn post(url: &str, body: impl Into<Bytes>) -> http::Request<Bytes> {
    let host = url.split('/').nth(2).unwrap();
    let request = http::Request::post(url)
        .header("host", host)
        .header("content-type", "application/json");
    request.body(body.into()).unwrap()
}

fn send(
    transport: &dyn Transport,
    request: http::Request<Bytes>,
    limits: Limits,
) -> Result<http::Response<Bytes>, TransportError> {
    run(transport, transport.send(request, limits))
}

/// Runs a future of a transport in the way that it needs.
fn run<T>(transport: &dyn Transport, future: impl Future<Output = T>) -> T {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());
    if !transport.is_blocking() {
        return RUNTIME.block_on(future);
    }
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a blocking transport is never pending"),
    }
}

/// An exchange that is as it should be.
#[track_caller]
fn works(transport: &dyn Transport, url: &str) {
    let response = send(transport, post(url, BODY), LIMITS).unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.body(), "found");
}

/// The texts of what stands behind a failure.
fn causes(failure: &TransportError) -> String {
    let mut text = format!("{failure} {failure:?}");
    let mut source = std::error::Error::source(failure);
    while let Some(error) = source {
        text += &format!(": {error}");
        source = error.source();
    }
    text
}

/// The crate's own transports.
#[cfg(any(feature = "blocking", feature = "hyper"))]
fn own() -> Vec<fn(options::Options) -> Box<dyn Transport>> {
    vec![
        #[cfg(feature = "hyper")]
        |wanted| Box::new(Hyper::new(wanted.check().unwrap()).unwrap()),
        #[cfg(feature = "blocking")]
        |wanted| Box::new(Blocking::new(wanted.check().unwrap()).unwrap()),
    ]
}

/// Settings that do not depend on the environment.
#[cfg(any(feature = "blocking", feature = "hyper"))]
fn wanted() -> options::Options {
    options::Options {
        proxy: options::ProxyOption::None,
        ..options::Options::default()
    }
}
