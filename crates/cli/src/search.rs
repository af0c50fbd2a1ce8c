//! `tc3 search`: finds names and descriptions.

use std::collections::HashSet;
use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};
use tc3_catalogue::{Catalogue, Hit, HitKind, TextHit, TextOwner};
use tc3_spec::Site;

use crate::failure::Failure;
use crate::style::{print, say, tell};
use crate::texts;

/// The most letters of a description in a line.
const SHOWN: usize = 100;

/// Arguments of `tc3 search`.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Words that must all be in a name and the names around it, or in descriptions. Misspelled names are found too.
    #[arg(required = true, value_name = "WORD")]
    words: Vec<String>,
    /// The most hits.
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    limit: usize,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// A hit in a name or in a text.
struct Found {
    kind: &'static str,
    service: String,
    version: String,
    /// The name behind the service, as `tc3 explain` takes it.
    name: Option<String>,
    /// The description that has the words.
    text: Option<String>,
}

/// Searches, and prints one hit a line.
pub(crate) fn run(
    arguments: &Arguments,
    site: Site,
    version: Option<&str>,
) -> Result<ExitCode, Failure> {
    let words = arguments.words.join(" ");
    let is_of_version = |found: &Found| version.is_none_or(|version| found.version == version);
    // A version is chosen after the search.
    let most = match version {
        Some(_) => usize::MAX,
        None => arguments.limit,
    };
    let hits = Catalogue::of_site(site).search(&words, most);
    let hits = hits.map_err(|error| Failure::not_sent(error.to_string()))?;
    let names = hits.iter().map(Found::name).filter(is_of_version);
    let (mut found, misspelled): (Vec<Found>, Vec<Found>) =
        names.partition(|found| found.has_all(&arguments.words));
    if let Some(texts) = texts::open(site) {
        match texts.search(&words, most) {
            Ok(hits) => {
                let hits = hits.into_iter().map(Found::text);
                found.extend(hits.filter(is_of_version));
            }
            Err(error) => texts::warn(error),
        }
    }
    found.extend(misspelled);
    let mut seen = HashSet::new();
    found.retain(|found| {
        seen.insert((
            found.service.clone(),
            found.version.clone(),
            found.name.clone(),
        ))
    });
    found.truncate(arguments.limit);
    if arguments.json {
        let found: Value = found.iter().map(Found::json).collect();
        print(&format!("{found:#}\n"))?;
    } else {
        say(&found.iter().map(Found::line).collect::<String>())?;
        if found.is_empty() {
            tell("nothing found");
        }
    }
    Ok(ExitCode::SUCCESS)
}

impl Found {
    fn name(hit: &Hit<'_>) -> Self {
        let (kind, name) = match hit.kind {
            HitKind::Service => ("service", None),
            HitKind::Action(action) => ("action", Some(action.to_owned())),
            HitKind::Type(name) => ("type", Some(name.to_owned())),
            HitKind::Parameter { action, parameter } => {
                ("parameter", Some(format!("{action}.{parameter}")))
            }
        };
        Self {
            kind,
            service: hit.service.to_owned(),
            version: hit.version.to_owned(),
            name,
            text: None,
        }
    }

    fn text(hit: TextHit) -> Self {
        let (kind, owner) = match hit.owner {
            TextOwner::Action(name) => ("action", name),
            TextOwner::Type(name) => ("type", name),
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
        }
    }

    /// Returns what `tc3 explain` takes.
    fn path(&self) -> String {
        match &self.name {
            Some(name) => format!("{}.{name}", self.service),
            None => self.service.clone(),
        }
    }

    /// Whether the name has all words as they are spelled.
    fn has_all(&self, words: &[String]) -> bool {
        let path = self.path().to_ascii_lowercase();
        let mut words = words.iter().map(|word| word.to_ascii_lowercase());
        words.all(|word| word.split_whitespace().all(|part| path.contains(part)))
    }

    /// Returns a line: what `tc3 explain` takes, the version, the kind, and the description.
    fn line(&self) -> String {
        let Self { version, kind, .. } = self;
        let path = self.path();
        let text = self.text.as_deref().unwrap_or_default();
        let text: Vec<&str> = text.split_whitespace().collect();
        let mut text = text.join(" ");
        if let Some((end, _)) = text.char_indices().nth(SHOWN) {
            text.truncate(end);
            text.push('…');
        }
        let line = format!("{path}\t{version}\t{kind}\t{text}");
        format!("{}\n", line.trim_end())
    }

    fn json(&self) -> Value {
        json!({
            "kind": self.kind,
            "service": self.service,
            "version": self.version,
            "name": self.name,
            "text": self.text,
        })
    }
}
