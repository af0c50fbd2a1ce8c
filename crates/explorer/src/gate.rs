//! Access control: checks of each request before it is handled.

use hyper::header::CONTENT_TYPE;
use hyper::http::request::Parts;
use hyper::{Method, StatusCode};
use tc3_loopback::Origins;

use crate::problem::Problem;
use crate::session::Session;

/// Path prefix of the token.
pub(crate) const OPEN: &str = "/open/";

/// Path prefix of static files, which contain no secrets.
pub(crate) const ASSETS: &str = "/assets/";

/// The rules for requests.
pub(crate) struct Gate {
    pub(crate) origins: Origins,
    pub(crate) session: Session,
}

impl Gate {
    /// Refuses requests of other origins and requests without the session cookie.
    pub(crate) fn check(&self, parts: &Parts) -> Result<(), Problem> {
        let headers = &parts.headers;
        self.origins
            .check_host(headers)
            .map_err(Problem::forbidden)?;
        match parts.method {
            Method::GET | Method::HEAD => {}
            Method::POST => {
                let content_type = headers.get(CONTENT_TYPE);
                if content_type.is_none_or(|value| value != "application/json") {
                    return Err(Problem::new(
                        StatusCode::UNSUPPORTED_MEDIA_TYPE,
                        "the request must have the header `Content-Type: application/json`",
                    ));
                }
            }
            _ => {
                return Err(Problem::new(
                    StatusCode::METHOD_NOT_ALLOWED,
                    "the method must be GET, HEAD or POST",
                ));
            }
        }
        let path = parts.uri.path();
        if path.starts_with(OPEN) && parts.method != Method::POST {
            // `tc3 explore` opens the address through a file, which has another origin.
            return Ok(());
        }
        // A service worker could see the requests of a later explorer.
        if headers.contains_key("service-worker") {
            return Err(Problem::forbidden(
                "service workers are refused, because they would outlive the explorer",
            ));
        }
        self.origins.check_origin(headers).map_err(|problem| {
            let mode = headers.get("sec-fetch-mode");
            Problem::forbidden(match mode.is_some_and(|mode| mode == "navigate") {
                // The user followed a link and reads the message.
                true => {
                    "this link is on a page of another site; copy its address into the address bar"
                        .to_owned()
                }
                false => problem,
            })
        })?;
        if path.starts_with(ASSETS) || self.session.admits(headers) {
            return Ok(());
        }
        Err(Problem::new(
            StatusCode::UNAUTHORIZED,
            "this browser has no session; open the address that `tc3 explore` printed, or run it again if that address was already used",
        ))
    }
}
