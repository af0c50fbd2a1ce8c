//! Connections: TCP, the tunnel of a proxy, TLS.

use std::{
    error::Error as StdError,
    future::poll_fn,
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use http::{Uri, uri::Scheme};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::{
    client::legacy::connect::{HttpConnector, proxy::Tunnel},
    rt::TokioIo,
};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use tokio::{net::TcpStream, time::timeout};
use tower_service::Service;

use crate::{
    Error, ErrorKind,
    error::Cause,
    transport::{options::Settings, proxy::Proxies, roots::Roots},
};

type Connecting<T> = Pin<Box<dyn Future<Output = Result<T, Cause>> + Send>>;
type Inner = HttpsConnector<Route>;

/// Opens connections, with TLS for `https`, within the connect timeout.
#[derive(Clone)]
pub(super) struct Connector {
    inner: Inner,
    timeout: Duration,
}

impl Connector {
    pub(super) fn new(settings: Settings) -> Result<Self, Error> {
        let timeout = settings.connect_timeout;
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // Divided between the addresses of a host, so that one that drops packets does not use all of it.
        tcp.set_connect_timeout(Some(timeout));

        let config = tls(&settings.roots)?;
        // Tunnels need HTTP/1.1.
        let proxy = HttpsConnector::from((tcp.clone(), config.clone()));
        let builder = HttpsConnectorBuilder::new()
            .with_tls_config(config)
            .https_or_http()
            .enable_http1();
        #[cfg(feature = "http2")]
        let builder = builder.enable_http2();
        let proxies = Arc::new(settings.proxies);
        let inner = builder.wrap_connector(Route {
            tcp,
            proxy,
            proxies,
        });
        Ok(Self { inner, timeout })
    }
}

fn tls(roots: &Roots) -> Result<ClientConfig, Error> {
    // Compiled in: the same on every machine, also without installed certificates, as in most containers.
    let mut store = RootCertStore::empty();
    if roots.public {
        store.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    // None is left out: they were checked.
    store.add_parsable_certificates(roots.own.iter().cloned());
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

impl Service<Uri> for Connector {
    type Response = <Inner as Service<Uri>>::Response;
    type Error = Cause;
    type Future = Connecting<Self::Response>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Cause>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let limit = self.timeout;
        let connecting = self.inner.call(uri);
        Box::pin(async move {
            timeout(limit, connecting).await.unwrap_or_else(|_| {
                let cause = format!("the connect timeout is {limit:?}");
                Err(io::Error::new(io::ErrorKind::TimedOut, cause).into())
            })
        })
    }
}

/// Connects to proxies, with or without TLS.
type ProxyConnector = HttpsConnector<HttpConnector>;
type TunnelError = <Tunnel<ProxyConnector> as Service<Uri>>::Error;

/// Connects to hosts without TLS, directly or through the tunnel of a proxy.
#[derive(Clone)]
pub(super) struct Route {
    tcp: HttpConnector,
    proxy: ProxyConnector,
    proxies: Arc<Proxies>,
}

impl Service<Uri> for Route {
    type Response = MaybeHttpsStream<TokioIo<TcpStream>>;
    type Error = Cause;
    type Future = Connecting<Self::Response>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Cause>> {
        self.tcp.poll_ready(context).map_err(Cause::from)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let Some(proxy) = self.proxies.intercept(&uri) else {
            let connecting = self.tcp.call(uri);
            return Box::pin(async move { Ok(MaybeHttpsStream::Http(connecting.await?)) });
        };
        let mut tunnel = Tunnel::new(proxy.uri().clone(), self.proxy.clone());
        if let Some(authorization) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(authorization.clone());
        }
        Box::pin(async move {
            poll_fn(|context| tunnel.poll_ready(context)).await?;
            Ok(tunnel.call(with_port(uri)).await?)
        })
    }
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
pub(in super::super) fn is_proxy_auth_required(error: &(dyn StdError + 'static)) -> bool {
    matches!(error.downcast_ref(), Some(TunnelError::ProxyAuthRequired))
}
