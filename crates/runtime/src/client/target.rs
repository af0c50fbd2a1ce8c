use http::HeaderValue;

use crate::{Error, Service, Site, endpoint::Endpoint, signature::Signer};

/// Content type of all requests, which is signed.
pub(super) const CONTENT_TYPE: &str = "application/json";

/// Endpoint that requests are sent to, and the signer for it.
pub(super) struct Target {
    pub(super) endpoint: Endpoint,
    pub(super) signer: Signer,
}

impl Target {
    /// Returns the target at the endpoint of a setting.
    pub(super) fn at(service: &Service, setting: &str, endpoint: &str) -> Result<Self, Error> {
        let endpoint = Endpoint::parse(setting, endpoint)?;
        let headers = [("content-type", CONTENT_TYPE), ("host", endpoint.host())];
        let signer = Signer::new(service.name, &headers);
        Ok(Self { endpoint, signer })
    }

    /// Returns the target on a site, by default the endpoint that the documentation names.
    pub(super) fn on(
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
        Self::at(service, "endpoint", &endpoint)
    }
}
