//! The `Authorization` header, and whether its signature is that of the request.

use std::collections::HashSet;

use sha2::{Digest as _, Sha256};
use tc3::signature::{SigningKey, string_to_sign};

use super::raw::Raw;

/// The parts of an `Authorization` header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Authorization {
    pub(crate) secret_id: String,
    /// The day in the credential scope.
    pub(crate) date: String,
    /// The service in the credential scope.
    pub(crate) service: String,
    /// The names of the signed headers, as sent.
    pub(crate) signed_headers: String,
    pub(crate) signature: String,
}

/// A signature that is not that of the request.
#[derive(Debug)]
pub(crate) struct Mismatch {
    pub(crate) canonical_request: String,
    pub(crate) string_to_sign: String,
}

const ALGORITHM: &str = "TC3-HMAC-SHA256";

/// The end of every credential scope.
const SCOPE_END: &str = "tc3_request";

/// What the header must look like.
pub(crate) const FORM: &str = "TC3-HMAC-SHA256 Credential=<SecretId>/<date>/<service>/tc3_request, \
     SignedHeaders=content-type;host, Signature=<64 hex digits>";

impl Authorization {
    /// Reads the header's value.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn parse(value: &str) -> Result<Self, String> {
        let (algorithm, parts) = value.split_once(' ').unwrap_or((value, ""));
        if algorithm != ALGORITHM {
            return Err(format!("its first word is not `{ALGORITHM}`"));
        }
        let (mut credential, mut signed_headers, mut signature) = (None, None, None);
        for part in parts.split(',').map(str::trim) {
            let (name, value) = part
                .split_once('=')
                .ok_or_else(|| format!("its part `{part}` has no `=`"))?;
            let place = match name {
                "Credential" => &mut credential,
                "SignedHeaders" => &mut signed_headers,
                "Signature" => &mut signature,
                _ => return Err(format!("it has an unknown part, `{name}`")),
            };
            if place.replace(value).is_some() {
                return Err(format!("it has two parts `{name}`"));
            }
        }
        if let Some(list) = signed_headers {
            check_names(list)?;
        }
        let present = |part: Option<&str>, name: &str| match part {
            Some(value) if !value.is_empty() => Ok(value.to_owned()),
            _ => Err(format!("it has no `{name}`")),
        };
        let credential = present(credential, "Credential")?;
        let mut scope = credential.rsplitn(4, '/');
        let (Some(SCOPE_END), Some(service), Some(date), Some(secret_id)) =
            (scope.next(), scope.next(), scope.next(), scope.next())
        else {
            return Err(format!(
                "its credential does not end with `/<date>/<service>/{SCOPE_END}`"
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

    /// The names of the signed headers in lower case, in the order in which they are listed.
    pub(crate) fn names(&self) -> impl Iterator<Item = String> {
        self.signed_headers
            .split(';')
            .map(|name| name.trim().to_ascii_lowercase())
    }

    /// Whether the signature is that of the request, by a key and a time.
    ///
    /// The documentation asks for the signed headers in lower case and in the alphabet's order. Nobody says what
    /// becomes of a list in another case or order, so both readings of one are taken: as it stands, and put right.
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
        let readings = [
            (&names, lower.as_str()),
            (&sorted, &sorted.join(";")),
            (&names, &self.signed_headers),
            (&sorted, &self.signed_headers),
        ];
        let payload = hashed_payload(raw);
        let mut first = None;
        for (names, list) in readings {
            let canonical_request = canonical_request(raw, names, list, &payload);
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

/// The request in the form of which the signature is taken, from what was sent.
fn canonical_request(raw: &Raw, names: &[String], list: &str, payload: &str) -> String {
    let mut text = format!(
        "{}\n{}\n{}\n",
        raw.method,
        raw.path,
        raw.query.as_deref().unwrap_or_default()
    );
    for name in names {
        let value = raw.header(name).unwrap_or_default().to_lowercase();
        text.push_str(&format!("{name}:{value}\n"));
    }
    text.push_str(&format!("\n{list}\n{payload}"));
    text
}

/// The hash of the body, or of the words that stand for it.
fn hashed_payload(raw: &Raw) -> String {
    if raw.header("x-tc-content-sha256").as_deref() == Some(UNSIGNED_PAYLOAD) {
        hex(&Sha256::digest(UNSIGNED_PAYLOAD))
    } else {
        hex(&Sha256::digest(raw.body()))
    }
}

/// How many headers a signature may be taken of: as many as a request may have.
const MAX_NAMES: usize = 100;

/// Refuses a list of signed headers that would make a canonical request of gigabytes.
fn check_names(list: &str) -> Result<(), String> {
    let mut seen = HashSet::new();
    for name in list.split(';') {
        if !seen.insert(name.trim().to_ascii_lowercase()) {
            return Err(format!("it lists the signed header `{name}` twice"));
        }
        if seen.len() > MAX_NAMES {
            return Err(format!("it lists more than {MAX_NAMES} signed headers"));
        }
    }
    Ok(())
}

/// What stands in `X-TC-Content-SHA256` if the body is not part of the signature, and is then hashed in its place.
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
    fn reads_a_header() {
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
    fn says_what_is_wrong_with_a_header() {
        let good = "Credential=a/b/c/tc3_request, SignedHeaders=host, Signature=ab";
        for (header, problem) in [
            ("", "its first word"),
            ("SKIP", "its first word"),
            (&format!("AWS4-HMAC-SHA256 {good}"), "its first word"),
            ("TC3-HMAC-SHA256", "has no `=`"),
            (
                "TC3-HMAC-SHA256 Signature=ab, SignedHeaders=host",
                "no `Credential`",
            ),
            (
                "TC3-HMAC-SHA256 Credential=a/b/tc3_request, SignedHeaders=h, Signature=s",
                "does not end",
            ),
            (
                "TC3-HMAC-SHA256 Credential=a/b/c/aws4_request, SignedHeaders=h, Signature=s",
                "does not end",
            ),
            (
                "TC3-HMAC-SHA256 Credential=a/b/c/tc3_request, SignedHeaders=, Signature=s",
                "no `SignedHeaders`",
            ),
            (
                &format!("TC3-HMAC-SHA256 {good}, Signature=cd"),
                "two parts",
            ),
            (
                "TC3-HMAC-SHA256 Credential=a/b/c/tc3_request, SignedHeaders=host;a;HOST, Signature=ab",
                "`HOST` twice",
            ),
            (&format!("TC3-HMAC-SHA256 {good}, Extra=1"), "unknown part"),
        ] {
            let told = Authorization::parse(header).unwrap_err();
            assert!(told.contains(problem), "{header}: {told}");
        }
    }
}
