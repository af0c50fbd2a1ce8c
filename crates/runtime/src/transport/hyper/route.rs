use std::{
    error::Error as StdError,
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use http::{Uri, uri::Scheme};
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::{
    client::legacy::connect::{HttpConnector, proxy::Tunnel},
    rt::TokioIo,
};
use tokio::net::TcpStream;
use tower_service::Service;

use crate::{error::Cause, transport::proxy::Proxies};

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

impl Route {
    pub(super) fn new(tcp: HttpConnector, proxy: ProxyConnector, proxies: Proxies) -> Self {
        let proxies = Arc::new(proxies);
        Self {
            tcp,
            proxy,
            proxies,
        }
    }
}

impl Service<Uri> for Route {
    type Response = MaybeHttpsStream<TokioIo<TcpStream>>;
    type Error = Cause;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Cause>> + Send>>;

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
    let with_port = Uri::builder()
        .scheme(Scheme::HTTP)
        .authority(format!("{}:80", uri.host().unwrap_or_default()))
        .path_and_query("/")
        .build();
    with_port.unwrap_or(uri)
}

/// Whether the proxy rejects the user and the password, or their absence.
pub(in super::super) fn is_proxy_auth_required(error: &(dyn StdError + 'static)) -> bool {
    matches!(error.downcast_ref(), Some(TunnelError::ProxyAuthRequired))
}
