//! Rows of tables whose cells no mark tells apart: joined by spaces, by tabs, or each on a line of its own.
//!
//! A line is the beginning of a row if it reads as one: a name, the word for required or not, a type. All other lines
//! belong to the description of the row before. Where a column of such words is missing, prose can read like a row
//! (`Public IP …` like a name and a type): then what else the page knows decides, and in doubt a diagnostic says so.

use std::collections::{BTreeMap, HashSet};

use tc3_spec::TypeRef;

use crate::block::Line;
use crate::diagnostic::Diagnostics;
use crate::source::At;
use crate::table::is_builtin;
use crate::words::{self, Role};

/// A row as it was found, whatever the shape of its table.
#[derive(Clone, Debug)]
pub(crate) struct RawRow {
    pub(crate) at: At,
    /// The text that the row begins with, for messages.
    pub(crate) whole: String,
    /// The cells, as far as the row has them; an empty one is none.
    pub(crate) name: Option<String>,
    pub(crate) required: Option<String>,
    pub(crate) type_text: Option<String>,
    pub(crate) description: String,
}

/// How the cells of a row are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One row to a line, cells joined by spaces or tabs.
    Joined,
    /// One cell to a line.
    Stacked,
}

/// What the page knows elsewhere and a row is judged by.
#[derive(Default)]
pub(crate) struct Evidence {
    /// The names in the page's example responses.
    pub(crate) keys: HashSet<String>,
    /// The names of data types that the page surely has.
    pub(crate) types: HashSet<String>,
    /// Whether `types` are all that there are.
    pub(crate) all_types: bool,
    /// Words of the column Required that no known language has.
    pub(crate) required: HashSet<String>,
    /// The one of them that means yes.
    pub(crate) yes: Option<String>,
}

impl Evidence {
    /// Takes note of the words of the column Required, if they are of a language that is not known: `yes` is the word
    /// of a row that surely is required, and the most frequent of the other words says no.
    pub(crate) fn learn_required<'w>(&mut self, yes: &str, others: impl Iterator<Item = &'w str>) {
        if words::required(yes).is_some() {
            return;
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for word in others.filter(|word| *word != yes && words::required(word).is_none()) {
            *counts.entry(word).or_default() += 1;
        }
        let no = counts.into_iter().max_by_key(|(_, count)| *count);
        self.required.extend(no.map(|(word, _)| word.to_owned()));
        self.required.insert(yes.to_owned());
        self.yes = Some(yes.to_owned());
    }

    pub(crate) fn is_required_word(&self, word: &str) -> bool {
        words::required(word).is_some() || self.required.contains(word)
    }
}

/// How sure it is that a line begins a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Row,
    /// A row, but it could be text.
    DoubtfulRow,
    /// Text, but it could be a row.
    DoubtfulText,
    Text,
}

/// The columns before the description, in the order of the table.
pub(crate) type Columns = [Role];

/// The beginning of a row.
struct Start<'a> {
    name: Option<&'a str>,
    required: Option<&'a str>,
    type_text: &'a str,
    description: &'a str,
    /// How many lines it takes.
    lines: usize,
    verdict: Verdict,
}

impl Start<'_> {
    fn empty(lines: usize) -> Self {
        Start {
            name: None,
            required: None,
            type_text: "",
            description: "",
            lines,
            verdict: Verdict::Row,
        }
    }
}

