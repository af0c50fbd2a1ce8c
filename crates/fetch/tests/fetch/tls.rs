//! Sites whose certificate is from a private authority.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use tc3_fetch::{FetchError, Start};

use crate::pages::action;
use crate::site::Site;
use crate::test_folder::TestFolder;

const CERTIFICATE: &[u8] = include_bytes!("../../../runtime/tests/tls/server.der");
const KEY: &[u8] = include_bytes!("../../../runtime/tests/tls/server.key.der");
const AUTHORITY: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../runtime/tests/tls/authority.pem"
);

/// Starts a TLS site with a page of an action at each path except `robots.txt`. Returns a URL of the site.
fn start() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(
            vec![CERTIFICATE.into()],
            PrivatePkcs8KeyDer::from(KEY).into(),
        )
        .expect("a certificate");
    let config = Arc::new(config);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = ServerConnection::new(Arc::clone(&config)).expect("a connection");
            let mut stream = StreamOwned::new(connection, stream.expect("a stream"));
            let mut line = String::new();
            let mut reader = BufReader::new(&mut stream);
            // The client may refuse the certificate.
            if reader.read_line(&mut line).is_err() {
                continue;
            }
            let mut header = String::from("-");
            while !header.trim().is_empty() {
                header.clear();
                reader.read_line(&mut header).expect("a header");
            }
            let (status, body) = match line.contains("robots.txt") {
                true => (404, String::new()),
                false => (200, action("CreateThing")),
            };
            let length = body.len();
            let head = format!(
                "HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n"
            );
            let _ = stream.write_all((head + &body).as_bytes());
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
    });
    format!("https://{address}/1")
}

fn fetch(certificates: Option<&str>) -> Result<usize, FetchError> {
    let mut folder = TestFolder::new();
    folder.settings.root_certificates = certificates.map(|path| Path::new(path).to_owned());
    folder.settings.attempts = 1;
    let start = Start::Urls(vec![start().parse().expect("a URL")]);
    let result = folder.run(&Site::start(), &start)?;
    Ok(result.summary.fetched)
}

#[test]
fn own_authority_is_trusted() {
    assert_eq!(fetch(Some(AUTHORITY)).expect("a run"), 1);
}

#[test]
fn unknown_authority_is_rejected() {
    let error = fetch(None).expect_err("no trust").to_string();
    assert!(error.contains("UnknownIssuer"), "{error}");
}

#[test]
fn invalid_file_of_authorities_is_an_error() {
    let no_pem = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    for (path, cause) in [
        ("/nowhere", "No such file"),
        (no_pem, "no certificate found"),
    ] {
        let error = fetch(Some(path)).expect_err("no file").to_string();
        let expected = format!("cannot use the certificate authorities in {path}: {cause}");
        assert!(error.starts_with(&expected), "{error}");
    }
}
