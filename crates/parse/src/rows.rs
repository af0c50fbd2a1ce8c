//! Parses rows of tables without marked cells: joined by spaces, by tabs, or one cell per line.
//!
//! A line begins a row if it has the cells of one: a name, the word for required or not, a type. Other lines belong to the
//! description of the row before. Without the column Required, prose can look like a row (`Public IP …` like a name and
//! a type). Then other facts of the page decide, and a diagnostic reports doubtful lines.

use crate::block::{Line, join};
use crate::cell::{
    bare_name, is_builtin, is_certain_type, is_compound, is_name, is_type, take_type, word,
};
use crate::diagnostic::Diagnostics;
use crate::evidence::{Evidence, Verdict, is_usual_name};
use crate::row::RawRow;
use crate::words::Role;

/// Layout of the cells of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One row per line, cells joined by spaces or tabs.
    Joined,
    /// One cell per line.
    Stacked,
}

impl Shape {
    /// Returns the number of lines of this many cells.
    pub(crate) fn lines_of(self, cells: usize) -> usize {
        match self {
            Shape::Joined => 1,
            Shape::Stacked => cells,
        }
    }
}

/// The columns before the description, in table order.
pub(crate) type Columns = [Role];

/// The beginning of a row.
struct Start<'a> {
    name: Option<&'a str>,
    required: Option<&'a str>,
    type_text: &'a str,
    description: &'a str,
    /// The number of lines with these cells.
    lines: usize,
    verdict: Verdict,
    /// Whether the verdict does not depend on other facts of the page.
    is_final: bool,
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
            is_final: false,
        }
    }

    /// Whether the cells before the type are certainly those of a row.
    fn is_certain(&self) -> bool {
        self.required.is_some() && self.name.is_some_and(is_usual_name)
    }
}

/// Parses the rows of `lines`.
pub(crate) fn read(
    lines: &[&Line<'_>],
    columns: &Columns,
    shape: Shape,
    evidence: &Evidence,
    diagnostics: &mut Diagnostics<'_, '_>,
) -> Vec<RawRow> {
    // Tabs separate the cells of every row, or of none.
    let is_tabbed = |line: &&Line<'_>| line.text.matches('\t').count() + 1 >= columns.len();
    let all_tabbed = shape == Shape::Joined && lines.first().is_some_and(is_tabbed);
    let mut rows: Vec<RawRow> = Vec::new();
    let mut index = 0;
    while index < lines.len() {
        let line = lines[index];
        let mut start = start(&lines[index..], columns, shape, evidence)
            .filter(|_| !all_tabbed || is_tabbed(&line));
        if let Some(start) = &mut start
            && rows.is_empty()
            && start.verdict != Verdict::DoubtfulRow
        {
            // The first line below a head has no previous row to which it could belong.
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
                    whole: join(&lines[index..index + start.lines], " "),
                    name: start.name.map(str::to_owned),
                    required: start.required.map(str::to_owned),
                    type_text: Some(start.type_text.to_owned()),
                    description: start.description.to_owned(),
                    cut: false,
                });
                index += start.lines;
            }
            None if lacks_required(&line.text, columns, shape, evidence)
                || lacks_type(&line.text, columns, shape, evidence) =>
            {
                diagnostics.doubtful_line(line.at, &line.text);
                push_text(&mut rows, line);
                index += 1;
            }
            None => {
                if !push_text(&mut rows, line) {
                    diagnostics.broken_row(line.at, &line.text, "a name and a type");
                }
                index += 1;
            }
        }
    }
    rows
}

/// Adds a line to the description of the last row. Returns whether there is a row.
fn push_text(rows: &mut [RawRow], line: &Line<'_>) -> bool {
    let Some(row) = rows.last_mut() else {
        return false;
    };
    if !row.description.is_empty() {
        row.description.push('\n');
    }
    row.description.push_str(&line.text);
    true
}

/// Whether a line is a row that lacks the word in the column Required: a name and a built-in type.
fn lacks_required(text: &str, columns: &Columns, shape: Shape, evidence: &Evidence) -> bool {
    shape == Shape::Joined
        && columns.contains(&Role::Required)
        && joined(text, &[Role::Name, Role::Type], evidence).is_some_and(|start| {
            start.name.is_some_and(is_compound)
                && is_certain_type(start.type_text)
                && !start
                    .description
                    .starts_with(|c: char| c.is_ascii_lowercase())
        })
}