/// Reads rows from the beginning of `lines` to their end.
pub(crate) fn read(
    lines: &[&Line<'_>],
    columns: &Columns,
    shape: Shape,
    evidence: &Evidence,
    diagnostics: &mut Diagnostics<'_, '_>,
) -> Vec<RawRow> {
    let mut rows: Vec<RawRow> = Vec::new();
    let mut index = 0;
    while index < lines.len() {
        let line = lines[index];
        let mut start = start(&lines[index..], columns, shape, evidence);
        if let Some(start) = &mut start
            && rows.is_empty()
            && start.verdict != Verdict::DoubtfulRow
        {
            // The first line below a head has no row before it that it could belong to.
            start.verdict = Verdict::Row;
        }
        match start.as_ref().map(|start| start.verdict) {
            Some(Verdict::DoubtfulRow) => diagnostics.doubtful_row(line.at, &line.text),
            Some(Verdict::DoubtfulText) if !rows.is_empty() => {
                diagnostics.doubtful_line(line.at, &line.text)
            }
            _ => {}
        }
        match start.filter(|start| matches!(start.verdict, Verdict::Row | Verdict::DoubtfulRow)) {
            Some(start) => {
                rows.push(RawRow {
                    at: line.at,
                    whole: lines[index..index + start.lines]
                        .iter()
                        .map(|line| &*line.text)
                        .collect::<Vec<_>>()
                        .join(" "),
                    name: start.name.map(str::to_owned),
                    required: start.required.map(str::to_owned),
                    type_text: Some(start.type_text.to_owned()),
                    description: start.description.to_owned(),
                });
                index += start.lines;
            }
            None => {
                match rows.last_mut() {
                    Some(row) => {
                        if !row.description.is_empty() {
                            row.description.push('\n');
                        }
                        row.description.push_str(&line.text);
                    }
                    None => diagnostics.broken_row(line.at, &line.text, "a name and a type"),
                }
                index += 1;
            }
        }
    }
    rows
}

/// Whether the lines begin with a row.
pub(crate) fn starts_row(
    lines: &[&Line<'_>],
    columns: &Columns,
    shape: Shape,
    evidence: &Evidence,
) -> bool {
    start(lines, columns, shape, evidence)
        .is_some_and(|start| start.verdict == Verdict::Row && start.name.is_some())
}

/// Whether the lines begin with a row that nothing else reads like: one with a built-in type or a word for required.
pub(crate) fn starts_sure_row(
    lines: &[&Line<'_>],
    columns: &Columns,
    shape: Shape,
    evidence: &Evidence,
) -> bool {
    let is_sure =
        |start: &Start<'_>| columns.contains(&Role::Required) || is_builtin(start.type_text);
    start(lines, columns, shape, evidence).is_some_and(|start| {
        start.verdict == Verdict::Row && start.name.is_some() && is_sure(&start)
    })
}

fn start<'a>(
    lines: &[&'a Line<'_>],
    columns: &Columns,
    shape: Shape,
    evidence: &Evidence,
) -> Option<Start<'a>> {
    let mut start = cells(lines, columns, shape, evidence)?;
    if start.verdict != Verdict::Row || columns.contains(&Role::Required) {
        return Some(start);
    }
    let behind = match shape {
        Shape::Joined => start.description,
        Shape::Stacked => lines.get(columns.len()).map_or("", |line| &line.text),
    };
    start.verdict = judge(&start, behind, evidence);
    // Behind a description of one word stands the name of the next row, with its type below.
    if shape == Shape::Stacked
        && !is_sure_type(start.type_text)
        && let Some(next) = cells(&lines[1..], columns, shape, evidence)
        && next.name.is_some()
        && judge(&next, "", evidence) == Verdict::Row
        && (is_sure_type(next.type_text) || start.verdict != Verdict::Row)
    {
        start.verdict = Verdict::Text;
    }
    Some(start)
}

/// Whether a text is a type that no name and no prose reads like.
fn is_sure_type(text: &str) -> bool {
    is_builtin(text) || text.starts_with("Array of ")
}

/// The cells at the beginning of the lines, if they are of the right kinds.
fn cells<'a>(
    lines: &[&'a Line<'_>],
    columns: &Columns,
    shape: Shape,
    evidence: &Evidence,
) -> Option<Start<'a>> {
    match shape {
        Shape::Joined => {
            let text: &'a str = &lines.first()?.text;
            if text.contains('\t') {
                tabbed(text, columns, evidence)
            } else {
                joined(text, columns, evidence)
            }
        }
        Shape::Stacked => stacked(lines, columns, evidence),
    }
}

/// `MemberUin Yes Integer Member uin.`
fn joined<'a>(text: &'a str, columns: &Columns, evidence: &Evidence) -> Option<Start<'a>> {
    if text.starts_with(|c: char| !c.is_ascii_alphanumeric() && c.is_ascii()) {
        return None;
    }
    let mut start = Start::empty(1);
    let (first, behind) = word(text);
    let mut rest = behind;
    if is_name(first) {
        start.name = Some(first);
        if take(&mut start, &mut rest, columns, evidence).is_some() {
            start.description = rest;
            return Some(start);
        }
    }
    // A row whose name is lost begins with its second cell.
    (start.name, start.required, rest) = (None, None, text);
    take(&mut start, &mut rest, columns, evidence)?;
    start.description = rest;
    if !is_builtin(start.type_text) {
        return None;
    }
    if !columns.contains(&Role::Required) {
        // `String values …` is prose; a sentence that starts anew behind the type may be a description.
        let begins = rest.starts_with(|c: char| c.is_uppercase() || !c.is_ascii());
        start.verdict = if begins && start.type_text != "Date" {
            Verdict::DoubtfulText
        } else {
            Verdict::Text
        };
    }
    Some(start)
}

