//! Retries, backoff and clock correction.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use tc3::{
    Client, ClientBuilder, CommonError, Error, Phase, RateLimit, Request, Retry,
    transport::{Bytes, Limits, Sending, Sleeping, Transport, TransportError, http},
};

use serde_json::json;

use super::api::{Add, Get, SERVICE, Update, UpdateInstance, credential};

const SUCCESS: &str = r#"{"Response":{"Uin":7,"RequestId":"id-1"}}"#;
const EXPIRED: &str = "AuthFailure.SignatureExpire";

/// Outcome of one attempt. A response has a status, headers and a body.
#[derive(Clone)]
enum Outcome {
    ConnectionError(Phase),
    PermanentError,
    Response(u16, &'static str, String),
}

use Outcome::{ConnectionError, PermanentError, Response};

fn service_error(code: &str) -> Outcome {
    service_error_with(code, "", "no")
}

fn service_error_with(code: &str, headers: &'static str, message: &str) -> Outcome {
    let error = format!(r#"{{"Code":"{code}","Message":"{message}"}}"#);
    let body = format!(r#"{{"Response":{{"Error":{error},"RequestId":"id-2"}}}}"#);
    Response(200, headers, body)
}

fn with_status(status: u16, outcome: Outcome) -> Outcome {
    match outcome {
        Response(_, headers, body) => Response(status, headers, body),
        other => other,
    }
}

fn html(status: u16, headers: &'static str) -> Outcome {
    Response(status, headers, "<html>".to_owned())
}

/// Transport whose attempts have these outcomes in turn, and then succeed.
#[derive(Clone, Default)]
struct OutcomeTransport(Arc<Mutex<Log>>);

#[derive(Default)]
struct Log {
    outcomes: VecDeque<Outcome>,
    requests: Vec<http::Request<Bytes>>,
    sleeps: Vec<Duration>,
}

impl OutcomeTransport {
    fn new(outcomes: impl IntoIterator<Item = Outcome>) -> Self {
        Self(Arc::new(Mutex::new(Log {
            outcomes: outcomes.into_iter().collect(),
            ..Log::default()
        })))
    }

    fn client(&self) -> ClientBuilder {
        Client::builder(&SERVICE)
            .credential(credential())
            .transport(self.clone())
    }

    fn sent(&self) -> usize {
        self.0.lock().unwrap().requests.len()
    }

    fn header(&self, attempt: usize, name: &str) -> String {
        let log = self.0.lock().unwrap();
        log.requests[attempt].headers()[name]
            .to_str()
            .unwrap()
            .to_owned()
    }

    fn sleeps(&self) -> Vec<Duration> {
        self.0.lock().unwrap().sleeps.clone()
    }
}

impl Transport for OutcomeTransport {
    fn send(&self, request: http::Request<Bytes>, _limits: Limits) -> Sending<'_> {
        let mut log = self.0.lock().unwrap();
        log.requests.push(request);
        let outcome = log
            .outcomes
            .pop_front()
            .unwrap_or(Response(200, "", SUCCESS.to_owned()));
        Box::pin(async move {
            match outcome {
                ConnectionError(phase) => Err(TransportError::new(phase, "connection lost")),
                PermanentError => {
                    Err(TransportError::new(Phase::NotConnected, "permanent").permanent())
                }
                Response(status, headers, body) => {
                    let mut response = http::Response::builder().status(status);
                    for (name, value) in headers.split("; ").filter_map(|h| h.split_once(": ")) {
                        response = response.header(name, value);
                    }
                    Ok(response.body(body.into()).unwrap())
                }
            }
        })
    }

    fn sleep(&self, duration: Duration) -> Sleeping<'_> {
        self.0.lock().unwrap().sleeps.push(duration);
        Box::pin(std::future::ready(()))
    }
}

/// Sends a request with these outcomes of attempts. Returns the number of attempts and the error.
async fn send<R: Request>(
    request: R,
    outcomes: impl IntoIterator<Item = Outcome>,
) -> (usize, Option<Error>) {
    let transport = OutcomeTransport::new(outcomes);
    let client = transport.client().build().unwrap();
    let result = client.send(&request).await;
    (transport.sent(), result.err())
}

#[tokio::test]
async fn write_is_retried_only_if_not_executed() {
    for outcome in [
        ConnectionError(Phase::NotConnected),
        ConnectionError(Phase::SentInPart),
        service_error("RequestLimitExceeded"),
        service_error("RequestLimitExceeded.UinLimitExceeded"),
        html(429, ""),
    ] {
        let (sent, error) = send(Update::new("Ada"), [outcome]).await;
        assert_eq!((sent, error.map(|error| error.to_string())), (2, None));
    }
    for outcome in [
        ConnectionError(Phase::SentWhole),
        ConnectionError(Phase::Answered),
        html(500, ""),
        html(502, ""),
        html(503, "retry-after: 0"),
        service_error("InternalError"),
        service_error("ServiceUnavailable"),
        // Responses that contradict themselves: the service may have acted.
        Response(429, "", SUCCESS.to_owned()),
        with_status(429, service_error("FailedOperation")),
        with_status(500, service_error("RequestLimitExceeded")),
        with_status(
            502,
            service_error_with(EXPIRED, "", &format!("server time {}.", now() - 86_400)),
        ),
        with_status(500, service_error("AuthFailure.TokenFailure")),
    ] {
        let (sent, error) = send(Update::new("Ada"), [outcome]).await;
        let error = error.unwrap();
        assert_eq!((sent, error.attempts()), (1, 1), "{error}");
        assert!(!error.is_retry_safe(), "{error}");
    }
}

#[tokio::test]
async fn read_is_retried_after_transient_failures() {
    for outcome in [
        ConnectionError(Phase::NotConnected),
        ConnectionError(Phase::SentInPart),
        ConnectionError(Phase::SentWhole),
        ConnectionError(Phase::Answered),
        html(429, ""),
        html(500, ""),
        html(502, ""),
        html(503, ""),
        html(504, ""),
        Response(503, "", SUCCESS.to_owned()),
        service_error("InternalError"),
        service_error("InternalError.DbError"),
        service_error("ServiceUnavailable"),
        service_error("RequestLimitExceeded.GlobalRegionUinLimitExceeded"),
    ] {
        let (sent, error) = send(Get::new("Ada"), [outcome]).await;
        assert_eq!((sent, error.map(|error| error.to_string())), (2, None));
    }
}

#[tokio::test]
async fn failed_attempt_leaves_no_data_in_response() {
    let response = |status, body: &str| Response(status, "", body.to_owned());
    let transport = OutcomeTransport::new([
        response(
            503,
            r#"{"Response":{"Uin":1,"Note":"old","RequestId":"id-0"}}"#,
        ),
        response(200, r#"{"Response":{"RequestId":"id-1"}}"#),
    ]);
    let client = transport.client().build().unwrap();
    let response = client.send(&Get::new("Ada")).await.unwrap();
    assert_eq!(transport.sent(), 2);
    assert_eq!((response.uin, &*response.request_id), (None, "id-1"));
    assert_eq!(response.extra.iter().count(), 0);
}

#[tokio::test]
async fn permanent_failures_are_not_retried() {
    for outcome in [
        PermanentError,
        service_error("LimitExceeded"),
        service_error("LimitExceeded.EmailBindOverLimit"),
        service_error("FailedOperation"),
        service_error("AuthFailure.SignatureFailure"),
        service_error("AuthFailure.TokenFailure"),
        service_error("UnauthorizedOperation"),
        service_error("InvalidParameter"),
        html(200, ""),
        html(302, "location: https://example.com/"),
        html(404, ""),
        Response(200, "", String::new()),
    ] {
        let (sent, error) = send(Get::new("Ada"), [outcome]).await;
        let error = error.unwrap();
        assert_eq!((sent, error.attempts()), (1, 1), "{error}");
        assert!(error.is_retry_safe(), "a read is safe to retry: {error}");
    }
}

#[tokio::test]
async fn last_error_has_the_number_of_attempts() {
    let outcomes = [
        ConnectionError(Phase::NotConnected),
        html(502, ""),
        html(503, ""),
        service_error("InternalError"),
    ];
    let (sent, error) = send(Get::new("Ada"), outcomes).await;
    let error = error.unwrap();
    assert_eq!((sent, error.attempts()), (4, 4));
    assert!(error.is(CommonError::InternalError));
    assert!(error.to_string().contains("attempts: 4"), "{error}");
}

#[tokio::test]
async fn idempotent_call_is_retried_like_a_read() {
    let transport = OutcomeTransport::new([ConnectionError(Phase::SentWhole), html(502, "")]);
    let client = transport.client().build().unwrap();
    client.send(&Update::new("Ada")).idempotent().await.unwrap();
    assert_eq!(transport.sent(), 3);
}

#[tokio::test]
async fn each_attempt_has_its_own_signature() {
    let yesterday = now() - 86_400;
    let message = format!("server time {yesterday}.");
    let transport = OutcomeTransport::new([service_error_with(EXPIRED, "", &message)]);
    let client = transport.client().build().unwrap();
    client.send(&Update::new("Ada")).await.unwrap();
    assert_eq!(transport.sent(), 2);
    assert_near(&transport.header(1, "x-tc-timestamp"), yesterday);
    assert_ne!(
        transport.header(0, "authorization"),
        transport.header(1, "authorization")
    );
    let timestamp = transport.header(1, "x-tc-timestamp").parse().unwrap();
    let scope = tc3::signature::credential_scope(timestamp, "member");
    let authorization = transport.header(1, "authorization");
    assert!(authorization.contains(&scope), "{authorization}");
}

#[track_caller]
fn assert_near(timestamp: &str, expected: u64) {
    let timestamp: u64 = timestamp.parse().unwrap();
    assert!(
        timestamp.abs_diff(expected) < 120,
        "{timestamp}, {expected}"
    );
}

/// Formats Unix time in seconds for a header.
fn date(time: u64) -> &'static str {
    let time = UNIX_EPOCH + Duration::from_secs(time);
    httpdate::fmt_http_date(time).leak()
}

fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs()
}

