use tc3::signature::{SigningKey, canonical_request, credential_scope, string_to_sign};

use crate::authorization::{Authorization, FORM};
use crate::finding::{Finding, Part};

/// The known steps of another client.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClientSteps<'g> {
    /// The canonical request.
    pub canonical_request: Option<&'g str>,
    /// The string to sign.
    pub string_to_sign: Option<&'g str>,
    /// The `Authorization` header.
    pub authorization: Option<&'g str>,
    /// The body of the request.
    pub body: Option<&'g [u8]>,
}

/// Compares steps with the rules and with each other, and returns the wrong lines in the order of the steps.
///
/// With the secret key, the signature is checked too.
pub fn verify(given: ClientSteps<'_>, secret_key: Option<&str>) -> Vec<Finding> {
    let mut check = Check(Vec::new());
    if let Some(text) = given.canonical_request {
        check.canonical_request(text, given.body);
    }
    if let Some(text) = given.string_to_sign {
        check.string_to_sign(text, given.canonical_request);
    }
    if let Some(header) = given.authorization {
        check.authorization(header, given, secret_key);
    }
    check.0
}

struct Check(Vec<Finding>);

impl Check {
    fn add(
        &mut self,
        part: Part,
        line: usize,
        found: &str,
        expected: Option<&str>,
        rule: &'static str,
    ) {
        self.0.push(Finding {
            part,
            line,
            found: found.to_owned(),
            expected: expected.map(str::to_owned),
            rule,
        });
    }

    /// Adds a finding if two lines differ.
    fn equal(&mut self, part: Part, line: usize, found: &str, expected: &str, rule: &'static str) {
        if found != expected {
            self.add(part, line, found, Some(expected), rule);
        }
    }

    fn canonical_request(&mut self, text: &str, body: Option<&[u8]>) {
        let part = Part::CanonicalRequest;
        let lines: Vec<&str> = text.split('\n').collect();
        let line = |number: usize| lines.get(number - 1).copied().unwrap_or_default();
        if !matches!(line(1), "POST" | "GET") {
            let rule = "the method must be POST or GET, in capital letters";
            self.add(part, 1, line(1), Some("POST"), rule);
        }
        self.equal(part, 2, line(2), "/", "the path is always `/`");
        if line(1) == "POST" {
            self.equal(
                part,
                3,
                line(3),
                "",
                "a POST has no query, so the line is empty",
            );
        }
        let headers = lines.iter().skip(3).take_while(|line| line.contains(':'));
        let headers: Vec<&str> = headers.copied().collect();
        self.headers(&headers);
        let after = 3 + headers.len();
        let empty = "an empty line must follow the headers, each of which ends with a line break";
        self.equal(part, after + 1, line(after + 1), "", empty);
        let names: Vec<String> = headers.iter().map(|header| name(header)).collect();
        let signed =
            "the names of the signed headers, in the order of their lines, separated by semicolons";
        self.equal(part, after + 2, line(after + 2), &names.join(";"), signed);
        let hash = line(after + 3);
        match body {
            Some(body) => {
                // Only the last line of a canonical request depends on the body.
                let ours = canonical_request(&[], body);
                let expected = ours.rsplit('\n').next().unwrap_or_default();
                let rule =
                    "the SHA-256 of the body as it is sent, in lower-case hexadecimal digits";
                self.equal(part, after + 3, hash, expected, rule);
            }
            None if !is_digest(hash) => {
                let rule = "the SHA-256 of the body must be 64 lower-case hexadecimal digits";
                self.add(part, after + 3, hash, None, rule);
            }
            None => {}
        }
        if lines.len() > after + 3 {
            let rule = "nothing must follow the hash of the body, not even a line break";
            self.add(part, after + 4, line(after + 4), None, rule);
        }
    }

    fn headers(&mut self, headers: &[&str]) {
        let part = Part::CanonicalRequest;
        for (number, header) in (4..).zip(headers) {
            let value = header.split_once(':').map_or("", |(_, value)| value);
            let expected = format!("{}:{}", name(header), value.trim().to_ascii_lowercase());
            let rule = "names and values of headers are in lower case, without spaces around them";
            self.equal(part, number, header, &expected, rule);
        }
        let names: Vec<String> = headers.iter().map(|header| name(header)).collect();
        let unsorted = names.windows(2).position(|pair| pair[0] >= pair[1]);
        if let Some(at) = unsorted {
            let rule = "the headers must be sorted by name, each once";
            self.add(part, 5 + at, headers[at + 1], None, rule);
        }
        for needed in ["content-type", "host"] {
            if !names.iter().any(|name| name == needed) {
                let rule = "the headers `content-type` and `host` must be signed";
                let expected = format!("{needed}:…");
                self.add(part, 4 + headers.len(), "", Some(&expected), rule);
            }
        }
    }

