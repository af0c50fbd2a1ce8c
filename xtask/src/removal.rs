//! Actions that a spec on disk has, and its sources do not have any more.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{fmt, fs, io};

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;
use tc3_spec::{Action, Field, Fragment, Source, Spec, TypeRef};

use crate::changes::{Change, Changes};
use crate::files::{count, name, say, tell};

/// What there is of a version now, to hold the spec on disk against.
pub(crate) struct Sources<'a> {
    /// The service's folder.
    pub(crate) folder: &'a Path,
    /// The folder's name in messages.
    pub(crate) shown: &'a str,
    pub(crate) service: &'a str,
    pub(crate) version: &'a str,
    /// What the pages say.
    pub(crate) pages: &'a [Fragment],
    pub(crate) metadata: Option<&'a Spec>,
}

/// What became of the actions of a version.
#[derive(Debug, Default)]
pub(crate) struct Comparison {
    pub(crate) removals: Vec<Removal>,
    /// Actions whose page is another file now, a line for each.
    pub(crate) moved: Vec<String>,
    /// Actions that are left, but lose what their page said, a line for each.
    pub(crate) warnings: Vec<String>,
}

/// Actions that callers lose.
#[derive(Debug)]
pub(crate) struct Removal {
    pub(crate) service: String,
    pub(crate) version: String,
    pub(crate) actions: Vec<String>,
    /// Why they are gone, in words.
    pub(crate) why: String,
}

impl fmt::Display for Removal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Removal {
            service,
            version,
            actions,
            why,
        } = self;
        write!(f, "{service} {version}: ")?;
        match actions.as_slice() {
            [action] => write!(f, "the action `{action}` is gone")?,
            actions => {
                // A whole version can have hundreds.
                const MOST: usize = 5;
                let named = actions.iter().take(MOST);
                let named: Vec<_> = named.map(|action| format!("`{action}`")).collect();
                write!(
                    f,
                    "{} are gone, {}",
                    count(actions.len(), "action"),
                    named.join(", ")
                )?;
                if actions.len() > MOST {
                    write!(f, " and {} more", actions.len() - MOST)?;
                }
            }
        }
        write!(f, ": {why}")
    }
}

/// Tells which actions are gone, and says whether the command may go on: with `allowed`, or if there are none. One that only
/// checks writes nothing, whatever is allowed.
pub(crate) fn may_go(removals: &[Removal], allowed: bool, check: bool) -> bool {
    if allowed {
        let word = if check { "would go" } else { "gone " };
        for removal in removals {
            say(&format!("{word} {removal}"));
        }
        return true;
    }
    tell_errors(removals);
    if !removals.is_empty() {
        let command = match check {
            true => "the same command without `--check` and with `--allow-removal`",
            false => "the same command with `--allow-removal`",
        };
        tell(&format!(
            "error: callers would lose actions, so nothing was written: put back what is missing; or, if the actions are \
             really gone, remove what is left of their pages, and run {command}\n"
        ));
    }
    removals.is_empty()
}

/// Tells which actions are gone, and no more: for when it takes more than to allow it.
pub(crate) fn tell_errors(removals: &[Removal]) {
    for removal in removals {
        tell(&format!("error: {removal}\n\n"));
    }
}

/// Actions that generated crates have, as the files say that are to go, but for those that are known to be gone. So also
/// those are found of which there is no spec any more.
pub(crate) fn of_generated(changes: &Changes, known: &[Removal]) -> Vec<Removal> {
    let mut gone: BTreeMap<(String, String, &Path), Vec<String>> = BTreeMap::new();
    let list = &changes.list;
    for change in list.iter().filter(|change| change.new.is_none()) {
        let action = change.old.as_deref().and_then(tc3_codegen::action_in);
        let (Some(action), Some(folder)) = (action, change.path.parent()) else {
            continue;
        };
        let Some((service, version)) = service_and_version(folder) else {
            continue;
        };
        let is_known = known.iter().any(|of| {
            (&of.service, &of.version) == (&service, &version)
                && of.actions.iter().any(|of| of == action)
        });
        // The file may have another name now.
        let is_new = |change: &Change| {
            let new = change.new.as_deref();
            new.and_then(tc3_codegen::action_in) == Some(action)
        };
        let beside = list.iter().filter(|of| of.path.starts_with(folder));
        if !is_known && !beside.into_iter().any(is_new) {
            let actions = gone.entry((service, version, folder)).or_default();
            actions.push(action.to_owned());
        }
    }
    let gone = gone.into_iter();
    gone.map(|((service, version, folder), actions)| Removal {
        service,
        version,
        actions,
        why: format!(
            "no spec knows of this any more, but the crate does, in {}",
            folder.display().to_string().replace('\\', "/")
        ),
    })
    .collect()
}

