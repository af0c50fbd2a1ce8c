use std::{collections::BTreeMap, ffi::OsString};

use http::{Uri, uri::Authority};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use zeroize::Zeroizing;

use crate::{Error, variables};

/// Valid values, for errors. The value itself is not quoted, because it may contain a password.
const FORM: &str = "must be `http://host:port` or `https://host:port`, with `user:password@` before the host if the proxy requires it; set `no_proxy` to ignore the environment";

/// Metadata server of virtual machines.
const METADATA: &str = "metadata.tencentyun.com";

/// Selects the proxy of a request.
pub(crate) struct Proxies {
    matcher: Matcher,
    /// Hosts that are called directly only at one port.
    direct_ports: Vec<(u16, Matcher)>,
    /// Error of http requests, if the proxy for http is not supported and https requests can be sent.
    unsupported: Option<Error>,
}

impl Proxies {
    /// Uses no proxy.
    pub(super) fn none() -> Self {
        Self::new([None, None], "")
    }

    /// Uses one proxy for all requests.
    pub(super) fn all(setting: &str, url: &str) -> Result<Self, Error> {
        let url = check(setting, url)?;
        Ok(Self::new([Some(url.clone()), Some(url)], ""))
    }

    /// Reads the environment variables, in upper or lower case: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` for both, and
    /// `NO_PROXY`. An invalid value is an error: ignoring it would send requests directly, which could expose them. A SOCKS
    /// proxy is an error too. If only http would use it, only http requests fail, because `ALL_PROXY` may be meant for
    /// other programs.
    pub(super) fn from_env(lookup: impl Fn(&str) -> Option<OsString>) -> Result<Self, Error> {
        let first = |names: &[&'static str]| variables::first(&lookup, names);
        let checked = |proxy: &Option<(&'static str, String)>| {
            let proxy = proxy.as_ref();
            proxy.map(|(name, url)| check(name, url)).transpose()
        };
        // In a CGI program, the header `Proxy` of a request sets `HTTP_PROXY`, so the variable cannot be trusted.
        let http: &[_] = match lookup("REQUEST_METHOD") {
            Some(_) => &["http_proxy"],
            None => &["HTTP_PROXY", "http_proxy"],
        };
        let proxy = |names: &[&'static str]| match first(names)? {
            None => first(&["ALL_PROXY", "all_proxy"]),
            found => Ok(found),
        };
        let http = proxy(http)?;
        let https = checked(&proxy(&["HTTPS_PROXY", "https_proxy"])?)?;
        let is_socks = |(_, url): &(_, String)| url.to_ascii_lowercase().starts_with("socks");
        let (http, unsupported) = match checked(&http) {
            Err(error) if http.as_ref().is_some_and(is_socks) => {
                // A placeholder, so that requests that bypass the proxy can be distinguished.
                (Some("http://unsupported".to_owned().into()), Some(error))
            }
            url => (url?, None),
        };
        let (_, no_proxy) = first(&["NO_PROXY", "no_proxy"])?.unwrap_or_default();
        Ok(Self {
            unsupported,
            ..Self::new([http, https], &no_proxy)
        })
    }

    fn new(urls: [Option<Zeroizing<String>>; 2], no_proxy: &str) -> Self {
        let urls = urls.map(Option::unwrap_or_default);
        let (mut all_ports, direct_ports) = parse_no_proxy(no_proxy);
        // Behind a proxy, the metadata server cannot identify the machine.
        all_ports.push(METADATA.to_owned());
        let matcher = Matcher::builder().http(&*urls[0]).https(&*urls[1]);
        Self {
            matcher: matcher.no(all_ports.join(",")).build(),
            direct_ports,
            unsupported: None,
        }
    }

    /// Returns the proxy for a request to this URI.
    pub(super) fn intercept(&self, uri: &Uri) -> Result<Option<Intercept>, Error> {
        let is_https = uri.scheme_str() == Some("https");
        let port = uri.port_u16().unwrap_or(if is_https { 443 } else { 80 });
        let mut direct = self.direct_ports.iter();
        if direct.any(|(direct, hosts)| *direct == port && hosts.intercept(uri).is_none()) {
            return Ok(None);
        }
        match (self.matcher.intercept(uri), &self.unsupported) {
            (Some(_), Some(error)) if !is_https => Err(error.clone()),
            (proxy, _) => Ok(proxy),
        }
    }
}

/// Checks and normalizes the URL of a proxy. The matcher silently ignores invalid URLs.
fn check(setting: &str, url: &str) -> Result<Zeroizing<String>, Error> {
    let refused = |problem: &str| Error::setting(setting, format_args!("{problem}; {FORM}"));

    let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
    let scheme = scheme.to_ascii_lowercase();
    if scheme.starts_with("socks") {
        return Err(refused("SOCKS proxies are not supported"));
    }
    if !matches!(scheme.as_str(), "http" | "https") {
        return Err(refused("the scheme is not supported"));
    }
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let (user, host) = match rest.rsplit_once('@') {
        Some((user, host)) => (encode_user(user), host),
        None => (Some(Zeroizing::default()), rest),
    };
    let user = user
        .ok_or_else(|| refused("the user name or the password has an invalid percent-encoding"))?;
    let authority =
        Authority::try_from(host).map_err(|_| refused("the host is missing or invalid"))?;
    let port = authority.port_u16();
    // `Authority` returns no port if the port is invalid.
    if port == Some(0) || (port.is_none() && authority.host() != host) {
        return Err(refused("the port is invalid"));
    }
    let url = Zeroizing::new(format!("{scheme}://{}{host}", *user));
    let matcher = Matcher::builder().all(&*url).build();
    let target = Uri::from_static("http://host/");
    if authority.host().is_empty() || matcher.intercept(&target).is_none() {
        return Err(refused("the URL is invalid"));
    }
    Ok(url)
}

/// Percent-encodes the user name and the password, because the matcher would end them at an `@` or a `/`. Returns
/// `None` if they contain an invalid escape.
fn encode_user(user: &str) -> Option<Zeroizing<String>> {
    const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'%').remove(b':');
    let is_escape = |rest: &str| {
        let digits = rest.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    let is_valid = user.split('%').skip(1).all(is_escape);
    percent_decode_str(user).decode_utf8().ok()?;
    is_valid.then(|| Zeroizing::new(format!("{}@", utf8_percent_encode(user, ESCAPED))))
}

/// Parses a `NO_PROXY` list for the matcher: the hosts that are called directly at all ports, and those at one port.
///
/// Items are separated by commas or spaces. The matcher supports neither ports nor `*.example.com`, dots at the end and
/// brackets around addresses, and its `*` does not include addresses.
fn parse_no_proxy(list: &str) -> (Vec<String>, Vec<(u16, Matcher)>) {
    let (mut all_ports, mut by_port) = (Vec::new(), BTreeMap::<u16, Vec<String>>::new());
    for item in list.split(|c: char| c == ',' || c.is_whitespace()) {
        // More than one colon means an IPv6 address, which has a port only after brackets.
        let is_ipv6 = item.matches(':').count() > 1 && !item.contains("]:");
        let (host, port) = match item.rsplit_once(':') {
            Some((host, port)) if !is_ipv6 => match port.parse() {
                Ok(port) => (host, Some(port)),
                Err(_) => continue,
            },
            _ => (item, None),
        };
        let hosts = match port {
            Some(port) => by_port.entry(port).or_default(),
            None => &mut all_ports,
        };
        let host = host.replace(['[', ']'], "");
        match host.trim_start_matches('*').trim_end_matches('.') {
            "" if host == "*" => hosts.extend(["*", "0.0.0.0/0", "::/0"].map(str::to_owned)),
            "" => {}
            host => hosts.push(host.to_owned()),
        }
    }
    let matcher = |hosts: Vec<String>| {
        let any = Matcher::builder().all("http://any");
        any.no(hosts.join(",")).build()
    };
    let by_port = by_port.into_iter();
    let by_port = by_port.map(|(port, hosts)| (port, matcher(hosts)));
    (all_ports, by_port.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxy(variables: &'static [(&str, &str)], uri: &'static str) -> Option<String> {
        let lookup = |name: &str| {
            let found = variables.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).into())
        };
        let proxies = Proxies::from_env(lookup).unwrap();
        let proxy = proxies.intercept(&Uri::from_static(uri)).unwrap();
        proxy.map(|proxy| proxy.uri().to_string())
    }

