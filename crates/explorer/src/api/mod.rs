//! What scripts ask for. Parameters travel as JSON texts, so that numbers keep all their digits.

mod call;
mod check;
mod code;
pub(crate) mod codes;
mod emulator;
mod next;
mod paste;
mod request;
pub(crate) mod search;
mod types;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::calls::Target;
use crate::explorer::Shared;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::routes::Query;
use crate::subject::{self, Name, Subject};

/// A call as the page has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    of: Name,
    target: String,
    region: Option<String>,
    /// The parameters as JSON text.
    parameters: String,
    /// The language of the code.
    #[serde(default)]
    language: Option<String>,
    /// Whether the user confirmed a write.
    #[serde(default)]
    confirmed: bool,
}

/// A call of an action that exists, to a target that exists.
struct Call {
    subject: Subject,
    target: Target,
    region: Option<String>,
    parameters: Map<String, Value>,
    language: Option<String>,
    confirmed: bool,
}

impl Call {
    fn read(shared: &Shared, body: &[u8]) -> Result<Self, Problem> {
        let Asked {
            of,
            target,
            region,
            parameters,
            language,
            confirmed,
        } = read(body)?;
        Ok(Self {
            subject: of.find()?,
            target: Target::find(&target, &shared.settings)?,
            region: region.filter(|region| !region.is_empty()),
            parameters: object(&parameters)?,
            language,
            confirmed,
        })
    }
}

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
        "check" => check::answer(&Call::read(shared, body)?),
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

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(body)
        .map_err(|error| Problem::bad(format!("the request is not what the API takes: {error}")))
}

/// Reads parameters.
fn object(text: &str) -> Result<Map<String, Value>, Problem> {
    match serde_json::from_str(text) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err(Problem::bad("the parameters must be a JSON object")),
        Err(error) => Err(Problem::bad(format!(
            "the parameters are not JSON: {error}"
        ))),
    }
}
