//! `tc3 search`: finds names and descriptions.

use std::collections::HashSet;
use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};
use tc3_catalogue::{Catalogue, Found};
use tc3_spec::Site;

use crate::failure::Failure;
use crate::terminal::{print_data, print_stderr, print_text};
use crate::texts;

/// Maximum number of characters of a description in a line.
const MAX_DESCRIPTION: usize = 100;

/// Arguments of `tc3 search`.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Words that must all be in a path, such as cvm.RunInstances.ImageId, or in a description. Misspelled names are found
    /// too.
    #[arg(required = true, value_name = "WORD")]
    words: Vec<String>,
    /// Maximum number of hits.
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    limit: usize,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Searches, and prints one hit a line.
pub(crate) fn run(
    arguments: &Arguments,
    site: Site,
    version: Option<&str>,
) -> Result<ExitCode, Failure> {
    let words = arguments.words.join(" ");
    let is_of_version = |found: &Found| version.is_none_or(|version| found.version == version);
    // The version filter applies after the search.
    let limit = match version {
        Some(_) => usize::MAX,
        None => arguments.limit,
    };
    let hits = Catalogue::of_site(site).search(&words, limit);
    let hits = hits.map_err(|error| Failure::not_sent(error.to_string()))?;
    let names = hits.into_iter().map(Found::from).filter(is_of_version);
    let (mut found, misspelled): (Vec<Found>, Vec<Found>) =
        names.partition(|found| has_all(found, &arguments.words));
    if let Some(texts) = texts::open(site) {
        match texts.search(&words, limit) {
            Ok(hits) => {
                let hits = hits.into_iter().map(Found::from);
                found.extend(hits.filter(is_of_version));
            }
            Err(error) => texts::warn(error),
        }
    }
    found.extend(misspelled);
    let mut seen = HashSet::new();
    found.retain(|found| seen.insert((found.service.clone(), found.version.clone(), found.name())));
    found.truncate(arguments.limit);
    if arguments.json {
        let found: Value = found.iter().map(json).collect();
        print_data(&format!("{found:#}\n"))?;
    } else {
        print_text(&found.iter().map(line).collect::<String>())?;
        if found.is_empty() {
            print_stderr("no matches; try other words, or another `--site`");
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Returns the argument of `tc3 explain` for a hit.
fn path(found: &Found) -> String {
    match found.name() {
        Some(name) => format!("{}.{name}", found.service),
        None => found.service.clone(),
    }
}

/// Whether the name contains all words exactly.
fn has_all(found: &Found, words: &[String]) -> bool {
    let path = path(found).to_ascii_lowercase();
    let mut words = words.iter().map(|word| word.to_ascii_lowercase());
    words.all(|word| word.split_whitespace().all(|part| path.contains(part)))
}

/// Returns a line: the argument of `tc3 explain`, the version, the kind, and the description.
fn line(found: &Found) -> String {
    let text = found.text.as_deref().unwrap_or_default();
    let text: Vec<&str> = text.split_whitespace().collect();
    let mut text = text.join(" ");
    if let Some((end, _)) = text.char_indices().nth(MAX_DESCRIPTION) {
        text.truncate(end);
        text.push('…');
    }
    let line = format!("{}\t{}\t{}\t{text}", path(found), found.version, found.kind);
    format!("{}\n", line.trim_end())
}

fn json(found: &Found) -> Value {
    json!({
        "kind": found.kind,
        "service": found.service,
        "version": found.version,
        "name": found.name(),
        "text": found.text,
    })
}
