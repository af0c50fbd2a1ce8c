use bytes::Bytes;
use hyper::{HeaderMap, Method};

/// A raw request.
pub(crate) struct Raw {
    pub(crate) method: Method,
    /// The path, not decoded.
    pub(crate) path: String,
    /// The query, not decoded.
    pub(crate) query: Option<String>,
    pub(crate) headers: HeaderMap,
    /// The request line and headers, byte for byte.
    pub(crate) head: Bytes,
    pub(crate) body: Body,
}

/// The body of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    Whole(Bytes),
    /// The body exceeded the size limit and was discarded.
    TooLarge,
}

impl Raw {
    /// Returns the trimmed values of a header. Invalid UTF-8 is replaced.
    pub(crate) fn values(&self, name: &str) -> impl Iterator<Item = String> {
        let values = self.headers.get_all(name).into_iter();
        values.map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
    }

    /// Returns the first value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.values(name).next()
    }

    /// Returns the body, empty if it was too large.
    pub(crate) fn body(&self) -> Bytes {
        match &self.body {
            Body::Whole(bytes) => bytes.clone(),
            Body::TooLarge => Bytes::new(),
        }
    }
}
