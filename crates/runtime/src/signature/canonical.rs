use sha2::{Digest as _, Sha256};

/// Builds the canonical request of a `POST` to `/`.
///
/// `headers` are the names and values of the signed headers as they are sent, with names in lower case and sorted;
/// `content-type` and `host` must be among them.
///
/// ```
/// use tc3::signature::canonical_request;
///
/// let headers = [
///     ("content-type", "application/json"),
///     ("host", "cvm.tencentcloudapi.com"),
/// ];
/// assert_eq!(
///     canonical_request(&headers, b""),
///     "POST\n/\n\n\
///      content-type:application/json\n\
///      host:cvm.tencentcloudapi.com\n\n\
///      content-type;host\n\
///      e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
/// );
/// ```
pub fn canonical_request(headers: &[(&str, &str)], body: &[u8]) -> String {
    let mut text = START.to_owned();
    write_headers(&mut text, headers);
    write_names(&mut text, "\n", headers);
    let digest = hex(Sha256::digest(body).into());
    text + "\n" + str::from_utf8(&digest).unwrap_or_default()
}

/// Builds the string that the signing key signs. `timestamp` is the Unix time in seconds that `X-TC-Timestamp` has,
/// and `scope` the [credential scope](super::credential_scope).
pub fn string_to_sign(timestamp: u64, scope: &str, canonical_request: &str) -> String {
    let digest = hex(Sha256::digest(canonical_request).into());
    let digest = str::from_utf8(&digest).unwrap_or_default();
    format!("{ALGORITHM}\n{timestamp}\n{scope}\n{digest}")
}

pub(super) const ALGORITHM: &str = "TC3-HMAC-SHA256";

/// First lines of a canonical request: method, path and empty query.
pub(super) const START: &str = "POST\n/\n\n";

pub(super) fn write_headers(out: &mut String, headers: &[(&str, &str)]) {
    for (name, value) in headers {
        out.push_str(name);
        out.push(':');
        let start = out.len();
        out.push_str(value.trim());
        out[start..].make_ascii_lowercase();
        out.push('\n');
    }
}

/// Writes `before` and the names of headers, separated by semicolons.
pub(super) fn write_names(out: &mut String, before: &str, headers: &[(&str, &str)]) {
    let mut separator = before;
    for (name, _) in headers {
        out.push_str(separator);
        out.push_str(name);
        separator = ";";
    }
}

/// Returns the hexadecimal digits of a digest.
pub(super) fn hex(bytes: [u8; 32]) -> [u8; 64] {
    // Computed instead of looked up in a table, so that the compiler can vectorize it.
    let digit = |half| half + b'0' + if half > 9 { b'a' - b'9' - 1 } else { 0 };
    let mut hex = [0; 64];
    for (pair, byte) in hex.chunks_exact_mut(2).zip(bytes) {
        pair[0] = digit(byte >> 4);
        pair[1] = digit(byte & 15);
    }
    hex
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn hex_equals_the_standard_library(bytes: [u8; 32]) {
            let expected: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            let hex = hex(bytes);
            prop_assert_eq!(str::from_utf8(&hex).unwrap(), expected);
        }

        /// No header value can add a line to the canonical request or move one.
        #[test]
        fn canonical_request_has_fixed_lines(
            headers in prop::collection::btree_map("[a-z][a-z-]{0,12}", "[ -~]{0,40}", 1..5),
            body: Vec<u8>,
        ) {
            let headers: Vec<_> = headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            let text = canonical_request(&headers, &body);
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
