use std::{
    error::Error as StdError,
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

use crate::{Error, ErrorKind};

type Cause = Box<dyn StdError + Send + Sync>;
type Inner = HttpsConnector<HttpConnector>;

/// Opens connections, in the clear for `http` and by TLS for `https`, within a bounded time.
#[derive(Clone)]
pub(super) struct Connector {
    inner: Inner,
    timeout: Duration,
}

impl Connector {
    pub(super) fn new(timeout: Duration, roots: RootCertStore) -> Result<Self, Error> {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // Shared out between the addresses of a host, so that one that swallows packets does not use up all the time.
        tcp.set_connect_timeout(Some(timeout));

        // The provider is named, so that another one in the caller's program does not matter.
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| {
                Error::new(ErrorKind::Setting, "TLS cannot be set up").with_source(error)
            })?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let inner = HttpsConnectorBuilder::new()
            .with_tls_config(config)
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        Ok(Self { inner, timeout })
    }
}

/// The certificate authorities that Mozilla trusts, compiled in: the same ones on every machine, also where no
/// certificates are installed, as in most containers.
pub(super) fn public_roots() -> RootCertStore {
    RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    }
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
