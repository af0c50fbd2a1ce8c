//! Observers and spans of calls.

use std::sync::{Arc, Mutex};

use tc3::{Attempt, Client, Error, Observer, Phase, testing::MockTransport};

use super::api::{Get, SERVICE, TOKEN, credential};

#[derive(Clone, Default)]
struct RecordingObserver(Arc<Mutex<Vec<String>>>);

impl Observer for RecordingObserver {
    fn before(&self, attempt: &Attempt<'_>) {
        self.0.lock().unwrap().push(format!("before {attempt:?}"));
    }

    fn after(&self, attempt: &Attempt<'_>, outcome: Result<&str, &Error>) {
        let outcome = outcome.map_err(ToString::to_string);
        self.0
            .lock()
            .unwrap()
            .push(format!("after {}: {outcome:?}", attempt.number));
    }
}

#[tokio::test]
async fn observer_is_called_around_each_attempt() {
    let transport = MockTransport::new();
    transport
        .fail("GetMember", Phase::SentWhole)
        .respond_error("GetMember", "InternalError", "oops")
        .respond("GetMember", r#"{"RequestId": "id-3"}"#);
    let observer = RecordingObserver::default();
    let client = Client::builder(&SERVICE)
        .credential(credential().with_token(TOKEN))
        .region("ap-guangzhou")
        .transport(transport)
        .observer(observer.clone())
        .build()
        .unwrap();
    client.send(&Get::new("Ada")).await.unwrap();
    let events = observer.0.lock().unwrap().join("\n");
    let before = |number| {
        format!(
            r#"before Attempt {{ action: "GetMember", service: Service {{ name: "member", version: "2021-03-31", endpoint: "member.tencentcloudapi.com" }}, region: Some("ap-guangzhou"), host: "member.tencentcloudapi.com", number: {number}, elapsed: 0ns }}"#
        )
    };
    let request_id = "00000000-0000-4000-8000-000000000000";
    assert_eq!(
        events,
        [
            before(1),
            r#"after 1: Err("GetMember: the connection failed before the response (member.tencentcloudapi.com): failure by a mock rule")"#.to_owned(),
            before(2),
            format!(r#"after 2: Err("GetMember: InternalError: oops (request id {request_id}, HTTP 200, attempts: 2, documented as: Internal error of the service.)")"#),
            before(3),
            r#"after 3: Ok("id-3")"#.to_owned(),
        ]
        .join("\n")
    );
    assert!(!events.contains("planted"));
}

mod spans {
    use std::fmt::{self, Write as _};

    use tracing::{
        Event, Metadata, Subscriber,
        field::{Field, Visit},
        span::{Attributes, Id, Record},
    };

    use super::*;

    /// Records all spans and events as text.
    #[derive(Clone, Default)]
    struct RecordingSubscriber(Arc<Mutex<String>>);

    struct FieldVisitor<'a>(&'a mut String);

    impl Visit for FieldVisitor<'_> {
        fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
            write!(self.0, " {}={value:?}", field.name()).unwrap();
        }
    }

    impl RecordingSubscriber {
        fn record_line(&self, prefix: &str, visit: impl FnOnce(&mut FieldVisitor<'_>)) {
            let mut log = self.0.lock().unwrap();
            log.push_str(prefix);
            visit(&mut FieldVisitor(&mut log));
            log.push('\n');
        }
    }

    impl Subscriber for RecordingSubscriber {
        fn enabled(&self, metadata: &Metadata<'_>) -> bool {
            metadata.target().starts_with("tc3")
        }
        fn new_span(&self, span: &Attributes<'_>) -> Id {
            self.record_line(span.metadata().name(), |visitor| span.record(visitor));
            Id::from_u64(1)
        }
        fn record(&self, _: &Id, values: &Record<'_>) {
            self.record_line("record", |visitor| values.record(visitor));
        }
        fn record_follows_from(&self, _: &Id, _: &Id) {}
        fn event(&self, event: &Event<'_>) {
            self.record_line(event.metadata().level().as_str(), |visitor| {
                event.record(visitor)
            });
        }
        fn enter(&self, _: &Id) {}
        fn exit(&self, _: &Id) {}
        fn try_close(&self, _: Id) -> bool {
            self.record_line("close", |_| {});
            true
        }
    }

    fn recorded<F: Future>(call: F) -> (String, F::Output) {
        // With a single dispatcher, `tracing` caches the interest of the first thread that reaches an event. That may be a
        // thread of another test, which has no subscriber.
        let _other = tracing::Dispatch::new(RecordingSubscriber::default());
        let log = RecordingSubscriber::default();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let output = tracing::subscriber::with_default(log.clone(), || runtime.block_on(call));
        let log = log.0.lock().unwrap().clone();
        (log, output)
    }

    #[test]
    fn calls_and_attempts_have_spans() {
        let transport = MockTransport::new();
        transport
            .respond_error("GetMember", "InternalError", "oops")
            .respond("GetMember", r#"{"RequestId": "id-3"}"#);
        let client = Client::builder(&SERVICE)
            .credential(credential().with_token(TOKEN))
            .region("ap-guangzhou")
            .transport(transport)
            .build()
            .unwrap();
        let (log, result) = recorded(client.send(&Get::new("Ada")));
        result.unwrap();
        for expect in [
            r#"tc3.call otel.kind="client" rpc.system="tencentcloud" rpc.service="member" rpc.method="GetMember" tencentcloud.version="2021-03-31" cloud.region="ap-guangzhou""#,
            r#"tc3.attempt server.address="member.tencentcloudapi.com" http.request.resend_count=0"#,
            r#"record error.type="InternalError""#,
            // The span of an attempt is closed before the backoff.
            "close\nINFO message=retrying after: GetMember: InternalError: oops",
            "http.request.resend_count=1",
            "record http.response.status_code=200",
            r#"record tencentcloud.request_id="id-3""#,
        ] {
            assert!(log.contains(expect), "{expect} is not in\n{log}");
        }
        assert!(!log.contains("planted") && !log.contains("WARN"), "{log}");
    }

    #[test]
    fn failed_call_is_one_warning() {
        let transport = MockTransport::new();
        transport.respond_error("GetMember", "FailedOperation", "oops");
        let client = Client::builder(&SERVICE).credential(credential().with_token(TOKEN));
        let client = client.transport(transport).build().unwrap();
        let (log, result) = recorded(client.send(&Get::new("Ada")));
        result.unwrap_err();
        let warnings: Vec<_> = log
            .lines()
            .filter(|line| line.starts_with("WARN"))
            .collect();
        assert_eq!(warnings.len(), 1, "{log}");
        for expect in [
            r#" message=call failed: GetMember: FailedOperation: oops"#,
            r#" error.type="FailedOperation" tencentcloud.request_id="00000000-"#,
            " attempts=1 elapsed=",
        ] {
            assert!(
                warnings[0].contains(expect),
                "{expect} is not in {}",
                warnings[0]
            );
        }
        assert!(!log.contains("planted"), "{log}");
    }
}
