//! Cases for every kind of change: a spec before and after the change, and the expected result of the comparison.

mod actions;
mod codes;
mod examples;
mod fields;
mod names;
mod parameters;
mod responses;
mod shop;
mod types;
mod versions;

use serde_json::Value;

pub(crate) use shop::shop;

/// A change of the example spec.
pub(crate) struct Case {
    /// Edits the example spec into the old spec.
    pub(crate) old: Edit,
    /// Edits the example spec into the new spec.
    pub(crate) new: Edit,
    /// Expected changes, each with its consequence, place, kind and reason.
    pub(crate) expect: &'static [&'static str],
}

type Edit = fn(&mut Value);

type Add<'a> = dyn FnMut(Edit, Edit, &'static [&'static str]) + 'a;

impl Case {
    /// Returns the expected changes without their reasons.
    pub(crate) fn name(&self) -> String {
        let changes = self.expect.iter().filter_map(|line| line.rsplit_once(": "));
        let changes: Vec<&str> = changes.map(|(change, _)| change).collect();
        changes.join(", ")
    }
}

/// Returns all cases. The old caller must compile against the new spec if and only if no change is breaking.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut case = |old, new, expect| cases.push(Case { old, new, expect });
    versions::cases(&mut case);
    actions::cases(&mut case);
    parameters::cases(&mut case);
    responses::cases(&mut case);
    types::cases(&mut case);
    fields::cases(&mut case);
    codes::cases(&mut case);
    examples::cases(&mut case);
    names::cases(&mut case);
    cases
}
