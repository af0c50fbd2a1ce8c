//! A call as code.

use serde_json::json;
use tc3_snippets::{Call as Snippet, Language, snippet};

use super::body::Call;
use crate::calls::Target;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::shared::Shared;

/// Returns code that calls the documented endpoint of the service, or the endpoint of the settings.
pub(super) fn respond(shared: &Shared, call: &Call) -> Result<Reply, Problem> {
    let language: Language = call
        .language
        .as_deref()
        .unwrap_or_default()
        .parse()
        .map_err(Problem::bad_request)?;
    let endpoint = match call.target {
        Target::Emulator => None,
        Target::Service(_) => shared.settings.endpoint.as_deref(),
    };
    let snippet = snippet(
        &Snippet {
            spec: &call.subject.of.spec()?,
            action: &call.subject.action,
            parameters: &call.parameters,
            region: call.region.as_deref(),
            endpoint,
        },
        language,
    );
    let code =
        snippet.map_err(|error| Problem::bad_request(format!("{}: {error}", language.title())))?;
    let file = format!("{}.{}", call.subject.action, language.extension());
    Ok(Reply::json(&json!({ "code": code, "file": file })))
}
