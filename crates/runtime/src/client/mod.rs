//! The client: what it is set up with, and the way of a call.
//!
//! A [`Call`] holds a `Flight`, which goes from attempt to attempt: credential (`credential`), turn (`pace`), signature by
//! the service's clock (`clock`), transport, answer (`answer`), and after a failure what `retry` says.

mod answer;
mod builder;
mod call;
mod clock;
mod flight;
mod observe;
mod pace;
mod retry;
mod settings;
mod target;
mod trace;

use std::{fmt, sync::Arc};

use bytes::Bytes;
use http::HeaderName;

pub use self::builder::ClientBuilder;
pub use self::call::Call;
pub(crate) use self::call::RawCall;
pub(crate) use self::flight::Flight;
pub use self::observe::{Attempt, Observer};
pub use self::pace::Pacing;
pub use self::retry::Retry;
pub use self::settings::Language;
pub use self::target::Site;
use self::{clock::Clock, pace::Pacer, retry::Budget, settings::Settings, target::Target};
use crate::{
    Action, Credentials, Error, ErrorKind, Json, Request, Service, UntypedResponse,
    message::{self, FieldValue, Message as _, Table},
    operation::Operation,
    random,
    transport::Transport,
};

/// The largest body of a request that a service takes.
const REQUEST_BYTES: usize = 10 * 1024 * 1024;

/// The parameter by which a service recognizes a call that it had before.
const CLIENT_TOKEN: &str = "ClientToken";

const CONTENT_TYPE: &str = "application/json";
const USER_AGENT: &str = concat!("tc3/", env!("CARGO_PKG_VERSION"), " (Rust)");

const X_TC_ACTION: HeaderName = HeaderName::from_static("x-tc-action");
const X_TC_LANGUAGE: HeaderName = HeaderName::from_static("x-tc-language");
const X_TC_REGION: HeaderName = HeaderName::from_static("x-tc-region");
const X_TC_TIMESTAMP: HeaderName = HeaderName::from_static("x-tc-timestamp");
const X_TC_TOKEN: HeaderName = HeaderName::from_static("x-tc-token");
const X_TC_VERSION: HeaderName = HeaderName::from_static("x-tc-version");

/// Calls the actions of one service.
///
/// Clones are cheap and share everything: the connections, the credential, the derived key of the day, the turns at the
/// documented rates, what was learnt of the service's clock.
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
    transport: Arc<dyn Transport>,
    clock: Clock,
    pacer: Pacer,
    budget: Budget,
}

impl Client {
    /// A client for a service, to be set up.
    pub fn builder(service: &'static Service) -> ClientBuilder {
        ClientBuilder::new(service)
    }

    /// A client for a service, with the credential of the [usual places](Credentials::default_chain) and default
    /// settings.
    ///
    /// # Errors
    /// Without the features `hyper` and `blocking` it fails always, for want of a transport. That there is no credential
    /// anywhere is told by the first call.
    pub fn from_env(service: &'static Service) -> Result<Self, Error> {
        Self::builder(service)
            .credential(Credentials::default_chain())
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
    /// call is repeated as [`Retry`] says; its error is that of the last attempt.
    pub fn send<R: Request>(&self, request: &R) -> Call<R::Response> {
        let values = message::values(request);
        let call = self.plan(R::ACTION, R::TABLE, values);
        Call::new(RawCall::new(call, R::Response::TABLE))
    }

    /// Calls an action by its name, which needs no spec; the future gives the members of its response.
    ///
    /// `parameters` are a JSON object. As nothing is known of the action, it counts as one that changes something, and
    /// no rate is kept; [`Call::repeatable`] and [`ClientBuilder::rate`] say otherwise.
    pub fn call(
        &self,
        action: impl Into<String>,
        parameters: impl Into<Json>,
    ) -> Call<UntypedResponse> {
        let (action, parameters) = (action.into(), parameters.into());
        let body = check_name(&action).and_then(|()| {
            if !parameters.text().trim_start().starts_with('{') {
                let problem = "the parameters are not a JSON object";
                return Err(Error::new(ErrorKind::Request, problem));
            }
            body(parameters.text().as_bytes().to_vec())
        });
        let operation = Operation::Named(action.into());
        let call = Box::new(Flight::new(self, operation, body));
        Call::new(RawCall::new(call, UntypedResponse::TABLE))
    }

    /// Refuses a transport that needs an async runtime.
    #[cfg(feature = "blocking")]
    pub(crate) fn check_blocking(&self) -> Result<(), Error> {
        if self.shared.transport.is_blocking() {
            return Ok(());
        }
        Err(Error::setting(
            "transport",
            "it needs an async runtime, and this call waits without one; build the client with `build_blocking`, or await the call",
        ))
    }

    /// A call of a described action with parameters of any type.
    pub(crate) fn plan(
        &self,
        action: &'static Action,
        table: &Table,
        parameters: Vec<FieldValue<'_>>,
    ) -> Box<Flight> {
        let body = self
            .check(action)
            .and_then(|()| encode(action, table, parameters));
        Box::new(Flight::new(self, Operation::Described(action), body))
    }

    /// Whether this client can call the action at all.
    fn check(&self, action: &Action) -> Result<(), Error> {
        let service = self.service();
        if action.service.name != service.name {
            return Err(Error::new(
                ErrorKind::Request,
                format!(
                    "the action belongs to the service `{}`, and this client calls `{}`",
                    action.service.name, service.name
                ),
            ));
        }
        Ok(())
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let settings = &self.shared.settings;
        f.debug_struct("Client")
            .field("service", settings.service)
            .field("credential", &settings.credentials)
            .field("endpoint", &settings.target.endpoint.uri)
            .field("region", &settings.region)
            .field("timeout", &settings.timeout)
            .field("retry", &settings.retry)
            .finish_non_exhaustive()
    }
}

/// The parameters as a body, with a `ClientToken` where the action takes one and the caller set none.
fn encode(
    action: &Action,
    table: &Table,
    mut parameters: Vec<FieldValue<'_>>,
) -> Result<Bytes, Error> {
    if action.client_token
        && let Some(index) = table.position(CLIENT_TOKEN)
        && let Some(token @ FieldValue::Absent) = parameters.get_mut(index)
    {
        *token = FieldValue::String(random::uuid().into());
    }
    let body_text = message::write(&parameters, table).map_err(|error| {
        let problem = "the parameters cannot be written as JSON";
        Error::new(ErrorKind::Request, problem).with_source(error)
    })?;
    body(body_text)
}

/// A body, if a service takes one of that size.
fn body(text: Vec<u8>) -> Result<Bytes, Error> {
    if text.len() > REQUEST_BYTES {
        return Err(Error::new(
            ErrorKind::Request,
            format!(
                "the parameters make a body of {} bytes, and a service takes at most {REQUEST_BYTES}",
                text.len()
            ),
        ));
    }
    Ok(text.into())
}

/// Refuses a name of an action that could not stand in a header.
fn check_name(action: &str) -> Result<(), Error> {
    if settings::is_label(action) {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Request,
        format!(
            "`{}` cannot be an action; it may have letters, digits, hyphens and underscores, like `DescribeInstances`",
            action.escape_debug()
        ),
    ))
}
