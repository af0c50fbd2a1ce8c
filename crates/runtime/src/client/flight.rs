//! One call on its way: its attempts, and what comes between them.

use std::{
    fmt, mem,
    pin::Pin,
    sync::Arc,
    time::{Duration, Instant, UNIX_EPOCH},
};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, Response, header, header::InvalidHeaderValue};

use super::{
    CONTENT_TYPE, Client, Retry, Shared, Site, Target, USER_AGENT, X_TC_ACTION, X_TC_LANGUAGE,
    X_TC_REGION, X_TC_TIMESTAMP, X_TC_TOKEN, X_TC_VERSION,
    answer::{self, Decoded},
    observe::Attempt,
    pace::{Lane, TooLate},
    retry,
    trace::Span,
};
use crate::{
    Access, CommonError, Credential, Error, ErrorKind, Region, Service,
    message::{FieldValue, Table},
    operation::Operation,
    transport::{Limits, within},
};

/// The future of an answer.
pub(super) type Exchange = Pin<Box<dyn Future<Output = Result<Answered, Error>> + Send>>;

/// A call, with all that its attempts have in common and what they have learnt.
pub(crate) struct Flight {
    client: Client,
    pub(super) operation: Operation,
    body: Bytes,
    pub(super) target: Arc<Target>,
    /// Whether the target was given for this call, so that it stays whatever the region is.
    pub(super) fixed: bool,
    pub(super) region: Option<HeaderValue>,
    pub(super) timeout: Duration,
    pub(super) retry: Retry,
    pub(super) repeatable: bool,
    /// Why the call cannot be made.
    problem: Option<Error>,

    lane: Option<Arc<Lane>>,
    deadline: Instant,
    /// How often the request was sent, and how often that or the fetch of a credential for it was tried.
    attempts: u32,
    tries: u32,
    /// How the attempt before failed.
    last: Option<Error>,
    /// The span of the call, and that of the attempt that is under way.
    span: Span,
    attempt_span: Span,
    /// Whether the clock was put right, or the credential fetched anew: each is worth one more attempt.
    corrected: bool,
    renewed: bool,
}

/// What an attempt was signed with.
struct Signed {
    credential: Credential,
    timestamp: u64,
}

/// An answer that is still to be read.
pub(super) struct Answered {
    flight: Box<Flight>,
    signed: Signed,
    answer: Response<Bytes>,
}

/// What comes of an answer that is no response.
pub(super) enum Next {
    Failed(Error),
    Again(Exchange),
}

impl Flight {
    pub(super) fn new(client: &Client, operation: Operation, body: Result<Bytes, Error>) -> Self {
        let settings = &client.shared.settings;
        let (body, problem) = match body {
            Ok(body) => (body, None),
            Err(error) => (Bytes::new(), Some(error)),
        };
        Self {
            client: client.clone(),
            operation,
            body,
            target: Arc::clone(&settings.target),
            fixed: false,
            region: settings.region.clone(),
            timeout: settings.timeout,
            retry: settings.retry,
            repeatable: false,
            problem,
            lane: None,
            deadline: Instant::now(),
            attempts: 0,
            tries: 0,
            last: None,
            span: Span::none(),
            attempt_span: Span::none(),
            corrected: false,
            renewed: false,
        }
    }

