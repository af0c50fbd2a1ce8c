//! Rules that keep web pages away from a server on a loopback address.
//!
//! A page of another site can make its visitor's browser send requests to this machine. [`Origins`] refuses them: by
//! `Host`, which also prevents DNS rebinding, and by `Origin` and `Sec-Fetch-Site`, which browsers add to requests of
//! pages.

#![forbid(unsafe_code)]

use std::net::SocketAddr;

use http::HeaderMap;

/// The origins under which a server can be reached.
#[derive(Clone, Debug)]
pub struct Origins {
    scheme: &'static str,
    /// Accepted values of `Host`; `None` if the address is not loopback, because its host names are unknown.
    hosts: Option<Vec<String>>,
}

impl Origins {
    /// Creates the rules of a server with the scheme `http` or `https` at an address.
    pub fn new(scheme: &'static str, address: SocketAddr) -> Self {
        let hosts = address.ip().is_loopback().then(|| hosts(scheme, address));
        Self { scheme, hosts }
    }

    /// Returns the origin of the server for a value of `Host`.
    pub fn of(&self, host: &str) -> String {
        format!("{}://{host}", self.scheme)
    }

    /// Checks that `Host` is a name of this server. With DNS rebinding, a page reaches the server by another name. If the
    /// server's address is not loopback, any name is accepted.
    ///
    /// # Errors
    /// Fails with the text of a response: subject, reason and remedy.
    pub fn check_host(&self, headers: &HeaderMap) -> Result<(), String> {
        let host = host(headers);
        match &self.hosts {
            Some(hosts) if !hosts.contains(&host) => Err(format!(
                "Host `{host}` is refused, because a web page may have sent the request; use one of {}",
                hosts.join(", ")
            )),
            _ => Ok(()),
        }
    }

    /// Checks that no page of another origin sent the request. [`check_host`](Self::check_host) must have accepted its
    /// `Host`.
    ///
    /// # Errors
    /// Fails with the text of a response: subject, reason and remedy.
    pub fn check_origin(&self, headers: &HeaderMap) -> Result<(), String> {
        let own = self.of(&host(headers));
        for (name, allowed) in [
            ("origin", &[own.as_str()][..]),
            ("sec-fetch-site", &["same-origin", "none"]),
        ] {
            let other = values(headers, name).find(|value| !allowed.contains(&value.as_str()));
            if let Some(other) = other {
                return Err(format!(
                    "{name} `{other}` is refused, because pages of other sites must not use this API; \
                     send the request from a program"
                ));
            }
        }
        Ok(())
    }
}

/// Returns the value of `Host` in lower case. Repeated values are joined, and so match no accepted value.
fn host(headers: &HeaderMap) -> String {
    let sent: Vec<String> = values(headers, "host").collect();
    sent.join(", ").to_ascii_lowercase()
}

/// Returns the trimmed values of a header. Invalid UTF-8 is replaced.
fn values(headers: &HeaderMap, name: &str) -> impl Iterator<Item = String> {
    let values = headers.get_all(name).into_iter();
    values.map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
}

/// Returns the accepted values of `Host` for a loopback address. They include the port, which clients omit if it is the
/// default of the scheme.
fn hosts(scheme: &str, address: SocketAddr) -> Vec<String> {
    let port = format!(":{}", address.port());
    let own = address.to_string();
    let mut names = vec!["127.0.0.1", "[::1]", "localhost"];
    let own = own.strip_suffix(&port).unwrap_or(&own);
    if !names.contains(&own) {
        names.push(own);
    }
    let mut hosts: Vec<String> = names.iter().map(|name| format!("{name}{port}")).collect();
    if matches!((scheme, address.port()), ("http", 80) | ("https", 443)) {
        hosts.extend(names.into_iter().map(str::to_owned));
    }
    hosts
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn foreign_hosts_are_refused() {
        let origins = Origins::new("http", "127.0.0.1:8080".parse().unwrap());
        let is_accepted = |host| origins.check_host(&headers(&[("host", host)])).is_ok();
        assert!(is_accepted("LOCALHOST:8080") && is_accepted("[::1]:8080"));
        for host in ["evil.example:8080", "localhost", "localhost:80", ""] {
            assert!(!is_accepted(host), "{host}");
        }
        let repeated = [("host", "localhost:8080"), ("host", "localhost:8080")];
        assert!(origins.check_host(&headers(&repeated)).is_err());
        assert!(origins.check_host(&headers(&[])).is_err());
        let public = Origins::new("http", "192.0.2.1:8080".parse().unwrap());
        assert_eq!(
            public.check_host(&headers(&[("host", "any.example")])),
            Ok(())
        );
    }

    #[test]
    fn foreign_origins_are_refused() {
        let origins = Origins::new("http", "127.0.0.1:8080".parse().unwrap());
        let is_accepted = |name, value| {
            let headers = headers(&[("host", "localhost:8080"), (name, value)]);
            origins.check_origin(&headers).is_ok()
        };
        assert!(is_accepted("origin", "http://localhost:8080"));
        assert!(is_accepted("sec-fetch-site", "same-origin"));
        for (name, value) in [
            ("origin", "http://127.0.0.1:8080"),
            ("origin", "https://localhost:8080"),
            ("origin", "null"),
            ("sec-fetch-site", "same-site"),
            ("sec-fetch-site", "cross-site"),
        ] {
            assert!(!is_accepted(name, value), "{name}: {value}");
        }
    }

    #[test]
    fn default_port_may_be_omitted() {
        let hosts = |scheme, address: &str| hosts(scheme, address.parse().unwrap()).join(" ");
        assert_eq!(
            hosts("http", "[::1]:443"),
            "127.0.0.1:443 [::1]:443 localhost:443"
        );
        assert_eq!(
            hosts("https", "127.0.0.2:443"),
            "127.0.0.1:443 [::1]:443 localhost:443 127.0.0.2:443 127.0.0.1 [::1] localhost 127.0.0.2"
        );
    }
}
