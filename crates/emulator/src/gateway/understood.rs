use serde::Serialize;
use serde_json::{Map, Value};

/// What the gateway made of a request, as far as it came.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Understood {
    /// The service's short name.
    pub service: Option<String>,
    /// The version of the service.
    pub version: Option<String>,
    /// The action.
    pub action: Option<String>,
    /// The region.
    pub region: Option<String>,
    /// The secret id.
    pub secret_id: Option<String>,
    /// The account that calls, once the signature was found to be right.
    pub caller: Option<u64>,
    /// The signature's time: Unix time in seconds.
    pub timestamp: Option<u64>,
    /// The signed headers in lower case, in the order in which they are listed.
    pub signed_headers: Vec<String>,
    /// The parameters, whichever way the request carried them; not kept of bodies above 16 KiB.
    pub parameters: Option<Map<String, Value>>,
}
