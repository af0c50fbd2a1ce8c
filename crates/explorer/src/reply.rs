//! Responses.

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue, LOCATION, SET_COOKIE};
use hyper::{Response, StatusCode};
use maud::Markup;
use serde_json::{Value, json};

use crate::problem::Problem;

/// Headers of every response. Pages load only the explorer's own assets, and cannot be framed.
const HEADERS: [(&str, &str); 8] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "no-store"),
    ("server", "tc3-explorer"),
];

/// A response.
#[derive(Debug)]
pub(crate) struct Reply {
    status: StatusCode,
    content_type: &'static str,
    body: Bytes,
    /// Additional headers.
    more: Vec<(HeaderName, String)>,
}

impl Reply {
    pub(crate) fn new(content_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self {
            status: StatusCode::OK,
            content_type,
            body: body.into(),
            more: Vec::new(),
        }
    }

    pub(crate) fn page(markup: Markup) -> Self {
        Self::new("text/html; charset=utf-8", markup.into_string())
    }

    pub(crate) fn json(value: &Value) -> Self {
        Self::new("application/json", value.to_string())
    }

    pub(crate) fn redirect(to: &str) -> Self {
        let mut reply = Self::new("text/plain; charset=utf-8", "");
        reply.more.push((LOCATION, to.to_owned()));
        reply.with_status(StatusCode::SEE_OTHER)
    }

    /// Creates an error response of the API.
    pub(crate) fn error(problem: &Problem) -> Self {
        Self::json(&json!({ "error": problem.message })).with_status(problem.status)
    }

    pub(crate) fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    pub(crate) fn with_cookie(mut self, cookie: String) -> Self {
        self.more.push((SET_COOKIE, cookie));
        self
    }

    pub(crate) fn into_response(self) -> Response<Full<Bytes>> {
        let mut response = Response::new(Full::new(self.body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        for (name, value) in HEADERS {
            headers.insert(name, HeaderValue::from_static(value));
        }
        for (name, value) in self.more {
            // Always valid: paths of redirections are percent-encoded, and cookies are ASCII.
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.append(name, value);
            }
        }
        response
    }
}
