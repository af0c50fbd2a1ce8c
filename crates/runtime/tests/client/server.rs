//! A small HTTP server on loopback.

use std::{
    collections::HashMap,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use crate::verify::verify;

/// A request as it came over the wire.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) line: String,
    headers: HashMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Received {
    /// The value of a header, or a word on its absence.
    pub(crate) fn header(&self, name: &str) -> Result<&str, String> {
        let value = self.headers.get(name);
        value.map(String::as_str).ok_or(format!("no header {name}"))
    }
}

/// An answer as it goes over the wire.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// An answer of a service, with what stands inside of `Response`.
pub(crate) fn envelope(response: &str) -> String {
    let body = format!(r#"{{"Response":{response}}}"#);
    answer("200 OK", "Content-Type: application/json\r\n", &body)
}

/// A server that runs until the test's process ends.
pub(crate) struct Server {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
    requests: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    /// Serves every connection in a thread of its own.
    pub(crate) fn raw(serve: impl Fn(TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let serve = Arc::new(serve);
        let count = Arc::clone(&connections);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                count.fetch_add(1, Ordering::Relaxed);
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

    /// Reads requests and hands each with its connection to `serve`, until it or the client closes the connection.
    pub(crate) fn requests(
        serve: impl Fn(&Received, &mut TcpStream) -> Connection + Send + Sync + 'static,
    ) -> Self {
        let requests: Arc<Mutex<Vec<Received>>> = Arc::default();
        let log = Arc::clone(&requests);
        let server = Self::raw(move |mut stream| {
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            while let Some(request) = read(&mut reader) {
                log.lock().unwrap().push(request.clone());
                if let Connection::Close = serve(&request, &mut stream) {
                    break;
                }
            }
        });
        Self { requests, ..server }
    }

    /// Checks the signature of each request, of the service `member`, and answers in the same way to all.
    pub(crate) fn answering(reply: impl Into<String>) -> Self {
        Self::with(move |reply| reply.clone(), reply.into())
    }

    /// Checks the signature of each request, and answers with what `reply` makes of `state`.
    pub(crate) fn with<T>(
        reply: impl Fn(&mut T) -> String + Send + Sync + 'static,
        state: T,
    ) -> Self
    where
        T: Send + 'static,
    {
        let state = Mutex::new(state);
        Self::requests(move |request, stream| {
            let host = stream.local_addr().unwrap().to_string();
            let reply = match verify(request, &host, "member") {
                Ok(()) => reply(&mut state.lock().unwrap()),
                Err(problem) => envelope(&format!(
                    r#"{{"Error":{{"Code":"AuthFailure.SignatureFailure","Message":{problem:?}}},"RequestId":"refused"}}"#
                )),
            };
            // The client may have gone, which is its right.
            let _ = stream.write_all(reply.as_bytes());
            Connection::KeepAlive
        })
    }

    /// The endpoint by which clients call the server.
    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Host and port.
    pub(crate) fn host(&self) -> String {
        self.address.to_string()
    }

    /// The requests that came in, in their order.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.requests.lock().unwrap().clone()
    }

    /// How many connections were made.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }
}

/// What happens to a connection after an answer.
pub(crate) enum Connection {
    KeepAlive,
    Close,
}

/// Reads a request; `None` at the end of the connection.
pub(crate) fn read(reader: &mut BufReader<TcpStream>) -> Option<Received> {
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
    let length = headers
        .get("content-length")
        .map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Received {
        line: request_line,
        headers,
        body,
    })
}
