//! Attempts of one call: signs and sends the request, and decides after a failure whether to send it again.

use std::{
    fmt,
    pin::Pin,
    sync::Arc,
    time::{Duration, Instant, UNIX_EPOCH},
};

use bytes::Bytes;
use http::{Request, response::Parts};
use tc3_protocol::message::{FieldValue, Table};

use super::request::{Signed, Unsigned};
use super::{
    Attempt, RateLimiter, Retry, decode, rate_limit::PERMIT_TIMEOUT, retry, shared::Shared,
    token::ClientToken, trace::Span,
};
use crate::{
    Access, CommonError, Error, ErrorKind, Phase, Region,
    operation::Operation,
    transport::{Limits, MAX_TIMEOUT, with_timeout},
};

/// Remedy for a call that the service refused because it had no region.
const NO_REGION: &str =
    "no region was sent; set `region`, `TENCENTCLOUD_REGION`, or the region of the profile";

/// Values of a response, in the order of its table.
pub(crate) type Values = Vec<FieldValue>;

/// Future of the values of a response. Its type does not depend on the action.
pub(super) type ResponseFuture = Pin<Box<dyn Future<Output = Result<Values, Error>> + Send>>;

/// One call: its settings, and the state of its attempts.
pub(crate) struct Attempts {
    pub(super) shared: Arc<Shared>,
    pub(super) request: Unsigned,
    /// Table of the response's type.
    response: &'static Table,
    pub(super) timeout: Duration,
    pub(super) retry: Retry,
    pub(super) access: Access,
    client_token: Option<ClientToken>,
    /// Error that prevents the call.
    problem: Option<Error>,

    /// Rate limiter and rate; `None` without a limit.
    limiter: Option<(Arc<dyn RateLimiter>, Option<f64>)>,
    /// Rate limit permit of the current attempt.
    permit: u64,
    deadline: Instant,
    /// Number of attempts that were started.
    attempts: u32,
    /// Number of requests that were sent.
    sent: u32,
    /// Error of the previous attempt.
    last: Option<Error>,
    span: Span,
    /// Whether the clock was corrected, which allows one more attempt.
    clock_corrected: bool,
    /// Whether the credential was replaced, which allows one more attempt.
    credential_replaced: bool,
}

/// Response, with the signature data of its request.
struct Received {
    signed: Signed,
    head: Parts,
}

/// Outcome of an attempt, with its response if there was one.
type Outcome = (Result<Values, Error>, Option<Received>);

impl Attempts {
    pub(super) fn new(
        shared: &Arc<Shared>,
        operation: Operation,
        body: Result<Bytes, Error>,
        response: &'static Table,
        client_token: Option<ClientToken>,
    ) -> Self {
        let described = operation.described();
        Self {
            shared: Arc::clone(shared),
            problem: body.as_ref().err().cloned(),
            access: operation.access(),
            request: Unsigned {
                service: described.map_or(shared.settings.service, |action| action.service),
                operation,
                body: body.unwrap_or_default(),
                target: Arc::clone(&shared.target),
                site: shared.settings.site,
                region: shared.region.clone(),
                language: shared.settings.language,
            },
            response,
            timeout: shared.settings.timeout,
            retry: shared.settings.retry,
            client_token,
            limiter: None,
            permit: 0,
            deadline: Instant::now(),
            attempts: 0,
            sent: 0,
            last: None,
            span: Span::none(),
            clock_corrected: false,
            credential_replaced: false,
        }
    }

    /// Records an error that prevents the call. Only the first one is reported.
    pub(super) fn refuse(&mut self, error: Error) {
        self.problem.get_or_insert(error);
    }

    /// Makes the call.
    pub(super) async fn run(mut self: Box<Self>) -> Result<Values, Error> {
        let started = Instant::now();
        let outcome = self.run_attempts().await;
        if let Err(error) = &outcome {
            self.span.failed(error, started.elapsed());
        }
        outcome
    }

