//! A write is executed at most once after any failure, and the client still works afterwards.

use std::{
    io::{BufReader, Read as _, Write as _},
    net::TcpStream,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use tc3::{Client, Error, Retry};

use super::{
    api::{Get, MEMBER, MemberResponse, SERVICE, Update, credential},
    server::{Connection, Server, envelope, http_response, read, refusing_address},
};

/// Failure of the first connection.
enum Fault {
    /// Closed before the request is read.
    ClosedBefore,
    /// Closed after a part of the request.
    ClosedDuring,
    /// Closed after these bytes of a response; the request was executed.
    Response(Vec<u8>),
    /// No response; the request was executed.
    NoResponse,
    /// Endless response; the request was executed.
    EndlessBody,
    /// Slow response, byte by byte; the request was executed.
    SlowBody,
}

/// Result of the call with the failure.
struct Outcome {
    result: Result<MemberResponse, Error>,
    /// Number of executions by the service.
    executed: usize,
}

/// Starts a server whose first connection fails. Returns the number of executed requests too.
fn server(fault: Fault) -> (Server, Arc<AtomicUsize>) {
    let executed = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&executed);
    let fault = Mutex::new(Some(fault));
    let server = Server::per_connection(move |mut stream| {
        let fault = fault.lock().unwrap().take();
        if let Some(fault) = fault {
            return inject(fault, stream, &count);
        }
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        while read(&mut reader).is_some() {
            count.fetch_add(1, Ordering::Relaxed);
            if stream.write_all(envelope(MEMBER).as_bytes()).is_err() {
                break;
            }
        }
    });
    (server, executed)
}

/// Serves a connection with a failure.
fn inject(fault: Fault, mut stream: TcpStream, executed: &AtomicUsize) {
    match fault {
        Fault::ClosedBefore => return,
        Fault::ClosedDuring => {
            let _ = stream.read(&mut [0; 64]);
            return;
        }
        _ => {}
    }
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    if read(&mut reader).is_none() {
        return;
    }
    executed.fetch_add(1, Ordering::Relaxed);
    // The client may close the connection at any time.
    match fault {
        Fault::Response(bytes) => {
            let _ = stream.write_all(&bytes);
        }
        // Until the client closes the connection.
        Fault::NoResponse => {
            let _ = stream.read(&mut [0; 1]);
        }
        Fault::EndlessBody => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            while stream.write_all(&[b' '; 4096]).is_ok() {}
        }
        Fault::SlowBody => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            while stream.write_all(b" ").is_ok() {
                // Within the read timeout, but in total beyond the timeout of the call.
                thread::sleep(Duration::from_millis(20));
            }
        }
        Fault::ClosedBefore | Fault::ClosedDuring => {}
    }
}

async fn call(fault: Fault, is_read: bool) -> Outcome {
    // Larger than the socket buffers where the fault comes before the end of the request.
    let size = match fault {
        Fault::ClosedBefore | Fault::ClosedDuring => 8 << 20,
        _ => 8,
    };
    let name = "x".repeat(size);
    // Only the slow body reaches it.
    let timeout = Duration::from_secs(if matches!(fault, Fault::SlowBody) {
        2
    } else {
        5
    });
    let (server, executed) = server(fault);
    let client = server
        .client()
        .read_timeout(Duration::from_millis(400))
        .response_limit(1 << 20)
        .retry(Retry::new().initial_backoff(Duration::from_millis(1)))
        .build()
        .unwrap();
    let result = if is_read {
        client.send(&Get::new(name)).timeout(timeout).await
    } else {
        client.send(&Update::new(name)).timeout(timeout).await
    };
    let executed = executed.load(Ordering::Relaxed);
    // A read, because the idle connection may be closed at this moment, after which a write is not retried.
    assert_eq!(client.send(&Get::new("Ada")).await.unwrap().uin, Some(7));
    Outcome { result, executed }
}

/// Returns a failure with a complete response, after which the connection is closed.
fn response(text: &str) -> Fault {
    Fault::Response(text.as_bytes().to_vec())
}

/// Returns a failure with a response that ends after `at` bytes of its body.
fn truncated(body: &str, at: usize) -> Fault {
    let whole = http_response("200 OK", "", body).into_bytes();
    let head = whole.len() - body.len();
    Fault::Response(whole[..head + at].to_vec())
}

const BODY: &str = r#"{"Response":{"Uin":7,"Name":"阿达","RequestId":"id"}}"#;

/// Returns an index in `BODY` that is inside a multi-byte character.
fn inside_a_character() -> usize {
    BODY.find('阿').unwrap() + 1
}

