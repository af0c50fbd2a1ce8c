use std::fmt;

use http::{
    Uri,
    uri::{Authority, Scheme},
};
use zeroize::Zeroizing;

use super::no_proxy::NoProxy;
use crate::Error;

/// What a proxy may be, for messages. The text itself is not quoted, for it may hold a password.
const FORM: &str = "it may be `http://host:port` or `https://host:port`, with `user:password@` before the host where the proxy asks for one; `no_proxy` does without the environment's";

/// Which requests go through which proxy.
#[derive(Default)]
pub(crate) struct Proxies {
    http: Option<Proxy>,
    https: Option<Proxy>,
    /// The hosts that none of them is for.
    direct: NoProxy,
}

/// The server that tells a machine of itself, credentials among it. It knows whom it talks to only without a proxy.
const METADATA: &str = "metadata.tencentyun.com";

impl Proxies {
    /// All requests go through this one.
    pub(super) fn all(proxy: Proxy) -> Self {
        Self {
            http: Some(proxy.clone()),
            https: Some(proxy),
            direct: NoProxy::default(),
        }
    }

    /// What the variables of the environment say, in upper or lower case: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` for
    /// want of the one that is asked for, and `NO_PROXY`. One that cannot be used is refused and not passed over: a
    /// request that goes out by another way than it should tells others what it asks for.
    pub(super) fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let first = |names: &[&'static str]| {
            let mut values = names.iter().map(|name| (*name, variable(name)));
            values.find_map(|(name, value)| Some((name, value.filter(|value| !value.is_empty())?)))
        };
        let proxy = |names: &[&'static str]| {
            let proxy = first(names).or_else(|| first(&["ALL_PROXY", "all_proxy"]));
            proxy
                .map(|(name, url)| Proxy::parse(name, &url))
                .transpose()
        };
        // In a CGI program `HTTP_PROXY` holds what the client sent as its header `Proxy`.
        let http: &[_] = match variable("REQUEST_METHOD") {
            Some(_) => &["http_proxy"],
            None => &["HTTP_PROXY", "http_proxy"],
        };
        let direct = first(&["NO_PROXY", "no_proxy"]);
        Ok(Self {
            http: proxy(http)?,
            https: proxy(&["HTTPS_PROXY", "https_proxy"])?,
            direct: direct.map_or_else(NoProxy::default, |(_, list)| NoProxy::parse(&list)),
        })
    }

    /// The proxy for a request to this URI.
    pub(crate) fn of(&self, uri: &Uri) -> Option<&Proxy> {
        let proxy = if uri.scheme() == Some(&Scheme::HTTP) {
            self.http.as_ref()
        } else {
            self.https.as_ref()
        };
        let is_direct = |host: &str| host == METADATA || self.direct.has(host);
        proxy.filter(|_| !uri.host().is_some_and(is_direct))
    }
}

/// A proxy that opens tunnels.
#[derive(Clone)]
pub(crate) struct Proxy {
    /// Scheme, host and port with the path `/`.
    pub(crate) uri: Uri,
    /// The name and the password that it asks for.
    pub(crate) user: Option<User>,
}

#[derive(Clone)]
pub(crate) struct User {
    pub(crate) name: Zeroizing<String>,
    pub(crate) password: Zeroizing<String>,
}

