use std::time::Duration;

use bytes::Bytes;
use reqwest::{Body, redirect::Policy, retry};

use super::{Limits, Sending, Sleeping, Transport, TransportError, exchange};
use crate::{Error, Phase};

/// A transport over [`reqwest`], for programs that have it anyway.
///
/// It is made from a [`reqwest::ClientBuilder`] and not from a client, for a client cannot be asked whether it follows
/// redirects, repeats requests or unpacks answers, and none of them goes with requests that are signed and must not be
/// sent twice. All else is as the builder has it: proxies, certificates, time-outs for connections. The program can
/// share the [`client`](Self::client), and so its connections.
///
/// TLS is that of the program's own dependency on reqwest: this crate turns on none of its features.
///
/// ```no_run
/// # static SERVICE: tc3::Service =
/// #     tc3::Service::new("organization", "2021-03-31", "organization.intl.tencentcloudapi.com");
/// use std::time::Duration;
///
/// use tc3::{Client, Credential, transport::Reqwest};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let builder = reqwest::Client::builder().connect_timeout(Duration::from_secs(5));
/// let client = Client::builder(&SERVICE)
///     .credential(Credential::from_env()?)
///     .transport(Reqwest::new(builder)?)
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Reqwest {
    client: reqwest::Client,
}

impl Reqwest {
    /// Builds the client, which follows no redirect, repeats no request, and hands back bodies as they come.
    ///
    /// # Errors
    /// Fails with an error of kind [`Setting`](crate::ErrorKind::Setting) if the builder cannot build a client; its source is
    /// the error of reqwest.
    pub fn new(builder: reqwest::ClientBuilder) -> Result<Self, Error> {
        let client = builder
            .redirect(Policy::none())
            .referer(false)
            .retry(retry::never())
            .no_brotli()
            .no_deflate()
            .no_gzip()
            .no_zstd()
            .build()
            .map_err(|error| {
                Error::setting(
                    "transport",
                    "reqwest cannot build a client with these settings",
                )
                .with_source(error)
            })?;
        Ok(Self { client })
    }

    /// The client, for the program's other requests. Clones share its connections.
    pub fn client(&self) -> &reqwest::Client {
        &self.client
    }
}

impl Transport for Reqwest {
    fn send(&self, request: http::Request<Bytes>, limits: Limits) -> Sending<'_> {
        Box::pin(async move {
            let (request, progress) = exchange::prepare(request)?;
            let request = request.map(Body::wrap);
            let request = reqwest::Request::try_from(request)
                .map_err(|error| TransportError::from_cause(Phase::NotConnected, error))?;
            let sending = async {
                let response = self.client.execute(request).await?;
                Ok(http::Response::<Body>::from(response))
            };
            exchange::exchange(sending, reqwest::Error::is_connect, &progress, limits).await
        })
    }

    fn sleep(&self, duration: Duration) -> Sleeping<'_> {
        exchange::sleep(duration)
    }
}
