//! Finds actions of the spec on disk that its sources no longer contain.

use std::collections::BTreeMap;
use std::fs;

use serde::Deserialize;
use serde_json::Value;
use tc3_spec::diff::{has_same_tables, removed_actions};
use tc3_spec::{Action, Fragment, Spec};

use super::Service;
use crate::reading::Reading;
use crate::removal::Removal;

/// The current contents of a version's sources, for comparison with the spec on disk.
pub(super) struct Current<'a> {
    pub(super) service: &'a Service,
    pub(super) version: &'a str,
    /// The contents of the pages.
    pub(super) pages: &'a [Fragment],
    pub(super) metadata: Option<&'a Spec>,
    /// The new spec, with fixups; `None` if there was an error.
    pub(super) spec: Option<&'a Spec>,
}

/// The actions of a spec file. They are read even if the rest of the file is invalid, so that none is lost silently.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Known {
    #[serde(default)]
    actions: BTreeMap<String, Value>,
}

impl Known {
    /// Parses the actions of a spec file; none if it is invalid.
    pub(super) fn from_json(text: &str) -> Known {
        let mut values = serde_json::Deserializer::from_str(text).into_iter();
        values.next().and_then(Result::ok).unwrap_or_default()
    }

    /// Compares the spec on disk with the current sources. Reports actions that are removed, whose page was moved, or that
    /// lose the facts of their page.
    pub(super) fn compare(&self, current: &Current<'_>, reading: &mut Reading) {
        let nothing_left = current.pages.is_empty() && current.metadata.is_none();
        if nothing_left && self.actions.len() > 1 {
            let why = format!(
                "none of their pages in {}/pages/{} exists any more",
                current.service.shown, current.version
            );
            let actions = self.actions.keys().cloned().collect();
            reading.removals.push(current.removal(actions, why));
            return;
        }
        for (name, action) in &self.actions {
            let page = page(action);
            let of_page = current.own_pages().find(|of| of.actions.contains_key(name));
            let metadata = current.metadata.filter(|of| of.actions.contains_key(name));
            let at = format!("{} {}", current.service.name, current.version);
            match (of_page, page) {
                (Some(of), Some(page)) => {
                    let before = current.shown(page);
                    if before != of.origin && !current.pages.iter().any(|of| of.origin == before) {
                        let line = format!("{at} {name}: from {before} to {}", of.origin);
                        reading.moved.push(line);
                    }
                }
                (None, Some(page)) if metadata.is_some() => reading.lost.push(format!(
                    "{at} actions.{name}: {}; facts that only the page had are lost, and the metadata is used",
                    self.why(name, action, page, current)
                )),
                _ => {}
            }
        }
        for name in removed_actions(self.actions.keys().map(String::as_str), current.actions()) {
            let action = &self.actions[name];
            let package = current
                .metadata
                .and_then(|metadata| metadata.imported.as_ref());
            let why = match (page(action), package) {
                _ if current.sources().any(|of| of == name) => "a fixup removes it".to_owned(),
                (Some(page), _) => self.why(name, action, page, current),
                (None, Some(of)) => format!("{of} does not contain it"),
                (None, None) => "neither a page nor the metadata contains it any more".to_owned(),
            };
            reading
                .removals
                .push(current.removal(vec![name.to_owned()], why));
        }
    }

