//! Worked examples of the documentation, one folder each in `tests/vectors`. Every stage is compared.
//!
//! All three sign the same request. The keys of two contain asterisks, which are a part of the key.

use std::{collections::HashMap, fs, path::PathBuf};

use super::{
    Signer, SigningKey, canonical_request, credential_scope, date::date, key::derive,
    string_to_sign,
};
use crate::Credential;

#[test]
fn international_page() {
    check("international-page");
}

#[test]
fn older_page() {
    check("older-page");
}

#[test]
fn mainland_page() {
    check("mainland-page");
}

#[track_caller]
fn check(case: &str) {
    let context = pairs(&read(case, "context.txt"));
    let request = read(case, "request.txt");
    let (head, body) = request.split_once("\n\n").unwrap();
    let (request_line, headers) = head.split_once('\n').unwrap();
    assert_eq!(request_line, "POST / HTTP/1.1");
    let headers: HashMap<_, _> = pairs(headers)
        .into_iter()
        .map(|(name, value)| (name.to_lowercase(), value))
        .collect();
    let timestamp = headers["x-tc-timestamp"].parse().unwrap();
    let (key, service) = (&context["secret key"], &context["service"]);

    let signed: Vec<_> = context["signed headers"]
        .split(';')
        .map(|name| (name, headers[name].as_str()))
        .collect();
    let body = body.as_bytes();
    let canonical = canonical_request(&signed, body);
    assert_eq!(
        canonical,
        read(case, "canonical-request.txt"),
        "canonical request"
    );

    let scope = credential_scope(timestamp, service);
    let to_sign = string_to_sign(timestamp, &scope, &canonical);
    assert_eq!(to_sign, read(case, "string-to-sign.txt"), "string to sign");

    let keys = pairs(&read(case, "keys.txt"));
    let [date_key, service_key, signing] = derive(key, &date(timestamp), service);
    assert_eq!(hex(*date_key), keys["SecretDate"], "date key");
    assert_eq!(hex(*service_key), keys["SecretService"], "service key");
    assert_eq!(hex(*signing), keys["SecretSigning"], "signing key");

    let signature = SigningKey::derive(key, timestamp, service).sign(to_sign.as_bytes());
    assert_eq!(hex(signature), read(case, "signature.txt"), "signature");

    let credential = Credential::new(&context["secret id"], key);
    // The result does not depend on which headers are shared.
    for common in 1..=signed.len() {
        let (common, own) = signed.split_at(common);
        let signer = Signer::new(service.as_str(), common);
        let authorization = signer.authorization(&credential, timestamp, own, body);
        assert_eq!(
            authorization,
            read(case, "authorization.txt"),
            "authorization"
        );
    }
}

/// Reads a file of a case, without the trailing line break.
fn read(case: &str, file: &str) -> String {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "vectors", case, file]
        .iter()
        .collect();
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.strip_suffix('\n').unwrap_or(&text).to_owned()
}

/// Parses lines of the form `name: value`.
fn pairs(text: &str) -> HashMap<String, String> {
    text.lines()
        .map(|line| {
            let (name, value) = line.split_once(": ").unwrap();
            (name.to_owned(), value.to_owned())
        })
        .collect()
}

fn hex(bytes: [u8; 32]) -> String {
    bytes.map(|byte| format!("{byte:02x}")).concat()
}
