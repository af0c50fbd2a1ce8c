use http::{Uri, uri::Authority};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use zeroize::Zeroizing;

use crate::Error;

/// Valid values, for messages. The value itself is not quoted, because it may contain a password.
const FORM: &str = "must be `http://host:port` or `https://host:port`, with `user:password@` before the host if the proxy requires it; set `no_proxy` to ignore the environment";

/// Metadata server of virtual machines. Behind a proxy, it cannot identify the machine.
const METADATA: &str = "metadata.tencentyun.com";

/// Selects the proxy of a request.
pub(crate) struct Proxies {
    matcher: Matcher,
}

impl Proxies {
    /// Returns the settings without a proxy.
    pub(super) fn none() -> Self {
        Self::new([None, None], "")
    }

    /// Returns the settings with one proxy for all requests.
    pub(super) fn all(setting: &str, url: &str) -> Result<Self, Error> {
        let url = check(setting, url)?;
        Ok(Self::new([Some(url.clone()), Some(url)], ""))
    }

    /// Reads the environment variables, in upper or lower case: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` for both, and
    /// `NO_PROXY`. An invalid URL is an error: ignoring it would send requests directly, which could expose them.
    pub(super) fn from_env(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let first = |names: &[&'static str]| {
            let mut values = names.iter().map(|name| (*name, lookup(name)));
            values.find_map(|(name, value)| Some((name, value.filter(|value| !value.is_empty())?)))
        };
        let proxy = |names: &[&'static str]| {
            let value = first(names).or_else(|| first(&["ALL_PROXY", "all_proxy"]));
            value.map(|(name, url)| check(name, &url)).transpose()
        };
        // In a CGI program, a request sets `HTTP_PROXY` by its `Proxy` header, so the variable cannot be trusted.
        let http: &[_] = match lookup("REQUEST_METHOD") {
            Some(_) => &["http_proxy"],
            None => &["HTTP_PROXY", "http_proxy"],
        };
        let urls = [proxy(http)?, proxy(&["HTTPS_PROXY", "https_proxy"])?];
        let (_, no_proxy) = first(&["NO_PROXY", "no_proxy"]).unwrap_or_default();
        Ok(Self::new(urls, &no_proxy))
    }

    fn new(urls: [Option<Zeroizing<String>>; 2], no_proxy: &str) -> Self {
        let urls = urls.map(Option::unwrap_or_default);
        let matcher = Matcher::builder().http(&*urls[0]).https(&*urls[1]);
        let matcher = matcher.no(adapt(no_proxy)).build();
        Self { matcher }
    }

    /// Returns the proxy for a request to this URI.
    pub(super) fn intercept(&self, uri: &Uri) -> Option<Intercept> {
        self.matcher.intercept(uri)
    }
}

/// Checks and normalizes the URL of a proxy. The matcher silently ignores invalid URLs.
fn check(setting: &str, url: &str) -> Result<Zeroizing<String>, Error> {
    let refused = |problem: &str| Error::setting(setting, format_args!("{problem}; {FORM}"));

    let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
    let scheme = scheme.to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https") {
        return Err(refused("the scheme is not supported"));
    }
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let (user, host) = match rest.rsplit_once('@') {
        Some((user, host)) => (encode(user), host),
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
fn encode(user: &str) -> Option<Zeroizing<String>> {
    const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'%').remove(b':');
    let is_escape = |rest: &str| {
        let digits = rest.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    let is_valid = user.split('%').skip(1).all(is_escape);
    percent_decode_str(user).decode_utf8().ok()?;
    is_valid.then(|| Zeroizing::new(format!("{}@", utf8_percent_encode(user, ESCAPED))))
}

/// Adapts a `NO_PROXY` list to the matcher, which supports neither `*.example.com` nor brackets around addresses, and
/// whose `*` does not include addresses.
fn adapt(list: &str) -> String {
    let items = list.split(',').map(str::trim).map(|item| match item {
        "*" => "*,0.0.0.0/0,::/0",
        item => item.trim_start_matches('*').trim_matches(['[', ']']),
    });
    items.chain([METADATA]).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxy(variables: &'static [(&str, &str)], uri: &'static str) -> Option<String> {
        let lookup = |name: &str| {
            let found = variables.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let proxies = Proxies::from_env(lookup).unwrap();
        let proxy = proxies.intercept(&Uri::from_static(uri));
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

    #[test]
    fn no_proxy_is_respected() {
        let variables = &[("HTTPS_PROXY", "a:1"), ("NO_PROXY", "tencentcloudapi.com")];
        assert_eq!(proxy(variables, "https://cvm.tencentcloudapi.com/"), None);
        assert!(proxy(variables, "https://cvm.example.com/").is_some());
        let metadata = "http://metadata.tencentyun.com/latest/meta-data/";
        assert_eq!(proxy(&[("ALL_PROXY", "a:1")], metadata), None);
        let explicit = Proxies::all("proxy", "a:1").unwrap();
        assert!(explicit.intercept(&Uri::from_static(metadata)).is_none());
    }

    #[test]
    fn no_proxy_supports_domains_and_networks() {
        let is_direct = |list: &str, host: &str| {
            let url = check("proxy", "a:1").unwrap();
            let proxies = Proxies::new([None, Some(url)], list);
            let uri = format!("https://{host}/").parse().unwrap();
            proxies.intercept(&uri).is_none()
        };
        let list =
            "example.com, .Inner.test,*.star.test,10.0.0.0/8,192.168.1.7,fd00::/8,[::1],0/x,,";
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
        ] {
            assert!(!is_direct(list, host), "{host}");
        }
        for host in ["a.test", "10.0.0.1", "[::1]"] {
            assert!(is_direct("b.test, *", host));
            assert!(!is_direct("", host));
        }
        assert!(is_direct("0.0.0.0/0", "8.8.8.8"));
        assert!(is_direct("::/0", "[2001:db8::1]"));
        assert!(!is_direct("0.0.0.0/0", "[2001:db8::1]"));
    }

    #[test]
    fn cgi_proxy_header_is_ignored() {
        let variables = &[("REQUEST_METHOD", "GET"), ("HTTP_PROXY", "evil:1")];
        assert_eq!(proxy(variables, "http://example.com/"), None);
    }

    #[test]
    fn user_and_password_are_decoded() {
        let authorization = |url| {
            let proxies = Proxies::all("proxy", url).unwrap();
            let proxy = proxies.intercept(&Uri::from_static("http://x/")).unwrap();
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
