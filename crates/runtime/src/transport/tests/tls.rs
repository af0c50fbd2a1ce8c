use std::sync::Arc;

use rustls::{
    ServerConfig, ServerConnection, StreamOwned, crypto::ring, pki_types::PrivatePkcs8KeyDer,
};

use super::{
    server::{Server, Stream, head, respond_ok},
    *,
};

pub(super) const AUTHORITY: &[u8] = include_bytes!("../../../tests/tls/authority.der");
const CERTIFICATE: &[u8] = include_bytes!("../../../tests/tls/server.der");
const KEY: &[u8] = include_bytes!("../../../tests/tls/server.key.der");

/// Returns the TLS settings of a server with a certificate for 127.0.0.1.
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

/// Wraps a connection in TLS, as the server.
pub(super) fn accept<S: Stream>(stream: S) -> StreamOwned<ServerConnection, S> {
    let connection = ServerConnection::new(Arc::new(config())).unwrap();
    StreamOwned::new(connection, stream)
}

/// Returns options that trust the certificate authority of the tests, and optionally the public ones.
pub(super) fn trusting_test_ca(no_public_roots: bool) -> options::Options {
    options::Options {
        roots: vec![("root_certificates", AUTHORITY.to_vec())],
        no_public_roots,
        ..no_proxy_options()
    }
}

#[track_caller]
fn check_certificate_error(failure: &TransportError, cause: &str) {
    let text = error_chain(failure);
    assert_eq!(failure.phase, Phase::NotConnected, "{text}");
    assert!(failure.permanent && !failure.timeout, "{text}");
    assert!(text.contains(cause), "{text}");
}

#[test]
fn trusted_server_is_called() {
    for make in built_in_transports() {
        for no_public_roots in [false, true] {
            let server = Server::per_request(accept, |_, stream| respond_ok(stream));
            let transport = make(trusting_test_ca(no_public_roots));
            for _ in 0..2 {
                assert_works(&*transport, &format!("https://{}/", server.address));
            }
            assert_eq!(server.requests().len(), 2);
        }
    }
}

#[test]
fn untrusted_certificate_is_refused() {
    for make in built_in_transports() {
        let server = Server::per_request(accept, |_, stream| respond_ok(stream));
        let url = format!("https://{}/", server.address);
        let failure = send(&*make(no_proxy_options()), post(&url, BODY), LIMITS).unwrap_err();
        check_certificate_error(&failure, "UnknownIssuer");
        let message = failure.at_host("h").to_string();
        let remedy = "add that authority by `root_certificates` or SSL_CERT_FILE";
        assert!(message.contains(remedy), "{message}");
        assert_eq!(server.requests().len(), 0);
    }
}

#[test]
fn server_without_tls_is_reported() {
    for make in built_in_transports() {
        let server = Server::without_tls();
        let url = format!("https://{}/", server.address);
        let failure = send(&*make(no_proxy_options()), post(&url, BODY), LIMITS).unwrap_err();
        assert!(failure.permanent);
        let message = failure.at_host("h").to_string();
        let remedy = "the server does not speak TLS; check host and port";
        assert!(message.contains(remedy), "{message}");
    }
}

#[test]
fn certificate_of_another_host_is_refused() {
    for make in built_in_transports() {
        let server = Server::per_request(accept, |_, stream| respond_ok(stream));
        let url = format!("https://localhost:{}/", server.address.port());
        let failure = send(&*make(trusting_test_ca(true)), post(&url, BODY), LIMITS).unwrap_err();
        check_certificate_error(&failure, "not valid for name");
        assert_eq!(server.requests().len(), 0);
    }
}

#[test]
fn server_without_tls_is_sent_nothing() {
    for make in built_in_transports() {
        let server = Server::per_connection(|mut stream| {
            let head = head(&mut stream);
            assert_eq!(head, None);
        });
        let options = options::Options {
            connect_timeout: Some(SHORT),
            ..no_proxy_options()
        };
        let url = format!("https://{}/", server.address);
        let failure = send(&*make(options), post(&url, BODY), LIMITS).unwrap_err();
        assert_eq!(
            failure.phase,
            Phase::NotConnected,
            "{}",
            error_chain(&failure)
        );
        assert!(failure.timeout, "{}", error_chain(&failure));
    }
}

#[test]
fn certificates_are_read_from_pem() {
    // The same certificate in PEM, as openssl prints it.
    let pem = include_bytes!("../../../tests/tls/authority.pem").to_vec();
    for make in built_in_transports() {
        let server = Server::per_request(accept, |_, stream| respond_ok(stream));
        let options = options::Options {
            roots: vec![("root_certificates", pem.clone())],
            ..no_proxy_options()
        };
        assert_works(&*make(options), &format!("https://{}/", server.address));
    }
}

#[test]
fn certificates_are_read_from_environment() {
    if let Ok(url) = std::env::var(ENDPOINT) {
        for make in built_in_transports() {
            assert_works(&*make(no_proxy_options()), &url);
        }
        return;
    }
    let pem = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tls/authority.pem");
    let server = Server::per_request(accept, |_, stream| respond_ok(stream));
    run_in_child(
        "tls::certificates_are_read_from_environment",
        format!("https://{}/", server.address),
        &[("SSL_CERT_FILE", pem)],
    );
    assert_eq!(server.requests().len(), built_in_transports().len());
}

#[test]
fn invalid_certificate_file_is_refused() {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    for (file, problem) in [
        ("/nowhere", "`/nowhere` cannot be read: No such file"),
        (manifest, "Cargo.toml` has no usable certificate"),
        (folder, "/src` cannot be read: Is a directory"),
    ] {
        let error = roots::from_file(Some(file.into())).unwrap_err().to_string();
        assert!(error.starts_with("setting `SSL_CERT_FILE`: "), "{error}");
        assert!(error.contains(problem), "{error}");
    }
    assert!(roots::from_file(Some("".into())).unwrap().is_none());
}
