use sha2::{Digest as _, Sha256};

/// What is signed of a request: always a `POST` to `/`.
#[derive(Clone, Copy, Debug)]
pub struct ToSign<'a> {
    /// Names and values of the signed headers, as they are sent.
    ///
    /// The names are in lower case and in the alphabet's order; `content-type` and `host` must be among them.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body.
    pub body: &'a [u8],
}

/// The request in the form of which the signature is taken.
///
/// ```
/// use tc3::signature::{ToSign, canonical_request};
///
/// let request = ToSign {
///     headers: &[
///         ("content-type", "application/json"),
///         ("host", "cvm.tencentcloudapi.com"),
///     ],
///     body: b"",
/// };
/// assert_eq!(
///     canonical_request(&request),
///     "POST\n/\n\n\
///      content-type:application/json\n\
///      host:cvm.tencentcloudapi.com\n\n\
///      content-type;host\n\
///      e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
/// );
/// ```
pub fn canonical_request(request: &ToSign<'_>) -> String {
    let mut text = String::new();
    write_canonical_request(&mut text, request);
    text
}

/// The text that the key of the day signs. `timestamp` is Unix time in seconds, the one of `X-TC-Timestamp`, and
/// `scope` the [credential scope](super::credential_scope).
pub fn string_to_sign(timestamp: u64, scope: &str, canonical_request: &str) -> String {
    let mut text = String::new();
    write_string_to_sign(
        &mut text,
        timestamp,
        scope,
        &sha256(canonical_request.as_bytes()),
    );
    text
}

pub(super) fn write_canonical_request(out: &mut String, request: &ToSign<'_>) {
    out.push_str("POST\n/\n\n");
    for (name, value) in request.headers {
        out.push_str(name);
        out.push(':');
        let start = out.len();
        out.push_str(value.trim());
        out[start..].make_ascii_lowercase();
        out.push('\n');
    }
    out.push('\n');
    write_signed_headers(out, request);
    out.push('\n');
    write_hex(out, &sha256(request.body));
}

pub(super) fn write_signed_headers(out: &mut String, request: &ToSign<'_>) {
    for (index, (name, _)) in request.headers.iter().enumerate() {
        if index > 0 {
            out.push(';');
        }
        out.push_str(name);
    }
}

pub(super) fn write_string_to_sign(
    out: &mut String,
    timestamp: u64,
    scope: &str,
    canonical_request: &[u8; 32],
) {
    out.push_str("TC3-HMAC-SHA256\n");
    write_decimal(out, timestamp);
    out.push('\n');
    out.push_str(scope);
    out.push('\n');
    write_hex(out, canonical_request);
}

pub(super) fn write_hex(out: &mut String, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for byte in bytes {
        out.push(char::from(DIGITS[usize::from(byte >> 4)]));
        out.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
}

fn write_decimal(out: &mut String, mut number: u64) {
    let mut digits = [b'0'; 20];
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend(digits[start..].iter().copied().map(char::from));
}

pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn hex_is_that_of_the_standard_library(bytes: Vec<u8>) {
            let mut hex = String::new();
            write_hex(&mut hex, &bytes);
            let expected: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            prop_assert_eq!(hex, expected);
        }

        #[test]
        fn decimal_is_that_of_the_standard_library(number: u64) {
            let mut decimal = String::new();
            write_decimal(&mut decimal, number);
            prop_assert_eq!(decimal, number.to_string());
        }

        /// Whatever stands in the values, the lines of the canonical request stay where they belong.
        #[test]
        fn a_canonical_request_reads_back(
            headers in prop::collection::btree_map("[a-z][a-z-]{0,12}", "[ -~]{0,40}", 1..5),
            body: Vec<u8>,
        ) {
            let headers: Vec<_> = headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            let text = canonical_request(&ToSign { headers: &headers, body: &body });
            let lines: Vec<_> = text.split('\n').collect();
            prop_assert_eq!(&lines[..3], &["POST", "/", ""]);
            let count = headers.len();
            for (line, (name, value)) in lines[3..3 + count].iter().zip(&headers) {
                let (line_name, line_value) = line.split_once(':').unwrap();
                prop_assert_eq!(line_name, *name);
                prop_assert_eq!(line_value, value.trim().to_lowercase());
            }
            prop_assert_eq!(lines[3 + count], "");
            let names: Vec<_> = headers.iter().map(|(name, _)| *name).collect();
            prop_assert_eq!(lines[4 + count], names.join(";"));
            prop_assert_eq!(lines[5 + count].len(), 64);
            prop_assert_eq!(lines.len(), 6 + count);
        }
    }
}