    #[test]
    fn environment_is_read() {
        let https = "https://cvm.tencentcloudapi.com/";
        let http = "http://cvm.tencentcloudapi.com/";
        assert_eq!(proxy(&[], https), None);
        let of_https = &[("HTTPS_PROXY", "http://a:1")];
        assert_eq!(proxy(of_https, https).unwrap(), "http://a:1/");
        assert_eq!(proxy(of_https, http), None);
        let lower = &[("https_proxy", "a:1"), ("http_proxy", "b:2/")];
        assert_eq!(proxy(lower, https).unwrap(), "http://a:1/");
        assert_eq!(proxy(lower, http).unwrap(), "http://b:2/");
        let all = &[("ALL_PROXY", "HTTPS://c"), ("HTTP_PROXY", "")];
        assert_eq!(proxy(all, https).unwrap(), "https://c/");
        assert_eq!(proxy(all, http).unwrap(), "https://c/");
    }

    #[cfg(unix)]
    #[test]
    fn variable_that_is_not_unicode_is_refused() {
        use std::os::unix::ffi::OsStringExt as _;

        for name in ["HTTPS_PROXY", "http_proxy", "ALL_PROXY", "NO_PROXY"] {
            let lookup = |variable: &str| {
                let value = || OsString::from_vec(b"http://planted\xff@h".to_vec());
                (variable == name).then(value)
            };
            let error = Proxies::from_env(lookup).err().unwrap();
            let expected = format!("setting `{name}`: must be valid Unicode");
            assert_eq!(error.to_string(), expected);
        }
    }