#[tokio::test]
async fn clock_is_corrected_once_for_all_clones() {
    for offset in [3600_i64, -3600] {
        let server = now().checked_add_signed(offset).unwrap();
        let transport = OutcomeTransport::new([service_error_with(
            EXPIRED,
            "",
            &format!("the server time {server}."),
        )]);
        let client = transport.client().retry(Retry::never()).build().unwrap();
        client.send(&Update::new("Ada")).await.unwrap();
        client.clone().send(&Update::new("Ada")).await.unwrap();
        assert_eq!(transport.sent(), 3);
        for attempt in [1, 2] {
            assert_near(&transport.header(attempt, "x-tc-timestamp"), server);
        }
    }
}

#[tokio::test]
async fn clock_is_corrected_by_the_date_header() {
    let server = now() - 86_400;
    let header = format!("date: {}", date(server)).leak();
    // An implausible time is ignored.
    for message in [
        "expired",
        "server time 7954111777.",
        "server time -1706406788.",
    ] {
        let transport = OutcomeTransport::new([service_error_with(EXPIRED, header, message)]);
        let client = transport.client().build().unwrap();
        client.send(&Update::new("Ada")).await.unwrap();
        assert_near(&transport.header(1, "x-tc-timestamp"), server);
    }
}

#[tokio::test]
async fn uncorrectable_clock_is_an_error() {
    // The service reports no time, confirms the local time, or rejects the corrected time.
    let right = format!("the server time {}.", now());
    let wrong = service_error_with(EXPIRED, "", &format!("the server time {}.", now() - 86_400));
    let far = service_error_with(EXPIRED, "", "the server time 7954111777.");
    for (outcomes, sent) in [
        (vec![service_error(EXPIRED)], 1),
        (vec![service_error_with(EXPIRED, "", &right)], 1),
        (vec![wrong.clone(), wrong], 2),
        (vec![far], 1),
    ] {
        let (count, error) = send(Update::new("Ada"), outcomes).await;
        let error = error.unwrap();
        assert!(error.is(CommonError::AuthFailureSignatureExpire), "{error}");
        assert_eq!(count, sent);
    }
}