/// Takes the cells behind the name from the text.
fn take<'a>(
    start: &mut Start<'a>,
    rest: &mut &'a str,
    columns: &Columns,
    evidence: &Evidence,
) -> Option<()> {
    for column in &columns[1..] {
        match column {
            Role::Required => {
                let (cell, behind) = word(rest);
                if !evidence.is_required_word(cell) {
                    return None;
                }
                (start.required, *rest) = (Some(cell), behind);
            }
            _ => (start.type_text, *rest) = take_type(rest)?,
        }
    }
    Some(())
}

/// `MemberUin⇥Yes⇥Integer⇥Member uin.`
fn tabbed<'a>(text: &'a str, columns: &Columns, evidence: &Evidence) -> Option<Start<'a>> {
    let mut cells = text.splitn(columns.len() + 1, '\t').map(str::trim);
    let mut start = Start::empty(1);
    for column in columns {
        let cell = cells.next()?;
        match column {
            Role::Required if cell.is_empty() => {}
            Role::Required if evidence.is_required_word(cell) => start.required = Some(cell),
            Role::Type if !cell.is_empty() && clean_type(cell).parse::<TypeRef>().is_ok() => {
                start.type_text = cell
            }
            Role::Name if cell.is_empty() => {}
            Role::Name if is_name(cell) => start.name = Some(cell),
            _ => return None,
        }
    }
    start.description = cells.next().unwrap_or_default();
    Some(start)
}

/// `MemberUin`, `Yes`, `Integer`, `Member uin.`, each on a line.
fn stacked<'a>(
    lines: &[&'a Line<'_>],
    columns: &Columns,
    evidence: &Evidence,
) -> Option<Start<'a>> {
    let read = |columns: &Columns| -> Option<Start<'a>> {
        let mut start = Start::empty(columns.len());
        for (role, line) in columns.iter().zip(lines) {
            let text: &'a str = &line.text;
            match role {
                Role::Name if is_name(text) => start.name = Some(text),
                Role::Required if evidence.is_required_word(text) => start.required = Some(text),
                Role::Type if is_type(text) => start.type_text = text,
                _ => return None,
            }
        }
        (lines.len() >= columns.len()).then_some(start)
    };
    read(columns).or_else(|| {
        // A row whose name is lost begins with its second cell.
        let start = read(&columns[1..])?;
        if columns.contains(&Role::Required) {
            return Some(start);
        }
        is_builtin(start.type_text).then_some(Start {
            verdict: Verdict::DoubtfulText,
            ..start
        })
    })
}

/// Whether a name and a type without a word between them, with this text behind them, are a row.
fn judge(start: &Start<'_>, description: &str, evidence: &Evidence) -> Verdict {
    let Some(name) = start.name else {
        return start.verdict;
    };
    if evidence.keys.contains(bare_name(name)) {
        return Verdict::Row;
    }
    let Ok(of) = clean_type(start.type_text).parse::<TypeRef>() else {
        return Verdict::Text;
    };
    let is_usual = name.starts_with(|c: char| c.is_ascii_uppercase());
    let TypeRef::Named(type_name) = &of else {
        // Documented names start in upper case, all but one; code and JSON samples do not.
        return match is_usual {
            true => Verdict::Row,
            false if has_hump(name) => Verdict::DoubtfulRow,
            false => Verdict::Text,
        };
    };
    if begins_sentence(name) || !is_usual || name.contains('_') && is_shouted(name) {
        return Verdict::Text;
    }
    if evidence.types.contains(type_name) {
        return Verdict::Row;
    }
    if is_shouted(name) && is_shouted(type_name) {
        return Verdict::Text;
    }
    // What is missing among all types can be prose, or a type that the page lost.
    let row = if evidence.all_types {
        Verdict::DoubtfulRow
    } else {
        Verdict::Row
    };
    if related(name, type_name) || has_hump(type_name) {
        return row;
    }
    if evidence.all_types {
        return Verdict::Text;
    }
    // Two words of which nothing else is known.
    match description.chars().next() {
        Some(first) if !first.is_ascii() => Verdict::DoubtfulRow,
        Some(first) if first.is_ascii_uppercase() && is_common_name(name) => Verdict::DoubtfulRow,
        Some(first) if !first.is_ascii_uppercase() => Verdict::Text,
        _ if has_hump(name) => Verdict::DoubtfulText,
        _ => Verdict::Text,
    }
}

/// Whether one of the two names is a part of the other, as in `Placement Placement` and `Task TaskInfo`.
fn related(name: &str, type_name: &str) -> bool {
    let (name, type_name) = (name.to_ascii_lowercase(), type_name.to_ascii_lowercase());
    let singular = name.strip_suffix('s').unwrap_or(&name);
    type_name.contains(singular) || name.contains(type_name.strip_suffix('s').unwrap_or(&type_name))
}

