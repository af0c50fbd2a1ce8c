//! A transport of one's own, in some twenty lines: a blocking one, over a plain TCP connection a call.

use std::{
    fmt::Write as _,
    io::{Read as _, Write as _},
    net::TcpStream,
    pin::pin,
    task::{Context, Poll, Waker},
    thread,
    time::Duration,
};

use tc3::{
    Client, ErrorKind, Phase, Retry,
    transport::{Bytes, Limits, Sending, Sleeping, Transport, TransportError, http},
};

use crate::{
    api::{Find, SERVICE, TOKEN, credential},
    server::{Server, envelope},
};

struct Plain;

impl Transport for Plain {
    fn send(&self, request: http::Request<Bytes>, limits: Limits) -> Sending<'_> {
        Box::pin(async move {
            let broken = |error| TransportError::new(Phase::SentWhole, error);
            let host = request.uri().authority().unwrap().as_str();
            let mut stream = TcpStream::connect(host)
                .map_err(|error| TransportError::new(Phase::NotConnected, error))?;
            stream
                .set_read_timeout(Some(limits.timeout))
                .map_err(broken)?;
            let mut head = format!(
                "POST / HTTP/1.1\r\nconnection: close\r\ncontent-length: {}\r\n",
                request.body().len()
            );
            for (name, value) in request.headers() {
                write!(head, "{name}: {}\r\n", value.to_str().unwrap()).unwrap();
            }
            stream
                .write_all(format!("{head}\r\n").as_bytes())
                .map_err(broken)?;
            stream.write_all(request.body()).map_err(broken)?;
            stream.shutdown(std::net::Shutdown::Write).map_err(broken)?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer).map_err(broken)?;
            let (_, body) = answer.split_once("\r\n\r\n").unwrap();
            Ok(http::Response::new(Bytes::from(body.to_owned())))
        })
    }

    fn sleep(&self, duration: Duration) -> Sleeping<'_> {
        Box::pin(async move { thread::sleep(duration) })
    }
}

/// A transport that gets nowhere.
pub(crate) struct Nowhere;

impl Transport for Nowhere {
    fn send(&self, _request: http::Request<Bytes>, _limits: Limits) -> Sending<'_> {
        Box::pin(async {
            Err(TransportError::new(Phase::SentInPart, "lost on the way").timed_out())
        })
    }

    fn sleep(&self, _duration: Duration) -> Sleeping<'_> {
        Box::pin(async {})
    }
}

/// Runs a future that never waits.
fn run<T>(future: impl Future<Output = T>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing here waits"),
    }
}

#[test]
fn a_transport_of_ones_own_carries_calls() {
    let server = Server::answering(envelope(r#"{"Uin":7,"RequestId":"id-1"}"#));
    let client = Client::builder(&SERVICE)
        .credential(credential().with_token(TOKEN))
        .endpoint(server.endpoint())
        .transport(Plain)
        .build()
        .unwrap();
    let response = run(client.send(&Find::new("Ada"))).unwrap();
    assert_eq!(response.uin, Some(7));
    assert_eq!(server.received().len(), 1);
}

#[test]
fn a_failure_of_a_transport_of_ones_own_keeps_its_phase_and_cause() {
    let client = Client::builder(&SERVICE)
        .credential(credential())
        .transport(Nowhere)
        .retry(Retry::never())
        .build()
        .unwrap();
    let error = run(client.send(&Find::new("Ada"))).unwrap_err();
    assert_eq!(
        error.to_string(),
        "FindMember: sending the request timed out (member.tencentcloudapi.com): lost on the way"
    );
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.phase(), Phase::SentInPart);
    assert!(error.is_timeout());
    let cause = std::error::Error::source(&error).unwrap();
    assert_eq!(cause.to_string(), "lost on the way");
}
