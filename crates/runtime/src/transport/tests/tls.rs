use std::sync::Arc;

use rustls::{
    ServerConfig, ServerConnection, StreamOwned, crypto::ring, pki_types::PrivatePkcs8KeyDer,
};

use super::{
    server::{Server, Stream, found, head},
    *,
};

pub(super) const AUTHORITY: &[u8] = include_bytes!("../../../tests/tls/authority.der");
const CERTIFICATE: &[u8] = include_bytes!("../../../tests/tls/server.der");
const KEY: &[u8] = include_bytes!("../../../tests/tls/server.key.der");

/// A server with the certificate of 127.0.0.1.
pub(super) fn config() -> ServerConfig {
    ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![CERTIFICATE.into()],
            PrivatePkcs8KeyDer::from(KEY).into(),
        )
        .unwrap()
}

/// TLS over a connection.
pub(super) fn accept<S: Stream>(stream: S) -> StreamOwned<ServerConnection, S> {
    let connection = ServerConnection::new(Arc::new(config())).unwrap();
    StreamOwned::new(connection, stream)
}

/// Settings by which the authority is trusted, with or without the public ones.
pub(super) fn trusting(no_public_roots: bool) -> options::Options {
    options::Options {
        roots: vec![("root_certificates", AUTHORITY.to_vec())],
        no_public_roots,
        ..wanted()
    }
}

#[track_caller]
fn refused(failure: &TransportError, cause: &str) {
    let text = causes(failure);
    assert_eq!(failure.phase, Phase::NotConnected, "{text}");
    assert!(failure.permanent && !failure.timeout, "{text}");
    assert!(text.contains(cause), "{text}");
}

#[test]
fn a_server_that_is_who_it_should_be_is_called() {
    for make in own() {
        for no_public_roots in [false, true] {
            let server = Server::over(accept, |_, stream| found(stream));
            let transport = make(trusting(no_public_roots));
            for _ in 0..2 {
                works(&*transport, &format!("https://{}/", server.address));
            }
            assert_eq!(server.requests().len(), 2);
        }
    }
}

#[test]
fn a_server_that_nobody_vouches_for_is_sent_nothing() {
    for make in own() {
        let server = Server::over(accept, |_, stream| found(stream));
        let url = format!("https://{}/", server.address);
        let failure = send(&*make(wanted()), post(&url, BODY), LIMITS).unwrap_err();
        refused(&failure, "UnknownIssuer");
        assert_eq!(server.requests().len(), 0);
    }
}

#[test]
fn a_server_with_the_certificate_of_another_is_sent_nothing() {
    for make in own() {
        let server = Server::over(accept, |_, stream| found(stream));
        let url = format!("https://localhost:{}/", server.address.port());
        let failure = send(&*make(trusting(true)), post(&url, BODY), LIMITS).unwrap_err();
        refused(&failure, "not valid for name");
        assert_eq!(server.requests().len(), 0);
    }
}

#[test]
fn a_server_that_does_not_speak_tls_is_sent_nothing() {
    for make in own() {
        let server = Server::raw(|mut stream| {
            let head = head(&mut stream);
            assert_eq!(head, None);
        });
        let wanted = options::Options {
            connect_timeout: Some(SHORT),
            ..wanted()
        };
        let url = format!("https://{}/", server.address);
        let failure = send(&*make(wanted), post(&url, BODY), LIMITS).unwrap_err();
        assert_eq!(failure.phase, Phase::NotConnected, "{}", causes(&failure));
        assert!(failure.timeout, "{}", causes(&failure));
    }
}

#[test]
fn certificates_are_read_in_every_form() {
    // The same certificate as text: its base64 is what openssl prints.
    let pem = include_bytes!("../../../tests/tls/authority.pem").to_vec();
    for make in own() {
        let server = Server::over(accept, |_, stream| found(stream));
        let wanted = options::Options {
            roots: vec![("root_certificates", pem.clone())],
            ..wanted()
        };
        works(&*make(wanted), &format!("https://{}/", server.address));
    }
}
