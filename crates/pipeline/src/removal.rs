//! Actions that would be removed from a spec or a crate.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use crate::changes::{Change, Changes};
use crate::files::name;
use crate::text::{self, count};

/// Actions of a service version that would be removed.
#[derive(Debug)]
pub struct Removal {
    pub(crate) service: String,
    pub(crate) version: String,
    pub(crate) actions: Vec<String>,
    /// The reason.
    pub(crate) why: String,
}

impl fmt::Display for Removal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = format!("of {} {}", self.service, self.version);
        match self.actions.as_slice() {
            [action] => write!(f, "action `{action}` {of}")?,
            actions => {
                // A whole version can have hundreds.
                const MOST: usize = 5;
                let named = actions.iter().take(MOST);
                let named: Vec<_> = named.map(|action| format!("`{action}`")).collect();
                let (count, named) = (count(actions.len(), "action"), named.join(", "));
                write!(f, "{count} {of} ({named}")?;
                if actions.len() > MOST {
                    write!(f, " and {} more", actions.len() - MOST)?;
                }
                f.write_str(")")?;
            }
        }
        write!(f, ": {}", self.why)
    }
}

/// Finds actions that only the generated crates have, in the files to be removed or replaced. `known` removals are not
/// repeated. This also covers actions whose spec no longer exists.
pub(crate) fn of_generated(changes: &Changes, known: &[Removal]) -> Vec<Removal> {
    // A file may have been renamed, so actions are compared by name.
    let list = changes.list.iter();
    let new: BTreeSet<_> = list.filter_map(|of| action_in(of, &of.new)).collect();
    let mut gone: BTreeMap<&Path, Removal> = BTreeMap::new();
    for change in changes.list.iter().filter(|change| change.new.is_none()) {
        let Some((folder, action)) = action_in(change, &change.old) else {
            continue;
        };
        let Some((service, version)) = service_and_version(folder) else {
            continue;
        };
        let is_it = |of: &Removal| of.service == service && of.version == version;
        let mut known = known.iter().filter(|of| is_it(of));
        if new.contains(&(folder, action))
            || known.any(|of| of.actions.iter().any(|of| of == action))
        {
            continue;
        }
        let why = "no longer in any spec, only in generated/";
        let removal = gone.entry(folder).or_insert_with(|| Removal {
            service,
            version,
            actions: Vec::new(),
            why: why.to_owned() + &text::shown(folder),
        });
        removal.actions.push(action.to_owned());
    }
    gone.into_values().collect()
}

/// Returns the action that a file contains in its old or new text, with the file's folder.
fn action_in<'c>(change: &'c Change, text: &'c Option<String>) -> Option<(&'c Path, &'c str)> {
    let action = tc3_codegen::action_in(text.as_deref()?)?;
    Some((change.path.parent()?, action))
}

/// Parses the service and version from a module's folder, such as `cvm/src/v20170312`.
fn service_and_version(folder: &Path) -> Option<(String, String)> {
    let digits = name(folder).strip_prefix('v')?.to_owned();
    let version = [digits.get(..4)?, digits.get(4..6)?, digits.get(6..)?].join("-");
    let service = folder.parent().and_then(Path::parent)?;
    Some((name(service), version))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn many_actions_are_counted() {
        let removal = |actions: usize| Removal {
            service: "shop".to_owned(),
            version: "2021-03-31".to_owned(),
            actions: (0..actions).map(|number| format!("Do{number}")).collect(),
            why: "why".to_owned(),
        };
        assert_eq!(
            removal(1).to_string(),
            "action `Do0` of shop 2021-03-31: why"
        );
        assert_eq!(
            removal(7).to_string(),
            "7 actions of shop 2021-03-31 (`Do0`, `Do1`, `Do2`, `Do3`, `Do4` and 2 more): why"
        );
    }

    #[test]
    fn crate_only_actions_are_found() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().join("shop/src/v20210331");
        fs::create_dir_all(&folder).expect("a folder");
        for (file, name) in [("order.rs", "Order"), ("sell.rs", "Sell")] {
            let code =
                format!("// @generated\nconst ACTION: A = ::tc3::Action::new(\"{name}\");\n");
            fs::write(folder.join(file), code).expect("a file");
        }
        let changes = Changes::find(root.path(), BTreeMap::new(), Some(Path::new("")));
        let changes = changes.expect("changes");
        let gone = of_generated(&changes, &[]);
        assert_eq!(
            gone.iter().map(ToString::to_string).collect::<Vec<_>>(),
            [
                "2 actions of shop 2021-03-31 (`Order`, `Sell`): no longer in any spec, only in \
                 generated/shop/src/v20210331"
            ]
        );
        assert_eq!(of_generated(&changes, &gone).len(), 0);
    }
}