    #[test]
    fn no_proxy_is_respected() {
        let variables = &[("HTTPS_PROXY", "a:1"), ("NO_PROXY", "tencentcloudapi.com")];
        assert_eq!(proxy(variables, "https://cvm.tencentcloudapi.com/"), None);
        assert!(proxy(variables, "https://cvm.example.com/").is_some());
        let metadata = "http://metadata.tencentyun.com/latest/meta-data/";
        assert_eq!(proxy(&[("ALL_PROXY", "a:1")], metadata), None);
        let explicit = Proxies::all("proxy", "a:1").unwrap();
        let proxy = explicit.intercept(&Uri::from_static(metadata)).unwrap();
        assert!(proxy.is_none());
    }

    #[test]
    fn no_proxy_supports_domains_and_networks() {
        let is_direct = |list: &str, host: &str| {
            let url = check("proxy", "a:1").unwrap();
            let proxies = Proxies::new([None, Some(url)], list);
            let uri = format!("https://{host}/").parse().unwrap();
            proxies.intercept(&uri).unwrap().is_none()
        };
        let list = "example.com, .Inner.test,*.star.test\t10.0.0.0/8,192.168.1.7 fd00::/8,[::1],0/x,,\
                    dot.test.,one.test:8443,*.two.test:443,10.1.0.0/16:9,[2001:db8::1]:8443,[2001:db9::]/32,c.test:x";
        for host in [
            "example.com",
            "EXAMPLE.com",
            "api.example.com",
            "inner.test",
            "a.b.inner.test",
            "x.star.test",
            "10.255.0.1",
            "192.168.1.7",
            "[fd12::1]",
            "[::1]",
            "example.com:8443",
            "api.dot.test",
            "one.test:8443",
            "a.one.test:8443",
            "a.two.test",
            "a.two.test:443",
            "[2001:db8::1]:8443",
            "[2001:db9::7]",
        ] {
            assert!(is_direct(list, host), "{host}");
        }
        for host in [
            "notexample.com",
            "example.com.evil.test",
            "com",
            "11.0.0.1",
            "192.168.1.8",
            "[fe80::1]",
            "localhost",
            "one.test",
            "two.test:8443",
            "[2001:db8::1]",
            "11.1.0.1:9",
            "c.test",
        ] {
            assert!(!is_direct(list, host), "{host}");
        }
        for host in ["a.test", "10.0.0.1", "[::1]"] {
            assert!(is_direct("b.test, *", host));
            for none in ["", ".", "*.", ":443", "*:x", ",,"] {
                assert!(!is_direct(none, host), "{none}");
            }
        }
        assert!(is_direct("*:8443", "a.test:8443") && !is_direct("*:8443", "a.test"));
        assert!(is_direct("0.0.0.0/0", "8.8.8.8"));
        assert!(is_direct("::/0", "[2001:db8::1]"));
        assert!(!is_direct("0.0.0.0/0", "[2001:db8::1]"));
    }

