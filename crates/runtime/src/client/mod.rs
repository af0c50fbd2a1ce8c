mod answer;
#[cfg(feature = "blocking")]
mod block_on;
mod builder;
mod call;
mod settings;

use std::{
    fmt,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use bytes::Bytes;
use http::{
    HeaderName, HeaderValue,
    header::{self, InvalidHeaderValue},
};

pub use self::builder::ClientBuilder;
pub use self::call::Call;
use self::call::{Answer, Exchange};
use self::settings::Settings;
use crate::{
    Action, Credential, Error, ErrorKind, Region, Request, Service, json,
    record::Record,
    signature::Signer,
    transport::{Transport, TransportError},
};

/// The largest body of a request that a service takes.
const REQUEST_BYTES: usize = 10 * 1024 * 1024;

const CONTENT_TYPE: &str = "application/json";
const USER_AGENT: &str = concat!("tc3/", env!("CARGO_PKG_VERSION"), " (Rust)");

const X_TC_ACTION: HeaderName = HeaderName::from_static("x-tc-action");
const X_TC_REGION: HeaderName = HeaderName::from_static("x-tc-region");
const X_TC_TIMESTAMP: HeaderName = HeaderName::from_static("x-tc-timestamp");
const X_TC_TOKEN: HeaderName = HeaderName::from_static("x-tc-token");
const X_TC_VERSION: HeaderName = HeaderName::from_static("x-tc-version");

/// Calls the actions of one service.
///
/// Clones are cheap and share everything: the connections, the credential, the derived key of the day.
///
/// ```no_run
/// # static SERVICE: tc3::Service =
/// #     tc3::Service::new("organization", "2021-03-31", "organization.intl.tencentcloudapi.com");
/// use std::time::Duration;
///
/// use tc3::{Client, Credential};
///
/// let client = Client::builder(&SERVICE)
///     .credential(Credential::from_env()?)
///     .region("ap-guangzhou")
///     .timeout(Duration::from_secs(10))
///     .build()?;
/// # Ok::<(), tc3::Error>(())
/// ```
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

struct Shared {
    settings: Settings,
    signer: Signer,
    transport: Arc<dyn Transport>,
}

impl Client {
    /// A client for a service, to be set up.
    pub fn builder(service: &'static Service) -> ClientBuilder {
        ClientBuilder::new(service)
    }

    /// A client for a service, with the [credential of the environment](Credential::from_env) and default settings.
    ///
    /// # Errors
    /// Fails if the environment has no credential; the message names the variables. Without the
    /// features `hyper` and `blocking` it fails always, for want of a transport.
    pub fn from_env(service: &'static Service) -> Result<Self, Error> {
        Self::builder(service)
            .credential(Credential::from_env()?)
            .build()
    }

    /// The service that the client calls.
    pub fn service(&self) -> &'static Service {
        self.shared.settings.service
    }

    /// Calls an action; the future gives its response.
    ///
    /// # Errors
    /// Every failure of the call: [`Error::kind`] tells what went wrong, [`Error::phase`] how far the call came. A
    /// call that failed is not repeated.
    pub fn send<R: Request>(&self, request: &R) -> Call<R> {
        // All that does not depend on the type stands in functions without type parameters: it is compiled once, and
        // the future that callers hold stays small.
        let call = Call::new(self.exchange(R::ACTION, request));
        #[cfg(feature = "blocking")]
        let call = call.with_blocking(self.shared.transport.is_blocking());
        call
    }

    /// One call, up to the answer as it came.
    fn exchange(&self, action: &'static Action, parameters: &dyn Record) -> Exchange {
        let body = self.check(action).and_then(|()| encode(parameters));
        let client = self.clone();
        Box::pin(async move {
            let result = match body {
                Ok(body) => client.attempt(action, body).await,
                Err(error) => Err(error),
            };
            let answer = result.map_err(|error| error.with_action(action))?;
            let read: Answer = Box::new(move |response| client.read(action, &answer, response));
            Ok(read)
        })
    }

    /// Sends the request once, signed for this very moment.
    async fn attempt(&self, action: &Action, body: Bytes) -> Result<http::Response<Bytes>, Error> {
        let request = self.request(action, body, now()?)?;
        let limits = self.shared.settings.limits;
        let sending = self.shared.transport.send(request, limits);
        sending.await.map_err(|failure| self.no_answer(failure))
    }

    /// Reads the answer into an empty response.
    fn read(
        &self,
        action: &Action,
        answer: &http::Response<Bytes>,
        response: &mut dyn Record,
    ) -> Result<(), Error> {
        answer::read(action, &self.shared.settings.credential, answer, response)
            .map_err(|error| error.with_action(action))
    }

    /// Whether this client can call the action at all.
    fn check(&self, action: &Action) -> Result<(), Error> {
        let settings = &self.shared.settings;
        if action.service.name != settings.service.name {
            return Err(Error::new(
                ErrorKind::Request,
                format!(
                    "the action belongs to the service `{}`, and this client calls `{}`",
                    action.service.name, settings.service.name
                ),
            ));
        }
        if action.region == Region::Required && settings.region.is_none() {
            return Err(Error::new(
                ErrorKind::Request,
                "the action needs a region and the client has none; set one when the client is built",
            ));
        }
        Ok(())
    }

    /// The request, signed. `timestamp` is Unix time in seconds.
    fn request(
        &self,
        action: &Action,
        body: Bytes,
        timestamp: u64,
    ) -> Result<http::Request<Bytes>, Error> {
        let Settings {
            credential,
            endpoint,
            region,
            ..
        } = &self.shared.settings;
        let authorization = self.shared.signer.authorization(
            credential,
            timestamp,
            &[("x-tc-action", action.name)],
            &body,
        );
        let mut authorization = header_value(authorization)?;
        authorization.set_sensitive(true);

        let mut request = http::Request::new(body);
        *request.method_mut() = http::Method::POST;
        *request.uri_mut() = endpoint.uri.clone();
        let headers = request.headers_mut();
        headers.reserve(9);
        headers.insert(header::HOST, endpoint.host.clone());
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE));
        headers.insert(header::USER_AGENT, HeaderValue::from_static(USER_AGENT));
        headers.insert(header::AUTHORIZATION, authorization);
        headers.insert(X_TC_ACTION, header_value(action.name)?);
        headers.insert(X_TC_VERSION, header_value(action.service.version)?);
        headers.insert(X_TC_TIMESTAMP, HeaderValue::from(timestamp));
        if let Some(region) = region
            && action.region != Region::Unused
        {
            headers.insert(X_TC_REGION, region.clone());
        }
        if let Some(token) = credential.shared_token() {
            let mut token = HeaderValue::from_maybe_shared(token).map_err(unsendable)?;
            token.set_sensitive(true);
            headers.insert(X_TC_TOKEN, token);
        }
        Ok(request)
    }

    /// What a failure of the transport is to the caller.
    fn no_answer(&self, failure: TransportError) -> Error {
        let message = format!("{failure} ({})", self.shared.settings.endpoint.host());
        let mut error = Error::new(ErrorKind::Transport, message)
            .with_phase(failure.phase)
            .with_timeout(failure.timeout)
            .with_source(failure.source);
        if let Some(status) = failure.http_status {
            error = error.with_http_status(status);
        }
        error
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Client")
            .field(&self.shared.settings)
            .finish()
    }
}

