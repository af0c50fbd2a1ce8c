//! Actions that would be removed from a spec or a crate.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use tc3_spec::diff::removed_actions;

use crate::changes::Changes;
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
                /// Maximum number of names in the message. A version can have hundreds of actions.
                const MAX_NAMES: usize = 5;
                let named = actions.iter().take(MAX_NAMES);
                let named: Vec<_> = named.map(|action| format!("`{action}`")).collect();
                let (count, named) = (count(actions.len(), "action"), named.join(", "));
                write!(f, "{count} {of} ({named}")?;
                if actions.len() > MAX_NAMES {
                    write!(f, " and {} more", actions.len() - MAX_NAMES)?;
                }
                f.write_str(")")?;
            }
        }
        write!(f, ": {}", self.why)
    }
}

/// Finds actions in generated files that are removed or replaced, if no new file has them. They include actions whose spec
/// no longer exists. `known` removals are not repeated.
pub(crate) fn of_generated(changes: &Changes, known: &[Removal]) -> Vec<Removal> {
    // A file may have been renamed, so the actions of each folder are compared by name.
    let mut folders: BTreeMap<&Path, [Vec<&str>; 2]> = BTreeMap::new();
    for change in &changes.list {
        for (side, text) in [&change.old, &change.new].into_iter().enumerate() {
            let action = text.as_deref().and_then(tc3_codegen::action_in);
            if let (Some(action), Some(folder)) = (action, change.path.parent()) {
                folders.entry(folder).or_default()[side].push(action);
            }
        }
    }
    let removals = folders.into_iter().filter_map(|(folder, [old, new])| {
        let (service, version) = service_and_version(folder)?;
        let known = known.iter();
        let known = known.filter(|of| of.service == service && of.version == version);
        let known = known.flat_map(|of| of.actions.iter().map(String::as_str));
        let actions = removed_actions(old, new.into_iter().chain(known));
        (!actions.is_empty()).then(|| Removal {
            service,
            version,
            actions: actions.into_iter().map(str::to_owned).collect(),
            why: "no longer in any spec, only in generated/".to_owned() + &text::shown(folder),
        })
    });
    removals.collect()
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