#[tokio::test]
async fn unexecuted_write_is_retried() {
    for fault in [Fault::ClosedBefore, Fault::ClosedDuring] {
        let outcome = call(fault, false).await;
        assert_eq!(outcome.result.unwrap().uin, Some(7));
        assert_eq!(outcome.executed, 1);
    }
}

#[tokio::test]
async fn executed_write_is_not_retried() {
    for (fault, problem) in [
        (response(""), "the connection failed before the response"),
        (Fault::NoResponse, "waiting for the response timed out"),
        (
            truncated(BODY, 30),
            "the response could not be read completely",
        ),
        (
            truncated(BODY, inside_a_character()),
            "the response could not be read completely",
        ),
        (
            response(&http_response("502 Bad Gateway", "", "<html>")),
            "response does not come from the service",
        ),
        (
            response(&http_response("200 OK", "", "<html>")),
            "response cannot be read",
        ),
        (
            response(&http_response("200 OK", "", "")),
            "response is empty",
        ),
        (
            response(&http_response("200 OK", "", "{}")),
            "response cannot be read",
        ),
        (response(&envelope("{}")), "response has no `RequestId`"),
        (
            response(&http_response(
                "200 OK",
                "Content-Encoding: gzip\r\n",
                "\u{1f}",
            )),
            "response is encoded as `gzip`, which was not requested",
        ),
        (
            Fault::EndlessBody,
            "the response could not be read completely",
        ),
        (Fault::SlowBody, "reading the response timed out"),
    ] {
        let outcome = call(fault, false).await;
        let error = outcome.result.expect_err(problem);
        assert!(error.to_string().contains(problem), "{error}");
        assert_eq!((outcome.executed, error.attempts()), (1, 1), "{error}");
        assert!(!error.is_retry_safe());
    }
}

#[tokio::test]
async fn read_is_retried_after_failures() {
    for fault in [
        Fault::ClosedBefore,
        Fault::ClosedDuring,
        response(""),
        Fault::NoResponse,
        truncated(BODY, 30),
        truncated(BODY, inside_a_character()),
        response(&http_response("502 Bad Gateway", "", "<html>")),
        response(&http_response("503 Busy", "Retry-After: 0\r\n", "")),
    ] {
        let outcome = call(fault, true).await;
        assert_eq!(outcome.result.unwrap().uin, Some(7));
        assert!(outcome.executed <= 2);
    }
}

#[tokio::test]
async fn refused_connection_is_retried() {
    let (socket, address) = refusing_address();
    let client = Client::builder(&SERVICE)
        .credential(credential())
        .endpoint(format!("http://{address}"))
        .no_proxy()
        .retry(Retry::new().initial_backoff(Duration::from_millis(1)))
        .build()
        .unwrap();
    let error = client.send(&Update::new("Ada")).await.unwrap_err();
    assert!(error.is_connect() && error.is_retry_safe(), "{error}");
    assert_eq!(error.attempts(), 4);

    let listener = socket.listen(1).unwrap().into_std().unwrap();
    listener.set_nonblocking(false).unwrap();
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        read(&mut reader).unwrap();
        stream.write_all(envelope(MEMBER).as_bytes()).unwrap();
    });
    assert_eq!(client.send(&Update::new("Ada")).await.unwrap().uin, Some(7));
    server.join().unwrap();
}

#[tokio::test]
async fn wrong_clock_is_corrected_once() {
    for offset in [3600_i64, -3600] {
        let executed = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&executed);
        let server = Server::per_request(move |request, stream| {
            let now = SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .unwrap()
                .as_secs();
            let now = now.checked_add_signed(offset).unwrap();
            let signed: u64 = request.header("x-tc-timestamp").unwrap().parse().unwrap();
            let response = if signed.abs_diff(now) > 300 {
                envelope(&format!(
                    r#"{{"Error":{{"Code":"AuthFailure.SignatureExpire","Message":"Signature expired: the server time {now}."}},"RequestId":"id-2"}}"#
                ))
            } else {
                count.fetch_add(1, Ordering::Relaxed);
                envelope(MEMBER)
            };
            stream.write_all(response.as_bytes()).unwrap();
            Connection::KeepAlive
        });
        let client = server.client().build().unwrap();
        for _ in 0..3 {
            client.send(&Update::new("Ada")).await.unwrap();
        }
        assert_eq!(
            (server.received().len(), executed.load(Ordering::Relaxed)),
            (4, 3)
        );
    }
}
