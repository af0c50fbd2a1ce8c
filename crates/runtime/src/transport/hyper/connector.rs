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
    transport::{options::Settings, roots::Roots},
};

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
        let proxy = HttpsConnectorBuilder::new()
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
        let inner = builder.wrap_connector(Route::new(tcp, proxy, settings.proxies));
        Ok(Self { inner, timeout })
    }
}

fn tls(roots: &Roots) -> Result<ClientConfig, Error> {
    let unusable =
        |error| Error::new(ErrorKind::Setting, "TLS cannot be configured").with_source(error);

    // Compiled in: the same on every machine, also without installed certificates, as in most containers.
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
    // An explicit provider, so that another one in the caller's program does not interfere.
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
                let cause = format!("the connect timeout is {limit:?}");
                Err(io::Error::new(io::ErrorKind::TimedOut, cause).into())
            })
        })
    }
}
