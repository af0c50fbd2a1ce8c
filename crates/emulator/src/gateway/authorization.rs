//! The `Authorization` header and its signature.

use std::collections::HashSet;
use std::fmt::Display;

use sha2::{Digest as _, Sha256};
use tc3::CommonError;
use tc3::signature::{SigningKey, string_to_sign};

use super::headers::without_port;
use super::raw::Raw;
use crate::service_error::ServiceError;

/// The parts of an `Authorization` header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Authorization {
    pub(crate) secret_id: String,
    /// The date in the credential scope.
    pub(crate) date: String,
    /// The service in the credential scope.
    pub(crate) service: String,
    /// The names of the signed headers, as sent.
    pub(crate) signed_headers: String,
    pub(crate) signature: String,
}

/// The expected signature input of a request with a wrong signature.
#[derive(Debug)]
pub(crate) struct Mismatch {
    pub(crate) canonical_request: String,
    pub(crate) string_to_sign: String,
}

const ALGORITHM: &str = "TC3-HMAC-SHA256";

/// The end of every credential scope.
const SCOPE_END: &str = "tc3_request";

/// The expected format of the header.
pub(crate) const FORMAT: &str = "TC3-HMAC-SHA256 Credential=<SecretId>/<date>/<service>/tc3_request, \
     SignedHeaders=content-type;host, Signature=<64 hex digits>";

impl Authorization {
    /// Parses the header value.
    ///
    /// # Errors
    /// Returns the problem.
    pub(crate) fn parse(value: &str) -> Result<Self, String> {
        let (algorithm, parts) = value.split_once(' ').unwrap_or((value, ""));
        if algorithm != ALGORITHM {
            return Err(format!("the algorithm must be `{ALGORITHM}`"));
        }
        let (mut credential, mut signed_headers, mut signature) = (None, None, None);
        for part in parts.split(',').map(str::trim) {
            let (name, value) = part
                .split_once('=')
                .ok_or_else(|| format!("part `{part}` has no `=`"))?;
            let place = match name {
                "Credential" => &mut credential,
                "SignedHeaders" => &mut signed_headers,
                "Signature" => &mut signature,
                _ => return Err(format!("unknown part `{name}`")),
            };
            if place.replace(value).is_some() {
                return Err(format!("duplicate part `{name}`"));
            }
        }
        if let Some(list) = signed_headers {
            check_names(list)?;
        }
        let present = |part: Option<&str>, name: &str| match part {
            Some(value) if !value.is_empty() => Ok(value.to_owned()),
            _ => Err(format!("`{name}` is missing")),
        };
        let credential = present(credential, "Credential")?;
        let mut scope = credential.rsplitn(4, '/');
        let (Some(SCOPE_END), Some(service), Some(date), Some(secret_id)) =
            (scope.next(), scope.next(), scope.next(), scope.next())
        else {
            return Err(format!(
                "the credential must end with `/<date>/<service>/{SCOPE_END}`"
            ));
        };
        Ok(Self {
            secret_id: secret_id.to_owned(),
            date: date.to_owned(),
            service: service.to_owned(),
            signed_headers: present(signed_headers, "SignedHeaders")?,
            signature: present(signature, "Signature")?,
        })
    }

    /// Returns the signed header names in lower case, in listed order.
    pub(crate) fn names(&self) -> impl Iterator<Item = String> {
        self.signed_headers
            .split(';')
            .map(|name| name.trim().to_ascii_lowercase())
    }

    /// Verifies the signature of a request.
    ///
    /// The documentation requires the signed headers in lower case and sorted, but does not say how the gateway treats
    /// other lists. So both forms are accepted: as sent, and normalized.
    ///
    /// The vendor's endpoints have no port, and its SDKs differ in whether the signed `host` includes a port: the SDK for
    /// Python signs the port, the SDK for Node.js omits it. Both are accepted.
    pub(crate) fn verify(
        &self,
        raw: &Raw,
        secret_key: &str,
        timestamp: u64,
    ) -> Result<(), Mismatch> {
        let key = SigningKey::derive(secret_key, timestamp, &self.service);
        let scope = format!("{}/{}/{SCOPE_END}", self.date, self.service);
        let names: Vec<String> = self.names().collect();
        let mut sorted = names.clone();
        sorted.sort();
        let lower = names.join(";");
        let candidates = [
            (&names, lower.as_str()),
            (&sorted, &sorted.join(";")),
            (&names, &self.signed_headers),
            (&sorted, &self.signed_headers),
        ];
        let payload = hashed_payload(raw);
        let host = raw.header("host").unwrap_or_default().to_lowercase();
        let hosts = [host.as_str(), without_port(&host)];
        let hosts = if hosts[0] == hosts[1] {
            &hosts[..1]
        } else {
            &hosts
        };
        let mut first = None;
        for (host, (names, list)) in hosts
            .iter()
            .flat_map(|host| candidates.map(|candidate| (host, candidate)))
        {
            let canonical_request = canonical_request(raw, host, names, list, &payload);
            let string_to_sign = string_to_sign(timestamp, &scope, &canonical_request);
            let expected = hex(&key.sign(string_to_sign.as_bytes()));
            if self.signature.eq_ignore_ascii_case(&expected) {
                return Ok(());
            }
            first.get_or_insert(Mismatch {
                canonical_request,
                string_to_sign,
            });
        }
        first.map_or(Ok(()), Err)
    }
}

