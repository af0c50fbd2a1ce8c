//! TC3-HMAC-SHA256 requests, signed independently of this project's code, with every part adjustable.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use time::macros::format_description;

use super::world::{ID, KEY, NOON, SERVICE, VERSION};

pub(crate) const JSON: &str = "application/json";
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// A request and its signing options.
#[derive(Clone)]
pub(crate) struct Request {
    method: &'static str,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    id: String,
    key: String,
    service: String,
    /// The date in the credential scope, if it differs from the timestamp's.
    day: Option<String>,
    /// The list in `Authorization`.
    listed: String,
    /// The headers in the canonical request, in this order.
    canonical: Vec<String>,
    /// The signed-headers line of the canonical request.
    canonical_list: String,
    /// Overrides the whole header.
    authorization: Option<String>,
}

impl Request {
    /// Creates a POST request for an action.
    pub(crate) fn post(action: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::new("POST", "/", action, JSON, body.into())
    }

    /// Creates a GET request for an action with an encoded query.
    pub(crate) fn get(action: &str, query: &str) -> Self {
        let target = if query.is_empty() {
            "/".to_owned()
        } else {
            format!("/?{query}")
        };
        Self::new("GET", &target, action, FORM, Vec::new())
    }

    fn new(
        method: &'static str,
        target: &str,
        action: &str,
        content_type: &str,
        body: Vec<u8>,
    ) -> Self {
        let timestamp = NOON.to_string();
        let headers = [
            ("Host", "127.0.0.1"),
            ("Content-Type", content_type),
            ("X-TC-Action", action),
            ("X-TC-Version", VERSION),
            ("X-TC-Timestamp", &timestamp),
        ];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Self {
            method,
            target: target.to_owned(),
            headers: headers.to_vec(),
            body,
            id: ID.to_owned(),
            key: KEY.to_owned(),
            service: SERVICE.to_owned(),
            day: None,
            listed: String::new(),
            canonical: Vec::new(),
            canonical_list: String::new(),
            authorization: None,
        }
        .signing("content-type;host")
    }

    pub(crate) fn method(mut self, method: &'static str) -> Self {
        self.method = method;
        self
    }

    /// The target in the request line.
    pub(crate) fn target(mut self, target: &str) -> Self {
        self.target = target.to_owned();
        self
    }

    /// Sets or replaces a header.
    pub(crate) fn with(self, name: &str, value: &str) -> Self {
        self.without(name).and(name, value)
    }

    /// Adds a header, keeping existing values.
    pub(crate) fn and(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers
            .retain(|(of, _)| !of.eq_ignore_ascii_case(name));
        self
    }

    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub(crate) fn at(self, timestamp: u64) -> Self {
        self.with("X-TC-Timestamp", &timestamp.to_string())
    }

    pub(crate) fn by(mut self, id: &str, key: &str) -> Self {
        self.id = id.to_owned();
        self.key = key.to_owned();
        self
    }

    /// The service in the credential scope.
    pub(crate) fn service(mut self, service: &str) -> Self {
        self.service = service.to_owned();
        self
    }

    /// The day in the credential scope.
    pub(crate) fn day(mut self, day: &str) -> Self {
        self.day = Some(day.to_owned());
        self
    }

    /// Signs these headers, sorted and in lower case as documented.
    pub(crate) fn signing(self, list: &str) -> Self {
        self.signing_as(list, list, list)
    }

    /// Sets the list in the header, and the order and list in the canonical request.
    pub(crate) fn signing_as(
        mut self,
        listed: &str,
        canonical: &str,
        canonical_list: &str,
    ) -> Self {
        self.listed = listed.to_owned();
        self.canonical = canonical.split(';').map(str::to_owned).collect();
        self.canonical_list = canonical_list.to_owned();
        self
    }

    /// Overrides `Authorization`.
    pub(crate) fn authorization(mut self, value: &str) -> Self {
        self.authorization = Some(value.to_owned());
        self
    }

    /// Returns the value of `Authorization`.
    pub(crate) fn authorize(&self) -> String {
        if let Some(value) = &self.authorization {
            return value.clone();
        }
        let timestamp = self.header("x-tc-timestamp");
        let day = self.day.clone().unwrap_or_else(|| day_of(&timestamp));
        let scope = format!("{day}/{}/tc3_request", self.service);
        let canonical = hex(&Sha256::digest(self.canonical_request()));
        let text = format!("TC3-HMAC-SHA256\n{timestamp}\n{scope}\n{canonical}");
        let key = hmac(format!("TC3{}", self.key).as_bytes(), &day);
        let key = hmac(&key, &self.service);
        let key = hmac(&key, "tc3_request");
        format!(
            "TC3-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={}, Signature={}",
            self.id,
            self.listed,
            hex(&hmac(&key, &text))
        )
    }

    pub(crate) fn canonical_request(&self) -> String {
        let query = self.target.split_once('?').map_or("", |(_, query)| query);
        let mut text = format!("{}\n/\n{query}\n", self.method);
        for name in &self.canonical {
            let (name, value) = (name.to_lowercase(), self.header(name).to_lowercase());
            text += &format!("{name}:{value}\n");
        }
        let unsigned = self.header("x-tc-content-sha256") == "UNSIGNED-PAYLOAD";
        let payload: &[u8] = if unsigned {
            b"UNSIGNED-PAYLOAD"
        } else {
            &self.body
        };
        text + &format!(
            "\n{}\n{}",
            self.canonical_list,
            hex(&Sha256::digest(payload))
        )
    }

    /// Returns the first value of a header, or an empty string.
    fn header(&self, name: &str) -> String {
        let of = self.headers.iter();
        of.filter(|(of, _)| of.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim().to_owned())
            .next()
            .unwrap_or_default()
    }

    /// Request line and headers.
    pub(crate) fn head(&self) -> String {
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.target);
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        let authorization = self.authorize();
        if !authorization.is_empty() {
            head += &format!("Authorization: {authorization}\r\n");
        }
        let has_length =
            ["content-length", "transfer-encoding"].map(|name| !self.header(name).is_empty());
        if !has_length.contains(&true) && (self.method != "GET" || !self.body.is_empty()) {
            head += &format!("Content-Length: {}\r\n", self.body.len());
        }
        head + "\r\n"
    }

    /// Returns the raw request.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        [self.head().as_bytes(), &self.body].concat()
    }
}

/// Returns the UTC date of a timestamp, as in a credential scope.
fn day_of(timestamp: &str) -> String {
    let seconds = timestamp.parse().unwrap_or(0);
    OffsetDateTime::from_unix_timestamp(seconds)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
        .format(format_description!("[year]-[month]-[day]"))
        .unwrap()
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key may have any length");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
