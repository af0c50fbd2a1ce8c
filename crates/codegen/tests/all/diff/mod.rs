//! What the comparison of specs says of callers is what the compiler says.
//!
//! For every kind of change, both versions are generated, and a program that uses all of the old one is compiled against
//! both: against the new one it compiles if and only if nothing is said to be breaking.

mod caller;
mod cases;
mod random;
mod semver;
mod world;

use std::collections::BTreeSet;
use std::slice;

use tc3_codegen::{Called, changes, rust_names};
use tc3_spec::Spec;
use tc3_spec::diff::{Change, Consequence, Place, Sort};

use cases::{Case, cases};
use random::Chance;
use world::{Pair, broken};

impl Case {
    fn specs(&self) -> [Option<Spec>; 2] {
        [self.old, self.new].map(|edit| {
            let mut spec = cases::shop();
            edit(&mut spec);
            let path = std::path::Path::new("shop.json");
            let spec = (!spec.is_null()).then(|| Spec::from_json(&spec.to_string(), path));
            spec.map(|spec| spec.unwrap_or_else(|error| panic!("{}: {error}", self.name())))
        })
    }

    fn changes(&self) -> Vec<Change> {
        let [old, new] = self
            .specs()
            .map(|spec| spec.into_iter().collect::<Vec<_>>());
        changes(&old, &new).expect("the specs are right")
    }

    fn is_silent(&self) -> bool {
        let [Some(old), Some(new)] = self.specs() else {
            return false;
        };
        is_silent(&old, &new, &self.changes())
    }

    fn is_breaking(&self) -> bool {
        let changes = self.changes();
        changes
            .iter()
            .any(|change| change.consequence == Consequence::Breaking)
    }
}

/// Whether nothing breaks but that names of codes are those of others: what worries a caller, and no compiler.
fn is_silent(old: &Spec, new: &Spec, changes: &[Change]) -> bool {
    let [old, new] = [old, new].map(|spec| rust_names(spec).expect("the spec is right"));
    let is_silent = |change: &Change| {
        let place = &change.place;
        let called = |place: &Place| Called {
            place: place.clone(),
            role: "variant",
        };
        let Some(had) = old.get(&called(place)) else {
            return false;
        };
        // Another code of the same enum has the name now.
        let is_beside =
            |of: &Place| of.sort() == place.sort() && of.action() == place.action() && of != place;
        new.iter()
            .any(|(of, has)| is_beside(&of.place) && *of == called(&of.place) && has == had)
    };
    let mut breaking = changes
        .iter()
        .filter(|change| change.consequence == Consequence::Breaking);
    breaking.all(is_silent)
}

#[test]
fn every_change_is_what_its_case_says() {
    for case in cases() {
        let line = |change: &Change| {
            let Change {
                consequence,
                place,
                kind,
                reason,
                ..
            } = change;
            format!("{}: {place}: {}: {reason}", consequence.name(), kind.name())
        };
        let changes: Vec<String> = case.changes().iter().map(line).collect();
        assert_eq!(changes, case.expect);
    }
}

#[test]
fn every_kind_of_change_has_a_case() {
    let changes = cases().into_iter().flat_map(|case| case.changes());
    let seen: BTreeSet<_> = changes
        .map(|change| (change.place.sort(), change.kind))
        .collect();
    let kinds = Sort::ALL.into_iter();
    let known: BTreeSet<_> = kinds
        .flat_map(|sort| sort.kinds().iter().map(move |kind| (sort, *kind)))
        .collect();
    assert_eq!(seen, known);
}

#[test]
fn the_compiler_agrees() {
    let cases = cases();
    let pairs: Vec<Pair> = cases.iter().map(Case::specs).collect();
    let failed = broken("diff", &pairs);
    for (number, case) in cases.iter().enumerate() {
        assert_eq!(
            failed.contains(&number),
            case.is_breaking() && !case.is_silent(),
            "whether the old caller of case {number} {} fails",
            case.name()
        );
    }
}

/// A spec with all derived facts written down.
fn derived(spec: &Spec) -> Spec {
    let mut spec = spec.clone();
    for (name, action) in &mut spec.actions {
        action.pagination = Some(action.pagination_or_derived(name, &spec.types));
        action.access = Some(action.access_or_derived(name));
    }
    spec
}

/// How many pairs of specs are made, and the seed of their numbers: these are fixed cases, the same in every run.
const PAIRS: usize = 30;
const SEED: u64 = 1;

#[test]
fn the_compiler_agrees_on_fixed_pairs_of_made_up_specs() {
    let mut chance = Chance::new(SEED);
    let judged = std::iter::repeat_with(|| {
        let [old, new] = chance.specs();
        let changes = changes(slice::from_ref(&old), slice::from_ref(&new));
        let changes = changes.expect("the specs are right");
        let is_same = derived(&old) == derived(&new);
        assert_eq!(changes.is_empty(), is_same, "{old:#?} {new:#?}");
        let is_breaking = |of: &Change| of.consequence == Consequence::Breaking;
        let is_breaking = changes.iter().any(is_breaking) && !is_silent(&old, &new, &changes);
        ([Some(old), Some(new)], (is_breaking, changes))
    });
    let (pairs, judged): (Vec<Pair>, Vec<_>) = judged.take(PAIRS).unzip();
    let failed = broken("chance", &pairs);
    for (number, (is_breaking, changes)) in judged.into_iter().enumerate() {
        let fails = failed.contains(&number);
        assert_eq!(
            fails, is_breaking,
            "whether the old caller of pair {number} fails, of which is said: {changes:#?}"
        );
    }
}
