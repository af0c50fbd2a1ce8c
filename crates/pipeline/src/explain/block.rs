//! The layout of a report.

use std::fmt::Write as _;

use serde_json::Value;
use tc3_codegen::{Declaration, GeneratedItem};
use tc3_spec::Spec;

/// The report of one item: a title, then headings with text beside and below them.
pub(super) struct Block(String);

/// Whether a key holds a list whose items are explained under their own names.
pub(super) fn is_list(key: &str) -> bool {
    ["request", "response", "errors", "examples", "fields"].contains(&key)
}

impl Block {
    pub(super) fn new(spec: &Spec, title: &str) -> Block {
        Block(format!("{} {}: {title}\n", spec.service, spec.version))
    }

    pub(super) fn into_text(self) -> String {
        self.0
    }

    /// Writes a heading with text beside it.
    pub(super) fn line(&mut self, heading: &str, rest: &str) {
        let _ = writeln!(self.0, "{heading:<10}{rest}");
    }

    /// Writes indented lines.
    pub(super) fn text(&mut self, text: &str) {
        for line in text.lines() {
            let _ = writeln!(self.0, "    {line}");
        }
    }

    /// Writes a spec entry as JSON without its lists.
    pub(super) fn json(&mut self, heading: &str, at: &str, value: &Value) {
        let mut value = value.clone();
        let mut without = String::new();
        if let Value::Object(members) = &mut value {
            members.retain(|key, value| {
                let stays = !is_list(key) || !value.is_array();
                if !stays {
                    let word = if without.is_empty() { ", without" } else { "," };
                    let _ = write!(without, "{word} {key}");
                }
                stays
            });
        }
        self.line(heading, &format!("{at}{without}"));
        self.text(&serde_json::to_string_pretty(&value).unwrap_or_default());
    }

    /// Writes the name and the declaration of a generated item.
    pub(super) fn code(&mut self, item: &GeneratedItem, found: Option<&Declaration>) {
        self.text(&item.full_name());
        if let Some(found) = found {
            self.text(&found.text);
        }
    }
}
