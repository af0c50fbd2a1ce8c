//! Actions that a spec on disk has, and its sources do not have any more.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

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
        write!(f, "{} {}: ", self.service, self.version)?;
        match self.actions.as_slice() {
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
        write!(f, ": {}", self.why)
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
            "shop 2021-03-31: the action `Do0` is gone: why"
        );
        assert_eq!(
            removal(7).to_string(),
            "shop 2021-03-31: 7 actions are gone, `Do0`, `Do1`, `Do2`, `Do3`, `Do4` and 2 more: why"
        );
    }

    #[test]
    fn actions_of_a_crate_without_a_spec_are_gone() {
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
                "shop 2021-03-31: 2 actions are gone, `Order`, `Sell`: no spec knows of this any more, but the crate does, in \
                 generated/shop/src/v20210331"
            ]
        );
        assert_eq!(of_generated(&changes, &gone).len(), 0);
    }
}
