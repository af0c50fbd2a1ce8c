//! Custom transports: one that opens a blocking TCP connection per call, and one that fails.

use std::{
    fmt::Write as _,
    io::{Read as _, Write as _},
    net::TcpStream,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, Waker},
    thread,
    time::Duration,
};

use tc3::{
    Client, ErrorKind, Phase, Retry,
    transport::{Bytes, Limits, Sending, Sleeping, Transport, TransportError, http},
};

use super::{
    api::{SERVICE, TOKEN, Update, credential},
    server::{Server, envelope},
};

/// Transport over one blocking TCP connection per call.
struct TcpTransport;

impl Transport for TcpTransport {
    fn send(&self, request: http::Request<Bytes>, limits: Limits) -> Sending<'_> {
        Box::pin(async move {
            let failed = |error| TransportError::new(Phase::SentWhole, error);
            let host = request.uri().authority().unwrap().as_str();
            let mut stream = TcpStream::connect(host)
                .map_err(|error| TransportError::new(Phase::NotConnected, error))?;
            stream
                .set_read_timeout(Some(limits.timeout))
                .map_err(failed)?;
            let mut head = format!(
                "POST / HTTP/1.1\r\nconnection: close\r\ncontent-length: {}\r\n",
                request.body().len()
            );
            for (name, value) in request.headers() {
                write!(head, "{name}: {}\r\n", value.to_str().unwrap()).unwrap();
            }
            stream
                .write_all(format!("{head}\r\n").as_bytes())
                .map_err(failed)?;
            stream.write_all(request.body()).map_err(failed)?;
            stream.shutdown(std::net::Shutdown::Write).map_err(failed)?;
            let mut response = String::new();
            stream.read_to_string(&mut response).map_err(failed)?;
            let (_, body) = response.split_once("\r\n\r\n").unwrap();
            Ok(http::Response::new(Bytes::from(body.to_owned())))
        })
    }

    fn sleep(&self, duration: Duration) -> Sleeping<'_> {
        Box::pin(async move { thread::sleep(duration) })
    }
}

/// Transport whose requests all time out while they are sent.
pub(crate) struct FailingTransport;

impl Transport for FailingTransport {
    fn send(&self, _request: http::Request<Bytes>, _limits: Limits) -> Sending<'_> {
        Box::pin(async {
            Err(TransportError::new(Phase::SentInPart, "connection lost").timed_out())
        })
    }

    fn sleep(&self, _duration: Duration) -> Sleeping<'_> {
        Box::pin(async {})
    }
}

/// Runs a future that is ready at the first poll.
fn run<T>(future: impl Future<Output = T>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the future is pending"),
    }
}

#[test]
fn custom_transport_is_used() {
    let server = Server::responding(envelope(r#"{"Uin":7,"RequestId":"id-1"}"#));
    let client = Client::builder(&SERVICE)
        .credential(credential().with_token(TOKEN))
        .endpoint(server.endpoint())
        .transport(TcpTransport)
        .build()
        .unwrap();
    let response = run(client.send(&Update::new("Ada"))).unwrap();
    assert_eq!(response.uin, Some(7));
    assert_eq!(server.received().len(), 1);
}

#[test]
fn custom_transport_error_keeps_phase_and_cause() {
    let client = Client::builder(&SERVICE)
        .credential(credential())
        .transport(FailingTransport)
        .retry(Retry::never())
        .build()
        .unwrap();
    let error = run(client.send(&Update::new("Ada"))).unwrap_err();
    assert_eq!(
        error.to_string(),
        "UpdateMember: sending the request timed out (member.tencentcloudapi.com): connection lost"
    );
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.phase(), Phase::SentInPart);
    assert!(error.is_timeout());
    let cause = std::error::Error::source(&error).unwrap();
    assert_eq!(cause.to_string(), "connection lost");
}

/// Layer that sets a header of each request, and counts the responses.
struct Tagging {
    inner: Arc<dyn Transport>,
    tag: &'static str,
    responses: Arc<AtomicUsize>,
}

impl Transport for Tagging {
    fn send(&self, mut request: http::Request<Bytes>, limits: Limits) -> Sending<'_> {
        let value = http::HeaderValue::from_static(self.tag);
        request.headers_mut().insert("x-tag", value);
        Box::pin(async move {
            let response = self.inner.send(request, limits).await?;
            self.responses.fetch_add(1, Ordering::Relaxed);
            Ok(response)
        })
    }

    fn sleep(&self, duration: Duration) -> Sleeping<'_> {
        self.inner.sleep(duration)
    }
}

#[tokio::test]
async fn layers_see_requests_and_responses() {
    let server = Server::responding(envelope(r#"{"Uin":7,"RequestId":"id-1"}"#));
    let responses = Arc::new(AtomicUsize::new(0));
    let tagging = |tag| {
        let responses = Arc::clone(&responses);
        move |inner| Tagging {
            inner,
            tag,
            responses,
        }
    };
    let builder = Client::builder(&SERVICE)
        .credential(credential())
        .endpoint(server.endpoint())
        .transport(TcpTransport)
        .layer(tagging("inner"));
    let client: Client = builder.layer(tagging("outer")).build().unwrap();

    client.send(&Update::new("Ada")).await.unwrap();

    assert_eq!(responses.load(Ordering::Relaxed), 2);
    // The inner layer is the last to see the request.
    assert_eq!(server.received()[0].header("x-tag"), Ok("inner"));
}
