//! What no page says of an action, but its name and its tables do; a person may know better.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::access::Access;
use crate::keys::UniqueKeys;
use crate::model::{Action, Spec};
use crate::pagination::Pagination;
use crate::validate::Problem;

/// The derived facts of a spec file, which stay as somebody corrected them when the file is made anew.
///
/// It needs nothing else of the file, so that whatever else became of it is no reason to lose them. Where the tables can
/// be read, they tell which paginations nobody corrected: these are derived anew, as tables change.
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

/// What came of deriving: where the spec says something else than what would have been derived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Derivation {
    /// The values that were kept although another would have been derived.
    pub overrides: Vec<Problem>,
    /// The values that were not kept, because they do not fit their action any more.
    pub misfits: Vec<Problem>,
}

impl Kept {
    /// Reads the derived facts of a spec file.
    ///
    /// # Errors
    /// If the text does not begin with JSON, if a key stands twice in an object of it, or if a derived fact in it is not
    /// what it may be.
    pub fn from_json(text: &str) -> Result<Kept, serde_json::Error> {
        // Of two actions of one name, as a careless merge leaves them, only the last one would count.
        first::<UniqueKeys>(text)?;
        let mut kept: Kept = first(text)?.unwrap_or_default();
        if let Ok(spec) = serde_json::from_str::<Spec>(text) {
            kept.leave_out_derived(&spec);
        }
        Ok(kept)
    }

    /// Leaves out the paginations that are what the tables of the file itself tell. That there is none is only written
    /// down by a person.
    fn leave_out_derived(&mut self, spec: &Spec) {
        for (name, kept) in &mut self.actions {
            let Some(action) = spec.actions.get(name) else {
                continue;
            };
            let derived = Pagination::of_action(action.access_or_derived(name), action);
            if derived != Pagination::None && kept.pagination.as_ref() == Some(&derived) {
                kept.pagination = None;
            }
        }
    }
}

/// The JSON that a text begins with; nothing if it is empty.
fn first<T: DeserializeOwned>(text: &str) -> Result<Option<T>, serde_json::Error> {
    let mut objects = serde_json::Deserializer::from_str(text).into_iter();
    objects.next().transpose()
}

impl Action {
    /// Whether the action, which has this name, only reads: what the spec says, or else what the name tells.
    pub fn access_or_derived(&self, name: &str) -> Access {
        self.access.unwrap_or_else(|| Access::of_action(name))
    }

    /// How the response comes in pages: what the spec says, or else what the tables tell.
    pub fn pagination_or_derived(&self, name: &str) -> Pagination {
        self.pagination
            .clone()
            .unwrap_or_else(|| Pagination::of_action(self.access_or_derived(name), self))
    }
}

impl Spec {
    /// Writes down the derived facts of all actions: those that the spec has already, else those that were kept, else
    /// what is derived.
    pub fn derive(&mut self, kept: &Kept) -> Derivation {
        let mut derivation = Derivation::default();
        for (name, action) in &mut self.actions {
            let kept = kept.actions.get(name).cloned().unwrap_or_default();
            let at = |key: &str| format!("actions.{name}.{key}");

            let derived = Access::of_action(name);
            let access = action.access.or(kept.access).unwrap_or(derived);
            if access != derived {
                let says = |access| match access {
                    Access::Read => "reads",
                    Access::Write => "writes",
                };
                derivation.overrides.push(Problem {
                    at: at("access"),
                    message: format!(
                        "the action {}; by its name it {}",
                        says(access),
                        says(derived)
                    ),
                });
            }
            action.access = Some(access);

            let derived = Pagination::of_action(access, action);
            let kept = action.pagination.take().or(kept.pagination);
            let misfit = kept.as_ref().and_then(|kept| kept.misfit(access, action));
            action.pagination = match (kept, misfit) {
                (Some(_), Some(message)) => {
                    derivation.misfits.push(Problem {
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
                    message: format!(
                        "the pages are {}; by the tables they are {}",
                        pages(kept),
                        pages(&derived)
                    ),
                }),
                Some(_) => {}
                None if derived == Pagination::None => {}
                None => action.pagination = Some(derived),
            }
        }
        derivation
    }
}

/// A pagination in a few words.
fn pages(pagination: &Pagination) -> String {
    match pagination {
        Pagination::None => "none".to_owned(),
        Pagination::Token { items } => format!("of `{items}` by token"),
        Pagination::Offset { items, total } => {
            let total = total.as_ref();
            let total = total.map_or(String::new(), |total| format!(" up to `{total}`"));
            format!("of `{items}` by offset{total}")
        }
    }
}
