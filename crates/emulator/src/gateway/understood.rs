use serde::Serialize;
use serde_json::{Map, Value};

/// The parts of a request that the gateway parsed before it finished or failed.
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
    /// The calling account, set once the signature is verified.
    pub caller: Option<u64>,
    /// The time of the signature: Unix time in seconds.
    pub timestamp: Option<u64>,
    /// The signed headers in lower case, in listed order.
    pub signed_headers: Vec<String>,
    /// The parameters from body or query; not kept for bodies above 16 KiB.
    pub parameters: Option<Map<String, Value>>,
}
