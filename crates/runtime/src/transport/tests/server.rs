//! Small servers on loopback, which run until the tests end.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

pub(super) const FOUND: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfound";

/// A connection, with or without TLS.
pub(super) trait Stream: Read + Write {}

impl<T: Read + Write> Stream for T {}

/// What happens to a connection after an answer.
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

/// A request as it came over the wire.
#[derive(Clone, Debug)]
pub(super) struct Request {
    /// The first line and the headers.
    pub(super) head: String,
    pub(super) body: Vec<u8>,
}

impl Server {
    /// Serves every connection in a thread of its own.
    pub(super) fn raw(serve: impl Fn(TcpStream) + Send + Sync + 'static) -> Self {
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

    /// Reads requests over what `accept` makes of a connection. Each is noted and then handed with its number, from 1,
    /// to `serve`.
    pub(super) fn over<S: Stream>(
        accept: impl Fn(TcpStream) -> S + Send + Sync + 'static,
        serve: impl Fn(usize, &mut dyn Stream) -> Connection + Send + Sync + 'static,
    ) -> Self {
        let requests: Arc<Mutex<Vec<Request>>> = Arc::default();
        let log = Arc::clone(&requests);
        let server = Self::raw(move |stream| {
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

    /// Answers the first request with `serve`, and all others as they should be.
    pub(super) fn first(
        serve: impl Fn(&mut dyn Stream) -> Connection + Send + Sync + 'static,
    ) -> Self {
        Self::over(
            |stream| stream,
            move |number, stream| {
                if number == 1 {
                    return serve(stream);
                }
                let _ = stream.write_all(FOUND);
                Connection::KeepAlive
            },
        )
    }

    /// Answers all requests as they should be.
    pub(super) fn found() -> Self {
        Self::over(|stream| stream, |_, stream| found(stream))
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

pub(super) fn found(stream: &mut dyn Stream) -> Connection {
    // Whoever asked may have gone, which is its right.
    let _ = stream.write_all(FOUND);
    Connection::KeepAlive
}

/// Reads the first line and the headers, up to the empty line; `None` at the end of the connection.
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
