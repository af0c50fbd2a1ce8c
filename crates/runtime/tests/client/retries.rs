//! What is retried, and what never is.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use tc3::{
    Client, ClientBuilder, CommonError, Error, Phase, RateLimit, Request, Retry,
    transport::{Bytes, Limits, Sending, Sleeping, Transport, TransportError, http},
};

use crate::api::{Add, Find, Look, SERVICE, credential};

const FOUND: &str = r#"{"Response":{"Uin":7,"RequestId":"id-1"}}"#;
const EXPIRED: &str = "AuthFailure.SignatureExpire";

/// Outcome of one attempt.
#[derive(Clone)]
enum Fate {
    Lost(Phase),
    Permanent,
    Answer(u16, &'static str, String),
}

use Fate::{Answer, Lost, Permanent};

fn refusal(code: &str) -> Fate {
    refusal_with(code, "", "no")
}

fn refusal_with(code: &str, headers: &'static str, message: &str) -> Fate {
    let error = format!(r#"{{"Code":"{code}","Message":"{message}"}}"#);
    let body = format!(r#"{{"Response":{{"Error":{error},"RequestId":"id-2"}}}}"#);
    Answer(200, headers, body)
}

fn with_status(status: u16, fate: Fate) -> Fate {
    match fate {
        Answer(_, headers, body) => Answer(status, headers, body),
        other => other,
    }
}

fn html(status: u16, headers: &'static str) -> Fate {
    Answer(status, headers, "<html>".to_owned())
}

/// Transport whose attempts have these outcomes, and then succeed.
#[derive(Clone, Default)]
struct Fates(Arc<Mutex<Log>>);

#[derive(Default)]
struct Log {
    fates: VecDeque<Fate>,
    requests: Vec<http::Request<Bytes>>,
    pauses: Vec<Duration>,
}

impl Fates {
    fn new(fates: impl IntoIterator<Item = Fate>) -> Self {
        Self(Arc::new(Mutex::new(Log {
            fates: fates.into_iter().collect(),
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

    fn pauses(&self) -> Vec<Duration> {
        self.0.lock().unwrap().pauses.clone()
    }
}

impl Transport for Fates {
    fn send(&self, request: http::Request<Bytes>, _limits: Limits) -> Sending<'_> {
        let mut log = self.0.lock().unwrap();
        log.requests.push(request);
        let fate = log
            .fates
            .pop_front()
            .unwrap_or(Answer(200, "", FOUND.to_owned()));
        Box::pin(async move {
            match fate {
                Lost(phase) => Err(TransportError::new(phase, "lost")),
                Permanent => Err(TransportError::new(Phase::NotConnected, "permanent").permanent()),
                Answer(status, headers, body) => {
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
        self.0.lock().unwrap().pauses.push(duration);
        Box::pin(std::future::ready(()))
    }
}

/// Sends a request over attempts with these outcomes. Returns how often it was sent, and its error.
async fn send<R: Request>(
    request: R,
    fates: impl IntoIterator<Item = Fate>,
) -> (usize, Option<Error>) {
    let transport = Fates::new(fates);
    let client = transport.client().build().unwrap();
    let result = client.send(&request).await;
    (transport.sent(), result.err())
}

#[tokio::test]
async fn write_is_retried_only_if_the_service_cannot_have_acted() {
    for fate in [
        Lost(Phase::NotConnected),
        Lost(Phase::SentInPart),
        refusal("RequestLimitExceeded"),
        refusal("RequestLimitExceeded.UinLimitExceeded"),
        html(429, ""),
    ] {
        let (sent, error) = send(Find::new("Ada"), [fate]).await;
        assert_eq!((sent, error.map(|error| error.to_string())), (2, None));
    }
    for fate in [
        Lost(Phase::SentWhole),
        Lost(Phase::Answered),
        html(500, ""),
        html(502, ""),
        html(503, "retry-after: 0"),
        refusal("InternalError"),
        refusal("ServiceUnavailable"),
        // Responses that contradict themselves: the service may have acted.
        Answer(429, "", FOUND.to_owned()),
        with_status(429, refusal("FailedOperation")),
        with_status(500, refusal("RequestLimitExceeded")),
        with_status(
            502,
            refusal_with(EXPIRED, "", &format!("server time {}.", now() - 86_400)),
        ),
        with_status(500, refusal("AuthFailure.TokenFailure")),
    ] {
        let (sent, error) = send(Find::new("Ada"), [fate]).await;
        let error = error.unwrap();
        assert_eq!((sent, error.attempts()), (1, 1), "{error}");
        assert!(!error.is_retry_safe(), "{error}");
    }
}

#[tokio::test]
async fn read_is_retried_after_transient_failures() {
    for fate in [
        Lost(Phase::NotConnected),
        Lost(Phase::SentInPart),
        Lost(Phase::SentWhole),
        Lost(Phase::Answered),
        html(429, ""),
        html(500, ""),
        html(502, ""),
        html(503, ""),
        html(504, ""),
        Answer(503, "", FOUND.to_owned()),
        refusal("InternalError"),
        refusal("InternalError.DbError"),
        refusal("ServiceUnavailable"),
        refusal("RequestLimitExceeded.GlobalRegionUinLimitExceeded"),
    ] {
        let (sent, error) = send(Look::new("Ada"), [fate]).await;
        assert_eq!((sent, error.map(|error| error.to_string())), (2, None));
    }
}

#[tokio::test]
async fn response_holds_nothing_of_a_failed_attempt() {
    let answer = |status, body: &str| Answer(status, "", body.to_owned());
    let transport = Fates::new([
        answer(
            503,
            r#"{"Response":{"Uin":1,"Note":"old","RequestId":"id-0"}}"#,
        ),
        answer(200, r#"{"Response":{"RequestId":"id-1"}}"#),
    ]);
    let client = transport.client().build().unwrap();
    let response = client.send(&Look::new("Ada")).await.unwrap();
    assert_eq!(transport.sent(), 2);
    assert_eq!((response.uin, &*response.request_id), (None, "id-1"));
    assert_eq!(response.extra.iter().count(), 0);
}

#[tokio::test]
async fn permanent_failures_are_not_retried() {
    for fate in [
        Permanent,
        refusal("LimitExceeded"),
        refusal("LimitExceeded.EmailBindOverLimit"),
        refusal("FailedOperation"),
        refusal("AuthFailure.SignatureFailure"),
        refusal("AuthFailure.TokenFailure"),
        refusal("UnauthorizedOperation"),
        refusal("InvalidParameter"),
        html(200, ""),
        html(302, "location: https://example.com/"),
        html(404, ""),
        Answer(200, "", String::new()),
    ] {
        let (sent, error) = send(Look::new("Ada"), [fate]).await;
        let error = error.unwrap();
        assert_eq!((sent, error.attempts()), (1, 1), "{error}");
        assert!(error.is_retry_safe(), "it only reads: {error}");
    }
}

#[tokio::test]
async fn last_error_has_the_number_of_attempts() {
    let fates = [
        Lost(Phase::NotConnected),
        html(502, ""),
        html(503, ""),
        refusal("InternalError"),
    ];
    let (sent, error) = send(Look::new("Ada"), fates).await;
    let error = error.unwrap();
    assert_eq!((sent, error.attempts()), (4, 4));
    assert!(error.is(CommonError::InternalError));
    assert!(error.to_string().contains("attempts: 4"), "{error}");
}

#[tokio::test]
async fn idempotent_call_is_retried_like_a_read() {
    let transport = Fates::new([Lost(Phase::SentWhole), html(502, "")]);
    let client = transport.client().build().unwrap();
    client.send(&Find::new("Ada")).idempotent().await.unwrap();
    assert_eq!(transport.sent(), 3);
}

#[tokio::test]
async fn each_attempt_has_its_own_signature() {
    let yesterday = now() - 86_400;
    let message = format!("server time {yesterday}.");
    let transport = Fates::new([refusal_with(EXPIRED, "", &message)]);
    let client = transport.client().build().unwrap();
    client.send(&Find::new("Ada")).await.unwrap();
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

/// A time in Unix seconds as a header has it.
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
        let transport = Fates::new([refusal_with(
            EXPIRED,
            "",
            &format!("the server time {server}."),
        )]);
        let client = transport.client().retry(Retry::never()).build().unwrap();
        client.send(&Find::new("Ada")).await.unwrap();
        client.clone().send(&Find::new("Ada")).await.unwrap();
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
    // A time that no clock can have is passed over.
    for message in [
        "expired",
        "server time 7954111777.",
        "server time -1706406788.",
    ] {
        let transport = Fates::new([refusal_with(EXPIRED, header, message)]);
        let client = transport.client().build().unwrap();
        client.send(&Find::new("Ada")).await.unwrap();
        assert_near(&transport.header(1, "x-tc-timestamp"), server);
    }
}

#[tokio::test]
async fn clock_that_cannot_be_corrected_is_an_error() {
    // The service says nothing of the time, or that ours is right, or refuses the right one as well.
    let right = format!("the server time {}.", now());
    let wrong = refusal_with(EXPIRED, "", &format!("the server time {}.", now() - 86_400));
    let far = refusal_with(EXPIRED, "", "the server time 7954111777.");
    for (fates, sent) in [
        (vec![refusal(EXPIRED)], 1),
        (vec![refusal_with(EXPIRED, "", &right)], 1),
        (vec![wrong.clone(), wrong], 2),
        (vec![far], 1),
    ] {
        let (count, error) = send(Find::new("Ada"), fates).await;
        let error = error.unwrap();
        assert!(error.is(CommonError::AuthFailureSignatureExpire), "{error}");
        assert_eq!(count, sent);
    }
}

#[tokio::test]
async fn retry_after_is_kept() {
    let transport = Fates::new([html(503, "retry-after: 7"), html(429, "retry-after: 3")]);
    transport
        .client()
        .rate_limit(RateLimit::off())
        .build()
        .unwrap()
        .send(&Look::new("Ada"))
        .await
        .unwrap();
    let pauses = transport.pauses();
    assert_eq!(pauses, [Duration::from_secs(7), Duration::from_secs(3)]);

    // Dates are by the service's clock.
    let server = now() - 86_400;
    let [dated, retry_after] = [("date", 0), ("retry-after", 30)]
        .map(|(name, seconds)| &*format!("{name}: {}", date(server + seconds)).leak());
    let transport = Fates::new([
        refusal_with(EXPIRED, dated, "expired"),
        html(503, retry_after),
    ]);
    let client = transport.client().build().unwrap();
    client.send(&Look::new("Ada")).await.unwrap();
    let pauses = transport.pauses();
    assert!(
        pauses.len() == 1 && pauses[0] > Duration::from_secs(15),
        "{pauses:?}"
    );

    // Beyond the time-out nobody waits.
    let transport = Fates::new([html(503, "retry-after: 61")]);
    let error = transport
        .client()
        .build()
        .unwrap()
        .send(&Look::new("Ada"))
        .await;
    assert_eq!(error.unwrap_err().http_status(), Some(503));
    assert_eq!((transport.sent(), transport.pauses().len()), (1, 0));
}

#[tokio::test]
async fn backoff_grows_and_attempts_end() {
    let transport = Fates::new((0..20).map(|_| Lost(Phase::NotConnected)));
    let retry = Retry::new()
        .max_attempts(6)
        .initial_backoff(Duration::from_millis(10))
        .max_backoff(Duration::from_millis(40));
    let client = transport.client().retry(retry).build().unwrap();
    let error = client.send(&Find::new("Ada")).await.unwrap_err();
    assert_eq!((transport.sent(), error.attempts()), (6, 6));
    for (pause, most) in transport.pauses().into_iter().zip([10, 20, 40, 40, 40]) {
        assert!(pause < Duration::from_millis(most), "{pause:?}");
    }
}

#[tokio::test]
async fn retry_budget_is_exhausted() {
    let transport = Fates::new((0..1000).map(|_| Lost(Phase::NotConnected)));
    let client = transport.client().build().unwrap();
    for _ in 0..200 {
        client.send(&Find::new("Ada")).await.unwrap_err();
    }
    // 200 calls and a hundred repetitions in all.
    assert_eq!(transport.sent(), 300);
}

#[tokio::test]
async fn client_token_is_made_once_per_call_unless_set() {
    let transport = Fates::new([Lost(Phase::NotConnected)]);
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
    client.send(&Find::new("Ada")).await.unwrap();

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
async fn rate_limit_errors_slow_the_action_down() {
    for fate in [refusal("RequestLimitExceeded"), html(429, "")] {
        let transport = Fates::new([fate.clone()]);
        let client = transport.client().build().unwrap();
        client.send(&Add::new("Ada")).await.unwrap();
        assert_eq!(transport.sent(), 2);
        // A pause before the repetition, and one since the action is not called at all for a while.
        let pauses = transport.pauses();
        assert!(
            pauses.len() == 2 && pauses[1] > Duration::from_millis(500),
            "{pauses:?}"
        );

        let transport = Fates::new([fate]);
        let client = transport
            .client()
            .rate_limit(RateLimit::off())
            .build()
            .unwrap();
        client.send(&Add::new("Ada")).await.unwrap();
        assert_eq!(transport.pauses().len(), 1);
    }
}

/// Transport whose sleeps take too long.
struct Sleepy(Fates);

impl Transport for Sleepy {
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
    let fates = Fates::new([Lost(Phase::NotConnected)]);
    let client = fates.client().transport(Sleepy(fates.clone()));
    let client = client.timeout(Duration::from_millis(200)).build().unwrap();
    let error = client.send(&Find::new("Ada")).await.unwrap_err();
    assert_eq!((fates.sent(), error.attempts()), (1, 1));
    assert!(error.is_connect() && error.is_retry_safe(), "{error}");
}

#[tokio::test]
async fn timeout_does_not_hide_why_the_call_failed() {
    let transport = Fates::new([refusal("RequestLimitExceeded")]);
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
    assert_eq!(transport.pauses().len(), 1);
}

#[tokio::test]
async fn errors_of_the_call_refill_the_retry_budget() {
    let mut fates: Vec<Fate> = (0..400).map(|_| Lost(Phase::NotConnected)).collect();
    fates.extend((0..2000).map(|_| refusal("FailedOperation")));
    fates.push(Lost(Phase::NotConnected));
    let transport = Fates::new(fates);
    let client = transport.client().build().unwrap();
    // All retries are used up, 300 calls later.
    for _ in 0..300 {
        client.send(&Find::new("Ada")).await.unwrap_err();
    }
    for _ in 0..2000 {
        client.send(&Find::new("Ada")).await.unwrap_err();
    }
    let sent = transport.sent();
    client.send(&Find::new("Ada")).await.unwrap();
    assert_eq!(transport.sent(), sent + 2);
}