    /// Sends the request until it succeeds or must not be sent again.
    async fn run_attempts(&mut self) -> Result<Values, Error> {
        if self.request.operation.region() == Region::Required && self.request.region.is_none() {
            let problem = "action requires a region but none is set; set one with `region`";
            self.refuse(Error::request(problem));
        }
        if let Some(error) = self.problem.take() {
            return Err(error.with_action(self.request.operation.name()));
        }
        self.deadline = Instant::now() + self.timeout.min(MAX_TIMEOUT);
        self.limiter = self.shared.rate_limits.of(&self.request.operation);
        self.span = Span::of_call(&self.observed());
        loop {
            self.attempts = self.attempts.saturating_add(1);
            let (outcome, received) = match self.prepare().await {
                Ok((signed, request)) => self.attempt(signed, request).await,
                Err(error) => match self.last.take() {
                    // A timeout between attempts must not hide why the call failed.
                    Some(last) if error.is_timeout() => return Err(last),
                    _ => (Err(self.with_details(error)), None),
                },
            };
            let Err(error) = outcome else {
                return outcome;
            };
            let Some(backoff) = self.backoff(&error, received) else {
                return Err(error);
            };
            self.span.retry(&error, backoff);
            self.last = Some(error);
            if !backoff.is_zero() {
                self.shared.transport.sleep(backoff).await;
            }
        }
    }

    /// Sends the request once, and reports the outcome.
    async fn attempt(&mut self, signed: Signed, request: Request<Bytes>) -> Outcome {
        self.sent += 1;
        let shared = &*self.shared;
        let (mut attempt, observer) = (self.observed(), shared.settings.observer.as_ref());
        let started = Instant::now();
        if let Some(observer) = observer {
            observer.before(&attempt);
        }
        let span = self.span.attempt(&attempt);
        // Errors quote the timeout, so it is rounded up to whole milliseconds.
        let left = self.left().as_micros().div_ceil(1000);
        let limits = Limits {
            timeout: Duration::from_millis(u64::try_from(left).unwrap_or(u64::MAX)),
            read_timeout: shared.settings.read_timeout,
            response_bytes: shared.settings.response_limit,
        };
        let sending = shared.transport.send(request, limits);
        let (outcome, received) = match span.instrument(sending).await {
            Ok(response) => {
                let credential = &signed.credential;
                let limit = shared.settings.response_limit;
                let operation = &self.request.operation;
                let read = decode::read(operation, credential, &response, self.response, limit);
                // The service is healthy: a permanent error is caused by the call.
                if !read.as_ref().is_err_and(Error::is_transient) {
                    shared.retry_budget.earn();
                }
                let (head, _) = response.into_parts();
                (read, Some(Received { signed, head }))
            }
            Err(failure) => (Err(failure.at_host(attempt.host)), None),
        };
        let outcome = outcome.map_err(|error| self.with_details(error));
        let failure = outcome.as_ref().err();
        let is_answered = failure.is_none_or(|error| error.phase() == Phase::Answered);
        if is_answered && let Some((limiter, _)) = &self.limiter {
            let throttled = failure.is_some_and(retry::is_rate_limited);
            limiter.answered(attempt, self.permit, throttled);
        }
        let reported = outcome.as_ref().map(|values| {
            // `read` refuses a response without one.
            decode::request_id(values, self.response).unwrap_or_default()
        });
        let status = received.as_ref().map(|received| received.head.status);
        span.close(status, reported);
        if let Some(observer) = observer {
            attempt.elapsed = started.elapsed();
            observer.after(&attempt, reported);
        }
        (outcome, received)
    }

    /// Waits for a credential and the rate limiter, and signs the request with the current time.
    async fn prepare(&mut self) -> Result<(Signed, Request<Bytes>), Error> {
        let shared = &*self.shared;
        let (transport, clock) = (&*shared.transport, &shared.clock);
        let now = UNIX_EPOCH + Duration::from_secs(clock.now()?);
        let credential = shared.credentials.get(&shared.transport, now);
        let credential = with_timeout(transport, self.left(), credential)
            .await
            .ok_or_else(|| {
                let provider = shared.credentials.asked().unwrap_or("the provider");
                self.timed_out(format_args!(
                    "timeout while fetching the credential from {provider}"
                ))
            })??;
        if let Some((limiter, rate)) = &self.limiter {
            let observed = self.observed();
            self.permit = match limiter.try_acquire(&observed, *rate) {
                Some(permit) => permit,
                None => {
                    let left = self.left();
                    let acquiring = limiter.acquire(observed, *rate, transport, left);
                    let acquired = with_timeout(transport, left, acquiring).await;
                    let acquired = acquired.unwrap_or_else(|| Err(PERMIT_TIMEOUT.to_owned()));
                    acquired.map_err(|problem| self.timed_out(problem))?
                }
            };
        }
        let signed = Signed {
            credential,
            timestamp: clock.now()?,
        };
        let request = self.request.sign(&signed)?;
        // Some HTTP clients send a request before they look at its timeout.
        if self.left().is_zero() {
            return Err(self.timed_out("no time left to send the request"));
        }
        Ok((signed, request))
    }