/// Reports a signature that does not match the request.
pub(super) fn signature_error(problem: impl Display) -> ServiceError {
    ServiceError::common(
        CommonError::AuthFailureSignatureFailure,
        format_args!("The signature does not match the request: {problem}."),
    )
}

/// Builds the canonical request, with this value of the header `host`.
fn canonical_request(raw: &Raw, host: &str, names: &[String], list: &str, payload: &str) -> String {
    let mut text = format!(
        "{}\n{}\n{}\n",
        raw.method,
        raw.path,
        raw.query.as_deref().unwrap_or_default()
    );
    for name in names {
        let value = match name.as_str() {
            "host" => host.to_owned(),
            _ => raw.header(name).unwrap_or_default().to_lowercase(),
        };
        text.push_str(&format!("{name}:{value}\n"));
    }
    text.push_str(&format!("\n{list}\n{payload}"));
    text
}

/// Returns the hash of the body, or of `UNSIGNED-PAYLOAD`.
fn hashed_payload(raw: &Raw) -> String {
    if raw.header("x-tc-content-sha256").as_deref() == Some(UNSIGNED_PAYLOAD) {
        hex(&Sha256::digest(UNSIGNED_PAYLOAD))
    } else {
        hex(&Sha256::digest(raw.body()))
    }
}

/// The maximum number of signed headers.
const MAX_SIGNED_HEADERS: usize = 100;

/// Rejects duplicate and too many names: repeated large headers could expand to gigabytes.
fn check_names(list: &str) -> Result<(), String> {
    let mut seen = HashSet::new();
    for name in list.split(';') {
        if !seen.insert(name.trim().to_ascii_lowercase()) {
            return Err(format!("the signed header `{name}` is repeated"));
        }
        if seen.len() > MAX_SIGNED_HEADERS {
            return Err(format!("more than {MAX_SIGNED_HEADERS} signed headers"));
        }
    }
    Ok(())
}

/// The value of `X-TC-Content-SHA256` for an unsigned body. It is hashed in place of the body.
const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .map(|digit| char::from(DIGITS[usize::from(digit)]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_is_parsed() {
        let read = Authorization::parse(
            "TC3-HMAC-SHA256 Credential=AKID/x/2019-02-25/cvm/tc3_request, SignedHeaders=Host;content-type, Signature=ab",
        );
        let expected = Authorization {
            secret_id: "AKID/x".to_owned(),
            date: "2019-02-25".to_owned(),
            service: "cvm".to_owned(),
            signed_headers: "Host;content-type".to_owned(),
            signature: "ab".to_owned(),
        };
        assert_eq!(read, Ok(expected));
        let tight = "TC3-HMAC-SHA256 Signature=ab,Credential=a/b/c/tc3_request,SignedHeaders=host";
        assert!(Authorization::parse(tight).is_ok());
    }

    #[test]
    fn malformed_header_is_rejected() {
        let good = "Credential=a/b/c/tc3_request, SignedHeaders=host, Signature=ab";
        for (header, problem) in [
            ("", "the algorithm must be"),
            ("SKIP", "the algorithm must be"),
            (&format!("AWS4-HMAC-SHA256 {good}"), "the algorithm must be"),
            ("TC3-HMAC-SHA256", "has no `=`"),
            (
                "TC3-HMAC-SHA256 Signature=ab, SignedHeaders=host",
                "`Credential` is missing",
            ),
            (
                "TC3-HMAC-SHA256 Credential=a/b/tc3_request, SignedHeaders=h, Signature=s",
                "must end with",
            ),
            (
                "TC3-HMAC-SHA256 Credential=a/b/c/aws4_request, SignedHeaders=h, Signature=s",
                "must end with",
            ),
            (
                "TC3-HMAC-SHA256 Credential=a/b/c/tc3_request, SignedHeaders=, Signature=s",
                "`SignedHeaders` is missing",
            ),
            (
                &format!("TC3-HMAC-SHA256 {good}, Signature=cd"),
                "duplicate part",
            ),
            (
                "TC3-HMAC-SHA256 Credential=a/b/c/tc3_request, SignedHeaders=host;a;HOST, Signature=ab",
                "`HOST` is repeated",
            ),
            (&format!("TC3-HMAC-SHA256 {good}, Extra=1"), "unknown part"),
        ] {
            let problem_found = Authorization::parse(header).unwrap_err();
            assert!(problem_found.contains(problem), "{header}: {problem_found}");
        }
    }
}
