//! Compares actions.

use std::collections::BTreeMap;

use super::change::{addition, breaking, documentation};
use super::comparison::Comparison;
use super::kind::Kind;
use super::place::Place;
use super::removed::{possible_new_name, removed_actions};
use super::rust_field::{Facts, RustType, Table};
use super::{codes, examples, fields};
use crate::access::Access;
use crate::model::{Action, Region};
use crate::pagination::Pagination;
use crate::paging::field;

pub(super) fn compare<'a>(comparison: &mut Comparison<'a>) {
    let (old, new) = (&comparison.old.spec.actions, &comparison.new.spec.actions);
    let names = |actions: &'a BTreeMap<String, Action>| actions.keys().map(String::as_str);
    for name in removed_actions(names(old), names(new)) {
        let verdict = breaking("its method and types are removed");
        comparison
            .add(Place::Action(name.to_owned()), Kind::Removed, verdict)
            .new = possible_new_name(&old[name], old, new).map(str::to_owned);
    }
    for (name, action) in new {
        match old.get(name) {
            Some(before) => compare_action(comparison, name, before, action),
            None => {
                let verdict = addition("a method is added");
                comparison.add(Place::Action(name.clone()), Kind::Added, verdict);
            }
        }
    }
}

/// Compares an action that exists in both specs.
fn compare_action<'a>(
    comparison: &mut Comparison<'a>,
    name: &'a str,
    old: &'a Action,
    new: &'a Action,
) {
    let place = || Place::Action(name.to_owned());
    comparison.deprecation(place(), old.deprecated, new.deprecated);
    if old.rate_limit != new.rate_limit {
        let verdict = documentation("the client's rate limit changes");
        comparison
            .add(place(), Kind::RateLimit, verdict)
            .between(rate(old.rate_limit), rate(new.rate_limit));
    }
    if old.region != new.region {
        let reason = match new.region {
            Some(Region::Required) => "calls still compile, but fail without a region",
            _ => "calls still compile",
        };
        comparison
            .add(place(), Kind::Region, documentation(reason))
            .between(region(old.region), region(new.region));
    }
    compare_access(comparison, name, old, new);
    compare_pagination(comparison, name, old, new);
    comparison.description(place(), &old.description, &new.description);
    fields::compare(comparison, Table::Request(name), &old.request, &new.request);
    if old.has_empty_response() && !new.has_empty_response() {
        let verdict = breaking("its response is no longer the runtime's EmptyResponse");
        comparison.add(place(), Kind::FirstField, verdict);
    }
    fields::compare(
        comparison,
        Table::Response(name),
        &old.response,
        &new.response,
    );
    codes::compare(comparison, Some(name), &old.errors, &new.errors);
    examples::compare(comparison, name, &old.examples, &new.examples);
}

fn compare_access(comparison: &mut Comparison<'_>, name: &str, old: &Action, new: &Action) {
    let (was, is) = (old.access_or_derived(name), new.access_or_derived(name));
    if was == is {
        return;
    }
    let reason = match is {
        Access::Read => "failed calls are retried in more cases",
        Access::Write => "failed calls are retried in fewer cases",
    };
    comparison
        .add(
            Place::Action(name.to_owned()),
            Kind::Access,
            documentation(reason),
        )
        .between(access(was), access(is));
}

fn compare_pagination<'a>(
    comparison: &mut Comparison<'a>,
    name: &'a str,
    old: &'a Action,
    new: &'a Action,
) {
    let was = old.pagination_or_derived(name, &comparison.old.spec.types);
    let is = new.pagination_or_derived(name, &comparison.new.spec.types);
    if was == is {
        return;
    }
    let (kind, verdict) = match (&was, &is) {
        (Pagination::None, _) => {
            let verdict = addition("the pagination methods are added");
            (Kind::PagesAdded, verdict)
        }
        (_, Pagination::None) => {
            let verdict = breaking("the pagination methods are removed");
            (Kind::PagesRemoved, verdict)
        }
        _ if item_type(&comparison.old, name, old, &was)
            != item_type(&comparison.new, name, new, &is) =>
        {
            (Kind::Pages, breaking("the item type changes"))
        }
        _ => {
            let verdict = documentation("the item type is the same");
            (Kind::Pages, verdict)
        }
    };
    comparison
        .add(Place::Action(name.to_owned()), kind, verdict)
        .between(&was, &is);
}

impl Action {
    /// Whether the response has no fields.
    fn has_empty_response(&self) -> bool {
        self.response
            .iter()
            .all(|field| field.name == super::fields::REQUEST_ID)
    }
}

/// Returns the item type of a paginated action.
fn item_type<'a>(
    facts: &Facts<'a>,
    name: &'a str,
    action: &'a Action,
    pagination: &Pagination,
) -> Option<RustType<'a>> {
    let field = field(&action.response, &facts.spec.types, pagination.items()?)?;
    Some(facts.rust_field(Table::Response(name), field).ty)
}

fn rate(limit: Option<u32>) -> String {
    match limit {
        None => "none".to_owned(),
        Some(1) => "1 request per second".to_owned(),
        Some(limit) => format!("{limit} requests per second"),
    }
}

fn region(region: Option<Region>) -> &'static str {
    match region {
        None => "not documented",
        Some(Region::Required) => "required",
        Some(Region::Optional) => "optional",
        Some(Region::Unused) => "unused",
    }
}

fn access(access: Access) -> &'static str {
    match access {
        Access::Read => "only reads",
        Access::Write => "may modify state",
    }
}
