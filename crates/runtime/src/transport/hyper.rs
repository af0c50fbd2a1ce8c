//! Built-in async transport: HTTP by hyper, with a pool of connections for each tokio runtime.

use std::{
    future::pending,
    mem,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::uri::Scheme;
use hyper_util::{
    client::legacy::{self, Client, connect::capture_connection},
    rt::{TokioExecutor, TokioTimer},
};
use tokio::{
    runtime::{Handle, Id},
    task::{AbortHandle, yield_now},
};

use super::{
    Limits, Sending, Sleeping, Task, Transport,
    connect::Connector,
    exchange,
    options::{IDLE_TIMEOUT, Settings},
    upload::Upload,
};
use crate::{Error, lock::lock};

/// Interval and timeout of pings on an HTTP/2 connection that receives nothing. Together they are less than the default
/// read timeout, so a dead connection is detected before a call on it times out.
#[cfg(feature = "http2")]
const PING_INTERVAL: Duration = Duration::from_secs(10);
#[cfg(feature = "http2")]
const PING_TIMEOUT: Duration = Duration::from_secs(10);

/// Time without requests after which connections are checked before use. A check costs a system call, and no server closes
/// connections sooner.
const IDLE_CHECK_AFTER: Duration = Duration::from_secs(1);

/// Built-in transport for async programs.
pub(crate) struct Hyper {
    connector: Connector,
    pools: Mutex<Vec<Pool>>,
}

/// Connections of one runtime. They make progress only in this runtime, so no other runtime may use them.
struct Pool {
    runtime: Id,
    client: Arc<Client<Connector, Upload>>,
    /// Time of the last request.
    last_used: Instant,
    /// Task that ends with the runtime.
    sentinel: AbortHandle,
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.sentinel.abort();
    }
}

impl Hyper {
    pub(crate) fn new(settings: Settings) -> Result<Self, Error> {
        Ok(Self {
            connector: Connector::new(settings)?,
            pools: Mutex::default(),
        })
    }

    /// Returns the client of a runtime and the time since its last use.
    fn client(&self, runtime: &Handle) -> (Arc<Client<Connector, Upload>>, Duration) {
        let mut pools = lock(&self.pools);
        let now = Instant::now();
        let is_alive = |pool: &Pool| !pool.sentinel.is_finished();
        // A new runtime may have the id of one that has ended.
        let is_current = |pool: &&mut Pool| pool.runtime == runtime.id() && is_alive(pool);
        if let Some(pool) = pools.iter_mut().find(is_current) {
            let last_used = mem::replace(&mut pool.last_used, now);
            return (Arc::clone(&pool.client), now - last_used);
        }
        pools.retain(is_alive);
        let client = Arc::new(client(self.connector.clone()));
        pools.push(Pool {
            runtime: runtime.id(),
            client: Arc::clone(&client),
            last_used: now,
            sentinel: runtime.spawn(pending::<()>()).abort_handle(),
        });
        (client, Duration::ZERO)
    }
}

impl Transport for Hyper {
    fn send(&self, mut request: http::Request<Bytes>, limits: Limits) -> Sending<'_> {
        // HTTP/2 is negotiated in TLS. With it, a request can wait on an open connection.
        let may_wait = cfg!(feature = "http2") && request.uri().scheme() == Some(&Scheme::HTTPS);
        let connection = may_wait.then(|| capture_connection(&mut request));
        let is_connected = move || {
            let connection = connection.as_ref();
            connection.is_some_and(|connection| connection.connection_metadata().is_some())
        };
        let send = move |request| async move {
            let (client, idle) = self.client(&Handle::current());
            // The server may have closed connections while the runtime was idle. The runtime detects that when a task yields.
            if idle > IDLE_CHECK_AFTER {
                yield_now().await;
            }
            client.request(request).await
        };
        let is_connect = legacy::Error::is_connect;
        Box::pin(exchange::exchange(
            request,
            limits,
            is_connect,
            is_connected,
            send,
        ))
    }

    fn sleep(&self, duration: Duration) -> Sleeping<'_> {
        exchange::sleep(duration)
    }

    fn spawn(&self, task: Task) -> Option<Task> {
        exchange::spawn(task)
    }
}

fn client(connector: Connector) -> Client<Connector, Upload> {
    let mut builder = Client::builder(TokioExecutor::new());
    builder
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(IDLE_TIMEOUT);
    #[cfg(feature = "http2")]
    builder
        .timer(TokioTimer::new())
        .http2_keep_alive_interval(PING_INTERVAL)
        .http2_keep_alive_timeout(PING_TIMEOUT)
        .http2_keep_alive_while_idle(true);
    builder.build(connector)
}