/// The parameters as a body, if a service takes one of that size.
fn encode(parameters: &dyn Record) -> Result<Bytes, Error> {
    let body = json::write(parameters).map_err(|error| {
        Error::new(
            ErrorKind::Request,
            "the parameters cannot be written as JSON",
        )
        .with_source(error)
    })?;
    if body.len() > REQUEST_BYTES {
        return Err(Error::new(
            ErrorKind::Request,
            format!(
                "the parameters make a body of {} bytes, and a service takes at most {REQUEST_BYTES}",
                body.len()
            ),
        ));
    }
    Ok(body.into())
}

fn header_value<T>(value: T) -> Result<HeaderValue, Error>
where
    T: TryInto<HeaderValue, Error = InvalidHeaderValue>,
{
    value.try_into().map_err(unsendable)
}

fn unsendable(error: InvalidHeaderValue) -> Error {
    Error::new(
        ErrorKind::Request,
        "the action's name, its version or the service's name cannot stand in a header",
    )
    .with_source(error)
}

/// Unix time in seconds.
fn now() -> Result<u64, Error> {
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => Ok(since.as_secs()),
        Err(error) => Err(Error::new(
            ErrorKind::Request,
            "the system clock stands before 1970, so the request cannot be signed",
        )
        .with_source(error)),
    }
}
