//! Opens connections: TCP, the tunnel of a proxy, and TLS by rustls.

use std::{
    error::Error as StdError,
    fmt, io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use http::{Uri, uri::Scheme};
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::{
    client::{
        legacy::connect::{HttpConnector, proxy::Tunnel},
        proxy::matcher::Intercept,
    },
    rt::TokioIo,
};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use tokio::{net::TcpStream, time::timeout};
use tower_service::Service;

use super::{options::Settings, proxy::Proxies, without_info::WithoutInfo};
use crate::{Error, ErrorKind, error::Cause};

/// Connection to a host, directly or through the tunnel of a proxy. Both parts can have TLS.
pub(super) type Connection = WithoutInfo<MaybeHttpsStream<MaybeHttpsStream<TokioIo<TcpStream>>>>;

/// Opens connections, with TLS for `https`, within the connect timeout.
#[derive(Clone)]
pub(super) struct Connector {
    direct: HttpsConnector<HttpConnector>,
    proxies: Arc<Proxies>,
    /// Connects to proxies.
    proxy: HttpsConnector<HttpConnector>,
    /// TLS settings for hosts behind a tunnel.
    tls: Arc<ClientConfig>,
    timeout: Duration,
}

impl Connector {
    pub(super) fn new(settings: Settings) -> Result<Self, Error> {
        let timeout = settings.connect_timeout;
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // hyper-util divides it between the addresses of a host, so that one unreachable address does not use it up.
        tcp.set_connect_timeout(Some(timeout));

        let mut tls = tls(&settings)?;
        // A tunnel needs HTTP/1.1, so the proxy is not offered HTTP/2.
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

    async fn connect(mut self, uri: Uri, proxy: Option<Intercept>) -> Result<Connection, Cause> {
        let Some(proxy) = proxy else {
            let stream = self.direct.call(uri).await?;
            return Ok(WithoutInfo(MaybeHttpsStream::Http(stream)));
        };
        let mut tunnel = Tunnel::new(proxy.uri().clone(), self.proxy);
        if let Some(authorization) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(authorization.clone());
        }
        let mut tunneled = HttpsConnector::from((tunnel, self.tls));
        Ok(WithoutInfo(tunneled.call(with_port(uri)).await?))
    }
}

impl Service<Uri> for Connector {
    type Response = Connection;
    type Error = Cause;
    type Future = Pin<Box<dyn Future<Output = Result<Connection, Cause>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Cause>> {
        self.direct.poll_ready(context)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connector = self.clone();
        Box::pin(async move {
            let (limit, proxy) = (connector.timeout, connector.proxies.intercept(&uri)?);
            let address = proxy.as_ref().map(|proxy| address(proxy.uri()));
            let connected = timeout(limit, connector.connect(uri, proxy)).await;
            let connected = connected.unwrap_or_else(|_| {
                let cause = format!("the connect timeout is {limit:?}");
                Err(io::Error::new(io::ErrorKind::TimedOut, cause).into())
            });
            match address {
                Some(proxy) => connected.map_err(|source| ProxyFailure { proxy, source }.into()),
                None => connected,
            }
        })
    }
}

/// Error of a proxy that did not open its tunnel.
pub(super) type TunnelError = <Tunnel<HttpConnector> as Service<Uri>>::Error;

/// Failure to connect through a proxy.
#[derive(Debug)]
pub(super) struct ProxyFailure {
    /// Host and port of the proxy.
    pub(super) proxy: String,
    source: Cause,
}

impl fmt::Display for ProxyFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot connect through the proxy {}", self.proxy)
    }
}

impl StdError for ProxyFailure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

/// Returns the host and the port, without the user.
fn address(uri: &Uri) -> String {
    let host = uri.host().unwrap_or_default();
    match uri.port_u16() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

fn tls(settings: &Settings) -> Result<ClientConfig, Error> {
    // Compiled in, because most containers have no installed certificates.
    let mut store = RootCertStore::empty();
    if settings.public_roots {
        store.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    // This skips invalid certificates, but they were checked before.
    store.add_parsable_certificates(settings.roots.iter().cloned());
    // An explicit crypto provider does not depend on the default provider of the process.
    Ok(
        ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| {
                Error::new(ErrorKind::Setting, "cannot configure TLS").with_source(error)
            })?
            .with_root_certificates(store)
            .with_no_client_auth(),
    )
}

/// Adds the default port to an `http` URI, because the tunnel defaults to 443 for every scheme.
fn with_port(uri: Uri) -> Uri {
    if uri.scheme() != Some(&Scheme::HTTP) || uri.port().is_some() {
        return uri;
    }
    let with_port = format!("http://{}:80/", uri.host().unwrap_or_default());
    with_port.parse().unwrap_or(uri)
}
