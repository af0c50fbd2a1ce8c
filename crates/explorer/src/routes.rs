//! Routing of requests by path.

use std::convert::Infallible;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::http::request::Parts;
use hyper::{HeaderMap, Method, Request, Response, StatusCode};
use percent_encoding::percent_decode_str;

use crate::gate::{ASSETS, OPEN};
use crate::pages::View;
use crate::problem::Problem;
use crate::query::Query;
use crate::reply::Reply;
use crate::session::cookies;
use crate::shared::Shared;
use crate::{api, assets, pages, words};

/// The path of the API.
const API: &str = "/api/";

/// Maximum size of a request body. It fits the largest body of Tencent Cloud's API, 10 MB, as a JSON string.
const BODY_LIMIT: usize = 32 << 20;

/// Handles a request.
pub(crate) async fn respond(
    shared: &Shared,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (parts, body) = request.into_parts();
    let is_api = parts.uri.path().starts_with(API);
    let reply = match route(shared, &parts, body).await {
        Ok(reply) => reply,
        Err(problem) if is_api => Reply::error(&problem),
        Err(problem) => pages::problem(&view(shared, &parts), &problem),
    };
    Ok(reply.into_response())
}

async fn route(shared: &Shared, parts: &Parts, body: Incoming) -> Result<Reply, Problem> {
    shared.gate.check(parts)?;
    let path = parts.uri.path();
    let query = Query(parts.uri.query().unwrap_or_default());
    if parts.method == Method::POST {
        let body = Limited::new(body, BODY_LIMIT).collect().await;
        let body = body.map_err(|error| match error.is::<LengthLimitError>() {
            true => Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                format!("the request body exceeds {BODY_LIMIT} bytes; send a shorter one"),
            ),
            false => Problem::bad_request(format!("cannot read the request body: {error}")),
        })?;
        let name = path.strip_prefix(API).unwrap_or_default();
        return api::post(shared, name, query, &body.to_bytes()).await;
    }
    if let Some(token) = path.strip_prefix(OPEN) {
        return open(shared, parts, token);
    }
    if let Some(name) = path.strip_prefix(ASSETS) {
        return assets::file(name);
    }
    if let Some(name) = path.strip_prefix(API) {
        return api::get(shared, &segments(name)?, query).await;
    }
    let view = view(shared, parts);
    let reply = pages::page(shared, &view, &segments(path)?, query)?;
    Ok(match words::chosen(query) {
        Some(language) => reply.with_cookie(language.cookie()),
        None => reply,
    })
}

fn view<'p>(shared: &'p Shared, parts: &'p Parts) -> View<'p> {
    let query = Query(parts.uri.query().unwrap_or_default());
    View {
        language: words::language(query, &parts.headers),
        theme: theme(&parts.headers),
        query: query.without("lang"),
        settings: &shared.settings,
    }
}

/// Returns the theme from its cookie.
fn theme(headers: &HeaderMap) -> Option<&'static str> {
    let mut cookies = cookies(headers);
    let (_, chosen) = cookies.find(|(name, _)| *name == "tc3-theme")?;
    ["light", "dark"].into_iter().find(|theme| *theme == chosen)
}

/// Exchanges the token for the cookie. The response is a page instead of a redirection, because a browser sends the
/// cookie only with requests of the explorer's own pages.
fn open(shared: &Shared, parts: &Parts, token: &str) -> Result<Reply, Problem> {
    let session = &shared.gate.session;
    if parts.method == Method::HEAD {
        return Err(Problem::bad_request("the address must be opened with GET"));
    }
    let start = &shared.start;
    if session.admits(&parts.headers) {
        return Ok(Reply::redirect(start));
    }
    let cookie = session.exchange(token).ok_or_else(|| {
        Problem::forbidden(
            "this address was already used, or belongs to another explorer; run `tc3 explore` again for a new one",
        )
    })?;
    Ok(pages::opening(&view(shared, parts), start).with_cookie(cookie))
}

/// Returns the decoded segments of a path. The explorer never uses them as paths of files.
fn segments(path: &str) -> Result<Vec<String>, Problem> {
    let parts = path.split('/').filter(|part| !part.is_empty());
    let parts = parts.map(|part| {
        let part = percent_decode_str(part).decode_utf8();
        part.map(|part| part.into_owned())
            .map_err(|_| Problem::bad_request("the path is not UTF-8"))
    });
    parts.collect()
}