#[tokio::test]
async fn retry_after_is_respected() {
    let transport =
        OutcomeTransport::new([html(503, "retry-after: 7"), html(429, "retry-after: 3")]);
    transport
        .client()
        .rate_limit(RateLimit::off())
        .build()
        .unwrap()
        .send(&Get::new("Ada"))
        .await
        .unwrap();
    let sleeps = transport.sleeps();
    assert_eq!(sleeps, [Duration::from_secs(7), Duration::from_secs(3)]);

    // Dates are by the service's clock.
    let server = now() - 86_400;
    let [dated, retry_after] = [("date", 0), ("retry-after", 30)]
        .map(|(name, seconds)| &*format!("{name}: {}", date(server + seconds)).leak());
    let transport = OutcomeTransport::new([
        service_error_with(EXPIRED, dated, "expired"),
        html(503, retry_after),
    ]);
    let client = transport.client().build().unwrap();
    client.send(&Get::new("Ada")).await.unwrap();
    let sleeps = transport.sleeps();
    assert!(
        sleeps.len() == 1 && sleeps[0] > Duration::from_secs(15),
        "{sleeps:?}"
    );

    // A delay beyond the timeout ends the call immediately.
    let transport = OutcomeTransport::new([html(503, "retry-after: 61")]);
    let error = transport
        .client()
        .build()
        .unwrap()
        .send(&Get::new("Ada"))
        .await;
    assert_eq!(error.unwrap_err().http_status(), Some(503));
    assert_eq!((transport.sent(), transport.sleeps().len()), (1, 0));
}