    #[test]
    fn cgi_proxy_header_is_ignored() {
        let variables = &[("REQUEST_METHOD", "GET"), ("HTTP_PROXY", "evil:1")];
        assert_eq!(proxy(variables, "http://example.com/"), None);
    }

    /// `ALL_PROXY` may name a SOCKS proxy for other programs.
    #[test]
    fn socks_proxy_of_http_does_not_stop_https() {
        let (http, https) = ("http://a.test/", "https://a.test/");
        let proxies = |variables: &'static [(&str, &str)]| {
            Proxies::from_env(|name| {
                let found = variables.iter().find(|(key, _)| *key == name);
                found.map(|(_, value)| (*value).into())
            })
        };
        let mixed = proxies(&[
            ("ALL_PROXY", "socks5h://me:planted@s:1"),
            ("HTTPS_PROXY", "http://a:1"),
            ("NO_PROXY", "b.test"),
        ]);
        let mixed = mixed.unwrap();
        let proxy = mixed.intercept(&Uri::from_static(https)).unwrap();
        assert_eq!(proxy.unwrap().uri(), "http://a:1/");
        let error = mixed.intercept(&Uri::from_static(http)).unwrap_err();
        let error = error.to_string();
        let expected = "setting `ALL_PROXY`: SOCKS proxies are not supported; must be `http://host";
        assert!(
            error.starts_with(expected) && !error.contains("planted"),
            "{error}"
        );
        for direct in ["http://b.test/", "http://metadata.tencentyun.com/latest/"] {
            assert!(
                mixed
                    .intercept(&Uri::from_static(direct))
                    .unwrap()
                    .is_none()
            );
        }
        for variables in [
            &[("ALL_PROXY", "socks5://s:1")][..],
            &[("HTTPS_PROXY", "socks4://s:1"), ("HTTP_PROXY", "a:1")],
            &[("HTTPS_PROXY", "a:1"), ("HTTP_PROXY", "ftp://a:1")],
        ] {
            assert!(proxies(variables).is_err());
        }
    }

    #[test]
    fn user_and_password_are_decoded() {
        let authorization = |url| {
            let proxies = Proxies::all("proxy", url).unwrap();
            let proxy = proxies.intercept(&Uri::from_static("http://x/"));
            let proxy = proxy.unwrap().unwrap();
            assert_eq!(proxy.uri().host(), Some("h"));
            proxy.basic_auth().map(|value| {
                assert!(value.is_sensitive());
                value.to_str().unwrap().to_owned()
            })
        };
        // In base64: me:p@s:s, me:a@b, me:a/b c, me:a:é, and me without a password.
        for (url, expected) in [
            ("http://me:p%40s%3As@h:1", Some("Basic bWU6cEBzOnM=")),
            ("http://me:a@b@h:1", Some("Basic bWU6YUBi")),
            ("http://me:a/b c@h", Some("Basic bWU6YS9iIGM=")),
            ("http://me:a:\u{e9}@h", Some("Basic bWU6YTrDqQ==")),
            ("me@h", Some("Basic bWU6")),
            ("http://h", None),
        ] {
            assert_eq!(authorization(url).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn invalid_url_is_refused_without_its_password() {
        for url in [
            "",
            "http://",
            "socks5://me:planted@h:1",
            "http://me:planted@",
            "http://me:planted@h:0",
            "http://me:planted@h:x",
            "http://me:planted@h:",
            "http://me:planted@h:70000",
            "http://me:planted@h/path",
            "http://me:planted%@h:1",
            "http://me:planted%ff@h:1",
            "http://me:planted@h h",
            "http://me:planted%4@h",
            "http://me:planted/%zz@h",
        ] {
            let Err(error) = Proxies::all("HTTPS_PROXY", url) else {
                panic!("{url} is accepted");
            };
            let error = error.to_string();
            assert!(error.starts_with("setting `HTTPS_PROXY`: "), "{error}");
            assert!(error.ends_with(FORM), "{error}");
            assert!(!error.contains("planted"), "{error}");
        }
    }
}
