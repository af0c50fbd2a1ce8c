//! Formats changes as text.

use super::service_diff::{Group, ServiceDiff};
use crate::text::count;

/// Formats each service's changes by consequence, breaking first, with a summary.
pub fn print(diffs: &[ServiceDiff]) -> String {
    let mut text = String::new();
    for diff in diffs {
        for group in Group::ALL {
            let mut changes = diff.group(group).peekable();
            if changes.peek().is_some() {
                text.push_str(&format!("{}: {}\n", diff.service, heading(group)));
            }
            for change in changes {
                let line = format!(
                    "{}  {} {}: {}",
                    change.version,
                    change.place,
                    change.description(),
                    change.reason
                );
                // The title of an example may contain control characters.
                text.push_str(&format!("  {}\n", line.replace(char::is_control, " ")));
            }
        }
        text.push_str(&summary(diff));
    }
    text
}

fn heading(group: Group) -> &'static str {
    match group {
        Group::Breaking => "breaking",
        Group::Additions => "additions",
        Group::Documentation => "behaviour and documentation",
        Group::Editorial => "wording and order only",
    }
}

fn summary(diff: &ServiceDiff) -> String {
    let service = &diff.service;
    if diff.changes.is_empty() {
        return format!("{service}: nothing changed for callers\n");
    }
    let [breaking, additions, documentation, editorial] =
        Group::ALL.map(|group| diff.group(group).count());
    let release = match &diff.release {
        Some(release) => format!(
            "; the next version is {}, after {}",
            release.next, release.current
        ),
        None => String::new(),
    };
    format!(
        "{service}: {breaking} breaking, {}, {documentation} of behaviour and documentation, {editorial} of wording \
         and order{release}\n",
        count(additions, "addition")
    )
}
