//! Formats changes as a changelog entry.

use std::slice;

use tc3_spec::diff::{Change, Place};
use tc3_spec::{Source, Spec};

use super::service_diff::{Group, ServiceDiff};

/// Formats an entry for each service that changed.
pub fn print(diffs: &[ServiceDiff]) -> String {
    let changed = diffs.iter().filter(|diff| !diff.changes.is_empty());
    let entries: Vec<String> = changed.map(entry).collect();
    entries.join("\n")
}

fn entry(diff: &ServiceDiff) -> String {
    let version = diff.release.as_ref();
    let version = version.map_or(String::new(), |release| format!(" {}", release.next));
    let mut text = format!("## tencentcloud-{}{version}\n", diff.service);
    for group in Group::ALL {
        let mut changes = diff.group(group).peekable();
        if changes.peek().is_some() {
            text.push_str(&format!("\n### {}\n\n", heading(group)));
        }
        for change in changes {
            text.push_str(&line(diff, change));
        }
    }
    text
}

fn heading(group: Group) -> &'static str {
    match group {
        Group::Breaking => "Breaking",
        Group::Additions => "Added",
        Group::Documentation => "Behaviour and documentation",
        Group::Editorial => "Wording and order only",
    }
}

fn line(diff: &ServiceDiff, change: &Change) -> String {
    let text = format!(
        "{} {}: {}",
        change.place,
        change.description(),
        change.reason
    );
    let pages = sources(diff, change).iter();
    let pages = pages.map(|source| format!(" ([page](<{}>))", link(&diff.service, source)));
    let pages: String = pages.collect();
    format!("- {}, {}{pages}\n", change.version, escape(&text))
}

/// Returns the link to a page: on the vendor's site if it was fetched from there, otherwise the file.
fn link(service: &str, source: &Source) -> String {
    let url = source.url.clone();
    url.unwrap_or_else(|| format!("specs/{service}/{}", source.page))
}

/// Returns the page of the changed action, or all pages of an item that belongs to no action (usually one). Uses the
/// new specs, or the old ones for removed items.
fn sources<'a>(diff: &'a ServiceDiff, change: &Change) -> &'a [Source] {
    let specs = diff.specs.iter().rev().flatten();
    let of_version = specs.filter(|spec| spec.version == change.version);
    let of_spec = |spec: &'a Spec| match (&change.place, change.place.action()) {
        (_, Some(action)) => spec
            .actions
            .get(action)?
            .source
            .as_ref()
            .map(slice::from_ref),
        (
            Place::Type(name)
            | Place::TypeField {
                data_type: name, ..
            },
            _,
        ) => spec
            .types
            .contains_key(name)
            .then_some(&*spec.sources.types),
        (Place::ServiceCode(_), _) => Some(&*spec.sources.errors),
        _ => None,
    };
    of_version
        .filter_map(of_spec)
        .find(|of| !of.is_empty())
        .unwrap_or_default()
}

/// Escapes Markdown and joins lines.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '~' | '|' => {
                out.extend(['\\', c]);
            }
            c => out.push(c),
        }
    }
    out
}