impl Proxy {
    /// Reads `http://user:password@host:port`. Without a scheme it is one of plain http, as everywhere.
    pub(super) fn parse(setting: &str, url: &str) -> Result<Self, Error> {
        let refused = |problem: &str| Error::setting(setting, format_args!("{problem}; {FORM}"));

        let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
        let scheme = match scheme.to_ascii_lowercase().as_str() {
            "http" => Scheme::HTTP,
            "https" => Scheme::HTTPS,
            _ => return Err(refused("a proxy of that kind is not supported")),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (user, host) = match rest.rsplit_once('@') {
            Some((user, host)) => (Some(user), host),
            None => (None, rest),
        };
        let user = user.map(User::parse);
        if matches!(user, Some(None)) {
            return Err(refused("the user or the password is wrongly escaped"));
        }
        let authority = Authority::try_from(host).map_err(|_| refused("it has no host"))?;
        // A port that cannot be one is none to the parser.
        let port = authority.port_u16().unwrap_or(1);
        if authority.host().is_empty() || port == 0 {
            return Err(refused("its host or its port cannot be one"));
        }
        if authority.port_u16().is_none() && authority.host() != host {
            return Err(refused("its port cannot be one"));
        }
        let uri = Uri::builder()
            .scheme(scheme)
            .authority(authority)
            .path_and_query("/")
            .build()
            .map_err(|_| refused("it has no host"))?;
        Ok(Self {
            uri,
            user: user.flatten(),
        })
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxy")
            .field("uri", &self.uri)
            .finish_non_exhaustive()
    }
}

impl User {
    fn parse(text: &str) -> Option<Self> {
        let (name, password) = text.split_once(':').unwrap_or((text, ""));
        Some(Self {
            name: unescape(name)?,
            password: unescape(password)?,
        })
    }
}

/// A text without its `%40`; `None` if what they stand for is no text.
fn unescape(text: &str) -> Option<Zeroizing<String>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let (digits, after) = rest.split_at_checked(2)?;
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let value = digit(digits[0])? * 16 + digit(digits[1])?;
        bytes.push(u8::try_from(value).ok()?);
        rest = after;
    }
    let text = std::str::from_utf8(&bytes).ok()?;
    Some(Zeroizing::new(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(variables: &'static [(&str, &str)], uri: &'static str) -> Option<String> {
        let value = |name: &str| {
            let found = variables.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let proxies = Proxies::of_environment(value).unwrap();
        let proxy = proxies.of(&Uri::from_static(uri));
        proxy.map(|proxy| proxy.uri.to_string())
    }

    #[test]
    fn reads_the_environment() {
        let https = "https://cvm.tencentcloudapi.com/";
        let http = "http://cvm.tencentcloudapi.com/";
        assert_eq!(of(&[], https), None);
        let of_https = &[("HTTPS_PROXY", "http://a:1")];
        assert_eq!(of(of_https, https).unwrap(), "http://a:1/");
        assert_eq!(of(of_https, http), None);
        let lower = &[("https_proxy", "a:1"), ("http_proxy", "b:2/")];
        assert_eq!(of(lower, https).unwrap(), "http://a:1/");
        assert_eq!(of(lower, http).unwrap(), "http://b:2/");
        let all = &[("ALL_PROXY", "https://c"), ("HTTP_PROXY", "")];
        assert_eq!(of(all, https).unwrap(), "https://c/");
        assert_eq!(of(all, http).unwrap(), "https://c/");
    }

    #[test]
    fn leaves_out_what_needs_no_proxy() {
        let variables = &[("HTTPS_PROXY", "a:1"), ("NO_PROXY", "tencentcloudapi.com")];
        assert_eq!(of(variables, "https://cvm.tencentcloudapi.com/"), None);
        assert!(of(variables, "https://cvm.example.com/").is_some());
        let metadata = "http://metadata.tencentyun.com/latest/meta-data/";
        assert_eq!(of(&[("ALL_PROXY", "a:1")], metadata), None);
    }

    #[test]
    fn does_not_take_a_header_for_a_setting() {
        let variables = &[("REQUEST_METHOD", "GET"), ("HTTP_PROXY", "evil:1")];
        assert_eq!(of(variables, "http://example.com/"), None);
    }

    #[test]
    fn reads_users_and_passwords() {
        let user = |url| {
            let user = Proxy::parse("proxy", url).unwrap().user.unwrap();
            (user.name.to_string(), user.password.to_string())
        };
        let pair = |name: &str, password: &str| (name.to_owned(), password.to_owned());
        assert_eq!(user("http://me:p%40s%3As@h:1"), pair("me", "p@s:s"));
        assert_eq!(user("http://me:a@b@h:1"), pair("me", "a@b"));
        assert_eq!(user("me@h"), pair("me", ""));
        assert!(Proxy::parse("proxy", "http://h").unwrap().user.is_none());
    }

    #[test]
    fn refuses_what_is_no_proxy_and_shows_no_password() {
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
        ] {
            let error = Proxy::parse("HTTPS_PROXY", url).unwrap_err().to_string();
            assert!(error.starts_with("setting `HTTPS_PROXY`: "), "{error}");
            assert!(error.ends_with(FORM), "{error}");
            assert!(!error.contains("planted"), "{error}");
        }
        let proxy = Proxy::parse("proxy", "http://me:planted@h").unwrap();
        assert!(!format!("{proxy:?}").contains("planted"));
    }
}
