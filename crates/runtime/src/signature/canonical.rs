use super::sha256::sha256;

/// The request in the form of which the signature is taken: always a `POST` to `/`.
///
/// `headers` are names and values of the signed headers as they are sent, the names in lower case and in the
/// alphabet's order; `content-type` and `host` must be among them.
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
    let mut text = START.to_vec();
    write_headers(&mut text, headers);
    text.push(b'\n');
    write_names(&mut text, headers);
    text.push(b'\n');
    text.extend_from_slice(&hex(&sha256(body)));
    into_string(text)
}

/// The text that the key of the day signs. `timestamp` is Unix time in seconds, the one of `X-TC-Timestamp`, and
/// `scope` the [credential scope](super::credential_scope).
pub fn string_to_sign(timestamp: u64, scope: &str, canonical_request: &str) -> String {
    let mut text = Vec::new();
    let digest = sha256(canonical_request.as_bytes());
    write_string_to_sign(&mut text, timestamp, scope, &digest);
    into_string(text)
}

/// The first lines of a canonical request: method, path and no query.
pub(super) const START: &[u8] = b"POST\n/\n\n";

pub(super) fn write_headers(out: &mut Vec<u8>, headers: &[(&str, &str)]) {
    for (name, value) in headers {
        out.extend_from_slice(name.as_bytes());
        out.push(b':');
        let start = out.len();
        out.extend_from_slice(value.trim().as_bytes());
        out[start..].make_ascii_lowercase();
        out.push(b'\n');
    }
}

/// Writes the names of the signed headers, with semicolons between them.
pub(super) fn write_names(out: &mut Vec<u8>, headers: &[(&str, &str)]) {
    for (index, (name, _)) in headers.iter().enumerate() {
        if index > 0 {
            out.push(b';');
        }
        out.extend_from_slice(name.as_bytes());
    }
}

pub(super) fn write_string_to_sign(
    out: &mut Vec<u8>,
    timestamp: u64,
    scope: &str,
    canonical_request: &[u8; 32],
) {
    out.extend_from_slice(b"TC3-HMAC-SHA256\n");
    write_decimal(out, timestamp);
    out.push(b'\n');
    out.extend_from_slice(scope.as_bytes());
    out.push(b'\n');
    out.extend_from_slice(&hex(canonical_request));
}

/// A text that was put together from strings and digits.
pub(super) fn into_string(text: Vec<u8>) -> String {
    String::from_utf8(text).expect("strings and digits make a string")
}

pub(super) fn hex(bytes: &[u8; 32]) -> [u8; 64] {
    let mut hex = [0; 64];
    for (pair, byte) in hex.chunks_exact_mut(2).zip(bytes) {
        pair[0] = byte >> 4;
        pair[1] = byte & 15;
    }
    // Without a table of digits, so that the compiler makes vector instructions of it.
    for digit in &mut hex {
        *digit += if *digit < 10 { b'0' } else { b'a' - 10 };
    }
    hex
}

fn write_decimal(out: &mut Vec<u8>, mut number: u64) {
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
    out.extend_from_slice(&digits[start..]);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn hex_is_that_of_the_standard_library(bytes: [u8; 32]) {
            let expected: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            prop_assert_eq!(hex(&bytes).to_vec(), expected.into_bytes());
        }

        #[test]
        fn decimal_is_that_of_the_standard_library(number: u64) {
            let mut decimal = Vec::new();
            write_decimal(&mut decimal, number);
            prop_assert_eq!(decimal, number.to_string().into_bytes());
        }

        /// Whatever stands in the values, the lines of the canonical request stay where they belong.
        #[test]
        fn a_canonical_request_reads_back(
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
