//! HTTP servers on loopback, which run until the test process exits.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

pub(super) const OK_RESPONSE: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfound";

/// Connection with or without TLS.
pub(super) trait Stream: Read + Write {}

impl<T: Read + Write> Stream for T {}

/// Use of a connection after a response.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Connection {
    KeepAlive,
    Close,
}

pub(super) struct Server {
    pub(super) address: SocketAddr,
    connections: Arc<AtomicUsize>,
    requests: Arc<Mutex<Vec<Request>>>,
}

/// Request as it was received.
#[derive(Clone, Debug)]
pub(super) struct Request {
    /// Request line and headers.
    pub(super) head: String,
    pub(super) body: Vec<u8>,
}

impl Server {
    /// Serves each connection in its own thread.
    pub(super) fn per_connection(serve: impl Fn(TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        let serve = Arc::new(serve);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                count.fetch_add(1, Ordering::SeqCst);
                let serve = Arc::clone(&serve);
                thread::spawn(move || serve(stream));
            }
        });
        Self {
            address,
            connections,
            requests: Arc::default(),
        }
    }

    /// Responds to a TLS handshake like a server that speaks only plain HTTP.
    #[cfg(any(feature = "blocking", feature = "hyper"))]
    pub(super) fn without_tls() -> Self {
        Self::per_connection(|mut stream| {
            // A connection that is closed with unread bytes is reset, and its client may lose the response.
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
            let _ = stream.read(&mut [0; 4096]);
        })
    }

    /// Reads requests from connections, which `accept` may wrap. Each request is recorded, and then `serve` is called
    /// with its number, which starts at 1.
    pub(super) fn per_request<S: Stream>(
        accept: impl Fn(TcpStream) -> S + Send + Sync + 'static,
        serve: impl Fn(usize, &mut dyn Stream) -> Connection + Send + Sync + 'static,
    ) -> Self {
        let requests: Arc<Mutex<Vec<Request>>> = Arc::default();
        let log = Arc::clone(&requests);
        let server = Self::per_connection(move |stream| {
            let mut stream = accept(stream);
            while let Some(request) = read(&mut stream) {
                let number = {
                    let mut log = log.lock().unwrap();
                    log.push(request);
                    log.len()
                };
                if serve(number, &mut stream) == Connection::Close {
                    break;
                }
            }
        });
        Self { requests, ..server }
    }

    /// Handles the first request with `serve`, and responds to all others successfully.
    pub(super) fn first_request(
        serve: impl Fn(&mut dyn Stream) -> Connection + Send + Sync + 'static,
    ) -> Self {
        Self::per_request(
            |stream| stream,
            move |number, stream| {
                if number == 1 {
                    return serve(stream);
                }
                let _ = stream.write_all(OK_RESPONSE);
                Connection::KeepAlive
            },
        )
    }

    /// Responds to all requests successfully.
    pub(super) fn ok() -> Self {
        Self::per_request(|stream| stream, |_, stream| respond_ok(stream))
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    pub(super) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    pub(super) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

pub(super) fn respond_ok(stream: &mut dyn Stream) -> Connection {
    // The client may have closed the connection.
    let _ = stream.write_all(OK_RESPONSE);
    Connection::KeepAlive
}

/// Reads the request line and the headers; `None` at the end of the connection.
pub(super) fn head(stream: &mut impl Read) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    String::from_utf8(head).ok()
}

fn read(stream: &mut impl Read) -> Option<Request> {
    let head = head(stream)?;
    let lower = head.to_lowercase();
    let (_, length) = lower.split_once("\r\ncontent-length: ")?;
    let (length, _) = length.split_once("\r\n")?;
    let mut body = vec![0; length.parse().ok()?];
    stream.read_exact(&mut body).ok()?;
    Some(Request { head, body })
}
