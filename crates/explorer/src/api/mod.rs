//! JSON API for the scripts. It exchanges parameters as JSON texts, so that numbers keep all their digits.

mod body;
mod call;
mod check;
mod code;
pub(crate) mod codes;
mod curl;
mod emulator;
mod next;
mod paste;
mod problems;
mod request;
pub(crate) mod search;
mod types;

use self::body::{Call, read};
use crate::problem::Problem;
use crate::query::Query;
use crate::reply::Reply;
use crate::shared::Shared;
use crate::subject;

/// Handles a GET request.
pub(crate) async fn get(
    shared: &Shared,
    segments: &[String],
    query: Query<'_>,
) -> Result<Reply, Problem> {
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let site = || subject::site(&query.value("site").unwrap_or_default());
    match &*segments {
        ["search"] => {
            let words = query.value("q").unwrap_or_default();
            search::respond(&shared.settings, site()?, &words)
        }
        ["types", site, service, version, name] => {
            let of = subject::Version::find(subject::site(site)?, service, Some(version))?;
            types::respond(&shared.settings, &of, name)
        }
        ["emulator", path] => emulator::respond(shared, query, path, None).await,
        _ => Err(Problem::not_found("the API has no such path")),
    }
}

/// Handles a POST request.
pub(crate) async fn post(
    shared: &Shared,
    path: &str,
    query: Query<'_>,
    body: &[u8],
) -> Result<Reply, Problem> {
    match path {
        "check" => Ok(check::respond(&Call::read(shared, body)?)),
        "paste" => paste::respond(&shared.settings, read(body)?),
        "request" => request::respond(shared, Call::read(shared, body)?).await,
        "code" => code::respond(shared, &Call::read(shared, body)?),
        "call" => call::respond(shared, Call::read(shared, body)?).await,
        _ => match path.strip_prefix("emulator/") {
            Some(path) => emulator::respond(shared, query, path, Some(read(body)?)).await,
            None => Err(Problem::not_found("the API has no such path")),
        },
    }
}
