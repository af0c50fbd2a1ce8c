//! Search in names and error codes, and in descriptions if they are imported.

use std::collections::HashSet;

use serde_json::{Value, json};
use tc3_catalogue::{Catalogue, Found};
use tc3_spec::Site;

use super::codes::{self, Code};
use crate::problem::Problem;
use crate::reply::Reply;
use crate::settings::Settings;
use crate::subject::texts;

/// Maximum number of results in a response.
const LIMIT: usize = 50;

/// The kind of an error code.
const ERROR: &str = "error";

pub(super) fn respond(settings: &Settings, site: Site, words: &str) -> Result<Reply, Problem> {
    let found = search(settings, site, words, LIMIT)?;
    let hits: Vec<Value> = found.iter().map(|found| json(site, found)).collect();
    Ok(Reply::json(&json!({ "hits": hits })))
}

/// Returns at most `limit` matches of all words: names first, then descriptions and error codes.
pub(crate) fn search(
    settings: &Settings,
    site: Site,
    words: &str,
    limit: usize,
) -> Result<Vec<Found>, Problem> {
    let hits = Catalogue::of_site(site).search(words, limit)?;
    let mut found: Vec<Found> = hits.into_iter().map(Found::from).collect();
    if let Some(texts) = texts(settings.texts.as_deref(), site) {
        // A damaged file has no matches.
        let hits = texts.search(words, limit).unwrap_or_default();
        found.extend(hits.into_iter().map(Found::from));
    }
    // If names match, error codes get at least a fifth of the list.
    let rest = limit.saturating_sub(found.len()).max(limit / 5);
    let codes = codes::search(site, words, rest);
    found.truncate(limit - codes.len());
    found.extend(codes.into_iter().map(of_code));
    let mut seen = HashSet::new();
    found.retain(|found| seen.insert(href(site, found)));
    found.truncate(limit);
    Ok(found)
}

/// Returns an error code as a search result.
fn of_code(code: &Code) -> Found {
    Found {
        kind: ERROR,
        service: code.service.to_owned(),
        version: code.version.to_owned(),
        owner: Some(code.code.clone()),
        is_type: false,
        field: None,
        text: None,
    }
}

/// Returns the path of the page that shows a result.
pub(crate) fn href(site: Site, found: &Found) -> String {
    let owner = found.owner.as_deref().unwrap_or_default();
    let page = match found.kind {
        ERROR => format!("#error-{owner}"),
        _ if found.is_type => format!("types/{owner}"),
        _ => owner.to_owned(),
    };
    let place = match (found.kind, &found.field) {
        ("parameter", Some(field)) => format!("#request-{field}"),
        _ => String::new(),
    };
    let Found {
        service, version, ..
    } = found;
    format!("/{}/{service}/{version}/{page}{place}", site.name())
}

fn json(site: Site, found: &Found) -> Value {
    json!({
        "kind": found.kind,
        "service": found.service,
        "version": found.version,
        "name": found.name(),
        "text": found.text,
        "href": href(site, found),
    })
}
