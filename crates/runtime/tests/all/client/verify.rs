//! Verification of TC3-HMAC-SHA256 signatures, written from the documentation and without the crate's code.

use std::time::{SystemTime, UNIX_EPOCH};

use sha2::{Digest as _, Sha256};

use super::{
    api::{SECRET_ID, SECRET_KEY, TOKEN},
    server::Received,
};

/// Verifies a request that was received at `host`.
pub(crate) fn verify(request: &Received, host: &str, service: &str) -> Result<(), String> {
    let check = |name: &str, actual: &str, expected: &str| {
        if actual == expected {
            Ok(())
        } else {
            Err(format!("{name} is {actual:?}, expected {expected:?}"))
        }
    };
    check("request line", &request.line, "POST / HTTP/1.1")?;
    check("host", request.header("host")?, host)?;
    if let Ok(token) = request.header("x-tc-token") {
        check("token", token, TOKEN)?;
    }

    let timestamp = request.header("x-tc-timestamp")?;
    let seconds: u64 = timestamp.parse().map_err(|_| "timestamp is not a number")?;
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs();
    if now.abs_diff(seconds) > 300 {
        return Err("timestamp differs from the current time".to_owned());
    }

    let authorization = request.header("authorization")?;
    let parts: Vec<&str> = authorization
        .strip_prefix("TC3-HMAC-SHA256 ")
        .ok_or("unknown algorithm")?
        .split(", ")
        .collect();
    let [credential, signed_headers, signature] = parts[..] else {
        return Err(format!("authorization has {} parts", parts.len()));
    };
    let credential = credential
        .strip_prefix("Credential=")
        .ok_or("no credential")?;
    let signed_headers = signed_headers
        .strip_prefix("SignedHeaders=")
        .ok_or("no signed headers")?;
    let signature = signature.strip_prefix("Signature=").ok_or("no signature")?;

    let (id, scope) = credential.split_once('/').ok_or("no scope")?;
    check("secret id", id, SECRET_ID)?;
    let date = date(seconds);
    check("scope", scope, &format!("{date}/{service}/tc3_request"))?;
    check(
        "signed headers",
        signed_headers,
        "content-type;host;x-tc-action",
    )?;

    let mut canonical = String::from("POST\n/\n\n");
    for name in signed_headers.split(';') {
        let value = request.header(name)?.trim().to_lowercase();
        canonical += &format!("{name}:{value}\n");
    }
    canonical += &format!(
        "\n{signed_headers}\n{}",
        hex(&Sha256::digest(&request.body))
    );
    let to_sign = format!(
        "TC3-HMAC-SHA256\n{timestamp}\n{scope}\n{}",
        hex(&Sha256::digest(canonical))
    );
    let mut key = format!("TC3{SECRET_KEY}").into_bytes();
    for step in [&date, service, "tc3_request"] {
        key = hmac(&key, step.as_bytes());
    }
    check(
        "signature",
        signature,
        &hex(&hmac(&key, to_sign.as_bytes())),
    )
}

/// Formats the UTC date, by counting years and months.
fn date(seconds: u64) -> String {
    let mut days = seconds / 86_400;
    let mut year = 1970;
    let leap =
        |year: u64| year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    while days >= 365 + u64::from(leap(year)) {
        days -= 365 + u64::from(leap(year));
        year += 1;
    }
    let february = 28 + u64::from(leap(year));
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}", days + 1)
}

fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    assert!(key.len() <= 64, "a longer key must be hashed first");
    let pad = |mask: u8| {
        let mut block = [mask; 64];
        for (byte, key) in block.iter_mut().zip(key) {
            *byte ^= key;
        }
        block
    };
    let inner = Sha256::new()
        .chain_update(pad(0x36))
        .chain_update(text)
        .finalize();
    let outer = Sha256::new()
        .chain_update(pad(0x5c))
        .chain_update(inner)
        .finalize();
    outer.to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
