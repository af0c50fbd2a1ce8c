//! The call to print.

use serde_json::{Map, Value};
use tc3_spec::{Site, Spec, did_you_mean, is_service, is_version};

use crate::error::Error;
use crate::typed::{Structure, is_word};

/// A call of an action.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The service version with all of its actions, because Rust names depend on them.
    pub spec: &'a Spec,
    /// The action.
    pub action: &'a str,
    /// The parameters that are set.
    pub parameters: &'a Map<String, Value>,
    /// The region, if the call has one.
    pub region: Option<&'a str>,
    /// The endpoint, if it is not the service's own: a host or host:port, optionally after `https://` or `http://`.
    pub endpoint: Option<&'a str>,
}

/// A call whose names, region, endpoint and numbers are valid.
pub(crate) struct Checked<'a> {
    pub(crate) spec: &'a Spec,
    pub(crate) action: &'a str,
    pub(crate) parameters: &'a Map<String, Value>,
    pub(crate) region: Option<&'a str>,
    /// The given endpoint in lower case.
    pub(crate) endpoint: Option<String>,
    /// Whether the scheme of the endpoint is http.
    pub(crate) is_http: bool,
    /// The host, with its port if it has one.
    pub(crate) host: String,
    pub(crate) site: Site,
    /// The parameters with their documented types.
    pub(crate) request: Structure<'a>,
}

impl<'a> Checked<'a> {
    pub(crate) fn new(call: &Call<'a>) -> Result<Self, Error> {
        let Call {
            spec,
            action,
            parameters,
            region,
            endpoint,
        } = *call;
        let Some((action, documented)) = spec.actions.get_key_value(action) else {
            let names = spec.actions.keys().map(String::as_str);
            return Err(Error::Spec(tc3_codegen::Error::UnknownAction {
                service: spec.service.clone(),
                version: spec.version.clone(),
                name: action.to_owned(),
                hint: did_you_mean(action, names),
            }));
        };
        if !is_service(&spec.service) || !is_version(&spec.version) || !is_word(action) {
            // Its error includes the position in the spec.
            tc3_codegen::call_names(spec, action)?;
        }
        if let Some(region) = region.filter(|region| !is_region(region)) {
            return Err(Error::Region(region.to_owned()));
        }
        // The signature covers the host in lower case, so the request must send it in lower case.
        let given = endpoint.unwrap_or(&spec.endpoint);
        let lower = given.to_ascii_lowercase();
        let (scheme, host) = lower.split_once("://").unwrap_or(("https", &lower));
        let host = host.strip_suffix('/').unwrap_or(host);
        if given.contains('@') {
            return Err(Error::EndpointUser);
        }
        if !["http", "https"].contains(&scheme) || !is_host(host) {
            return Err(Error::Endpoint(given.to_owned()));
        }
        parameters.values().try_for_each(check_numbers)?;
        let is_intl = spec.endpoint == Site::Intl.endpoint(&spec.service);
        Ok(Self {
            spec,
            action,
            parameters,
            region,
            is_http: scheme == "http",
            host: host.to_owned(),
            endpoint: endpoint.is_some().then_some(lower),
            site: if is_intl { Site::Intl } else { Site::Mainland },
            request: Structure::new(spec, action, &documented.request, parameters),
        })
    }

    /// Returns the host for the vendor's SDKs, unless it is their default.
    pub(crate) fn sdk_host(&self) -> Option<&str> {
        let default = Site::Mainland.endpoint(&self.spec.service);
        (self.is_http || self.host != default).then_some(&*self.host)
    }

    /// Returns a comment if the first label of the host is not the service: most SDKs sign for this label, and have no
    /// setting for the service. The SDKs for Python and Go sign for the service.
    pub(crate) fn other_label(&self) -> Option<String> {
        let service = &self.spec.service;
        let label = self.host.split('.').next().unwrap_or_default();
        (label != service).then(|| {
            format!(
                "This SDK signs for `{label}`, the first label of the endpoint. If the server checks this, use a host name\n\
                 that begins with `{service}.`, for example one in your hosts file."
            )
        })
    }

    /// Returns the suffix of the vendor's package names for the site. Only packages of the mainland site have an
    /// untyped client, which serves both sites.
    pub(crate) fn suffix(&self, is_typed: bool) -> &'static str {
        match self.site {
            Site::Intl if is_typed => "-intl-en",
            Site::Intl | Site::Mainland => "",
        }
    }

    /// Returns the version without separators: `20170312`.
    pub(crate) fn digits(&self) -> String {
        self.spec.version.replace('-', "")
    }

    /// Returns the service name in class names: `Cvm`.
    pub(crate) fn class(&self) -> String {
        capitalized(&self.spec.service)
    }
}

/// Returns the name with an initial capital, as in the vendor's SDKs.
pub(crate) fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

fn is_region(text: &str) -> bool {
    let is_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    !text.is_empty() && !text.starts_with('-') && text.bytes().all(is_byte)
}

fn is_host(text: &str) -> bool {
    let is_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:[]".contains(&byte);
    !text.is_empty() && !text.starts_with('-') && text.bytes().all(is_byte)
}

fn check_numbers(value: &Value) -> Result<(), Error> {
    match value {
        Value::Number(number) => {
            let number = number.to_string();
            let is_finite = number.parse().is_ok_and(f64::is_finite);
            is_finite.then_some(()).ok_or(Error::Number(number))
        }
        Value::Array(values) => values.iter().try_for_each(check_numbers),
        Value::Object(members) => members.values().try_for_each(check_numbers),
        _ => Ok(()),
    }
}
