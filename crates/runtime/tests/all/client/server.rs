//! HTTP server on loopback.

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

#[cfg(any(feature = "blocking", feature = "hyper"))]
use tc3::{Client, ClientBuilder};
#[cfg(any(feature = "blocking", feature = "hyper"))]
use tokio::net::TcpSocket;
#[cfg(feature = "http2")]
use tokio_rustls::rustls::{
    ServerConfig, ServerConnection, StreamOwned, pki_types::PrivatePkcs8KeyDer,
};

#[cfg(any(feature = "blocking", feature = "hyper"))]
use super::api::{SERVICE, credential};
use super::verify::verify;

/// Request as it was received.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) line: String,
    headers: HashMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Received {
    /// Returns the value of a header, or an error message if it is missing.
    pub(crate) fn header(&self, name: &str) -> Result<&str, String> {
        let value = self.headers.get(name);
        value.map(String::as_str).ok_or(format!("no header {name}"))
    }
}

/// Returns an HTTP response as it is sent.
pub(crate) fn http_response(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Returns the HTTP response of a service, with this JSON inside `Response`.
pub(crate) fn envelope(response: &str) -> String {
    let body = format!(r#"{{"Response":{response}}}"#);
    http_response("200 OK", "Content-Type: application/json\r\n", &body)
}

/// Returns an address that refuses connections until the socket listens. The socket keeps other tests from getting it.
#[cfg(any(feature = "blocking", feature = "hyper"))]
pub(crate) fn refusing_address() -> (TcpSocket, SocketAddr) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = socket.local_addr().unwrap();
    (socket, address)
}

/// Server that runs until the test process exits.
pub(crate) struct Server {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
    requests: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    /// Serves each connection in its own thread.
    pub(crate) fn per_connection(serve: impl Fn(TcpStream) + Send + Sync + 'static) -> Self {
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

    /// Calls `serve` for each request, until it or the client closes the connection.
    pub(crate) fn per_request(
        serve: impl Fn(&Received, &mut TcpStream) -> Connection + Send + Sync + 'static,
    ) -> Self {
        let requests: Arc<Mutex<Vec<Received>>> = Arc::default();
        let log = Arc::clone(&requests);
        let server = Self::per_connection(move |mut stream| {
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

    /// Checks the signature of each request, for the service `member`, and sends the same response to all.
    pub(crate) fn responding(response: impl Into<String>) -> Self {
        Self::responding_with(move |response| response.clone(), response.into())
    }

    /// Checks the signature of each request, and sends what `respond` returns for the state.
    pub(crate) fn responding_with<T>(
        respond: impl Fn(&mut T) -> String + Send + Sync + 'static,
        state: T,
    ) -> Self
    where
        T: Send + 'static,
    {
        let state = Mutex::new(state);
        Self::per_request(move |request, stream| {
            let host = stream.local_addr().unwrap().to_string();
            let response = match verify(request, &host, "member") {
                Ok(()) => respond(&mut state.lock().unwrap()),
                Err(problem) => envelope(&format!(
                    r#"{{"Error":{{"Code":"AuthFailure.SignatureFailure","Message":{problem:?}}},"RequestId":"refused"}}"#
                )),
            };
            // The client may have closed the connection.
            let _ = stream.write_all(response.as_bytes());
            Connection::KeepAlive
        })
    }

    /// Returns the builder of a client that calls this server.
    #[cfg(any(feature = "blocking", feature = "hyper"))]
    pub(crate) fn client(&self) -> ClientBuilder {
        Client::builder(&SERVICE)
            .credential(credential())
            .endpoint(self.endpoint())
            .no_proxy()
    }

    /// Returns the endpoint for clients.
    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns host and port.
    pub(crate) fn host(&self) -> String {
        self.address.to_string()
    }

    /// Returns the requests so far, in order.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.requests.lock().unwrap().clone()
    }

    /// Returns the number of connections so far.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }
}

/// Returns the builder of a client that calls a server with [TLS](tls_config).
#[cfg(feature = "http2")]
pub(crate) fn with_tls(server: &Server) -> ClientBuilder {
    server
        .client()
        .endpoint(format!("https://{}", server.host()))
        .only_root_certificates(include_bytes!("../../tls/authority.der"))
}

/// Returns the TLS settings of a server on loopback that supports one protocol.
#[cfg(feature = "http2")]
pub(crate) fn tls_config(protocol: &[u8]) -> ServerConfig {
    let certificate = include_bytes!("../../tls/server.der").to_vec();
    let key = include_bytes!("../../tls/server.key.der");
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.into()],
            PrivatePkcs8KeyDer::from(&key[..]).into(),
        )
        .unwrap();
    config.alpn_protocols = vec![protocol.to_vec()];
    config
}

/// Wraps a connection in TLS, as the server.
#[cfg(feature = "http2")]
pub(crate) fn tls_stream(
    stream: TcpStream,
    protocol: &[u8],
) -> StreamOwned<ServerConnection, TcpStream> {
    let tls = ServerConnection::new(Arc::new(tls_config(protocol))).unwrap();
    StreamOwned::new(tls, stream)
}

/// Use of a connection after a response.
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
