//! How often a service acts when things go wrong on the way: a write at most once, whatever happens, and the client
//! works afterwards.

use std::{
    io::{BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use tc3::{Client, Error, Retry};

use crate::{
    api::{Find, FindResponse, Look, SERVICE, credential},
    server::{Connection, Server, answer, envelope, read},
};

const FOUND: &str = r#"{"Uin":7,"RequestId":"id-1"}"#;

/// What becomes of the first connection.
enum Fault {
    /// It is closed before anything is read.
    ClosedBefore,
    /// It is closed after some of the request.
    ClosedDuring,
    /// The request is read, which counts as acted upon, and this is all that is answered before the connection closes.
    Answered(Vec<u8>),
    /// The request is read, and then nothing comes for a while.
    Silent,
    /// The request is read, and bytes come for ever.
    Endless,
    /// The request is read, and a byte comes now and then.
    Drips,
}

/// What came of two calls, the second after the fault.
struct Outcome {
    first: Result<FindResponse, Error>,
    acted: usize,
}

/// A server with a fault on its first connection that a request comes in by.
fn server(fault: Fault) -> (Server, Arc<AtomicUsize>) {
    let acted = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&acted);
    let fault = Mutex::new(Some(fault));
    let server = Server::raw(move |mut stream| {
        let fault = fault.lock().unwrap().take();
        if let Some(fault) = fault {
            return spoil(fault, stream, &count);
        }
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        while read(&mut reader).is_some() {
            count.fetch_add(1, Ordering::Relaxed);
            if stream.write_all(envelope(FOUND).as_bytes()).is_err() {
                break;
            }
        }
    });
    (server, acted)
}

fn spoil(fault: Fault, mut stream: TcpStream, acted: &AtomicUsize) {
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
    acted.fetch_add(1, Ordering::Relaxed);
    // The client may go at any time, which is its right.
    match fault {
        Fault::Answered(bytes) => {
            let _ = stream.write_all(&bytes);
        }
        // Until the client has had enough.
        Fault::Silent => {
            let _ = stream.read(&mut [0; 1]);
        }
        Fault::Endless => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            while stream.write_all(&[b' '; 4096]).is_ok() {}
        }
        Fault::Drips => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            while stream.write_all(b" ").is_ok() {
                // Often enough not to be taken for silence, and never done within the call's time.
                thread::sleep(Duration::from_millis(20));
            }
        }
        Fault::ClosedBefore | Fault::ClosedDuring => {}
    }
}

async fn call(fault: Fault, is_read: bool) -> Outcome {
    let (server, acted) = server(fault);
    let client = Client::builder(&SERVICE)
        .credential(credential())
        .endpoint(server.endpoint())
        .no_proxy()
        .read_timeout(Duration::from_millis(400))
        .response_limit(1 << 20)
        .retry(Retry::new().initial_backoff(Duration::from_millis(1)))
        .build()
        .unwrap();
    // Too large for the connection's buffers, so that an end in the middle is one.
    let name = "x".repeat(8 << 20);
    let timeout = Duration::from_secs(5);
    let first = if is_read {
        client.send(&Look::new(name)).timeout(timeout).await
    } else {
        client.send(&Find::new(name)).timeout(timeout).await
    };
    let acted_upon = acted.load(Ordering::Relaxed);
    // Whatever was, the client works. It reads, as the connection that it kept may close at this very moment.
    assert_eq!(client.send(&Look::new("Ada")).await.unwrap().uin, Some(7));
    Outcome {
        first,
        acted: acted_upon,
    }
}

fn bytes(text: &str) -> Fault {
    Fault::Answered(text.as_bytes().to_vec())
}

/// An answer that ends after so many bytes of its body.
fn cut(body: &str, at: usize) -> Fault {
    let whole = answer("200 OK", "", body).into_bytes();
    let head = whole.len() - body.len();
    Fault::Answered(whole[..head + at].to_vec())
}

const NAMED: &str = r#"{"Response":{"Uin":7,"Name":"阿达","RequestId":"id"}}"#;

/// Where the bytes of a letter of more than one byte end too early.
fn within_a_letter() -> usize {
    NAMED.find('阿').unwrap() + 1
}

#[tokio::test]
async fn nothing_was_acted_upon_so_a_write_is_sent_again() {
    for fault in [Fault::ClosedBefore, Fault::ClosedDuring] {
        let outcome = call(fault, false).await;
        assert_eq!(outcome.first.unwrap().uin, Some(7));
        assert_eq!(outcome.acted, 1);
    }
}

