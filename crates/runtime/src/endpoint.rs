use http::{HeaderValue, Uri, uri::Authority};

use crate::Error;

/// What an endpoint may be, for messages.
const FORM: &str = "it may be a host or host:port, which is called over https, or one with `https://` or `http://` before it";

/// Where requests go.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    /// Scheme, host and port with the path `/`.
    pub(crate) uri: Uri,
    /// The host, with its port if the endpoint names one: what is signed and sent as `Host`.
    pub(crate) host: HeaderValue,
}

impl Endpoint {
    /// Reads an endpoint: a host, perhaps a port, perhaps a scheme. Only `http://` leads to calls in the clear.
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let refused = |problem: &str| {
            Error::setting(
                "endpoint",
                format_args!("`{}` {problem}; {FORM}", text.escape_debug()),
            )
        };

        let (scheme, rest) = text.split_once("://").unwrap_or(("https", text));
        let scheme = scheme.to_ascii_lowercase();
        if !matches!(scheme.as_str(), "https" | "http") {
            return Err(refused("has an unknown scheme"));
        }
        // Signed header values are in lower case, so the host is sent like that as well.
        let rest = rest.strip_suffix('/').unwrap_or(rest).to_ascii_lowercase();
        if rest.is_empty() {
            return Err(refused("has no host"));
        }
        if rest.contains(['/', '?', '#']) {
            return Err(refused("has a path, and all calls go to `/`"));
        }
        if rest.contains('@') {
            // It is not quoted: what stands before the `@` is as a rule a password.
            return Err(Error::setting(
                "endpoint",
                format_args!("names a user; {FORM}"),
            ));
        }
        let (host, port) = split(&rest);
        if !is_host(host) {
            return Err(refused("has a host that cannot be one"));
        }
        if port.is_some_and(|port| !is_port(port)) {
            return Err(refused("has a port that is not between 1 and 65535"));
        }

        let authority = Authority::try_from(rest.as_str()).map_err(|_| refused("is no host"))?;
        let host = HeaderValue::from_str(&rest).map_err(|_| refused("is no host"))?;
        let uri = Uri::builder()
            .scheme(scheme.as_str())
            .authority(authority)
            .path_and_query("/")
            .build()
            .map_err(|_| refused("is no host"))?;
        Ok(Self { uri, host })
    }

    /// The host as it is signed.
    pub(crate) fn host(&self) -> &str {
        self.uri.authority().map_or("", Authority::as_str)
    }
}

/// Host and port; a colon within the brackets of an IPv6 address is none before a port.
fn split(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

fn is_host(host: &str) -> bool {
    match host.strip_prefix('[') {
        Some(address) => address
            .strip_suffix(']')
            .is_some_and(|address| address.parse::<std::net::Ipv6Addr>().is_ok()),
        None => {
            !host.is_empty()
                && host.split('.').all(|label| !label.is_empty())
                && host
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
        }
    }
}

fn is_port(port: &str) -> bool {
    port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_hosts_with_and_without_scheme_and_port() {
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
            let endpoint = Endpoint::parse(text).unwrap();
            assert_eq!(endpoint.uri.to_string(), uri);
            assert_eq!(endpoint.host, host);
            assert_eq!(endpoint.host(), host);
        }
    }

    #[test]
    fn refuses_what_is_no_endpoint() {
        for (text, problem) in [
            ("", "has no host"),
            ("https://", "has no host"),
            ("ftp://example.com", "has an unknown scheme"),
            ("https://example.com/v1", "has a path"),
            ("example.com?x=1", "has a path"),
            ("https://me:planted@example.com", "names a user"),
            ("exa mple.com", "has a host that cannot be one"),
            ("example.com\r\nX-Evil: 1", "has a host that cannot be one"),
            ("exämple.com", "has a host that cannot be one"),
            ("example..com", "has a host that cannot be one"),
            (":80", "has a host that cannot be one"),
            ("::1", "has a host that cannot be one"),
            ("[::g]:80", "has a host that cannot be one"),
            ("example.com:", "has a port"),
            ("example.com:0", "has a port"),
            ("example.com:65536", "has a port"),
            ("example.com:+80", "has a port"),
        ] {
            let error = Endpoint::parse(text).unwrap_err().to_string();
            assert!(error.starts_with("setting `endpoint`: "), "{error}");
            assert!(error.contains(problem), "{text:?}: {error}");
            assert!(error.contains(FORM), "{error}");
            assert!(!error.contains("planted"), "{error}");
        }
    }
}