    /// Returns why no page describes an action any more.
    fn why(&self, name: &str, action: &Value, page: &str, current: &Current<'_>) -> String {
        let shown = current.shown(page);
        // The action of a damaged spec may be unreadable.
        let action = Action::deserialize(action).ok();
        let is_same = |of: &Action| action.as_ref().is_some_and(|was| has_same_tables(was, of));
        let Some(found) = current.pages.iter().find(|of| of.origin == shown) else {
            let others = current.own_pages();
            let others = others.flat_map(|of| of.actions.iter().map(move |it| (of, it)));
            let renamed =
                others.filter(|(_, (other, of))| !self.actions.contains_key(*other) && is_same(of));
            let hint = match renamed.collect::<Vec<_>>()[..] {
                [(of, (other, _))] => format!(
                    ", and {} describes `{other}` with the same tables: `{name}` may have been renamed",
                    of.origin
                ),
                // Several actions with the same tables are ambiguous.
                _ => String::new(),
            };
            return format!("its page {shown} no longer exists{hint}");
        };
        if !current.is_own(found) {
            let of = |name: &Option<String>, own: &str| name.as_deref().unwrap_or(own).to_owned();
            return format!(
                "its page {shown} now belongs to {} {}",
                of(&found.service, &current.service.name),
                of(&found.version, current.version)
            );
        }
        if let Some((other, of)) = found.actions.iter().next() {
            let hint = match is_same(of) {
                true => format!(", with the same tables: `{name}` may have been renamed"),
                false => String::new(),
            };
            return format!("its page {shown} now describes `{other}`{hint}");
        }
        if !found.types.is_empty() || !found.errors.is_empty() {
            return format!("its page {shown} no longer describes an action");
        }
        if found.version.is_some() || found.endpoint.is_some() {
            return format!("its page {shown} no longer names its action");
        }
        match fs::read(current.service.folder.join(page)) {
            Ok(bytes) if bytes.trim_ascii().is_empty() => format!("its page {shown} is empty"),
            Ok(_) => format!("its page {shown} no longer has the tables of an action"),
            Err(error) => format!("its page {shown} cannot be read: {error}"),
        }
    }
}

impl Current<'_> {
    /// Returns the path of a page for messages.
    fn shown(&self, page: &str) -> String {
        format!("{}/{page}", self.service.shown)
    }

    /// Whether a page is of this service and version: it names no other.
    fn is_own(&self, page: &Fragment) -> bool {
        let is = |name: &Option<String>, own: &str| name.as_ref().is_none_or(|name| name == own);
        is(&page.service, &self.service.name) && is(&page.version, self.version)
    }

    fn own_pages(&self) -> impl Iterator<Item = &Fragment> {
        self.pages.iter().filter(|page| self.is_own(page))
    }

    /// Returns the actions of the pages and the metadata, some of them twice.
    fn sources(&self) -> impl Iterator<Item = &str> {
        let pages = self.own_pages().flat_map(|of| of.actions.keys());
        let metadata = self.metadata.into_iter();
        let metadata = metadata.flat_map(|of| of.actions.keys());
        pages.chain(metadata).map(String::as_str)
    }

    /// Returns the actions of the new spec, or after an error those of the sources.
    fn actions(&self) -> Vec<&str> {
        match self.spec {
            Some(spec) => spec.actions.keys().map(String::as_str).collect(),
            None => self.sources().collect(),
        }
    }

    fn removal(&self, actions: Vec<String>, why: String) -> Removal {
        Removal {
            service: self.service.name.clone(),
            version: self.version.to_owned(),
            actions,
            why,
        }
    }
}