/// Whether a line is a row that lacks the type: a name and a word for required.
///
/// In a table without the column Required, a name of the page's examples suffices, or a cell for each column.
fn lacks_type(text: &str, columns: &Columns, shape: Shape, evidence: &Evidence) -> bool {
    let (name, rest) = word(text);
    let is_known = || evidence.keys.contains(bare_name(name));
    is_name(name)
        && is_usual_name(name)
        && match (shape, columns.contains(&Role::Required)) {
            (Shape::Joined, true) => evidence.is_required_word(word(rest).0),
            (Shape::Joined, false) => {
                text.matches('\t').count() >= columns.len()
                    || is_known() && take_wrong_type(rest).is_some()
            }
            (Shape::Stacked, true) => false,
            (Shape::Stacked, false) => is_known() && rest.is_empty(),
        }
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

/// Whether the lines begin with a certain row: one with a built-in type or a word for required.
pub(crate) fn starts_certain_row(
    lines: &[&Line<'_>],
    columns: &Columns,
    shape: Shape,
    evidence: &Evidence,
) -> bool {
    let is_certain =
        |start: &Start<'_>| columns.contains(&Role::Required) || is_builtin(start.type_text);
    start(lines, columns, shape, evidence).is_some_and(|start| {
        start.verdict == Verdict::Row && start.name.is_some() && is_certain(&start)
    })
}

/// Parses the row with which the lines begin, and judges whether it is one.
fn start<'a>(
    lines: &[&'a Line<'_>],
    columns: &Columns,
    shape: Shape,
    evidence: &Evidence,
) -> Option<Start<'a>> {
    let mut start = cells(lines, columns, shape, evidence)?;
    if start.verdict != Verdict::Row || start.is_final || columns.contains(&Role::Required) {
        return Some(start);
    }
    let after = match shape {
        Shape::Joined => start.description,
        Shape::Stacked => lines.get(columns.len()).map_or("", |line| &line.text),
    };
    if let Some(name) = start.name {
        start.verdict = evidence.judge(name, start.type_text, after);
    }
    // After a one-word description comes the name of the next row, with its type below.
    if shape == Shape::Stacked
        && !is_certain_type(start.type_text)
        && let Some(next) = cells(&lines[1..], columns, shape, evidence)
        && let Some(name) = next.name
        && evidence.judge(name, next.type_text, "") == Verdict::Row
        && (is_certain_type(next.type_text) || start.verdict != Verdict::Row)
    {
        start.verdict = Verdict::Text;
    }
    Some(start)
}

/// Returns the cells at the beginning of the lines, if they are of the right kinds.
fn cells<'a>(
    lines: &[&'a Line<'_>],
    columns: &Columns,
    shape: Shape,
    evidence: &Evidence,
) -> Option<Start<'a>> {
    match shape {
        Shape::Joined => {
            let text: &'a str = &lines.first()?.text;
            // A description may contain a tab too.
            if text.matches('\t').count() + 1 >= columns.len() {
                tabbed(text, columns, evidence)
            } else {
                joined(text, columns, evidence)
            }
        }
        Shape::Stacked => stacked(lines, columns, evidence),
    }
}

/// Parses a row with cells joined by spaces: `MemberUin Yes Integer Member uin.`
fn joined<'a>(text: &'a str, columns: &Columns, evidence: &Evidence) -> Option<Start<'a>> {
    if let Some(item) = list_item(text) {
        return after_bullet(item, columns, evidence);
    }
    if text.starts_with(|c: char| !c.is_ascii_alphanumeric() && c.is_ascii()) {
        return None;
    }
    let mut start = Start::empty(1);
    let (first, after) = word(text);
    let mut rest = after;
    if is_name(first) {
        start.name = Some(first);
        if take(&mut start, &mut rest, columns, evidence).is_some() {
            start.description = rest;
            return Some(start);
        }
    }
    // A row without its name begins with its second cell.
    (start.name, start.required, rest) = (None, None, text);
    take(&mut start, &mut rest, columns, evidence)?;
    start.description = rest;
    if !is_builtin(start.type_text) {
        return None;
    }
    if !columns.contains(&Role::Required) {
        // `String values …` is prose, but a new sentence after the type may be a description.
        let begins = rest.starts_with(|c: char| c.is_uppercase() || !c.is_ascii());
        start.verdict = if begins && start.type_text != "Date" {
            Verdict::DoubtfulText
        } else {
            Verdict::Text
        };
    }
    Some(start)
}