    /// The service and the version of it that the action belongs to.
    pub(super) fn service(&self) -> &'static Service {
        match &self.operation {
            Operation::Described(action) => action.service,
            Operation::Named(_) => self.client.shared.settings.service,
        }
    }

    /// Notes why the call cannot be made; the first reason counts.
    pub(super) fn refuse(&mut self, error: Error) {
        self.problem.get_or_insert(error);
    }

    /// Calls the host of the region, if the client calls regional hosts.
    pub(super) fn follow_region(&mut self) -> Result<(), Error> {
        if self.client.shared.settings.site == Some(Site::Regional) && !self.fixed {
            let target = Target::on(self.service(), Site::Regional, self.region.as_ref())?;
            self.target = Arc::new(target);
        }
        Ok(())
    }

    /// Refuses a transport that needs an async runtime.
    #[cfg(feature = "blocking")]
    pub(super) fn check_blocking(&mut self) -> Result<(), Error> {
        self.client.check_blocking()
    }

    /// Begins the call.
    pub(super) fn start(mut self: Box<Self>) -> Exchange {
        Box::pin(async move {
            if self.operation.region() == Region::Required && self.region.is_none() {
                self.refuse(Error::new(
                    ErrorKind::Request,
                    "the action needs a region and neither client nor call has one; set one with `region`",
                ));
            }
            if let Some(error) = self.problem.take() {
                return Err(error.with_action(self.operation.name()));
            }
            let now = Instant::now();
            // A time that no clock can tell is as good as never.
            let long = now + Duration::from_secs(365 * 24 * 60 * 60);
            self.deadline = now.checked_add(self.timeout).unwrap_or(long);
            self.lane = self.shared().pacer.lane(&self.operation);
            self.span = Span::of_call(&self.as_attempt());
            self.fly().await
        })
    }

    /// Sends the request until there is an answer.
    async fn fly(mut self: Box<Self>) -> Result<Answered, Error> {
        loop {
            match self.attempt().await {
                Ok((signed, answer)) => {
                    return Ok(Answered {
                        flight: self,
                        signed,
                        answer,
                    });
                }
                Err(error) => match self.pause(&error, None) {
                    Some(pause) => {
                        self.last = Some(error);
                        self.rest(pause).await;
                    }
                    None => return Err(error),
                },
            }
        }
    }

    /// Sends the request once.
    async fn attempt(&mut self) -> Result<(Signed, Response<Bytes>), Error> {
        self.tries = self.tries.saturating_add(1);
        let (signed, request) = match self.prepare().await {
            Ok(prepared) => prepared,
            // That time ran out is not why the call failed.
            Err(error) if error.is_timeout() && self.last.is_some() => {
                return Err(self.last.take().unwrap_or(error));
            }
            Err(error) => return Err(self.complete(error)),
        };
        self.attempts += 1;
        let shared = self.shared();
        if let Some(observer) = &shared.settings.observer {
            observer.before(&self.as_attempt());
        }
        let span = self.span.attempt(&self.as_attempt());
        // In whole milliseconds, which the transport may tell in an error.
        let left = self.left().as_micros().div_ceil(1000);
        let limits = Limits {
            timeout: Duration::from_millis(u64::try_from(left).unwrap_or(u64::MAX)),
            read_timeout: shared.settings.silence,
            response_bytes: shared.settings.response_bytes,
        };
        let sending = shared.transport.send(request, limits);
        let sent = span.around(sending).await;
        self.attempt_span = span;
        match sent {
            Ok(answer) => Ok((signed, answer)),
            Err(failure) => {
                let error = Error::transport(failure, self.target.endpoint.host());
                Err(self.failed(error))
            }
        }
    }

    /// Waits for a credential and for the call's turn, and signs the request for this very moment.
    async fn prepare(&self) -> Result<(Signed, Request<Bytes>), Error> {
        let Shared {
            settings,
            transport,
            clock,
            ..
        } = self.shared();
        let transport = &**transport;
        let now = UNIX_EPOCH + Duration::from_secs(clock.now()?);
        let fetching = settings.credentials.get(transport, now);
        let credential = within(transport, self.left(), fetching)
            .await
            .ok_or_else(|| self.late("no credential in time"))??;
        if let Some(lane) = &self.lane {
            let turn = lane.turn(transport, self.left()).await;
            turn.map_err(|late| self.no_turn(&late))?;
        }
        // Some HTTP clients send a request before they look at how long they may.
        if self.left().is_zero() {
            return Err(self.late("no time was left to send the request"));
        }
        let timestamp = clock.now()?;
        let request = self.request(&credential, timestamp)?;
        Ok((
            Signed {
                credential,
                timestamp,
            },
            request,
        ))
    }

    /// The request, signed. `timestamp` is Unix time in seconds.
    fn request(&self, credential: &Credential, timestamp: u64) -> Result<Request<Bytes>, Error> {
        let Target { endpoint, signer } = &*self.target;
        let action = self.operation.name();
        let authorization = signer.authorization(
            credential,
            timestamp,
            &[("x-tc-action", action)],
            &self.body,
        );
        let mut authorization = header_value(authorization)?;
        authorization.set_sensitive(true);

        let mut request = Request::new(self.body.clone());
        *request.method_mut() = Method::POST;
        *request.uri_mut() = endpoint.uri.clone();
        let headers = request.headers_mut();
        headers.reserve(10);
        headers.insert(header::HOST, endpoint.host.clone());
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE));
        headers.insert(header::USER_AGENT, HeaderValue::from_static(USER_AGENT));
        headers.insert(header::AUTHORIZATION, authorization);
        headers.insert(X_TC_ACTION, header_value(action)?);
        headers.insert(X_TC_VERSION, header_value(self.service().version)?);
        headers.insert(X_TC_TIMESTAMP, HeaderValue::from(timestamp));
        if let Some(region) = self.region_sent() {
            headers.insert(X_TC_REGION, region.clone());
        }
        if let Some(language) = self.shared().settings.language {
            headers.insert(X_TC_LANGUAGE, language.header());
        }
        if let Some(token) = credential.shared_token() {
            let mut token = HeaderValue::from_maybe_shared(token).map_err(unsendable)?;
            token.set_sensitive(true);
            headers.insert(X_TC_TOKEN, token);
        }
        Ok(request)
    }

    fn region_sent(&self) -> Option<&HeaderValue> {
        self.region
            .as_ref()
            .filter(|_| self.operation.region() != Region::Unused)
    }

    fn shared(&self) -> &Shared {
        &self.client.shared
    }

    fn left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }

    fn access(&self) -> Access {
        if self.repeatable {
            Access::Read
        } else {
            self.operation.access()
        }
    }

    fn as_attempt(&self) -> Attempt<'_> {
        Attempt {
            action: self.operation.name(),
            service: self.service(),
            region: self.region_sent().and_then(|region| region.to_str().ok()),
            host: self.target.endpoint.host(),
            number: self.attempts,
        }
    }

    fn complete(&self, error: Error) -> Error {
        let harmless = retry::is_harmless(&error, self.access());
        error
            .with_action(self.operation.name())
            .with_attempts(self.attempts, harmless)
    }

    /// Completes the error of an attempt that was made, and tells it to who observes.
    fn failed(&mut self, error: Error) -> Error {
        let error = self.complete(error);
        // Without it for longer: the pause before the next attempt is no part of this one.
        mem::replace(&mut self.attempt_span, Span::none()).failed(&error);
        if let Some(observer) = &self.shared().settings.observer {
            observer.after(&self.as_attempt(), Err(&error));
        }
        error
    }

    /// How long to wait before the next attempt; nothing if there is none.
    fn pause(&mut self, error: &Error, answer: Option<(&Signed, &HeaderMap)>) -> Option<Duration> {
        let shared = Arc::clone(&self.client.shared);
        let for_the_rate = retry::is_for_the_rate(error);
        if for_the_rate && let Some(lane) = &self.lane {
            lane.slow_down();
        }
        if let Some((signed, headers)) = answer {
            if error.is(CommonError::AuthFailureSignatureExpire) && !self.corrected {
                self.corrected = shared
                    .clock
                    .learn(error.server_time(), headers, signed.timestamp);
                return self.corrected.then_some(Duration::ZERO);
            }
            let is_stale = error.is(CommonError::AuthFailureTokenFailure)
                || error.is(CommonError::AuthFailureSecretIdNotFound);
            let credentials = &shared.settings.credentials;
            if is_stale && !self.renewed && credentials.reject(&signed.credential) {
                self.renewed = true;
                return Some(Duration::ZERO);
            }
        }
        let is_worth_it = error.is_transient()
            && retry::is_harmless(error, self.access())
            && self.retry.allows(self.tries);
        if !is_worth_it {
            return None;
        }
        let asked =
            answer.and_then(|(_, headers)| retry::retry_after(headers, shared.clock.now().ok()?));
        let pause = self.retry.pause(self.tries, for_the_rate);
        let pause = pause.max(asked.unwrap_or_default());
        (pause < self.left() && shared.budget.take()).then_some(pause)
    }

    async fn rest(&self, pause: Duration) {
        self.span.pause(pause);
        if !pause.is_zero() {
            self.shared().transport.sleep(pause).await;
        }
    }

    /// Time ran out before anything was sent.
    fn late(&self, what: impl fmt::Display) -> Error {
        let message = format!("{what}: the timeout is {:?}", self.timeout);
        Error::new(ErrorKind::Transport, message)
            .with_timeout(true)
            .with_permanent(true)
    }

    fn no_turn(&self, late: &TooLate) -> Error {
        let TooLate { waiting, rate } = late;
        self.late(format_args!(
            "no turn in time: the action is called {rate} times a second, and {waiting} calls wait already"
        ))
    }
}

impl Answered {
    /// The values of the response, or what comes next.
    pub(super) fn read(self, response: &'static Table) -> Result<Vec<FieldValue<'static>>, Next> {
        let Self {
            mut flight,
            signed,
            answer,
        } = self;
        let credential = &signed.credential;
        let error = match answer::read(&flight.operation, credential, &answer, response) {
            Ok(Decoded { values, request_id }) => {
                let shared = flight.shared();
                shared.budget.refill();
                let request_id = &request_id;
                flight.attempt_span.succeeded(answer.status(), request_id);
                if let Some(observer) = &shared.settings.observer {
                    observer.after(&flight.as_attempt(), Ok(request_id));
                }
                return Ok(values);
            }
            Err(error) => flight.failed(error),
        };
        if !error.is_transient() {
            // It is the call that failed, and not the service.
            flight.shared().budget.refill();
        }
        match flight.pause(&error, Some((&signed, answer.headers()))) {
            Some(pause) => Err(Next::Again(Box::pin(async move {
                flight.last = Some(error);
                flight.rest(pause).await;
                flight.fly().await
            }))),
            None => Err(Next::Failed(error)),
        }
    }
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
