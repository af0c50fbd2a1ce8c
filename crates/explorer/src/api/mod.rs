//! JSON API for the scripts. Parameters are sent as JSON texts, so that numbers keep all their digits.

mod asked;
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

use self::asked::{Call, read};
use crate::problem::Problem;
use crate::query::Query;
use crate::reply::Reply;
use crate::shared::Shared;
use crate::subject;

/// Answers a GET request.
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
            search::answer(&shared.settings, site()?, &words)
        }
        ["types", site, service, version, name] => {
            let of = subject::Version::find(subject::site(site)?, service, Some(version))?;
            types::answer(&shared.settings, &of, name)
        }
        ["emulator", path] => emulator::answer(shared, query, path, None).await,
        _ => Err(Problem::absent("the API has no such path")),
    }
}

/// Answers a POST request.
pub(crate) async fn post(
    shared: &Shared,
    path: &str,
    query: Query<'_>,
    body: &[u8],
) -> Result<Reply, Problem> {
    match path {
        "check" => Ok(check::answer(&Call::read(shared, body)?)),
        "paste" => paste::answer(&shared.settings, read(body)?),
        "request" => request::answer(shared, Call::read(shared, body)?).await,
        "code" => code::answer(shared, &Call::read(shared, body)?),
        "call" => call::answer(shared, Call::read(shared, body)?).await,
        _ => match path.strip_prefix("emulator/") {
            Some(path) => emulator::answer(shared, query, path, Some(read(body)?)).await,
            None => Err(Problem::absent("the API has no such path")),
        },
    }
}
