use bytes::Bytes;
use hyper::{HeaderMap, Method};

/// A request as it came.
pub(crate) struct Raw {
    pub(crate) method: Method,
    /// The path, as sent.
    pub(crate) path: String,
    /// What follows the `?`, as sent.
    pub(crate) query: Option<String>,
    pub(crate) headers: HeaderMap,
    /// The request line and the headers, to the byte.
    pub(crate) head: Bytes,
    pub(crate) body: Body,
}

/// The body of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    Whole(Bytes),
    /// It is longer than any body may be, and was not kept.
    TooLarge,
}

impl Raw {
    /// The values of a header, without the space around them. Bytes that are not UTF-8 are replaced.
    pub(crate) fn values(&self, name: &str) -> impl Iterator<Item = String> {
        let values = self.headers.get_all(name).into_iter();
        values.map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
    }

    /// The first value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.values(name).next()
    }

    /// The bytes of the body; none of one that was too large to be kept.
    pub(crate) fn body(&self) -> Bytes {
        match &self.body {
            Body::Whole(bytes) => bytes.clone(),
            Body::TooLarge => Bytes::new(),
        }
    }
}
