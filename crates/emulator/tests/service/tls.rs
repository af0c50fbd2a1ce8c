use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use tc3_emulator::Emulator;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::raw::{Connection, SAFEGUARD};
use crate::world::{builder, find, start};

type Secured = StreamOwned<ClientConnection, TcpStream>;

/// Connects as a client that trusts the emulator's authority.
fn connect(emulator: &Emulator, name: &'static str) -> Connection<Secured> {
    connect_trusting(emulator, emulator, name)
}

/// Connects as a client that trusts the authority of an emulator, which may be another one.
fn connect_trusting(
    emulator: &Emulator,
    trusted: &Emulator,
    name: &'static str,
) -> Connection<Secured> {
    let authority = trusted.authority().expect("it speaks TLS");
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
    stream.set_read_timeout(Some(SAFEGUARD)).unwrap();
    Connection::over(StreamOwned::new(client, stream))
}

#[test]
fn requests_are_answered_over_tls() {
    let emulator = start(builder().tls());
    assert!(emulator.endpoint().starts_with("https://127.0.0.1:"));
    for name in ["127.0.0.1", "localhost", "::1"] {
        let mut connection = connect(&emulator, name);
        for _ in 0..3 {
            connection.ask(find().bytes()).accepted();
        }
    }
    assert_eq!(emulator.requests()[0].head, find().head());
}

#[test]
fn a_client_that_does_not_trust_the_authority_sends_nothing() {
    let emulator = start(builder().tls());
    let other = start(builder().tls());
    // Each has an authority of its own, so that one's clients do not take another for it.
    assert_ne!(emulator.authority(), other.authority());
    let mut connection = connect_trusting(&emulator, &other, "localhost");
    let error = connection.try_send(&find().bytes()).unwrap_err();
    assert!(error.to_string().contains("certificate"), "{error}");
    assert_eq!(emulator.requests(), []);
    // Nor is it taken for another host.
    let mut connection = connect(&emulator, "example.com");
    assert!(connection.try_send(&find().bytes()).is_err());
    assert_eq!(start(builder()).authority(), None);
}

#[test]
fn garbage_on_the_tls_port_ends_its_own_connection() {
    let emulator = start(builder().tls());
    let mut honest = connect(&emulator, "localhost");
    honest.ask(find().bytes()).accepted();
    let record = |length: u16, of: &[u8]| {
        let [high, low] = length.to_be_bytes();
        [&[0x16, 0x03, 0x01, high, low], of].concat()
    };
    for garbage in [
        find().bytes(),
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
        // It may have been closed after the first bytes.
        let _ = connection.try_send(&garbage);
        connection.try_finish();
        assert!(connection.end() < 100, "an alert at most");
        honest.ask(find().bytes()).accepted();
    }
}

#[test]
fn a_handshake_that_does_not_go_on_is_ended() {
    let emulator = start(builder().tls().patience(Duration::from_secs(2)));
    for beginning in [&b""[..], b"\x16", b"\x16\x03\x01\x00\xff\x01\x00"] {
        let mut connection = Connection::open(&emulator);
        connection.send(beginning);
        assert_eq!(connection.end(), 0);
        connect(&emulator, "localhost")
            .ask(find().bytes())
            .accepted();
    }
}

/// Other systems have one address of loopback alone.
#[cfg(target_os = "linux")]
#[test]
fn the_certificate_is_also_that_of_another_address_of_loopback() {
    let address = "127.0.0.78:0".parse().expect("an address");
    let emulator = start(builder().tls().listen(address));
    connect(&emulator, "127.0.0.78")
        .ask(find().bytes())
        .accepted();
}
