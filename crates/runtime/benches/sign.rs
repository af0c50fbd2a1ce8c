//! Cost of a signature, compared with the minimum of hashing by plain `sha2`: the body, the canonical request, which contains
//! the digest of the body, and one HMAC with a derived key of a text that contains the digest of the canonical request.

mod ratio;

use std::hint::black_box;

use hmac::{Hmac, KeyInit as _, Mac as _};
use ratio::ratio;
use sha2::{Digest as _, Sha256};
use tc3::{
    Credential,
    signature::{Signer, canonical_request, credential_scope, string_to_sign},
};

const TIMESTAMP: u64 = 1_551_113_065;
const BODY: &[u8] =
    br#"{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}"#;
const HEADERS: [(&str, &str); 3] = [
    ("content-type", "application/json"),
    ("host", "cvm.tencentcloudapi.com"),
    ("x-tc-action", "DescribeInstances"),
];

fn main() {
    let canonical = canonical_request(&HEADERS, BODY);
    let to_sign = string_to_sign(TIMESTAMP, &credential_scope(TIMESTAMP, "cvm"), &canonical);
    let key = Hmac::<Sha256>::new_from_slice(&[7; 32]).expect("HMAC takes keys of any length");
    // Both end with a digest of 64 digits. Formatting digits is not part of the minimum, which hashes the 32 bytes twice.
    let (canonical, _) = canonical.as_bytes().split_at(canonical.len() - 64);
    let (to_sign, _) = to_sign.as_bytes().split_at(to_sign.len() - 64);
    let minimum = || {
        let body = Sha256::digest(black_box(BODY));
        let request = Sha256::new_with_prefix(black_box(canonical));
        let request = request.chain_update(body).chain_update(body).finalize();
        let mut mac = black_box(&key).clone();
        mac.update(black_box(to_sign));
        mac.update(&request);
        mac.update(&request);
        mac.finalize()
    };
    let (common, own) = HEADERS.split_at(2);
    let signer = Signer::new("cvm", common);
    let credential = Credential::new("AKIDEXAMPLE", "example-key");
    let sign = |signer: &Signer| {
        signer.authorization(
            &credential,
            black_box(TIMESTAMP),
            black_box(own),
            black_box(BODY),
        )
    };
    let cached = || sign(&signer);
    let uncached = || sign(&Signer::new("cvm", common));

    println!(
        "signing takes {:.2} times the minimum with a cached key, {:.2} times without",
        ratio(cached, minimum, 1_000),
        ratio(uncached, minimum, 1_000)
    );
}
