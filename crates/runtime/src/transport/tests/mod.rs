//! Tests of the built-in transports and of `Reqwest`, against servers on loopback.

mod conformance;
#[cfg(feature = "http2")]
mod http2;
#[cfg(any(feature = "blocking", feature = "hyper"))]
mod proxy;
mod server;
#[cfg(any(feature = "blocking", feature = "hyper"))]
mod tls;

use std::{sync::LazyLock, time::Duration};

use tokio::runtime::Runtime;

use super::*;
use crate::Phase;

/// Timeout that is long enough for an exchange on loopback, and short enough for a test.
const SHORT: Duration = Duration::from_millis(500);

const LONG: Duration = Duration::from_secs(60);

const LIMITS: Limits = Limits {
    timeout: LONG,
    read_timeout: LONG,
    response_bytes: 100_000,
};

/// Body of the request in all tests.
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

/// Runs a future of a transport, with an async runtime if the transport needs one.
fn run<T>(transport: &dyn Transport, future: impl Future<Output = T>) -> T {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());
    #[cfg(feature = "blocking")]
    if transport.is_blocking() {
        return pollster::block_on(future);
    }
    assert!(!transport.is_blocking());
    RUNTIME.block_on(future)
}

/// Checks that an exchange succeeds.
#[track_caller]
fn assert_works(transport: &dyn Transport, url: &str) {
    let response = send(transport, post(url, BODY), LIMITS).unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.body(), "found");
}

/// Returns the texts of a failure and its sources.
fn error_chain(failure: &TransportError) -> String {
    let mut text = format!("{failure} {failure:?}");
    let mut source = std::error::Error::source(failure);
    while let Some(error) = source {
        text += &format!(": {error}");
        source = error.source();
    }
    text
}

/// Returns constructors of the built-in transports.
#[cfg(any(feature = "blocking", feature = "hyper"))]
fn built_in_transports() -> Vec<fn(options::Options) -> Box<dyn Transport>> {
    vec![
        #[cfg(feature = "hyper")]
        |options| Box::new(Hyper::new(options.check().unwrap()).unwrap()),
        #[cfg(feature = "blocking")]
        |options| Box::new(Blocking::new(options.check().unwrap()).unwrap()),
    ]
}

/// Returns options that do not depend on the environment.
#[cfg(any(feature = "blocking", feature = "hyper"))]
fn no_proxy_options() -> options::Options {
    options::Options {
        proxy: options::ProxyOption::None,
        ..options::Options::default()
    }
}

/// Environment variable with the endpoint for a test in a [child process](run_in_child).
#[cfg(any(feature = "blocking", feature = "hyper"))]
const ENDPOINT: &str = "TC3_TEST_ENDPOINT";

/// Runs a test of a module here in a child process with this endpoint and these variables, because changing the
/// environment of a running process is unsafe.
#[cfg(any(feature = "blocking", feature = "hyper"))]
#[track_caller]
fn run_in_child(test: &str, endpoint: String, variables: &[(&str, &str)]) {
    let (_, module) = module_path!().split_once("::").unwrap();
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("{module}::{test}")])
        .env_remove("REQUEST_METHOD")
        .env(ENDPOINT, endpoint)
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && text.contains("1 passed"),
        "{text}"
    );
}