    fn left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }

    /// Describes the current attempt for observers and spans.
    fn observed(&self) -> Attempt<'_> {
        let region = self.request.region_sent();
        Attempt {
            action: self.request.operation.name(),
            service: self.request.service,
            region: region.and_then(|region| region.to_str().ok()),
            host: self.request.target.endpoint.host(),
            number: self.sent,
            elapsed: Duration::ZERO,
        }
    }

    /// Adds the action, the number of requests, the `ClientToken`, the remedy and the safety of a retry to an error.
    fn with_details(&self, error: Error) -> Error {
        // Sending the same request again generates another token, unless the caller set it.
        let token = self.client_token.as_ref();
        let access = match token {
            Some(token) if token.is_given => Access::Read,
            _ => self.access,
        };
        let retry_safe = retry::is_safe_to_retry(&error, access);
        let remedy = self.lacks_region(&error).then_some(NO_REGION);
        error
            .with_remedy(remedy)
            .of_call(self.request.operation.name(), self.sent, retry_safe)
            .with_client_token(token.map(|token| &*token.text))
    }

    /// Returns whether the service may have refused the request because it had no region. Not all specs say which actions
    /// need one.
    fn lacks_region(&self, error: &Error) -> bool {
        let mut words = error.message().split(|c: char| !c.is_alphanumeric());
        self.request.region.is_none()
            && match error.code() {
                Some("UnsupportedRegion") => true,
                // Not a parameter such as `TargetRegion`.
                Some("MissingParameter") => words.any(|word| word == "Region"),
                _ => false,
            }
    }

    /// Returns the backoff before the next attempt; `None` if there is no further attempt.
    fn backoff(&mut self, error: &Error, received: Option<Received>) -> Option<Duration> {
        let shared = &*self.shared;
        let rate_limited = retry::is_rate_limited(error);
        if !error.is_retry_safe() && self.client_token.is_none() {
            return None;
        }
        let mut retry_after = None;
        if let Some(Received { signed, head }) = received {
            if error.is(CommonError::AuthFailureSignatureExpire) && !self.clock_corrected {
                let (reported, sent) = (error.server_time(), signed.timestamp);
                self.clock_corrected = shared.clock.correct(reported, &head.headers, sent);
                return self.clock_corrected.then_some(Duration::ZERO);
            }
            let is_stale = error.is(CommonError::AuthFailureTokenFailure)
                || error.is(CommonError::AuthFailureSecretIdNotFound);
            let may_replace = is_stale && !self.credential_replaced;
            if may_replace && shared.credentials.reject(&signed.credential) {
                self.credential_replaced = true;
                return Some(Duration::ZERO);
            }
            let now = shared.clock.now().ok();
            retry_after = now.and_then(|now| retry::retry_after(&head.headers, now));
        }
        let may_retry = error.is_transient() && self.attempts < self.retry.max_attempts;
        let backoff = self.retry.backoff(self.attempts, rate_limited);
        let backoff = backoff.max(retry_after.unwrap_or_default());
        (may_retry && backoff < self.left() && shared.retry_budget.spend()).then_some(backoff)
    }

    /// Returns the error of a timeout before the request was sent.
    fn timed_out(&self, problem: impl fmt::Display) -> Error {
        let message = format!("{problem}: timeout is {:?}", self.timeout);
        Error::new(ErrorKind::Transport, message).with_timeout(true)
    }
}
