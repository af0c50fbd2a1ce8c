//! Requests as text.

use tc3::transport::http::HeaderMap;
use tc3_calls::Exchange;
use tc3_verify::Steps;

/// Returns the request as text, without the session token of the credential.
pub(crate) fn request_text(exchange: &Exchange) -> String {
    let mut text = format!("{} {}\n", exchange.request.method(), exchange.request.uri());
    text += &headers(exchange.request.headers());
    text + "\n" + &String::from_utf8_lossy(exchange.request.body()) + "\n"
}

/// Returns the steps of the request's signature, and the header that they result in.
pub(crate) fn signature_text(exchange: &Exchange) -> String {
    let steps = Steps::of(&exchange.request);
    let steps = steps.map(|steps| steps_text(&steps)).unwrap_or_default();
    let header = exchange.request.headers().get("authorization");
    let header = header.map_or(&b""[..], |header| header.as_bytes());
    format!(
        "{steps}\n5 Authorization\n\n{}\n",
        String::from_utf8_lossy(header)
    )
}

/// Returns the steps of a signature as text.
fn steps_text(steps: &Steps) -> String {
    let Steps {
        canonical_request,
        string_to_sign,
        scope,
        signature,
        ..
    } = steps;
    let mut parts = scope.split('/');
    let [day, service] = [(); 2].map(|()| parts.next().unwrap_or_default());
    format!(
        "1 Canonical request\n\n{canonical_request}\n\n\
         2 String to sign\n\n{string_to_sign}\n\n\
         3 Signing key (secret)\n\n\
         HMAC-SHA256(HMAC-SHA256(HMAC-SHA256(\"TC3\" + secret key, \"{day}\"), \"{service}\"), \"tc3_request\")\n\n\
         4 Signature\n\n{signature}\n"
    )
}

/// Returns headers as text, one a line. The session token is a secret.
fn headers(headers: &HeaderMap) -> String {
    let lines = headers.iter().map(|(name, value)| {
        let value = match name.as_str() {
            "x-tc-token" => "[redacted]".into(),
            _ => String::from_utf8_lossy(value.as_bytes()),
        };
        format!("{name}: {value}\n")
    });
    lines.collect()
}
