//! Checks the consequences that the comparison of specs reports against the compiler.
//!
//! For every kind of change, both versions are generated. A program that uses the whole old version must compile against
//! the new version if and only if no change is reported as breaking.

mod caller;
mod cases;
mod random;
mod semver;
mod workspace;

use std::collections::BTreeSet;
use std::slice;

use tc3_codegen::{NamedItem, changes, rust_names};
use tc3_spec::Spec;
use tc3_spec::diff::{Change, Consequence, Place, PlaceKind};

use cases::{Case, cases};
use random::Generator;
use workspace::{Pair, broken};

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
        changes(&old, &new).expect("valid specs")
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

/// Returns whether every breaking change only gives the name of an error code to another code. That breaks callers, but
/// the compiler cannot detect it.
fn is_silent(old: &Spec, new: &Spec, changes: &[Change]) -> bool {
    let [old, new] = [old, new].map(|spec| rust_names(spec).expect("a valid spec"));
    let is_silent = |change: &Change| {
        let place = &change.place;
        let variant = |place: &Place| NamedItem {
            place: place.clone(),
            role: "variant",
        };
        let Some(old_name) = old.get(&variant(place)) else {
            return false;
        };
        let is_sibling = |other: &Place| {
            other.kind() == place.kind() && other.action() == place.action() && other != place
        };
        new.iter().any(|(item, name)| {
            is_sibling(&item.place) && *item == variant(&item.place) && name == old_name
        })
    };
    let mut breaking = changes
        .iter()
        .filter(|change| change.consequence == Consequence::Breaking);
    breaking.all(is_silent)
}

#[test]
fn changes_match_the_cases() {
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
        .map(|change| (change.place.kind(), change.kind))
        .collect();
    let kinds = PlaceKind::ALL.into_iter();
    let known: BTreeSet<_> = kinds
        .flat_map(|place| place.kinds().iter().map(move |kind| (place, *kind)))
        .collect();
    assert_eq!(seen, known);
}

#[test]
fn compiler_agrees_on_the_cases() {
    let cases = cases();
    let pairs: Vec<Pair> = cases.iter().map(Case::specs).collect();
    let expected = |case: &Case| case.is_breaking() && !case.is_silent();
    let expected: Vec<bool> = cases.iter().map(expected).collect();
    let failed = broken("diff", &pairs, |number| expected[number]);
    for (number, case) in cases.iter().enumerate() {
        assert_eq!(
            failed.contains(&number),
            expected[number],
            "whether the compiler rejects the old caller of case {number} {}",
            case.name()
        );
    }
}

/// Returns a spec with explicit derived facts.
fn derived(spec: &Spec) -> Spec {
    let mut spec = spec.clone();
    for (name, action) in &mut spec.actions {
        action.pagination = Some(action.pagination_or_derived(name, &spec.types));
        action.access = Some(action.access_or_derived(name));
    }
    spec
}

/// Number of generated pairs of specs, and the seed of the generator. The seed is constant, so the cases are fixed.
const PAIRS: usize = 30;
const SEED: u64 = 1;

#[test]
fn compiler_agrees_on_fixed_generated_specs() {
    let mut generator = Generator::new(SEED);
    let reported = std::iter::repeat_with(|| {
        let [old, new] = generator.specs();
        let changes = changes(slice::from_ref(&old), slice::from_ref(&new));
        let changes = changes.expect("valid specs");
        let is_same = derived(&old) == derived(&new);
        assert_eq!(changes.is_empty(), is_same, "{old:#?} {new:#?}");
        let is_breaking = |change: &Change| change.consequence == Consequence::Breaking;
        let is_breaking = changes.iter().any(is_breaking) && !is_silent(&old, &new, &changes);
        ([Some(old), Some(new)], (is_breaking, changes))
    });
    let (pairs, reported): (Vec<Pair>, Vec<_>) = reported.take(PAIRS).unzip();
    let failed = broken("random", &pairs, |number| reported[number].0);
    for (number, (is_breaking, changes)) in reported.into_iter().enumerate() {
        let fails = failed.contains(&number);
        assert_eq!(
            fails, is_breaking,
            "whether the compiler rejects the old caller of pair {number}, with the changes {changes:#?}"
        );
    }
}