    fn string_to_sign(&mut self, text: &str, canonical: Option<&str>) {
        let part = Part::StringToSign;
        let lines: Vec<&str> = text.split('\n').collect();
        let line = |number: usize| lines.get(number - 1).copied().unwrap_or_default();
        let algorithm = "the algorithm is TC3-HMAC-SHA256";
        self.equal(part, 1, line(1), "TC3-HMAC-SHA256", algorithm);
        let timestamp = line(2).parse::<u64>().ok().filter(|_| line(2).len() == 10);
        match timestamp {
            None => {
                let rule =
                    "the timestamp is Unix time in seconds, ten digits, as in X-TC-Timestamp";
                self.add(part, 2, line(2), None, rule);
            }
            Some(timestamp) => {
                let service = line(3).split('/').nth(1).unwrap_or_default();
                let expected = credential_scope(timestamp, service);
                let rule =
                    "the scope is the day of the timestamp in UTC, the service, and `tc3_request`";
                self.equal(part, 3, line(3), &expected, rule);
            }
        }
        match canonical {
            Some(canonical) => {
                let ours = string_to_sign(0, "", canonical);
                let expected = ours.rsplit('\n').next().unwrap_or_default();
                let rule = "the SHA-256 of the canonical request, in lower-case hexadecimal digits";
                self.equal(part, 4, line(4), expected, rule);
            }
            None if !is_digest(line(4)) => {
                let rule =
                    "the SHA-256 of the canonical request must be 64 lower-case hexadecimal digits";
                self.add(part, 4, line(4), None, rule);
            }
            None => {}
        }
        if lines.len() > 4 {
            let rule = "nothing must follow the hash, not even a line break";
            self.add(part, 5, line(5), None, rule);
        }
    }

    fn authorization(&mut self, header: &str, given: ClientSteps<'_>, secret_key: Option<&str>) {
        let part = Part::Authorization;
        let Some(authorization) = Authorization::parse(header) else {
            return self.add(part, 1, header, None, FORM);
        };
        let algorithm = "the algorithm is TC3-HMAC-SHA256";
        self.equal(
            part,
            1,
            authorization.algorithm,
            "TC3-HMAC-SHA256",
            algorithm,
        );
        if let Some(canonical) = given.canonical_request {
            let signed = canonical.split('\n').rev().nth(1).unwrap_or_default();
            let rule = "SignedHeaders must be those of the canonical request";
            self.equal(part, 1, authorization.signed_headers, signed, rule);
        }
        if !is_digest(authorization.signature) {
            let rule = "Signature must be 64 lower-case hexadecimal digits";
            self.add(part, 1, authorization.signature, None, rule);
        }
        let Some(to_sign) = given.string_to_sign else {
            return;
        };
        let mut lines = to_sign.split('\n').skip(1);
        let timestamp = lines.next().and_then(|line| line.parse().ok());
        let scope = lines.next().unwrap_or_default();
        let rule = "the scope after the ID must equal the scope of the string to sign";
        self.equal(part, 1, authorization.scope, scope, rule);
        if let (Some(key), Some(timestamp)) = (secret_key, timestamp) {
            let service = scope.split('/').nth(1).unwrap_or_default();
            let digest = SigningKey::derive(key, timestamp, service).sign(to_sign.as_bytes());
            let expected: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            let rule = "the HMAC of the string to sign, with the key HMAC(HMAC(HMAC(\"TC3\" + secret key, day), service), \"tc3_request\")";
            self.equal(part, 1, authorization.signature, &expected, rule);
        }
    }
}

/// Returns the name of a header line, in lower case.
fn name(header: &str) -> String {
    let name = header.split(':').next().unwrap_or_default();
    name.trim().to_ascii_lowercase()
}

fn is_digest(text: &str) -> bool {
    text.len() == 64
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}
