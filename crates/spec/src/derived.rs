//! Facts derived from an action's name and tables, which a person can correct.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::access::Access;
use crate::keys::UniqueKeys;
use crate::model::{Action, DataType, Spec};
use crate::pagination::Pagination;
use crate::problem::Problem;

/// The derived facts of a spec file, including manual corrections, which survive regeneration.
///
/// They are read even if the rest of the file is invalid. If the tables can be read, uncorrected paginations are dropped
/// and derived again.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Kept {
    #[serde(default)]
    actions: BTreeMap<String, KeptAction>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
struct KeptAction {
    #[serde(default)]
    access: Option<Access>,
    #[serde(default, deserialize_with = "crate::model::present")]
    pagination: Option<Pagination>,
}

/// The result of deriving: values that differ from the derived ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Derivation {
    /// Values kept although the derived value differs.
    pub overrides: Vec<Problem>,
    /// Values dropped because they no longer fit their action.
    pub mismatches: Vec<Problem>,
}

impl Kept {
    /// Parses the derived facts of a spec file.
    ///
    /// # Errors
    /// Fails if the text does not begin with JSON, has a duplicate key, or has an invalid derived fact.
    pub fn from_json(text: &str) -> Result<Kept, serde_json::Error> {
        // With duplicate actions, for example after a bad merge, all but the last would be lost.
        first_value::<UniqueKeys>(text)?;
        let mut kept: Kept = first_value(text)?.unwrap_or_default();
        if let Ok(spec) = serde_json::from_str::<Spec>(text) {
            kept.drop_derived(&spec);
        }
        Ok(kept)
    }

    /// Drops paginations equal to the derived ones. An explicit "no pagination" is always a manual correction.
    fn drop_derived(&mut self, spec: &Spec) {
        for (name, kept) in &mut self.actions {
            let Some(action) = spec.actions.get(name) else {
                continue;
            };
            let access = action.access_or_derived(name);
            let derived = Pagination::of_action(access, action, &spec.types);
            if derived != Pagination::None && kept.pagination.as_ref() == Some(&derived) {
                kept.pagination = None;
            }
        }
    }
}

/// Parses the first JSON value of a text, or returns `None` if it is empty.
fn first_value<T: DeserializeOwned>(text: &str) -> Result<Option<T>, serde_json::Error> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter();
    values.next().transpose()
}

impl Action {
    /// Returns the access from the spec, or else derived from the action's name.
    pub fn access_or_derived(&self, name: &str) -> Access {
        self.access.unwrap_or_else(|| Access::of_action(name))
    }

    /// Returns the pagination from the spec, or else derived from the tables of the action and from the spec's types.
    pub fn pagination_or_derived(
        &self,
        name: &str,
        types: &BTreeMap<String, DataType>,
    ) -> Pagination {
        self.pagination
            .clone()
            .unwrap_or_else(|| Pagination::of_action(self.access_or_derived(name), self, types))
    }
}

impl Spec {
    /// Sets the derived facts of all actions: the existing value, else the kept one, else the derived one.
    pub fn derive(&mut self, kept: &Kept) -> Derivation {
        let mut derivation = Derivation::default();
        for (name, action) in &mut self.actions {
            let kept = kept.actions.get(name).cloned().unwrap_or_default();
            let at = |key: &str| format!("actions.{name}.{key}");

            let derived = Access::of_action(name);
            let access = action.access.or(kept.access).unwrap_or(derived);
            if access != derived {
                let verb = |access| match access {
                    Access::Read => "reads",
                    Access::Write => "writes",
                };
                derivation.overrides.push(Problem {
                    at: at("access"),
                    message: format!(
                        "the action {}, but its name implies that it {}",
                        verb(access),
                        verb(derived)
                    ),
                });
            }
            action.access = Some(access);

            let derived = Pagination::of_action(access, action, &self.types);
            let kept = action.pagination.take().or(kept.pagination);
            let mismatch = kept
                .as_ref()
                .and_then(|kept| kept.mismatch(access, action, &self.types));
            action.pagination = match (kept, mismatch) {
                (Some(_), Some(message)) => {
                    derivation.mismatches.push(Problem {
                        at: at("pagination"),
                        message,
                    });
                    None
                }
                (kept, _) => kept,
            };
            match &action.pagination {
                Some(kept) if *kept != derived => derivation.overrides.push(Problem {
                    at: at("pagination"),
                    message: format!("the action has {kept}, but its tables imply {derived}"),
                }),
                Some(_) => {}
                None if derived == Pagination::None => {}
                None => action.pagination = Some(derived),
            }
        }
        derivation
    }
}
