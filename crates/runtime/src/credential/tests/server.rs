//! HTTP server on loopback that serves one request per connection.

use std::{
    collections::HashMap,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use crate::transport::{
    Hyper, Transport,
    options::{Options, ProxyOption},
};

/// Request as it was received.
#[derive(Clone, Debug)]
pub(super) struct Received {
    pub(super) line: String,
    pub(super) headers: HashMap<String, String>,
    pub(super) body: String,
}

/// Reaction of the server to a request.
#[derive(Clone)]
pub(super) enum Reply {
    /// Sends a response with this status and body.
    Response(u16, String),
    /// Sends nothing, and keeps the connection open.
    NoResponse,
    /// Closes the connection.
    Close,
}

pub(super) fn ok(body: impl Into<String>) -> Reply {
    Reply::Response(200, body.into())
}

/// Server that runs until the test process exits.
pub(super) struct Server {
    address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    /// Starts a server that uses these replies in turn; the last one repeats.
    pub(super) fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies: Vec<_> = replies.into_iter().collect();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let received: Arc<Mutex<Vec<Received>>> = Arc::default();
        let log = Arc::clone(&received);
        thread::spawn(move || {
            // Kept, because dropping a stream would close the connection.
            let mut open = Vec::new();
            for mut stream in listener.incoming().flatten() {
                let Some(request) = read(&stream) else {
                    continue;
                };
                let index = {
                    let mut log = log.lock().unwrap();
                    log.push(request);
                    log.len() - 1
                };
                match replies.get(index).or(replies.last()).unwrap() {
                    Reply::Response(status, body) => {
                        let length = body.len();
                        // The client may have closed the connection.
                        let _ = write!(
                            stream,
                            "HTTP/1.1 {status} X\r\nLocation: http://127.0.0.1:1/\r\n\
                             Connection: close\r\nContent-Length: {length}\r\n\r\n{body}"
                        );
                    }
                    Reply::NoResponse => {
                        open.push(stream);
                    }
                    Reply::Close => {}
                }
            }
        });
        Self { address, received }
    }

    pub(super) fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(super) fn host(&self) -> String {
        self.address.to_string()
    }

    /// Returns the requests so far, in order.
    pub(super) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }
}

/// Returns a built-in transport that uses no proxy.
pub(super) fn transport() -> Arc<dyn Transport> {
    let options = Options {
        proxy: ProxyOption::None,
        ..Options::default()
    };
    Arc::new(Hyper::new(options.check().unwrap()).unwrap())
}

fn read(stream: &TcpStream) -> Option<Received> {
    let mut reader = BufReader::new(stream);
    let mut line = || {
        let mut line = String::new();
        let length = reader.read_line(&mut line).ok()?;
        (length > 0).then(|| line.trim_end().to_owned())
    };
    let request_line = line()?;
    let mut headers = HashMap::new();
    loop {
        let header = line()?;
        let Some((name, value)) = header.split_once(':') else {
            break;
        };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length");
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    reader.read_exact(&mut body).ok()?;
    Some(Received {
        line: request_line,
        headers,
        body: String::from_utf8(body).unwrap(),
    })
}
