use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request, header};
use zeroize::Zeroizing;

use super::target::{CONTENT_TYPE, Target};
use crate::{Credential, Error, Language, Region, Service, Site, operation::Operation};

const USER_AGENT: &str = concat!("tc3/", env!("CARGO_PKG_VERSION"), " (Rust)");

const X_TC_ACTION: HeaderName = HeaderName::from_static("x-tc-action");
const X_TC_LANGUAGE: HeaderName = HeaderName::from_static("x-tc-language");
const X_TC_REGION: HeaderName = HeaderName::from_static("x-tc-region");
const X_TC_TIMESTAMP: HeaderName = HeaderName::from_static("x-tc-timestamp");
const X_TC_TOKEN: HeaderName = HeaderName::from_static("x-tc-token");
const X_TC_VERSION: HeaderName = HeaderName::from_static("x-tc-version");

/// Request without its signature.
pub(super) struct Unsigned {
    pub(super) operation: Operation,
    /// Version of the service that the action belongs to.
    pub(super) service: &'static Service,
    pub(super) body: Bytes,
    pub(super) target: Arc<Target>,
    /// Site that the target belongs to; `None` if an endpoint was set.
    pub(super) site: Option<Site>,
    /// Region of the call. Not all actions send it.
    pub(super) region: Option<HeaderValue>,
    pub(super) language: Option<Language>,
}

/// Signature data of a request: its credential and its time. `timestamp` is Unix time in seconds.
pub(super) struct Signed {
    pub(super) credential: Credential,
    pub(super) timestamp: u64,
}

impl Unsigned {
    pub(super) fn set_region(&mut self, region: HeaderValue) -> Result<(), Error> {
        if self.site == Some(Site::Regional) {
            self.target = Arc::new(Target::of_site(self.service, self.site, Some(&region))?);
        }
        self.region = Some(region);
        Ok(())
    }

    /// Returns the region that is sent.
    pub(super) fn region_sent(&self) -> Option<&HeaderValue> {
        let region = self.region.as_ref();
        region.filter(|_| self.operation.region() != Region::Unused)
    }

    /// Builds the request of an attempt, with its signature.
    pub(super) fn sign(&self, signed: &Signed) -> Result<Request<Bytes>, Error> {
        let Target { endpoint, sign } = &*self.target;
        let (credential, timestamp) = (&signed.credential, signed.timestamp);
        let signed_headers = [("x-tc-action", self.operation.name())];
        let mut values = sign(credential, timestamp, &signed_headers, &self.body);

        // The values that differ between requests share one buffer, which saves an allocation for each of them.
        let authorization = ..values.len();
        let mut digits = itoa::Buffer::new();
        values.push_str(digits.format(timestamp));
        let timestamp = authorization.end..values.len();
        values.push_str(digits.format(self.body.len()));
        let content_length = timestamp.end..;
        // Wiped with the last header, because the secret ID is among them.
        let values = Bytes::from_owner(Zeroizing::new(values));

        let mut request = Request::new(self.body.clone());
        *request.method_mut() = Method::POST;
        *request.uri_mut() = endpoint.uri.clone();
        let headers = request.headers_mut();
        headers.reserve(11);
        headers.insert(header::HOST, endpoint.host.clone());
        if let Some(region) = self.region_sent() {
            headers.insert(X_TC_REGION, region.clone());
        }
        if let Some(language) = self.language {
            headers.insert(X_TC_LANGUAGE, language.header());
        }
        let mut insert = |name, value| {
            let mut value = HeaderValue::from_maybe_shared(value).map_err(|error| {
                let problem = "action, version or credential is invalid in a header";
                Error::request(problem).with_source(error)
            })?;
            value.set_sensitive(name == header::AUTHORIZATION || name == X_TC_TOKEN);
            headers.insert(name, value);
            Ok::<_, Error>(())
        };
        insert(header::CONTENT_TYPE, CONTENT_TYPE.into())?;
        insert(header::CONTENT_LENGTH, values.slice(content_length))?;
        insert(header::USER_AGENT, USER_AGENT.into())?;
        insert(header::AUTHORIZATION, values.slice(authorization))?;
        insert(X_TC_ACTION, self.operation.name_bytes())?;
        insert(X_TC_VERSION, self.service.version.into())?;
        insert(X_TC_TIMESTAMP, values.slice(timestamp))?;
        if let Some(token) = credential.shared_token() {
            insert(X_TC_TOKEN, token)?;
        }
        Ok(request)
    }
}
