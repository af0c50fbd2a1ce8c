//! The built-in transport: HTTP by hyper, TLS by rustls, with a pool of connections.

use std::{
    error::Error as StdError,
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use http::{Uri, uri::Scheme};
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::{
    client::legacy::{
        self, Client,
        connect::{HttpConnector, proxy::Tunnel},
    },
    rt::{TokioExecutor, TokioIo, TokioTimer},
};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use tokio::{net::TcpStream, time::timeout};
use tower_service::Service;

use super::{
    Limits, Sending, Sleeping, Transport, exchange,
    options::{IDLE_TIMEOUT, Settings},
    proxy::Proxies,
    upload::Upload,
};
use crate::{Error, ErrorKind, error::Cause};

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
        let is_connect = legacy::Error::is_connect;
        Box::pin(exchange::exchange(request, limits, is_connect, send))
    }

    fn sleep(&self, duration: Duration) -> Sleeping<'_> {
        exchange::sleep(duration)
    }
}

/// A connection to a host, or to a proxy and through its tunnel to the host: each with or without TLS.
type Stream = MaybeHttpsStream<MaybeHttpsStream<TokioIo<TcpStream>>>;

/// Opens connections, with TLS for `https`, within the connect timeout.
#[derive(Clone)]
struct Connector {
    direct: HttpsConnector<HttpConnector>,
    proxies: Arc<Proxies>,
    /// Connects to proxies.
    proxy: HttpsConnector<HttpConnector>,
    /// For hosts behind a tunnel.
    tls: Arc<ClientConfig>,
    timeout: Duration,
}

impl Connector {
    fn new(settings: Settings) -> Result<Self, Error> {
        let timeout = settings.connect_timeout;
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // Divided between the addresses of a host, so that one that drops packets does not use all of it.
        tcp.set_connect_timeout(Some(timeout));

        let mut tls = tls(&settings)?;
        // Tunnels need HTTP/1.1, so a proxy is offered nothing else.
        let proxy = HttpsConnector::from((tcp.clone(), tls.clone()));
        if cfg!(feature = "http2") {
            tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        }
        let tls = Arc::new(tls);
        Ok(Self {
            direct: HttpsConnector::from((tcp, Arc::clone(&tls))),
            proxies: Arc::new(settings.proxies),
            proxy,
            tls,
            timeout,
        })
    }

    async fn connect(mut self, uri: Uri) -> Result<Stream, Cause> {
        let Some(proxy) = self.proxies.intercept(&uri) else {
            return Ok(MaybeHttpsStream::Http(self.direct.call(uri).await?));
        };
        let mut tunnel = Tunnel::new(proxy.uri().clone(), self.proxy);
        if let Some(authorization) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(authorization.clone());
        }
        let mut tunneled = HttpsConnector::from((tunnel, self.tls));
        tunneled.call(with_port(uri)).await
    }
}

impl Service<Uri> for Connector {
    type Response = Stream;
    type Error = Cause;
    type Future = Pin<Box<dyn Future<Output = Result<Stream, Cause>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Cause>> {
        self.direct.poll_ready(context)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let (limit, connecting) = (self.timeout, self.clone().connect(uri));
        Box::pin(async move {
            timeout(limit, connecting).await.unwrap_or_else(|_| {
                let cause = format!("the connect timeout is {limit:?}");
                Err(io::Error::new(io::ErrorKind::TimedOut, cause).into())
            })
        })
    }
}

fn tls(settings: &Settings) -> Result<ClientConfig, Error> {
    // Compiled in: the same on every machine, also without installed certificates, as in most containers.
    let mut store = RootCertStore::empty();
    if settings.public_roots {
        store.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    // None is left out: they were checked.
    store.add_parsable_certificates(settings.roots.iter().cloned());
    // An explicit provider, so that another one in the caller's program does not interfere.
    Ok(
        ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| {
                Error::new(ErrorKind::Setting, "TLS cannot be configured").with_source(error)
            })?
            .with_root_certificates(store)
            .with_no_client_auth(),
    )
}

/// Adds the port to the URI, because the tunnel takes that of https for every scheme.
fn with_port(uri: Uri) -> Uri {
    if uri.scheme() != Some(&Scheme::HTTP) || uri.port().is_some() {
        return uri;
    }
    let with_port = format!("http://{}:80/", uri.host().unwrap_or_default());
    with_port.parse().unwrap_or(uri)
}

/// Whether the proxy rejects the user and the password, or their absence.
pub(super) fn is_proxy_auth_required(error: &(dyn StdError + 'static)) -> bool {
    type TunnelError = <Tunnel<HttpConnector> as Service<Uri>>::Error;
    matches!(error.downcast_ref(), Some(TunnelError::ProxyAuthRequired))
}
