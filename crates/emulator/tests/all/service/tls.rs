use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use tc3_emulator::Emulator;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use super::raw::{Connection, READ_TIMEOUT};
use super::world::{builder, start, valid_request};

type Secured = StreamOwned<ClientConnection, TcpStream>;

/// Connects with a client that trusts the emulator's CA.
fn connect(emulator: &Emulator, name: &'static str) -> Connection<Secured> {
    connect_trusting(emulator, emulator, name)
}

/// Connects with a client that trusts the CA of an emulator, possibly another one.
fn connect_trusting(
    emulator: &Emulator,
    trusted: &Emulator,
    name: &'static str,
) -> Connection<Secured> {
    let authority = trusted.authority().expect("it uses TLS");
    let certificate = CertificateDer::from_pem_slice(authority.as_bytes()).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(certificate).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(
        tokio_rustls::rustls::crypto::ring::default_provider(),
    ))
    .with_safe_default_protocol_versions()
    .unwrap()
    .with_root_certificates(roots)
    .with_no_client_auth();
    let name = ServerName::try_from(name).unwrap();
    let client = ClientConnection::new(Arc::new(config), name).unwrap();
    let stream = TcpStream::connect(emulator.address()).unwrap();
    stream.set_read_timeout(Some(READ_TIMEOUT)).unwrap();
    Connection::over(StreamOwned::new(client, stream))
}

#[test]
fn tls_request() {
    let emulator = start(builder().tls());
    assert!(emulator.endpoint().starts_with("https://127.0.0.1:"));
    for name in ["127.0.0.1", "localhost", "::1"] {
        let mut connection = connect(&emulator, name);
        for _ in 0..3 {
            connection.exchange(valid_request().bytes()).accepted();
        }
    }
    assert_eq!(emulator.requests()[0].head, valid_request().head());
}

#[test]
fn untrusted_ca_is_rejected() {
    let emulator = start(builder().tls());
    let other = start(builder().tls());
    // Each emulator has its own CA, so clients cannot confuse two of them.
    assert_ne!(emulator.authority(), other.authority());
    let mut connection = connect_trusting(&emulator, &other, "localhost");
    let error = connection.try_send(&valid_request().bytes()).unwrap_err();
    assert!(error.to_string().contains("certificate"), "{error}");
    assert_eq!(emulator.requests(), []);
    // The host name is verified too.
    let mut connection = connect(&emulator, "example.com");
    assert!(connection.try_send(&valid_request().bytes()).is_err());
    assert_eq!(start(builder()).authority(), None);
}

#[test]
fn garbage_on_tls_port() {
    let emulator = start(builder().tls());
    let mut other = connect(&emulator, "localhost");
    other.exchange(valid_request().bytes()).accepted();
    let record = |length: u16, of: &[u8]| {
        let [high, low] = length.to_be_bytes();
        [&[0x16, 0x03, 0x01, high, low], of].concat()
    };
    for garbage in [
        valid_request().bytes(),
        b"\r\n\r\n".to_vec(),
        vec![0; 100_000],
        vec![0xff; 100_000],
        record(0xffff, &[1; 70_000]),
        record(10, &[1; 10]),
        record(4, &[1, 0xff, 0xff, 0xff]),
        record(0, &[]),
        record(100, &[1]),
        Vec::new(),
    ] {
        let mut connection = Connection::open(&emulator);
        // The connection may already be closed after the first bytes.
        let _ = connection.try_send(&garbage);
        connection.try_finish();
        assert!(connection.end() < 100, "an alert at most");
        other.exchange(valid_request().bytes()).accepted();
    }
}

#[test]
fn stalled_handshake_times_out() {
    let emulator = start(builder().tls().timeout(Duration::from_secs(2)));
    let prefixes = [&b""[..], b"\x16", b"\x16\x03\x01\x00\xff\x01\x00"];
    let connections = prefixes.map(|prefix| {
        let mut connection = Connection::open(&emulator);
        connection.send(prefix);
        connection
    });
    for mut connection in connections {
        connect(&emulator, "localhost")
            .exchange(valid_request().bytes())
            .accepted();
        assert_eq!(connection.end(), 0);
    }
}

/// Only Linux has more than one loopback address by default.
#[cfg(target_os = "linux")]
#[test]
fn certificate_covers_listen_address() {
    let address = "127.0.0.78:0".parse().expect("an address");
    let emulator = start(builder().tls().listen(address));
    connect(&emulator, "127.0.0.78")
        .exchange(valid_request().bytes())
        .accepted();
}
