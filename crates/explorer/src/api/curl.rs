//! Arguments of curl that determine the request.

/// A request of curl.
#[derive(Default)]
pub(super) struct Curl {
    /// The data; empty without any.
    pub(super) body: String,
    headers: Vec<String>,
    /// The URL; empty without one.
    url: String,
}

/// Options with a value, by their letters.
const LETTERS: &str = "AbcCdDeEFhHKmoPQrtTuUwxXyYz";

/// Common options with a value, by their names.
const NAMES: [&str; 26] = [
    "cacert",
    "capath",
    "cert",
    "connect-timeout",
    "connect-to",
    "cookie",
    "cookie-jar",
    "data",
    "data-ascii",
    "data-binary",
    "data-raw",
    "header",
    "interface",
    "json",
    "key",
    "max-time",
    "output",
    "proxy",
    "referer",
    "request",
    "resolve",
    "retry",
    "url",
    "user",
    "user-agent",
    "write-out",
];

impl Curl {
    /// Reads the arguments after the name of the program.
    pub(super) fn read(words: &[String]) -> Self {
        let mut curl = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut next = || words.next().cloned().unwrap_or_default();
            if let Some(option) = word.strip_prefix("--") {
                let (name, joined) = match option.split_once('=') {
                    Some((name, value)) => (name, Some(value.to_owned())),
                    None => (option, None),
                };
                if NAMES.contains(&name) {
                    curl.set(name, joined.unwrap_or_else(next));
                }
            } else if let Some(letters) = word.strip_prefix('-').filter(|rest| !rest.is_empty()) {
                // In a group of letters, the first one with a value ends the group. The value may follow immediately.
                if let Some(at) = letters.find(|letter| LETTERS.contains(letter)) {
                    let (name, value) = letters[at..].split_at(1);
                    let value = match value {
                        "" => next(),
                        value => value.to_owned(),
                    };
                    curl.set(name, value);
                }
            } else {
                curl.url = word.clone();
            }
        }
        curl
    }

    fn set(&mut self, name: &str, value: String) {
        match name {
            "d" | "data" | "data-ascii" | "data-binary" | "data-raw" | "json" => self.body = value,
            "H" | "header" => self.headers.push(value),
            "url" => self.url = value,
            _ => {}
        }
    }

    /// Returns the value of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut pairs = self
            .headers
            .iter()
            .filter_map(|header| header.split_once(':'));
        let (_, value) = pairs.find(|(of, _)| of.trim().eq_ignore_ascii_case(name))?;
        Some(value.trim())
    }

    /// Whether the host of the request is this machine, like that of the emulator.
    pub(super) fn is_local(&self) -> bool {
        let host = self.host();
        host.starts_with("127.") || host.starts_with("[::1]") || host.starts_with("localhost")
    }

    /// Returns the service: the first label of the host.
    pub(super) fn service(&self) -> &str {
        self.host().split(['.', ':']).next().unwrap_or_default()
    }

    fn host(&self) -> &str {
        let url = &self.url;
        let rest = url.split_once("://").map_or(&**url, |(_, rest)| rest);
        rest.split('/').next().unwrap_or_default()
    }
}
