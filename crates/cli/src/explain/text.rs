//! Explanations as text.

use tc3_spec::{Access, Action, Field, IntegerFormat, Pagination};

use super::subject::{Explained, Row, RowKind, Subject};
use super::{service, uses};
use crate::texts;

/// Maximum number of listed uses.
const MAX_USES: usize = 10;

/// Explains each subject.
pub(super) fn text(explained: &Explained<'_>, subjects: &[Subject<'_>]) -> String {
    let texts = subjects.iter().map(|subject| explained.text(*subject));
    texts.collect::<Vec<_>>().join("\n")
}

impl Explained<'_> {
    fn text(&self, subject: Subject<'_>) -> String {
        let spec = self.spec;
        let name = format!("{} {} {}", spec.service, spec.version, self.name);
        let mut text = match subject {
            Subject::Service => {
                let actions = spec.actions.iter();
                let summaries = actions.map(|(name, action)| {
                    (name.clone(), texts::summary(&action.description).to_owned())
                });
                return service::text(spec, &summaries.collect());
            }
            Subject::Action(of, action) => {
                let mut text = format!("{name}: action, {}\n", facts(of, action, self));
                paragraph(&mut text, &action.description);
                self.section(&mut text, "Parameters", &action.request, None);
                self.section(&mut text, "Response", &action.response, None);
                text + &format!(
                    "\n`tc3 {} {of} --help` shows how to call it.\n",
                    spec.service
                )
            }
            Subject::Type(of, data_type) => {
                let mut text = format!("{name}: data type\n");
                paragraph(&mut text, &data_type.description);
                self.section(&mut text, "Fields", &data_type.fields, Some(of));
                text
            }
            Subject::Row(Row { kind, owner, field }) => {
                let kind = match kind {
                    RowKind::Parameter => "parameter".to_owned(),
                    RowKind::Response => "part of the response".to_owned(),
                    RowKind::Field => format!("field of {owner}"),
                };
                let mut text = format!("{name}: {kind}\n\n  {}\n", notes(field));
                paragraph(&mut text, &field.description);
                let data_type = field.type_ref.named();
                let data_type = data_type.and_then(|name| spec.types.get_key_value(name));
                if let Some((name, data_type)) = data_type {
                    let heading = format!("Fields of {name}");
                    self.section(&mut text, &heading, &data_type.fields, Some(name));
                }
                text
            }
        };
        let uses = uses::of(self.whole, subject);
        if !uses.is_empty() {
            let heading = match subject {
                Subject::Row(row) if row.kind == RowKind::Parameter => "The same parameter",
                Subject::Row(row) => &format!("{} is used by", row.owner),
                _ => "Used by",
            };
            text += &format!("\n{heading}:\n");
            for of in uses.iter().take(MAX_USES) {
                text += &format!("  {of}\n");
            }
            if let Some(more) = uses.len().checked_sub(MAX_USES).filter(|more| *more > 0) {
                text += &format!("  and {more} more; `--json` lists all\n");
            }
        }
        text
    }

    /// Adds the fields of a data type, or of an action.
    fn section(&self, text: &mut String, heading: &str, fields: &[Field], of: Option<&str>) {
        if fields.is_empty() || self.depth == 0 {
            return;
        }
        *text += &format!("\n{heading}:\n");
        self.tree(text, fields, &mut Vec::from_iter(of), 1);
    }

    /// Adds fields, and those of their data types, except types in `above`.
    fn tree<'s>(
        &'s self,
        text: &mut String,
        fields: &'s [Field],
        above: &mut Vec<&'s str>,
        level: usize,
    ) {
        let indent = "  ".repeat(level);
        for field in fields {
            let left = format!("{indent}{}", field.name);
            *text += &format!("{left:<32} {}\n", notes(field));
            let summary = texts::summary(&field.description);
            if !summary.is_empty() {
                *text += &format!("{indent}    {summary}\n");
            }
            if let Some((name, data_type)) = self.within(field, above, level) {
                above.push(name);
                self.tree(text, &data_type.fields, above, level + 1);
                above.pop();
            }
        }
    }
}

fn facts(name: &str, action: &Action, explained: &Explained<'_>) -> String {
    let mut facts = vec![match action.access_or_derived(name) {
        Access::Read => "only reads",
        Access::Write => "may modify state",
    }];
    let pagination = action.pagination_or_derived(name, &explained.spec.types);
    if pagination != Pagination::None {
        facts.push("lists pages");
    }
    if action.deprecated {
        facts.push("deprecated");
    }
    facts.join(", ")
}

/// Returns the type of a field, and notes of one word.
fn notes(field: &Field) -> String {
    let mut notes = field.type_ref.to_string();
    let format = field.format.map(|format| match format {
        IntegerFormat::Int64 => "int64",
        IntegerFormat::Uint64 => "uint64",
    });
    let flags = [
        format,
        field.required.then_some("required"),
        field.nullable.then_some("may be null"),
        field.deprecated.then_some("deprecated"),
    ];
    for flag in flags.into_iter().flatten() {
        notes += ", ";
        notes += flag;
    }
    notes
}

fn paragraph(text: &mut String, description: &str) {
    if !description.is_empty() {
        *text += &format!("\n{description}\n");
    }
}