/// The service and version of the folder of a generated module, `generated/cvm/src/v20170312`.
fn service_and_version(folder: &Path) -> Option<(String, String)> {
    let digits = name(folder).strip_prefix('v')?.to_owned();
    let version = [digits.get(..4)?, digits.get(4..6)?, digits.get(6..)?].join("-");
    let service = folder.parent().and_then(Path::parent)?;
    Some((name(service), version))
}

/// What a spec file knows of its actions. Whatever else became of the file is no reason to lose one.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Known {
    #[serde(default)]
    actions: BTreeMap<String, Value>,
}

impl Known {
    /// Reads a spec file. Where there is none, or something else, nothing is known.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(crate) fn read(file: &Path) -> Result<Known> {
        match fs::read_to_string(file) {
            Ok(text) => {
                let mut values = serde_json::Deserializer::from_str(&text).into_iter();
                Ok(values.next().and_then(Result::ok).unwrap_or_default())
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Known::default()),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", file.display())),
        }
    }

    /// The same where fixups have corrected what the sources say, whose actions are `said`: an action that a fixup adds is
    /// not gone, and one that a fixup removes is.
    pub(crate) fn compare_fixed(
        &self,
        fixed: &Spec,
        said: &BTreeSet<String>,
        removals: &mut Vec<Removal>,
    ) {
        for removal in removals.iter_mut() {
            if removal.version == fixed.version {
                removal.actions.retain(|of| !fixed.actions.contains_key(of));
            }
        }
        removals.retain(|removal| !removal.actions.is_empty());
        let known = self.actions.keys();
        let removed = known.filter(|of| said.contains(*of) && !fixed.actions.contains_key(*of));
        removals.extend(removed.map(|action| Removal {
            service: fixed.service.clone(),
            version: fixed.version.clone(),
            actions: vec![action.clone()],
            why: "a fixup removes it".to_owned(),
        }));
    }

    /// Holds what is known against what there is now.
    pub(crate) fn compare(&self, now: &Sources<'_>) -> Comparison {
        let mut comparison = Comparison::default();
        let nothing_left = now.pages.is_empty() && now.metadata.is_none();
        if nothing_left && self.actions.len() > 1 {
            comparison.removals.push(now.removal(
                self.actions.keys().cloned().collect(),
                format!(
                    "none of their pages in {}/pages/{} is there any more",
                    now.shown, now.version
                ),
            ));
            return comparison;
        }
        for (name, action) in &self.actions {
            let page = page(action);
            let of_page = now.own_pages().find(|of| of.actions.contains_key(name));
            let in_metadata = now
                .metadata
                .is_some_and(|metadata| metadata.actions.contains_key(name));
            match (of_page, page) {
                (Some(of), Some(page)) => {
                    let before = now.shown(&page);
                    if before != of.origin && !now.pages.iter().any(|of| of.origin == before) {
                        comparison.moved.push(format!(
                            "{} {} {name}: from {before} to {}",
                            now.service, now.version, of.origin
                        ));
                    }
                }
                (Some(_), None) => {}
                (None, None) if in_metadata => {}
                (None, Some(page)) if in_metadata => comparison.warnings.push(format!(
                    "{} {} actions.{name}: {}; what only the page said is lost, and the metadata counts",
                    now.service,
                    now.version,
                    self.why(name, action, &page, now)
                )),
                (None, Some(page)) => {
                    let why = self.why(name, action, &page, now);
                    comparison.removals.push(now.removal(vec![name.clone()], why));
                }
                (None, None) => {
                    let package = now.metadata.and_then(|metadata| metadata.imported.as_ref());
                    let why = match package {
                        Some(of) => format!("{of} does not have it"),
                        None => "neither a page nor the metadata has it any more".to_owned(),
                    };
                    comparison.removals.push(now.removal(vec![name.clone()], why));
                }
            }
        }
        comparison
    }

    /// What became of the page of an action that no page describes any more.
    fn why(&self, name: &str, action: &Value, page: &str, now: &Sources<'_>) -> String {
        let shown = now.shown(page);
        let Some(found) = now.pages.iter().find(|of| of.origin == shown) else {
            let others = now.own_pages();
            let mut others = others.flat_map(|of| of.actions.iter().map(move |it| (of, it)));
            let renamed = others.find(|(_, (other, of))| {
                !self.actions.contains_key(*other) && has_same_tables(action, of)
            });
            let hint = renamed.map_or(String::new(), |(of, (other, _))| {
                format!(
                    ", and {} describes `{other}` with the same tables: it may be the new name of `{name}`",
                    of.origin
                )
            });
            return format!("its page {shown} is not there any more{hint}");
        };
        if !now.is_own(found) {
            let of = |name: &Option<String>, own: &str| name.as_deref().unwrap_or(own).to_owned();
            return format!(
                "its page {shown} is of {} {} now",
                of(&found.service, now.service),
                of(&found.version, now.version)
            );
        }
        if let Some((other, of)) = found.actions.iter().next() {
            let hint = match has_same_tables(action, of) {
                true => format!(", with the same tables: it may be the new name of `{name}`"),
                false => String::new(),
            };
            return format!("its page {shown} describes `{other}` now{hint}");
        }
        if !found.types.is_empty() || !found.errors.is_empty() {
            return format!("its page {shown} describes no action any more");
        }
        if found.version.is_some() || found.endpoint.is_some() {
            return format!("its page {shown} does not name its action any more");
        }
        let bytes = fs::read(now.folder.join(page)).unwrap_or_default();
        match bytes.trim_ascii().is_empty() {
            true => format!("its page {shown} is empty"),
            false => format!("its page {shown} does not have the tables of an action any more"),
        }
    }
}

