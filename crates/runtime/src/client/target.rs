use http::HeaderValue;

use crate::{Credential, Error, Service, Site, endpoint::Endpoint, signature::Signer};

/// Content type of all requests, which is signed.
pub(super) const CONTENT_TYPE: &str = "application/json";

/// Method [`Signer::authorization`] of a signer.
///
/// The trait object hides the generic hash states of the signer from the compiler. Otherwise it would resolve their types
/// in every `send` of generated code, because a `Call` contains them. That takes a fifth of the time of `cargo check`.
type Sign = dyn Fn(&Credential, u64, &[(&str, &str)], &[u8]) -> String + Send + Sync;

/// Endpoint that requests are sent to, with its signer.
pub(super) struct Target {
    pub(super) endpoint: Endpoint,
    pub(super) sign: Box<Sign>,
}

impl Target {
    /// Returns the target with this endpoint. `setting` is its name in errors.
    pub(super) fn new(service: &Service, setting: &str, endpoint: &str) -> Result<Self, Error> {
        let endpoint = Endpoint::parse(setting, endpoint)?;
        let headers = [("content-type", CONTENT_TYPE), ("host", endpoint.host())];
        let signer = Signer::new(service.name, &headers);
        Ok(Self {
            endpoint,
            sign: Box::new(move |credential, timestamp, headers, body| {
                signer.authorization(credential, timestamp, headers, body)
            }),
        })
    }

    /// Returns the target of a site; by default the documented endpoint.
    pub(super) fn of_site(
        service: &Service,
        site: Option<Site>,
        region: Option<&HeaderValue>,
    ) -> Result<Self, Error> {
        let name = service.name;
        let region = region.and_then(|region| region.to_str().ok());
        let endpoint = match (site, region) {
            (None, _) => service.endpoint.to_owned(),
            (Some(Site::International), _) => format!("{name}.intl.tencentcloudapi.com"),
            (Some(Site::Mainland), _) => format!("{name}.tencentcloudapi.com"),
            (Some(Site::Regional), Some(region)) => format!("{name}.{region}.tencentcloudapi.com"),
            (Some(Site::Regional), None) => {
                let problem =
                    "a regional site needs a region; set `region`, or choose another site";
                return Err(Error::setting("site", problem));
            }
        };
        Self::new(service, "endpoint", &endpoint)
    }
}
