use std::num::NonZeroU16;

use http::{HeaderValue, Uri, uri::Authority};

use crate::Error;

/// Valid values, for errors.
pub(crate) const FORM: &str = "must be a host or host:port, optionally after `https://` or `http://`; the default scheme is https";

/// Server that requests are sent to.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    /// Scheme, host and port with the path `/`.
    pub(crate) uri: Uri,
    /// Host, with its port if the endpoint has one, as it is signed and sent in `Host`.
    pub(crate) host: HeaderValue,
}

impl Endpoint {
    /// Parses the endpoint of a setting: a host, optionally with a port and a scheme. Only `http://` disables TLS.
    pub(crate) fn parse(setting: &str, text: &str) -> Result<Self, Error> {
        let refused = |problem: &str| {
            let text = text.escape_debug();
            Error::setting(setting, format_args!("`{text}` {problem}; {FORM}"))
        };

        if text.contains('@') {
            // It is not quoted: before the `@` there is usually a password.
            let problem = format!("contains a user name; {FORM}");
            return Err(Error::setting(setting, problem));
        }
        let (scheme, rest) = text.split_once("://").unwrap_or(("https", text));
        let scheme = scheme.to_ascii_lowercase();
        if !matches!(scheme.as_str(), "https" | "http") {
            return Err(refused("has an unknown scheme"));
        }
        // Signed header values are in lower case, so the host is sent in lower case too.
        let rest = rest.strip_suffix('/').unwrap_or(rest).to_ascii_lowercase();
        if rest.is_empty() {
            return Err(refused("has no host"));
        }
        if rest.contains(['/', '?', '#']) {
            return Err(refused("has a path, and all calls go to `/`"));
        }
        // A colon within the brackets of an IPv6 address is not before a port.
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, Some(port)),
            _ => (rest.as_str(), None),
        };
        if !is_host(host) {
            return Err(refused("has an invalid host"));
        }
        let is_port = |port: &str| !port.starts_with('+') && port.parse::<NonZeroU16>().is_ok();
        if !port.is_none_or(is_port) {
            return Err(refused("has a port that is not between 1 and 65535"));
        }
        let uri = format!("{scheme}://{rest}/").parse();
        let uri = uri.map_err(|_| refused("has an invalid host"))?;
        let host = HeaderValue::try_from(rest).map_err(|_| refused("has an invalid host"))?;
        Ok(Self { uri, host })
    }

    /// Returns the host as it is signed.
    pub(crate) fn host(&self) -> &str {
        self.uri.authority().map_or("", Authority::as_str)
    }
}

fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[') {
        let address = address.strip_suffix(']');
        return address.is_some_and(|address| address.parse::<std::net::Ipv6Addr>().is_ok());
    }
    let is_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let is_label = |label: &str| !label.is_empty() && label.bytes().all(is_byte);
    host.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scheme_and_port_are_optional() {
        for (text, uri, host) in [
            (
                "cvm.tencentcloudapi.com",
                "https://cvm.tencentcloudapi.com/",
                "cvm.tencentcloudapi.com",
            ),
            (
                "CVM.TencentCloudAPI.com",
                "https://cvm.tencentcloudapi.com/",
                "cvm.tencentcloudapi.com",
            ),
            (
                "localhost:8443",
                "https://localhost:8443/",
                "localhost:8443",
            ),
            (
                "https://example.com:443/",
                "https://example.com:443/",
                "example.com:443",
            ),
            (
                "http://127.0.0.1:8080",
                "http://127.0.0.1:8080/",
                "127.0.0.1:8080",
            ),
            ("HTTP://[::1]:8080", "http://[::1]:8080/", "[::1]:8080"),
            ("http://[::1]", "http://[::1]/", "[::1]"),
        ] {
            let endpoint = Endpoint::parse("endpoint", text).unwrap();
            assert_eq!(endpoint.uri.to_string(), uri);
            assert_eq!(endpoint.host, host);
            assert_eq!(endpoint.host(), host);
        }
    }

    #[test]
    fn invalid_endpoint_is_refused() {
        for (text, problem) in [
            ("", "has no host"),
            ("https://", "has no host"),
            ("ftp://example.com", "has an unknown scheme"),
            ("https://example.com/v1", "has a path"),
            ("example.com?x=1", "has a path"),
            ("https://me:planted@example.com", "contains a user name"),
            ("ftp://me:planted@example.com", "contains a user name"),
            (
                "https://me:plan/planted@example.com",
                "contains a user name",
            ),
            ("me:p#planted@example.com", "contains a user name"),
            ("exa mple.com", "has an invalid host"),
            ("example.com\r\nX-Evil: 1", "has an invalid host"),
            ("exämple.com", "has an invalid host"),
            ("example..com", "has an invalid host"),
            (":80", "has an invalid host"),
            ("::1", "has an invalid host"),
            ("[::g]:80", "has an invalid host"),
            ("example.com:", "has a port"),
            ("example.com:0", "has a port"),
            ("example.com:65536", "has a port"),
            ("example.com:+80", "has a port"),
        ] {
            let error = Endpoint::parse("endpoint", text).unwrap_err().to_string();
            assert!(error.starts_with("setting `endpoint`: "), "{error}");
            assert!(error.contains(problem), "{text:?}: {error}");
            assert!(error.contains(FORM), "{error}");
            assert!(!error.contains("planted"), "{error}");
        }
    }
}
