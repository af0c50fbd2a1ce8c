use tc3::signature::{canonical_request, string_to_sign};
use tc3::transport::http::{HeaderMap, Request};

use crate::authorization::Authorization;

/// The steps of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps {
    /// The canonical request.
    pub canonical_request: String,
    /// The string to sign.
    pub string_to_sign: String,
    /// The scope of the credential: day, service and `tc3_request`.
    pub scope: String,
    /// The names of the signed headers, separated by semicolons.
    pub signed_headers: String,
    /// The signature, as hexadecimal digits.
    pub signature: String,
}

impl Steps {
    /// Returns the steps of a signed request; `None` if it is not signed with TC3-HMAC-SHA256.
    pub fn of<B: AsRef<[u8]>>(request: &Request<B>) -> Option<Self> {
        let headers = request.headers();
        let authorization = Authorization::parse(text(headers, "authorization")?)?;
        let timestamp = text(headers, "x-tc-timestamp")?.parse().ok()?;
        let names = authorization.signed_headers.split(';');
        let signed: Option<Vec<_>> = names
            .map(|name| Some((name, text(headers, name)?)))
            .collect();
        let canonical_request = canonical_request(&signed?, request.body().as_ref());
        let scope = authorization.scope;
        Some(Self {
            string_to_sign: string_to_sign(timestamp, scope, &canonical_request),
            canonical_request,
            scope: scope.to_owned(),
            signed_headers: authorization.signed_headers.to_owned(),
            signature: authorization.signature.to_owned(),
        })
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}