impl Sources<'_> {
    /// A page's path, as messages have it.
    fn shown(&self, page: &str) -> String {
        format!("{}/{page}", self.shown)
    }

    /// Whether a page is of this version of this service, as far as it tells.
    fn is_own(&self, page: &Fragment) -> bool {
        let is = |name: &Option<String>, own: &str| name.as_ref().is_none_or(|name| name == own);
        is(&page.service, self.service) && is(&page.version, self.version)
    }

    fn own_pages(&self) -> impl Iterator<Item = &Fragment> {
        self.pages.iter().filter(|page| self.is_own(page))
    }

    fn removal(&self, actions: Vec<String>, why: String) -> Removal {
        Removal {
            service: self.service.to_owned(),
            version: self.version.to_owned(),
            actions,
            why,
        }
    }
}

/// The page that an action of a spec came from.
fn page(action: &Value) -> Option<String> {
    let source = action.get("source")?;
    Source::deserialize(source).ok().map(|source| source.page)
}

/// Whether an action of a spec file has the rows of another: their names and types, in this order.
fn has_same_tables(known: &Value, action: &Action) -> bool {
    let Ok(known) = Action::deserialize(known) else {
        return false;
    };
    let rows = |action: &Action| -> Vec<(String, TypeRef)> {
        let fields = action.request.iter().chain(&action.response);
        let row = |field: &Field| (field.name.clone(), field.type_ref.clone());
        fields.map(row).collect()
    };
    // Two actions without a row have nothing in common.
    !rows(action).is_empty()
        && rows(&known) == rows(action)
        && known.request.len() == action.request.len()
}
