use std::time::Duration;

use bytes::Bytes;
use reqwest::{Body, redirect::Policy, retry};

use super::{Limits, Sending, Sleeping, Task, Transport, exchange, upload::Upload};
use crate::Error;

/// Transport over [`reqwest`], for programs that already use it.
///
/// It takes a [`reqwest::ClientBuilder`] instead of a client, because an existing client cannot be reconfigured: signed
/// requests forbid redirects, retries and decompression, and the verbose connection log would contain secrets. All other
/// settings of the builder apply, such as proxies, certificates and connect timeouts. The program can use the same
/// [`client`](Self::client) to share its connections.
///
/// A connection belongs to the tokio runtime that opened it, so create one transport for each runtime.
///
/// Enable TLS in the program's own dependency on reqwest: this crate enables none of its features.
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
pub struct Reqwest(reqwest::Client);

impl Reqwest {
    /// Builds the client without redirects, retries, decompression and the verbose connection log.
    ///
    /// # Errors
    /// Fails with an error of kind [`Setting`](crate::ErrorKind::Setting) if the builder fails; the source is reqwest's
    /// error.
    pub fn new(builder: reqwest::ClientBuilder) -> Result<Self, Error> {
        let client = builder
            .redirect(Policy::none())
            .referer(false)
            .retry(retry::never())
            // It would log requests and responses, which contain secrets.
            .connection_verbose(false)
            .no_brotli()
            .no_deflate()
            .no_gzip()
            .no_zstd()
            .build()
            .map_err(|error| {
                let problem = "reqwest cannot build a client with these settings";
                Error::setting("transport", problem).with_source(error)
            })?;
        Ok(Self(client))
    }

    /// Returns the client, for other requests of the program. Clones share its connections.
    pub fn client(&self) -> &reqwest::Client {
        &self.0
    }
}

impl Transport for Reqwest {
    fn send(&self, request: http::Request<Bytes>, limits: Limits) -> Sending<'_> {
        let send = move |request: http::Request<Upload>| async move {
            let request = reqwest::Request::try_from(request.map(Body::wrap))?;
            let response = self.0.execute(request).await?;
            Ok(http::Response::<Body>::from(response))
        };
        let not_connected = |error: &reqwest::Error| error.is_connect() || error.is_builder();
        Box::pin(exchange::exchange(
            request,
            limits,
            not_connected,
            || false,
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