/// Whether a capital stands behind a small letter or digit: `TaskInfo`, but not `Task` or `TTS`.
pub(crate) fn has_hump(name: &str) -> bool {
    name.as_bytes()
        .windows(2)
        .any(|pair| !pair[0].is_ascii_uppercase() && pair[1].is_ascii_uppercase())
}

fn is_shouted(name: &str) -> bool {
    name.len() > 1 && !name.contains(|c: char| c.is_ascii_lowercase())
}

/// Names that many responses give to the one thing that they hold.
fn is_common_name(name: &str) -> bool {
    matches!(
        name,
        "Data"
            | "Result"
            | "Results"
            | "Info"
            | "Detail"
            | "Response"
            | "Usage"
            | "Output"
            | "Price"
    )
}

/// Words with which sentences start, and parameters do not.
fn begins_sentence(word: &str) -> bool {
    matches!(
        word,
        "A" | "All"
            | "An"
            | "And"
            | "Any"
            | "As"
            | "At"
            | "Both"
            | "But"
            | "By"
            | "Can"
            | "Currently"
            | "Does"
            | "Each"
            | "Either"
            | "Enter"
            | "Example"
            | "For"
            | "From"
            | "Has"
            | "Here"
            | "How"
            | "If"
            | "In"
            | "Indicates"
            | "Is"
            | "It"
            | "Its"
            | "Must"
            | "No"
            | "Not"
            | "Note"
            | "Notes"
            | "Now"
            | "Of"
            | "On"
            | "Once"
            | "Only"
            | "Or"
            | "Other"
            | "Others"
            | "Otherwise"
            | "Outside"
            | "Please"
            | "See"
            | "Since"
            | "Some"
            | "Such"
            | "Supported"
            | "Supports"
            | "That"
            | "The"
            | "Then"
            | "There"
            | "These"
            | "They"
            | "This"
            | "Those"
            | "To"
            | "Under"
            | "Unless"
            | "Use"
            | "Used"
            | "Via"
            | "When"
            | "Where"
            | "Whether"
            | "Which"
            | "While"
            | "With"
            | "Without"
            | "You"
            | "Your"
    )
}

/// The first word of a text and what stands behind it.
fn word(text: &str) -> (&str, &str) {
    match text.find(char::is_whitespace) {
        Some(end) => (&text[..end], text[end..].trim_start()),
        None => (text, ""),
    }
}

/// Whether a cell can be a parameter's name, with or without the notation for arrays behind it.
pub(crate) fn is_name(text: &str) -> bool {
    let bare = bare_name(text);
    bare.starts_with(|c: char| c.is_ascii_alphabetic())
        && bare.len() <= 100
        && bare
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The name on the wire: `Filters` for `Filters.N`.
pub(crate) fn bare_name(text: &str) -> &str {
    let text = words::unmarked(text);
    [".N", ".n", "[]", ".0"]
        .iter()
        .find_map(|suffix| text.strip_suffix(suffix))
        .unwrap_or(text)
}

/// Whether the whole text is a type.
fn is_type(text: &str) -> bool {
    text.len() <= 120 && clean_type(text).parse::<TypeRef>().is_ok()
}

/// Takes a type from the beginning of a text.
fn take_type(text: &str) -> Option<(&str, &str)> {
    let mut end = 0;
    while let Some(rest) = text[end..].strip_prefix("Array of ") {
        end = text.len() - rest.trim_start().len();
    }
    let element = &text[end..];
    if element.starts_with('[') {
        // `[Tag](https://…)`
        let close = element.find(')')?;
        end += close + 1;
    } else if element.starts_with("Timestamp ISO8601") {
        end += "Timestamp ISO8601".len();
    } else {
        let length = element
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .unwrap_or(element.len());
        if !element.starts_with(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
        end += length;
        // `Tag (https://…)`
        let rest = text[end..].trim_start();
        if rest.starts_with("(http") || rest.starts_with("(#") {
            end = text.len() - rest.len() + rest.find(')')? + 1;
        }
    }
    let (of, rest) = text.split_at(end);
    let ends = rest.is_empty() || rest.starts_with(char::is_whitespace);
    (ends && is_type(of)).then(|| (of, rest.trim_start()))
}

/// A type cell in the spec's notation: without links, marks and superfluous space.
pub(crate) fn clean_type(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.trim();
    while let Some(at) = rest.find(['[', ']', '(', '`', '*']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // Where the link leads is no part of the type.
        let taken = match rest.as_bytes()[0] {
            b'(' => rest.find(')').map_or(rest.len(), |end| end + 1),
            _ => 1,
        };
        rest = &rest[taken..];
    }
    out.push_str(rest);
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    match TypeRef::BUILTIN
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(&out))
    {
        Some((name, _)) => (*name).to_owned(),
        None => out,
    }
}
