//! A case for every kind of change: a shop before and after it, and what the comparison says of it.

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

/// A change of the shop's spec.
pub(crate) struct Case {
    /// What makes the old spec of the shop's.
    pub(crate) old: Edit,
    /// What makes the new one.
    pub(crate) new: Edit,
    /// All that changed: the consequence, the place and the kind of each change, and the reason that is given.
    pub(crate) expect: &'static [&'static str],
}

type Edit = fn(&mut Value);

type Add<'a> = dyn FnMut(Edit, Edit, &'static [&'static str]) + 'a;

impl Case {
    /// All that changed, without the reasons.
    pub(crate) fn name(&self) -> String {
        let changes = self.expect.iter().filter_map(|line| line.rsplit_once(": "));
        let changes: Vec<&str> = changes.map(|(change, _)| change).collect();
        changes.join(", ")
    }
}

/// All cases. The old caller compiles against what is new, where nothing is breaking; and does not, where something is.
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
