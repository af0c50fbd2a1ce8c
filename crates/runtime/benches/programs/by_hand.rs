use std::{env, fmt::Write as _, time::SystemTime};

use hmac::{Hmac, KeyInit as _, Mac as _};
use http_body_util::{BodyExt as _, Full};
use hyper::{Request, body::Bytes};
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

const HOST: &str = "member.tencentcloudapi.com";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// Returns the day of a Unix time in seconds.
fn date(timestamp: u64) -> String {
    let days = timestamp / 86_400 + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    format!("{year}-{month:02}-{day:02}")
}

fn request() -> Request<Full<Bytes>> {
    let variable = |name| env::var(name).unwrap_or_default();
    let (id, key) = (
        variable("TENCENTCLOUD_SECRET_ID"),
        variable("TENCENTCLOUD_SECRET_KEY"),
    );
    let body = json!({"Name": "Ada"}).to_string();
    let timestamp = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs();
    let day = date(timestamp);
    let scope = format!("{day}/member/tc3_request");
    let canonical = format!(
        "POST\n/\n\ncontent-type:application/json\nhost:{HOST}\n\ncontent-type;host\n{}",
        hex(&Sha256::digest(&body))
    );
    let to_sign = format!(
        "TC3-HMAC-SHA256\n{timestamp}\n{scope}\n{}",
        hex(&Sha256::digest(canonical))
    );
    let start = format!("TC3{key}");
    let key = [&*day, "member", "tc3_request"]
        .iter()
        .fold(start.into_bytes(), |key, text| hmac(&key, text));
    let signature = hex(&hmac(&key, &to_sign));
    let authorization = format!(
        "TC3-HMAC-SHA256 Credential={id}/{scope}, SignedHeaders=content-type;host, Signature={signature}"
    );
    Request::post(format!("https://{HOST}/"))
        .header("authorization", authorization)
        .header("content-type", "application/json")
        .header("x-tc-action", "FindMember")
        .header("x-tc-version", "2021-03-31")
        .header("x-tc-timestamp", timestamp)
        .body(Full::new(Bytes::from(body)))
        .unwrap()
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let body = runtime.block_on(async {
        let provider = rustls::crypto::ring::default_provider();
        let https = hyper_rustls::HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(provider)
            .unwrap()
            .https_or_http()
            .enable_http1()
            .build();
        let client = Client::builder(TokioExecutor::new()).build(https);
        let response = client
            .request(request())
            .await
            .map_err(|error| error.to_string())?;
        let body = response.into_body().collect().await;
        body.map(|body| body.to_bytes())
            .map_err(|error| error.to_string())
    });
    let json =
        body.map(|body| serde_json::from_slice::<Value>(&body).map_err(|error| error.to_string()));
    println!("{json:?}");
}
