//! Actions that a spec on disk has, and its sources do not have any more.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fmt, fs};

use serde::Deserialize;
use serde_json::Value;
use tc3_spec::{Action, Field, Fragment, Source, Spec, TypeRef};

use crate::changes::{Change, Changes};
use crate::files::name;
use crate::text::{self, count};

/// Actions that callers lose.
#[derive(Debug)]
pub struct Removal {
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
            "no spec knows of this any more, but the crate does, in generated/{}",
            text::shown(folder)
        ),
    })
    .collect()
}

/// The service and version of the folder of a generated module, `cvm/src/v20170312`.
fn service_and_version(folder: &Path) -> Option<(String, String)> {
    let digits = name(folder).strip_prefix('v')?.to_owned();
    let version = [digits.get(..4)?, digits.get(4..6)?, digits.get(6..)?].join("-");
    let service = folder.parent().and_then(Path::parent)?;
    Some((name(service), version))
}

/// What there is of a version now, to hold the spec on disk against.
pub(crate) struct Now<'a> {
    /// The service's folder.
    pub(crate) folder: &'a Path,
    /// The folder's name in messages.
    pub(crate) shown: &'a str,
    pub(crate) service: &'a str,
    pub(crate) version: &'a str,
    /// What the pages say.
    pub(crate) pages: &'a [Fragment],
    pub(crate) metadata: Option<&'a Spec>,
    /// The spec that is made of them, with fixups; nothing if there was an error.
    pub(crate) spec: Option<&'a Spec>,
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

/// What a spec file knows of its actions. Whatever else became of the file is no reason to lose one.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Known {
    #[serde(default)]
    actions: BTreeMap<String, Value>,
}

impl Known {
    /// Reads the text of a spec file. Where it is something else, nothing is known.
    pub(crate) fn from_json(text: &str) -> Known {
        let mut values = serde_json::Deserializer::from_str(text).into_iter();
        values.next().and_then(Result::ok).unwrap_or_default()
    }

    /// Holds what is known against what there is now.
    pub(crate) fn compare(&self, now: &Now<'_>) -> Comparison {
        let mut comparison = Comparison::default();
        let nothing_left = now.pages.is_empty() && now.metadata.is_none();
        if nothing_left && self.actions.len() > 1 {
            let why = format!(
                "none of their pages in {}/pages/{} is there any more",
                now.shown, now.version
            );
            let actions = self.actions.keys().cloned().collect();
            comparison.removals.push(now.removal(actions, why));
            return comparison;
        }
        for (name, action) in &self.actions {
            let page = page(action);
            let of_page = now.own_pages().find(|of| of.actions.contains_key(name));
            let metadata = now.metadata.filter(|of| of.actions.contains_key(name));
            let at = format!("{} {}", now.service, now.version);
            match (of_page, &page) {
                (Some(of), Some(page)) => {
                    let before = now.shown(page);
                    if before != of.origin && !now.pages.iter().any(|of| of.origin == before) {
                        let line = format!("{at} {name}: from {before} to {}", of.origin);
                        comparison.moved.push(line);
                    }
                }
                (None, Some(page)) if metadata.is_some() => comparison.warnings.push(format!(
                    "{at} actions.{name}: {}; what only the page said is lost, and the metadata counts",
                    self.why(name, action, page, now)
                )),
                _ => {}
            }
            let is_said = of_page.is_some() || metadata.is_some();
            if now.spec.map_or(is_said, |of| of.actions.contains_key(name)) {
                continue;
            }
            let package = now.metadata.and_then(|metadata| metadata.imported.as_ref());
            let why = match (page, package) {
                _ if is_said => "a fixup removes it".to_owned(),
                (Some(page), _) => self.why(name, action, &page, now),
                (None, Some(of)) => format!("{of} does not have it"),
                (None, None) => "neither a page nor the metadata has it any more".to_owned(),
            };
            comparison
                .removals
                .push(now.removal(vec![name.clone()], why));
        }
        comparison
    }

    /// What became of the page of an action that no page describes any more.
    fn why(&self, name: &str, action: &Value, page: &str, now: &Now<'_>) -> String {
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

impl Now<'_> {
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
