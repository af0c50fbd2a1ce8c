//! Corrections of documentation errors.

mod fix;
mod target;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::file::{LoadError, parse, read};
use crate::locate::{line_column, offset};
use crate::model::{Source, present};
use crate::validate::is_version;

/// The file `fixups.json` in a service's folder: named corrections of its sources.
///
/// ```json
/// {
///   "count-is-text": {
///     "reason": "The service refuses numbers, whatever its page says.",
///     "version": "2021-03-31",
///     "at": "actions.Order.request.Count.type",
///     "from": "Integer",
///     "to": "String"
///   }
/// }
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fixups {
    entries: Vec<Fixup>,
}

/// A correction of one value in the spec of one version.
#[derive(Clone, Debug, PartialEq)]
pub struct Fixup {
    /// The name.
    pub name: String,
    /// The reason.
    pub reason: String,
    /// The corrected service version.
    pub version: String,
    /// The path of the value in the spec, such as `actions.Order.request.Count.type`. List items are addressed by name, code
    /// or title, examples also by number.
    pub at: String,
    /// The expected value in the sources, or `None` if they lack it. If it no longer matches, the fixup fails. For an object,
    /// only the relevant keys are required.
    pub from: Option<Value>,
    /// The corrected value, or `None` to remove it.
    pub to: Option<Value>,
    /// The line in the file, from 1.
    pub line: usize,
}

/// A fixup in the file, without its name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    reason: String,
    version: String,
    at: String,
    #[serde(default, deserialize_with = "present")]
    from: Option<Value>,
    #[serde(default, deserialize_with = "present")]
    to: Option<Value>,
}

/// A fixup that cannot be applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The fixup's name.
    pub name: String,
    /// The line in the file, from 1.
    pub line: usize,
    /// The problem and the remedy.
    pub message: String,
}

impl Fixups {
    /// The file's name in a service's folder.
    pub const FILE: &'static str = "fixups.json";

    /// Loads fixups.
    ///
    /// # Errors
    /// Fails if the file cannot be read or a fixup is invalid: an unknown or duplicate key, a missing reason, no change, or
    /// a second fixup of one value.
    pub fn load(path: &Path) -> Result<Fixups, LoadError> {
        let text = read(path)?;
        // Detects duplicate names.
        parse::<BTreeMap<String, IgnoredAny>>(&text, path)?;
        let mut names: BTreeMap<String, &RawValue> =
            serde_json::from_str(&text).unwrap_or_default();
        let mut entries: Vec<Fixup> = Vec::with_capacity(names.len());
        while let Some((name, raw)) = names.pop_first() {
            let start = offset(&text, raw.get()).unwrap_or_default();
            let error = |offset: usize, message: String| {
                let (line, column) = line_column(&text, offset);
                LoadError::Syntax {
                    path: path.to_owned(),
                    line,
                    column,
                    message: format!("the fixup `{name}`: {message}"),
                }
            };
            let entry: Entry = serde_json::from_str(raw.get()).map_err(|found| {
                let lines = raw.get().split_inclusive('\n');
                let before: usize = lines
                    .take(found.line().saturating_sub(1))
                    .map(str::len)
                    .sum();
                let message = found.to_string();
                let position = format!(" at line {} column {}", found.line(), found.column());
                let message = message.strip_suffix(&position).unwrap_or(&message);
                error(
                    start + before + found.column().saturating_sub(1),
                    message.to_owned(),
                )
            })?;
            entry
                .check(&name)
                .map_err(|message| error(start, message))?;
            let is_same = |other: &&Fixup| other.version == entry.version && other.at == entry.at;
            if let Some(other) = entries.iter().find(is_same) {
                let message = format!(
                    "{} {} is already corrected by `{}`: merge them into one",
                    entry.version, entry.at, other.name
                );
                return Err(error(start, message));
            }
            entries.push(Fixup {
                line: line_column(&text, start).0,
                name,
                reason: entry.reason,
                version: entry.version,
                at: entry.at,
                from: entry.from,
                to: entry.to,
            });
        }
        Ok(Fixups { entries })
    }

    /// Returns the fixups in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &Fixup> {
        self.entries.iter()
    }

    /// Returns the fixups of unknown versions, which cannot be applied.
    pub fn of_other_versions(&self, versions: &[&str]) -> Vec<Mismatch> {
        let others = self
            .iter()
            .filter(|fixup| !versions.contains(&fixup.version.as_str()));
        let only = match versions {
            [] => String::new(),
            versions => format!(", only {}", versions.join(", ")),
        };
        let mismatch = |fixup: &Fixup| {
            fixup.mismatch(format!(
                "version {} does not exist{only}; correct the fixup, or remove it",
                fixup.version
            ))
        };
        others.map(mismatch).collect()
    }
}

impl Entry {
    fn check(&self, name: &str) -> Result<(), String> {
        if name.trim().is_empty() {
            return Err("it has no name: add one".to_owned());
        }
        if self.reason.trim().is_empty() {
            return Err("it has no reason: say why the source is wrong".to_owned());
        }
        if !is_version(&self.version) {
            return Err(format!(
                "`{}` is not a version: expected a date like 2021-03-31",
                self.version
            ));
        }
        for (key, value) in [("from", &self.from), ("to", &self.to)] {
            if value.as_ref().is_some_and(Value::is_null) {
                return Err(format!("`{key}` must not be null: omit the key instead"));
            }
        }
        if self.from.as_ref() == Some(&Value::Object(serde_json::Map::new())) {
            return Err("`from` has no keys: give the keys to replace".to_owned());
        }
        match (&self.from, &self.to) {
            (None, None) => Err(
                "it has neither `from` nor `to`, so it changes nothing: add one of them".to_owned(),
            ),
            (from, to) if from == to => {
                Err("`from` and `to` are the same: correct one, or remove the fixup".to_owned())
            }
            _ => Ok(()),
        }
    }
}

impl Fixup {
    fn mismatch(&self, message: String) -> Mismatch {
        Mismatch {
            name: self.name.clone(),
            line: self.line,
            message,
        }
    }
}

/// Describes the correction in one line.
impl fmt::Display for Fixup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = &self.at;
        match (&self.from, &self.to) {
            (Some(from), Some(to)) => write!(f, "{at} is {}, not {}", short(to), short(from)),
            (None, Some(to)) => write!(f, "{at} is {}, not absent", short(to)),
            (Some(from), None) => write!(f, "{at} is absent, not {}", short(from)),
            (None, None) => f.write_str(at),
        }
    }
}

/// Formats a value, shortened if it is long.
fn short(value: &Value) -> String {
    const MAX_CHARS: usize = 60;
    let text = match value {
        Value::String(text) => text.replace('\n', " "),
        other => other.to_string(),
    };
    match text.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}

impl Source {
    /// Returns the source of an action that a fixup adds.
    pub(crate) fn of_fixup() -> Self {
        Self {
            page: Fixups::FILE.to_owned(),
            updated: None,
            url: None,
            fetched: None,
        }
    }
}
