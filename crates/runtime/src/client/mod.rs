//! The client: its settings, and its calls.
//!
//! A [`Call`] holds `Attempts`, which sign and send the request until it succeeds or is not retried: with a credential
//! (`credential`), within the rate limit (`rate_limit`), signed by the service's clock (`clock`), over the transport.
//! `decode` reads the response, and `retry` decides after a failure.

mod attempts;
mod builder;
mod call;
mod clock;
mod decode;
mod observe;
mod rate_limit;
mod request;
mod retry;
mod settings;
mod shared;
mod target;
mod token;
mod trace;

use std::{fmt, sync::Arc};

use bytes::Bytes;
use tc3_protocol::message::{Message as _, MessageContent, Table};

pub(crate) use self::{attempts::Attempts, call::RawCall};
pub use self::{
    builder::ClientBuilder,
    call::Call,
    observe::{Attempt, Observer},
    rate_limit::{Acquiring, LocalRateLimiter, RateLimit, RateLimiter},
    retry::Retry,
    settings::Language,
};
use self::{
    shared::Shared,
    token::{CLIENT_TOKEN, ClientToken, client_token, untyped_client_token},
};
use crate::{Action, Error, Json, Request, Service, UntypedResponse, check, operation::Operation};

/// Maximum size of a request body that services accept.
const MAX_REQUEST_BYTES: usize = 10 * 1024 * 1024;

/// Client of one service.
///
/// Clones are cheap and share everything: connections, credential, signing key, rate limiter, retry budget, and the
/// correction of the clock.
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
    pub(crate) shared: Arc<Shared>,
}

impl Client {
    /// Returns the service that the client calls.
    pub fn service(&self) -> &'static Service {
        self.shared.settings.service
    }

    /// Returns the endpoint that requests are sent to, with its scheme, for example `https://cvm.tencentcloudapi.com`. A
    /// call may set [its own](Call::endpoint).
    pub fn endpoint(&self) -> String {
        let uri = self.shared.target.endpoint.uri.to_string();
        uri.trim_end_matches('/').to_owned()
    }

    /// Returns the memory limit in bytes for the values of a response, in addition to their texts.
    pub(crate) fn response_memory(&self) -> usize {
        decode::memory_limit(self.shared.settings.response_limit)
    }

    /// Calls an action; the future resolves to its response.
    ///
    /// # Errors
    /// Fails if the call does: [`Error::kind`] says why, and [`Error::phase`] how far the call came. Failed calls are
    /// retried according to [`Retry`]; the error is that of the last attempt.
    pub fn send<R: Request>(&self, request: &R) -> Call<R::Response> {
        Call::new(self.plan(R::ACTION, R::TABLE, request, R::Response::TABLE))
    }

    /// Calls an action by its name, without a spec; the future resolves to the members of the response.
    ///
    /// `parameters` must be a JSON object. The call counts as one that may modify state, and has no rate limit. Change this
    /// with [`Call::idempotent`] and [`ClientBuilder::action_rate_limit`], or describe the action and use
    /// [`call_described`](Self::call_described).
    pub fn call(
        &self,
        action: impl Into<String>,
        parameters: impl Into<Json>,
    ) -> Call<UntypedResponse> {
        let (action, parameters) = (action.into(), parameters.into());
        let body = check::action(&action).and_then(|()| encode_untyped(&parameters, None));
        let operation = Operation::Named(action.into());
        let attempts = Attempts::new(&self.shared, operation, body, UntypedResponse::TABLE, None);
        Call::new(Box::new(attempts))
    }

    /// Calls an action that is described at run time, such as one of a spec; the future resolves to the members of the
    /// response.
    ///
    /// `parameters` must be a JSON object. Retries, rate limit, region and `ClientToken` are as with [`send`](Self::send).
    pub fn call_described(
        &self,
        action: &'static Action,
        parameters: impl Into<Json>,
    ) -> Call<UntypedResponse> {
        let parameters = parameters.into();
        let token = untyped_client_token(action, &parameters);
        let body = check::action(action.name)
            .and_then(|()| self.check_service(action))
            .and_then(|()| encode_untyped(&parameters, token.as_ref()));
        let operation = Operation::Described(action);
        let attempts = Attempts::new(&self.shared, operation, body, UntypedResponse::TABLE, token);
        Call::new(Box::new(attempts))
    }

    /// Prepares a call of an action. The code does not depend on the request's type, so it is compiled once.
    pub(crate) fn plan(
        &self,
        action: &'static Action,
        table: &'static Table,
        parameters: &dyn MessageContent,
        response: &'static Table,
    ) -> Box<Attempts> {
        let token = client_token(action, table, parameters);
        let checked = self.check_service(action);
        let body = checked.and_then(|()| encode(table, parameters, token.as_ref()));
        let operation = Operation::Described(action);
        let attempts = Attempts::new(&self.shared, operation, body, response, token);
        Box::new(attempts)
    }

    /// Refuses an action of another service.
    fn check_service(&self, action: &Action) -> Result<(), Error> {
        let (expected, service) = (self.service().name, action.service.name);
        if service == expected {
            return Ok(());
        }
        Err(Error::request(format!(
            "action belongs to service `{service}` but the client calls `{expected}`; use a client of `{service}`"
        )))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shared = &*self.shared;
        f.debug_struct("Client")
            .field("service", self.service())
            .field("credential", &shared.credentials)
            .field("endpoint", &shared.target.endpoint.uri)
            .field("region", &shared.region)
            .field("timeout", &shared.settings.timeout)
            .field("retry", &shared.settings.retry)
            .finish_non_exhaustive()
    }
}

/// Encodes parameters as the body of a request, with the `ClientToken` if the caller set none.
fn encode(
    table: &'static Table,
    parameters: &dyn MessageContent,
    token: Option<&ClientToken>,
) -> Result<Bytes, Error> {
    let token = token.map(|token| (CLIENT_TOKEN, token.text.as_str()));
    let body = tc3_protocol::message::write(parameters, table, token).map_err(|error| {
        Error::request("parameters cannot be encoded as JSON").with_source(error)
    })?;
    check_size(body)
}

/// Encodes parameters without a table as the body of a request, with the `ClientToken` if the caller set none.
fn encode_untyped(parameters: &Json, token: Option<&ClientToken>) -> Result<Bytes, Error> {
    let Some(members) = parameters.text().strip_prefix('{') else {
        return Err(Error::request("parameters must be a JSON object"));
    };
    let body = match token.filter(|token| !token.is_given) {
        None => parameters.text().to_owned(),
        Some(token) => {
            let comma = if members.trim_start() == "}" { "" } else { "," };
            format!(r#"{{"{CLIENT_TOKEN}":"{}"{comma}{members}"#, token.text)
        }
    };
    check_size(body.into_bytes())
}

/// Refuses a body that exceeds the maximum size.
fn check_size(body: Vec<u8>) -> Result<Bytes, Error> {
    if body.len() > MAX_REQUEST_BYTES {
        return Err(Error::request(format!(
            "request body has {} bytes; services accept at most {MAX_REQUEST_BYTES}",
            body.len()
        )));
    }
    Ok(body.into())
}
