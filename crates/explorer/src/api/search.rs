//! Search in names and error codes, and in descriptions if they are imported.

use std::collections::HashSet;

use serde_json::{Value, json};
use tc3_catalogue::{Catalogue, Hit, HitKind, TextHit, TextOwner};
use tc3_spec::Site;

use super::codes::{self, Code};
use crate::problem::Problem;
use crate::reply::Reply;
use crate::settings::Settings;
use crate::subject::texts;

/// The most results of an answer.
const MOST: usize = 50;

/// A result.
pub(crate) struct Found {
    pub(crate) kind: &'static str,
    pub(crate) service: String,
    pub(crate) version: String,
    /// The name behind the service.
    pub(crate) name: Option<String>,
    /// The description that has the words.
    pub(crate) text: Option<String>,
    /// The path of its page.
    pub(crate) href: String,
}

pub(super) fn answer(settings: &Settings, site: Site, words: &str) -> Result<Reply, Problem> {
    let found = search(settings, site, words, MOST)?;
    let hits: Vec<Value> = found.iter().map(Found::json).collect();
    Ok(Reply::json(&json!({ "hits": hits })))
}

/// Returns what has the words: names first, then descriptions and error codes; at most `most`.
pub(crate) fn search(
    settings: &Settings,
    site: Site,
    words: &str,
    most: usize,
) -> Result<Vec<Found>, Problem> {
    let hits = Catalogue::of_site(site).search(words, most)?;
    let mut found: Vec<Found> = hits.iter().map(|hit| Found::name(site, hit)).collect();
    if let Some(texts) = texts(settings.texts.as_deref(), site) {
        // What a damaged file does not have, is not found.
        let hits = texts.search(words, most).unwrap_or_default();
        found.extend(hits.into_iter().map(|hit| Found::text(site, hit)));
    }
    // Where names are found, codes get a part of the list.
    let rest = most.saturating_sub(found.len()).max(most / 5);
    let codes = codes::search(site, words, rest);
    found.truncate(most - codes.len());
    found.extend(codes.into_iter().map(|code| Found::code(site, code)));
    let mut seen = HashSet::new();
    found.retain(|found| seen.insert(found.href.clone()));
    found.truncate(most);
    Ok(found)
}

impl Found {
    fn name(site: Site, hit: &Hit<'_>) -> Self {
        let page = format!("/{}/{}/{}/", site.name(), hit.service, hit.version);
        let (kind, name, path) = match hit.kind {
            HitKind::Service => ("service", None, String::new()),
            HitKind::Action(action) => ("action", Some(action.to_owned()), action.to_owned()),
            HitKind::Type(name) => ("type", Some(name.to_owned()), format!("types/{name}")),
            HitKind::Parameter { action, parameter } => (
                "parameter",
                Some(format!("{action}.{parameter}")),
                format!("{action}#request-{parameter}"),
            ),
        };
        Self {
            kind,
            service: hit.service.to_owned(),
            version: hit.version.to_owned(),
            name,
            text: None,
            href: page + &path,
        }
    }

    fn text(site: Site, hit: TextHit) -> Self {
        let page = format!("/{}/{}/{}/", site.name(), hit.service, hit.version);
        let (kind, owner, path) = match hit.owner {
            TextOwner::Action(name) => ("action", name.clone(), name),
            TextOwner::Type(name) => ("type", name.clone(), format!("types/{name}")),
        };
        let (kind, name) = match hit.field {
            Some(field) => ("field", format!("{owner}.{field}")),
            None => (kind, owner),
        };
        Self {
            kind,
            service: hit.service,
            version: hit.version,
            name: Some(name),
            text: Some(hit.text),
            href: page + &path,
        }
    }

    fn code(site: Site, code: &Code) -> Self {
        let Code {
            service, version, ..
        } = code;
        Self {
            kind: "error",
            service: (*service).to_owned(),
            version: (*version).to_owned(),
            name: Some(code.code.clone()),
            text: None,
            href: format!("/{}/{service}/{version}/#error-{}", site.name(), code.code),
        }
    }

    fn json(&self) -> Value {
        let Self {
            kind,
            service,
            version,
            name,
            text,
            href,
        } = self;
        json!({
            "kind": kind, "service": service, "version": version, "name": name, "text": text, "href": href,
        })
    }
}