/// Returns the text after a list bullet.
fn list_item(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(['•', '·', '●', '◦', '○', '▪', '■', '-', '*', '–', '—'])?;
    rest.starts_with(char::is_whitespace)
        .then(|| rest.trim_start())
}

/// Parses a row that was mistaken for an item of the list in the description above it: `• Offset No Integer The start.`
fn after_bullet<'a>(item: &'a str, columns: &Columns, evidence: &Evidence) -> Option<Start<'a>> {
    let start = joined(item, columns, evidence)?;
    let name = start.name?;
    let is_name = name.starts_with(|c: char| c.is_ascii_uppercase());
    let is_known = evidence.keys.contains(bare_name(name));
    let verdict = match columns.contains(&Role::Required) {
        _ if !is_name || !is_certain_type(start.type_text) && !is_known => return None,
        true => Verdict::Row,
        false if is_known => Verdict::DoubtfulRow,
        // List items often consist of a name and a type.
        false => Verdict::DoubtfulText,
    };
    Some(Start {
        verdict,
        is_final: true,
        ..start
    })
}

/// Takes the cells after the name from the text.
fn take<'a>(
    start: &mut Start<'a>,
    rest: &mut &'a str,
    columns: &Columns,
    evidence: &Evidence,
) -> Option<()> {
    for column in &columns[1..] {
        match column {
            Role::Required => {
                let (cell, after) = word(rest);
                if !evidence.is_required_word(cell) {
                    return None;
                }
                (start.required, *rest) = (Some(cell), after);
            }
            _ => {
                let wrong = || start.is_certain().then(|| take_wrong_type(rest))?;
                (start.type_text, *rest) = take_type(rest).or_else(wrong)?;
            }
        }
    }
    Some(())
}

/// Takes a cell that cannot be a type from the text, unless it may be prose. Its row is reported later.
fn take_wrong_type(text: &str) -> Option<(&str, &str)> {
    let (cell, after) = word(text);
    let is_prose = cell.chars().all(char::is_alphabetic) && !is_builtin(cell);
    let is_cell = cell.starts_with(char::is_alphanumeric) || matches!(cell, "-" | "--" | "/");
    (is_cell && !is_prose).then_some((cell, after))
}

/// Parses a row with cells separated by tabs: `MemberUin⇥Yes⇥Integer⇥Member uin.`
fn tabbed<'a>(text: &'a str, columns: &Columns, evidence: &Evidence) -> Option<Start<'a>> {
    let mut cells = text.splitn(columns.len() + 1, '\t').map(str::trim);
    let mut start = Start::empty(1);
    for column in columns {
        let cell = cells.next()?;
        match column {
            Role::Required if cell.is_empty() => {}
            Role::Required if evidence.is_required_word(cell) => start.required = Some(cell),
            Role::Type if is_type(cell) || start.is_certain() => start.type_text = cell,
            Role::Name if cell.is_empty() => {}
            Role::Name if is_name(cell) => start.name = Some(cell),
            _ => return None,
        }
    }
    // A row with a tab after each cell is certain. Tables of other kinds write types in lower case.
    let last = cells.next();
    start.is_final = last.is_some()
        && start.name.is_some()
        && start
            .type_text
            .starts_with(|c: char| c.is_ascii_uppercase());
    start.description = last.unwrap_or_default();
    Some(start)
}

/// Parses a row with one cell per line: `MemberUin`, `Yes`, `Integer`, `Member uin.`
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
                Role::Type if is_type(text) || start.is_certain() => start.type_text = text,
                _ => return None,
            }
        }
        (lines.len() >= columns.len()).then_some(start)
    };
    read(columns).or_else(|| {
        // A row without its name begins with its second cell.
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