#[tokio::test]
async fn backoff_grows_up_to_the_maximum() {
    let transport = OutcomeTransport::new((0..20).map(|_| ConnectionError(Phase::NotConnected)));
    let retry = Retry::new()
        .max_attempts(6)
        .initial_backoff(Duration::from_millis(10))
        .max_backoff(Duration::from_millis(40));
    let client = transport.client().retry(retry).build().unwrap();
    let error = client.send(&Update::new("Ada")).await.unwrap_err();
    assert_eq!((transport.sent(), error.attempts()), (6, 6));
    for (sleep, max) in transport.sleeps().into_iter().zip([10, 20, 40, 40, 40]) {
        assert!(sleep < Duration::from_millis(max), "{sleep:?}");
    }
}

#[tokio::test]
async fn retry_budget_is_exhausted() {
    let transport = OutcomeTransport::new((0..1000).map(|_| ConnectionError(Phase::NotConnected)));
    let client = transport.client().build().unwrap();
    for _ in 0..200 {
        client.send(&Update::new("Ada")).await.unwrap_err();
    }
    // 200 calls and 100 retries in total.
    assert_eq!(transport.sent(), 300);
}

#[tokio::test]
async fn client_token_is_generated_once_per_call() {
    let transport = OutcomeTransport::new([ConnectionError(Phase::NotConnected)]);
    let client = transport
        .client()
        .rate_limit(RateLimit::off())
        .build()
        .unwrap();
    client.send(&Add::new("Ada")).await.unwrap();
    client.send(&Add::new("Ada")).await.unwrap();
    let mut own = Add::new("Ada");
    own.extra.insert("ClientToken", "mine");
    client.send(&own).await.unwrap();
    client.send(&Update::new("Ada")).await.unwrap();

    let log = transport.0.lock().unwrap();
    let bodies: Vec<&str> = log
        .requests
        .iter()
        .map(|request| std::str::from_utf8(request.body()).unwrap())
        .collect();
    assert!(
        bodies[0].starts_with(r#"{"Name":"Ada","ClientToken":""#),
        "{}",
        bodies[0]
    );
    assert_eq!(
        bodies[0].len(),
        r#"{"Name":"Ada","ClientToken":""}"#.len() + 36
    );
    assert_eq!(bodies[0], bodies[1], "one call, two attempts");
    assert_ne!(bodies[1], bodies[2], "another call");
    assert_eq!(bodies[3], r#"{"Name":"Ada","ClientToken":"mine"}"#);
    assert_eq!(bodies[4], r#"{"Name":"Ada"}"#);
}

#[tokio::test]
async fn write_with_client_token_is_retried() {
    let transport = OutcomeTransport::new([ConnectionError(Phase::SentWhole)]);
    let client = transport.client().build().unwrap();
    client.send(&Add::new("Ada")).await.unwrap();
    {
        let log = transport.0.lock().unwrap();
        let [first, second] = &log.requests[..] else {
            panic!("one retry");
        };
        assert_eq!(first.body(), second.body());
    }

    // Without a token the same failure may have acted.
    let transport = OutcomeTransport::new([ConnectionError(Phase::SentWhole)]);
    let client = transport.client().build().unwrap();
    let error = client.send(&Update::new("Ada")).await.unwrap_err();
    assert_eq!((transport.sent(), error.client_token()), (1, None));
    assert!(!error.is_retry_safe());
}

#[tokio::test]
async fn error_has_the_client_token() {
    let failing = || OutcomeTransport::new((0..9).map(|_| ConnectionError(Phase::SentWhole)));
    let transport = failing();
    let client = transport.client().build().unwrap();
    let error = client.send(&Add::new("Ada")).await.unwrap_err();
    let token = error.client_token().expect("a token").to_owned();
    // The same request would get another token.
    assert!(!error.is_retry_safe());
    let text = error.to_string();
    assert!(text.contains(&format!("ClientToken {token}")), "{text}");
    for request in &transport.0.lock().unwrap().requests {
        let body = std::str::from_utf8(request.body()).unwrap();
        assert_eq!(body, format!(r#"{{"Name":"Ada","ClientToken":"{token}"}}"#));
    }

    let transport = failing();
    let client = transport.client().build().unwrap();
    let mut request = Add::new("Ada");
    request.extra.insert("ClientToken", "mine");
    let error = client.send(&request).await.unwrap_err();
    assert_eq!(error.client_token(), Some("mine"));
    assert!(error.is_retry_safe());
    // An empty token does not identify the call.
    request.extra.insert("ClientToken", "");
    let sent = transport.sent();
    let error = failing()
        .client()
        .build()
        .unwrap()
        .send(&request)
        .await
        .unwrap_err();
    assert_eq!((error.client_token(), error.attempts()), (None, 1));
    assert!(sent > 1);
}

#[tokio::test]
async fn rate_limit_errors_slow_the_action_down() {
    for outcome in [service_error("RequestLimitExceeded"), html(429, "")] {
        let transport = OutcomeTransport::new([outcome.clone()]);
        let client = transport.client().build().unwrap();
        client.send(&Add::new("Ada")).await.unwrap();
        assert_eq!(transport.sent(), 2);
        // The backoff, and the wait of the rate limiter, which pauses the action.
        let sleeps = transport.sleeps();
        assert!(
            sleeps.len() == 2 && sleeps[1] > Duration::from_millis(500),
            "{sleeps:?}"
        );

        let transport = OutcomeTransport::new([outcome]);
        let client = transport
            .client()
            .rate_limit(RateLimit::off())
            .build()
            .unwrap();
        client.send(&Add::new("Ada")).await.unwrap();
        assert_eq!(transport.sleeps().len(), 1);
    }
}

/// Transport whose sleeps take longer than requested.
struct SlowSleepTransport(OutcomeTransport);

impl Transport for SlowSleepTransport {
    fn send(&self, request: http::Request<Bytes>, limits: Limits) -> Sending<'_> {
        self.0.send(request, limits)
    }

    fn sleep(&self, _duration: Duration) -> Sleeping<'_> {
        std::thread::sleep(Duration::from_millis(250));
        Box::pin(std::future::ready(()))
    }
}

#[tokio::test]
async fn nothing_is_sent_after_the_timeout() {
    let outcomes = OutcomeTransport::new([ConnectionError(Phase::NotConnected)]);
    let client = outcomes
        .client()
        .transport(SlowSleepTransport(outcomes.clone()));
    let client = client.timeout(Duration::from_millis(200)).build().unwrap();
    let error = client.send(&Update::new("Ada")).await.unwrap_err();
    assert_eq!((outcomes.sent(), error.attempts()), (1, 1));
    assert!(error.is_connect() && error.is_retry_safe(), "{error}");
}

#[tokio::test]
async fn timeout_keeps_the_error_of_the_last_attempt() {
    let transport = OutcomeTransport::new([service_error("RequestLimitExceeded")]);
    let client = transport
        .client()
        .action_rate_limit("AddMember", 0.001)
        .retry(Retry::new().max_backoff(Duration::from_millis(100)))
        .build()
        .unwrap();
    let error = client.send(&Add::new("Ada")).await.unwrap_err();
    assert!(error.is_throttled(), "{error}");
    assert_eq!((error.attempts(), transport.sent()), (1, 1));
    // The rate limiter refuses the second attempt, and that ends the call.
    assert_eq!(transport.sleeps().len(), 1);
}

#[tokio::test]
async fn non_transient_errors_refill_the_retry_budget() {
    let mut outcomes: Vec<Outcome> = (0..400)
        .map(|_| ConnectionError(Phase::NotConnected))
        .collect();
    outcomes.extend((0..2000).map(|_| service_error("FailedOperation")));
    outcomes.push(ConnectionError(Phase::NotConnected));
    let transport = OutcomeTransport::new(outcomes);
    let client = transport.client().build().unwrap();
    // These calls use up the retry budget.
    for _ in 0..300 {
        client.send(&Update::new("Ada")).await.unwrap_err();
    }
    for _ in 0..2000 {
        client.send(&Update::new("Ada")).await.unwrap_err();
    }
    let sent = transport.sent();
    client.send(&Update::new("Ada")).await.unwrap();
    assert_eq!(transport.sent(), sent + 2);
}

#[tokio::test]
async fn described_action_determines_retries() {
    let lost = || ConnectionError(Phase::SentWhole);
    let success = Response(200, "", SUCCESS.to_owned());
    let transport = OutcomeTransport::new([lost(), success, lost()]);
    let client = transport
        .client()
        .rate_limit(RateLimit::off())
        .build()
        .unwrap();
    // A call that reads is retried, and so is one with a generated `ClientToken`.
    client.call_described(Get::ACTION, json!({})).await.unwrap();
    let name = json!({"Name": "Ada"});
    client.call_described(Add::ACTION, name).await.unwrap();
    client.call_described(Add::ACTION, json!({})).await.unwrap();
    let own = json!({"ClientToken": "mine"});
    client.call_described(Add::ACTION, own).await.unwrap();
    let error = client
        .call_described(UpdateInstance::ACTION, json!({}))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("belongs to service `cvm`"));

    let log = transport.0.lock().unwrap();
    let bodies: Vec<&str> = log
        .requests
        .iter()
        .map(|request| std::str::from_utf8(request.body()).unwrap())
        .collect();
    assert_eq!(bodies.len(), 6, "{bodies:?}");
    assert_eq!(bodies[..2], ["{}", "{}"]);
    assert_eq!(bodies[2], bodies[3]);
    let [start, end] = [r#"{"ClientToken":""#, r#"","Name":"Ada"}"#];
    assert!(
        bodies[2].starts_with(start) && bodies[2].ends_with(end),
        "{}",
        bodies[2]
    );
    assert_eq!(bodies[4].len(), r#"{"ClientToken":""}"#.len() + 36);
    assert_eq!(bodies[5], r#"{"ClientToken":"mine"}"#);
}
