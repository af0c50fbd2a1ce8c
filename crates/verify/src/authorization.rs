/// The parts of an `Authorization` header.
#[derive(Debug)]
pub(crate) struct Authorization<'h> {
    pub(crate) algorithm: &'h str,
    /// Day, service and `tc3_request`.
    pub(crate) scope: &'h str,
    pub(crate) signed_headers: &'h str,
    pub(crate) signature: &'h str,
}

/// The expected form of a header, for messages.
pub(crate) const FORM: &str = "the header must be `TC3-HMAC-SHA256 Credential=ID/DAY/SERVICE/tc3_request, SignedHeaders=NAMES, Signature=HEX`";

impl<'h> Authorization<'h> {
    /// Parses a header. Spaces around its parts are ignored.
    pub(crate) fn parse(header: &'h str) -> Option<Self> {
        let (algorithm, rest) = header.trim().split_once(' ')?;
        let mut parts = rest.split(',').map(str::trim);
        let mut part = |name: &str| parts.next()?.strip_prefix(name);
        let credential = part("Credential=")?;
        let signed_headers = part("SignedHeaders=")?;
        let signature = part("Signature=")?;
        let (_, scope) = credential.split_once('/')?;
        parts.next().is_none().then_some(Self {
            algorithm,
            scope,
            signed_headers,
            signature,
        })
    }
}