#[tokio::test]
async fn a_write_that_may_have_acted_is_not_sent_again() {
    for (fault, problem) in [
        (bytes(""), "the connection failed before the response"),
        (Fault::Silent, "waiting for the response timed out"),
        (cut(NAMED, 30), "the response could not be read completely"),
        (
            cut(NAMED, within_a_letter()),
            "the response could not be read completely",
        ),
        (
            bytes(&answer("502 Bad Gateway", "", "<html>")),
            "response does not come from the service",
        ),
        (
            bytes(&answer("200 OK", "", "<html>")),
            "response cannot be read",
        ),
        (bytes(&answer("200 OK", "", "")), "response is empty"),
        (
            bytes(&answer("200 OK", "", "{}")),
            "response cannot be read",
        ),
        (bytes(&envelope("{}")), "response has no `RequestId`"),
        (
            bytes(&answer("200 OK", "Content-Encoding: gzip\r\n", "\u{1f}")),
            "response is encoded as `gzip`, which was not requested",
        ),
        (Fault::Endless, "the response could not be read completely"),
        (Fault::Drips, "reading the response timed out"),
    ] {
        let outcome = call(fault, false).await;
        let error = outcome.first.expect_err(problem);
        assert!(error.to_string().contains(problem), "{error}");
        assert_eq!((outcome.acted, error.attempts()), (1, 1), "{error}");
        assert!(!error.is_retry_safe());
    }
}

#[tokio::test]
async fn a_read_comes_through_what_passes() {
    for fault in [
        Fault::ClosedBefore,
        Fault::ClosedDuring,
        bytes(""),
        Fault::Silent,
        cut(NAMED, 30),
        cut(NAMED, within_a_letter()),
        bytes(&answer("502 Bad Gateway", "", "<html>")),
        bytes(&answer("503 Busy", "Retry-After: 0\r\n", "")),
    ] {
        let outcome = call(fault, true).await;
        assert_eq!(outcome.first.unwrap().uin, Some(7));
        assert!(outcome.acted <= 2);
    }
}

#[tokio::test]
async fn a_refused_connection_is_tried_again_and_is_no_end() {
    let address = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let client = Client::builder(&SERVICE)
        .credential(credential())
        .endpoint(format!("http://{address}"))
        .no_proxy()
        .retry(Retry::new().initial_backoff(Duration::from_millis(1)))
        .build()
        .unwrap();
    let error = client.send(&Find::new("Ada")).await.unwrap_err();
    assert!(error.is_connect() && error.is_retry_safe(), "{error}");
    assert_eq!(error.attempts(), 4);

    // Somebody listens now, if nobody else has taken the port meanwhile.
    if let Ok(listener) = TcpListener::bind(address) {
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            read(&mut reader).unwrap();
            stream.write_all(envelope(FOUND).as_bytes()).unwrap();
        });
        assert_eq!(client.send(&Find::new("Ada")).await.unwrap().uin, Some(7));
        server.join().unwrap();
    }
}

#[tokio::test]
async fn a_clock_an_hour_off_costs_one_refusal() {
    for offset in [3600_i64, -3600] {
        let acted = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&acted);
        let server = Server::requests(move |request, stream| {
            let now = SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .unwrap()
                .as_secs();
            let now = now.checked_add_signed(offset).unwrap();
            let signed: u64 = request.header("x-tc-timestamp").unwrap().parse().unwrap();
            let reply = if signed.abs_diff(now) > 300 {
                envelope(&format!(
                    r#"{{"Error":{{"Code":"AuthFailure.SignatureExpire","Message":"Signature expired: the server time {now}."}},"RequestId":"id-2"}}"#
                ))
            } else {
                count.fetch_add(1, Ordering::Relaxed);
                envelope(FOUND)
            };
            stream.write_all(reply.as_bytes()).unwrap();
            Connection::KeepAlive
        });
        let client = Client::builder(&SERVICE)
            .credential(credential())
            .endpoint(server.endpoint())
            .no_proxy()
            .build()
            .unwrap();
        for _ in 0..3 {
            client.send(&Find::new("Ada")).await.unwrap();
        }
        assert_eq!(
            (server.received().len(), acted.load(Ordering::Relaxed)),
            (4, 3)
        );
    }
}
