//! What is told of calls while they are made.

use std::sync::{Arc, Mutex};

use tc3::{Attempt, Client, Error, Observer, Phase, testing::MockTransport};

use crate::api::{Look, SERVICE, TOKEN, credential};

#[derive(Clone, Default)]
struct Diary(Arc<Mutex<Vec<String>>>);

impl Observer for Diary {
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
async fn each_attempt_is_told_before_and_after() {
    let transport = MockTransport::new();
    transport
        .fail("LookAtMember", Phase::SentWhole)
        .respond_error("LookAtMember", "InternalError", "oops")
        .respond("LookAtMember", r#"{"RequestId": "id-3"}"#);
    let diary = Diary::default();
    let client = Client::builder(&SERVICE)
        .credential(credential().with_token(TOKEN))
        .region("ap-guangzhou")
        .transport(transport)
        .observer(diary.clone())
        .build()
        .unwrap();
    client.send(&Look::new("Ada")).await.unwrap();
    let told = diary.0.lock().unwrap().join("\n");
    let before = |number| {
        format!(
            r#"before Attempt {{ action: "LookAtMember", service: Service {{ name: "member", version: "2021-03-31", endpoint: "member.tencentcloudapi.com" }}, region: Some("ap-guangzhou"), host: "member.tencentcloudapi.com", number: {number}, elapsed: 0ns }}"#
        )
    };
    let request_id = "00000000-0000-4000-8000-000000000000";
    assert_eq!(
        told,
        [
            before(1),
            r#"after 1: Err("LookAtMember: the connection failed before the response (member.tencentcloudapi.com): failure by a rule of the test")"#.to_owned(),
            before(2),
            format!(r#"after 2: Err("LookAtMember: InternalError: oops (request id {request_id}, HTTP 200, attempts: 2, documented as: Something failed inside the service.)")"#),
            before(3),
            r#"after 3: Ok("id-3")"#.to_owned(),
        ]
        .join("\n")
    );
    assert!(!told.contains("planted"));
}

mod spans {
    use std::fmt::{self, Write as _};

    use tracing::{
        Event, Metadata, Subscriber,
        field::{Field, Visit},
        span::{Attributes, Id, Record},
    };

    use super::*;

    /// Writes down all that it is told.
    #[derive(Clone, Default)]
    struct Book(Arc<Mutex<String>>);

    struct Line<'a>(&'a mut String);

    impl Visit for Line<'_> {
        fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
            write!(self.0, " {}={value:?}", field.name()).unwrap();
        }
    }

    impl Book {
        fn line(&self, what: &str, visit: impl FnOnce(&mut Line<'_>)) {
            let mut book = self.0.lock().unwrap();
            book.push_str(what);
            visit(&mut Line(&mut book));
            book.push('\n');
        }
    }

    impl Subscriber for Book {
        fn enabled(&self, metadata: &Metadata<'_>) -> bool {
            metadata.target().starts_with("tc3")
        }
        fn new_span(&self, span: &Attributes<'_>) -> Id {
            self.line(span.metadata().name(), |line| span.record(line));
            Id::from_u64(1)
        }
        fn record(&self, _: &Id, values: &Record<'_>) {
            self.line("record", |line| values.record(line));
        }
        fn record_follows_from(&self, _: &Id, _: &Id) {}
        fn event(&self, event: &Event<'_>) {
            self.line(event.metadata().level().as_str(), |line| event.record(line));
        }
        fn enter(&self, _: &Id) {}
        fn exit(&self, _: &Id) {}
        fn try_close(&self, _: Id) -> bool {
            self.line("close", |_| {});
            true
        }
    }

    fn recorded<F: Future>(call: F) -> (String, F::Output) {
        // While there is one dispatcher, `tracing` asks that of the thread which comes to an event first, and here
        // other tests have none.
        let _other = tracing::Dispatch::new(Book::default());
        let book = Book::default();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let output = tracing::subscriber::with_default(book.clone(), || runtime.block_on(call));
        let book = book.0.lock().unwrap().clone();
        (book, output)
    }

    #[test]
    fn calls_and_attempts_have_spans() {
        let transport = MockTransport::new();
        transport
            .respond_error("LookAtMember", "InternalError", "oops")
            .respond("LookAtMember", r#"{"RequestId": "id-3"}"#);
        let client = Client::builder(&SERVICE)
            .credential(credential().with_token(TOKEN))
            .region("ap-guangzhou")
            .transport(transport)
            .build()
            .unwrap();
        let (book, result) = recorded(client.send(&Look::new("Ada")));
        result.unwrap();
        for expect in [
            r#"tc3.call otel.kind="client" rpc.system="tencentcloud" rpc.service="member" rpc.method="LookAtMember" tencentcloud.version="2021-03-31" cloud.region="ap-guangzhou""#,
            r#"tc3.attempt server.address="member.tencentcloudapi.com" http.request.resend_count=0"#,
            r#"record error.type="InternalError""#,
            // The span of an attempt is closed before the backoff.
            "close\nINFO message=retrying after: LookAtMember: InternalError: oops",
            "http.request.resend_count=1",
            "record http.response.status_code=200",
            r#"record tencentcloud.request_id="id-3""#,
        ] {
            assert!(book.contains(expect), "{expect} is not in\n{book}");
        }
        assert!(
            !book.contains("planted") && !book.contains("WARN"),
            "{book}"
        );
    }

    #[test]
    fn failed_call_is_one_warning() {
        let transport = MockTransport::new();
        transport.respond_error("LookAtMember", "FailedOperation", "oops");
        let client = Client::builder(&SERVICE).credential(credential().with_token(TOKEN));
        let client = client.transport(transport).build().unwrap();
        let (book, result) = recorded(client.send(&Look::new("Ada")));
        result.unwrap_err();
        let warnings: Vec<_> = book
            .lines()
            .filter(|line| line.starts_with("WARN"))
            .collect();
        assert_eq!(warnings.len(), 1, "{book}");
        for expect in [
            r#" message=call failed: LookAtMember: FailedOperation: oops"#,
            r#" error.type="FailedOperation" tencentcloud.request_id="00000000-"#,
            " attempts=1 elapsed=",
        ] {
            assert!(
                warnings[0].contains(expect),
                "{expect} is not in {}",
                warnings[0]
            );
        }
        assert!(!book.contains("planted"), "{book}");
    }
}