/// Returns the page of an action in a spec file.
fn page(action: &Value) -> Option<&str> {
    action.get("source")?.get("page")?.as_str()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::json;

    use super::super::SpecsFolder;
    use super::*;

    const PAGE: &str = "pages/2021-03-31/Order.txt";

    fn action(parameters: &[&str]) -> Value {
        let row = |name: &&str| json!({"name": name, "type": "String", "description": ""});
        json!({
            "description": "",
            "request": parameters.iter().map(row).collect::<Vec<_>>(),
            "response": [],
            "errors": [],
            "examples": [],
            "source": {"page": PAGE},
        })
    }

    /// A page with an action.
    fn page(path: &str, name: &str, parameters: &[&str]) -> Fragment {
        let action = serde_json::from_value(action(parameters)).expect("an action");
        Fragment {
            actions: BTreeMap::from([(name.to_owned(), action)]),
            ..Fragment::of(&format!("specs/shop/{path}"))
        }
    }

    fn spec(actions: &[&str]) -> Spec {
        let fragment = Fragment {
            service: Some("shop".to_owned()),
            version: Some("2021-03-31".to_owned()),
            endpoint: Some("shop.example.com".to_owned()),
            ..Fragment::default()
        };
        let of_action = |name: &&str| page("", name, &["Count"]);
        let fragments = actions.iter().map(of_action).chain([fragment]);
        Spec::merge("shop", &fragments.collect::<Vec<_>>()).expect("a spec")
    }

    /// Returns the messages about `Order`, which the spec on disk has with the parameter `Count`.
    fn messages(pages: &[Fragment], metadata: Option<&Spec>, spec: Option<&Spec>) -> String {
        let specs = SpecsFolder::in_root(Path::new("none"));
        let known = json!({"format": 0, "actions": {"Order": action(&["Count"])}});
        let current = Current {
            service: &specs.service("shop").expect("a service"),
            version: "2021-03-31",
            pages,
            metadata,
            spec,
        };
        let mut reading = Reading::default();
        Known::from_json(&known.to_string()).compare(&current, &mut reading);
        reading.warn_of_lost_facts();
        let removals = reading.removals.iter().map(ToString::to_string);
        let lines = removals.chain(reading.messages).chain(reading.moved);
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn removed_action_is_reported_with_reason() {
        let removed = "action `Order` of shop 2021-03-31: ";
        let page_is = format!("{removed}its page specs/shop/{PAGE}");
        assert_eq!(
            messages(&[], None, None),
            format!("{page_is} no longer exists")
        );
        let renamed = page(PAGE, "Buy", &["Count"]);
        assert_eq!(
            messages(&[renamed], None, None),
            format!(
                "{page_is} now describes `Buy`, with the same tables: `Order` may have been renamed"
            )
        );
        let other = page(PAGE, "Sell", &["Price"]);
        assert_eq!(
            messages(&[other], None, None),
            format!("{page_is} now describes `Sell`")
        );
        let mut foreign = page(PAGE, "Order", &["Count"]);
        foreign.service = Some("bank".to_owned());
        assert_eq!(
            messages(&[foreign], None, None),
            format!("{page_is} now belongs to bank 2021-03-31")
        );
        let empty = Fragment::of(&format!("specs/shop/{PAGE}"));
        assert!(messages(&[empty], None, None).starts_with(&format!("{page_is} cannot be read: ")));
        let order = page(PAGE, "Order", &["Count"]);
        assert_eq!(
            messages(&[order], None, Some(&spec(&["Sell"]))),
            format!("{removed}a fixup removes it")
        );
    }

    #[test]
    fn remaining_action_is_not_reported() {
        let order = page(PAGE, "Order", &["Count"]);
        assert_eq!(messages(&[order], None, None), "");
        // A fixup may add it.
        let other = page(PAGE, "Sell", &["Price"]);
        assert_eq!(messages(&[other], None, Some(&spec(&["Order"]))), "");
        let moved = page("pages/2021-03-31/new/Order.txt", "Order", &["Count"]);
        assert_eq!(
            messages(&[moved], None, None),
            format!(
                "shop 2021-03-31 Order: from specs/shop/{PAGE} to specs/shop/pages/2021-03-31/new/Order.txt"
            )
        );
        assert_eq!(
            messages(&[], Some(&spec(&["Order"])), None),
            format!(
                "warning: shop 2021-03-31 actions.Order: its page specs/shop/{PAGE} no longer exists; facts that only \
                 the page had are lost, and the metadata is used\n\n"
            )
        );
    }

    #[test]
    fn invalid_spec_file_has_no_actions() {
        for text in ["", "{", "[]", "{\"actions\": 1}"] {
            assert_eq!(Known::from_json(text).actions.len(), 0);
        }
    }
}
