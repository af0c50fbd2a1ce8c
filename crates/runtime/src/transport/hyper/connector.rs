use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use http::Uri;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use tokio::time::timeout;
use tower_service::Service;

use super::route::Route;
use crate::{
    Error, ErrorKind,
    error::Cause,
    transport::own::{Roots, Settings},
};

type Inner = HttpsConnector<Route>;

/// Opens connections, in the clear for `http` and by TLS for `https`, within a bounded time.
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
        // Shared out between the addresses of a host, so that one that swallows packets does not use up all the time.
        tcp.set_connect_timeout(Some(timeout));

        let config = tls(&settings.roots)?;
        // Tunnels are asked for over HTTP/1.1 only.
        let hop = HttpsConnectorBuilder::new()
            .with_tls_config(config.clone())
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp.clone());
        let builder = HttpsConnectorBuilder::new()
            .with_tls_config(config)
            .https_or_http()
            .enable_http1();
        #[cfg(feature = "http2")]
        let builder = builder.enable_http2();
        let inner = builder.wrap_connector(Route::new(tcp, hop, settings.proxies));
        Ok(Self { inner, timeout })
    }
}

fn tls(roots: &Roots) -> Result<ClientConfig, Error> {
    let unusable =
        |error| Error::new(ErrorKind::Setting, "TLS cannot be set up").with_source(error);

    // Compiled in: the same ones on every machine, also where no certificates are installed, as in most containers.
    let public = if roots.public {
        webpki_roots::TLS_SERVER_ROOTS
    } else {
        &[]
    };
    let mut store = RootCertStore {
        roots: public.to_vec(),
    };
    for certificate in &roots.own {
        store.add(certificate.clone()).map_err(unusable)?;
    }
    // The provider is named, so that another one in the caller's program does not matter.
    Ok(
        ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(unusable)?
            .with_root_certificates(store)
            .with_no_client_auth(),
    )
}

impl Service<Uri> for Connector {
    type Response = <Inner as Service<Uri>>::Response;
    type Error = Cause;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Cause>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Cause>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let limit = self.timeout;
        let connecting = self.inner.call(uri);
        Box::pin(async move {
            timeout(limit, connecting).await.unwrap_or_else(|_| {
                let cause = format!("the time-out for connections is {limit:?}");
                Err(io::Error::new(io::ErrorKind::TimedOut, cause).into())
            })
        })
    }
}
