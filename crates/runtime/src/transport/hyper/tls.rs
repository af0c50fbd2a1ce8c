//! Calls over TLS on loopback.

use std::{
    error::Error as _,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener},
    sync::{
        Arc,
        mpsc::{self, Receiver},
    },
    thread,
    time::Duration,
};

use rustls::{
    RootCertStore, ServerConfig, ServerConnection, StreamOwned, crypto::ring,
    pki_types::PrivatePkcs8KeyDer,
};

use super::*;

const AUTHORITY: &[u8] = include_bytes!("../../../tests/tls/authority.der");
const CERTIFICATE: &[u8] = include_bytes!("../../../tests/tls/server.der");
const KEY: &[u8] = include_bytes!("../../../tests/tls/server.key.der");

/// Serves one connection with the certificate of 127.0.0.1. What came in decrypted is received.
fn serve() -> (SocketAddr, Receiver<Vec<u8>>) {
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![CERTIFICATE.into()],
            PrivatePkcs8KeyDer::from(KEY).into(),
        )
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let connection = ServerConnection::new(Arc::new(config)).unwrap();
        let mut stream = StreamOwned::new(connection, stream);
        let mut received = vec![0; 4096];
        let length = stream.read(&mut received).unwrap_or(0);
        received.truncate(length);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        sender.send(received).unwrap();
    });
    (address, receiver)
}

async fn call(roots: RootCertStore, host: &str) -> Result<http::Response<Bytes>, TransportError> {
    let request = http::Request::post(format!("https://{host}/"))
        .body(Bytes::from_static(b"hello"))
        .unwrap();
    let limits = Limits {
        timeout: Duration::from_secs(30),
        silence: Duration::from_secs(30),
        response_bytes: 100,
    };
    let transport = Hyper::with_roots(limits.timeout, roots).unwrap();
    transport.send(request, limits).await
}

fn roots() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add(AUTHORITY.into()).unwrap();
    roots
}

#[tokio::test]
async fn a_server_that_is_who_it_should_be_is_called() {
    let (address, received) = serve();
    let response = call(roots(), &address.to_string()).await.unwrap();
    assert_eq!(response.body(), "hi");
    assert!(received.recv().unwrap().starts_with(b"POST / HTTP/1.1\r\n"));
}

#[tokio::test]
async fn a_server_that_nobody_vouches_for_is_sent_nothing() {
    let (address, received) = serve();
    let failure = call(public_roots(), &address.to_string())
        .await
        .unwrap_err();
    refused(&failure, "UnknownIssuer");
    assert_eq!(received.recv().unwrap(), b"");
}

#[tokio::test]
async fn a_server_with_the_certificate_of_another_is_sent_nothing() {
    let (address, received) = serve();
    let host = format!("localhost:{}", address.port());
    let failure = call(roots(), &host).await.unwrap_err();
    refused(&failure, "not valid for name");
    assert_eq!(received.recv().unwrap(), b"");
}

#[track_caller]
fn refused(failure: &TransportError, cause: &str) {
    assert_eq!(failure.phase, Phase::NotConnected);
    let mut text = String::new();
    let mut source = failure.source();
    while let Some(error) = source {
        text += &format!("{error}: ");
        source = error.source();
    }
    assert!(text.contains(cause), "{text}");
}
