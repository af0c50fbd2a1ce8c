//! Finds where the tables of an action's page begin and end, if their cells are not marked.

use std::ops::Range;

use crate::block::Line;
use crate::cell;
use crate::code_rows;
use crate::dates::{date, has_foreign_date};
use crate::evidence::Evidence;
use crate::rows::{self, Shape};
use crate::words::{self, Role, Section};

/// The columns of the input table, before the description.
pub(crate) const INPUT: &[Role] = &[Role::Name, Role::Required, Role::Type];
/// The columns of the output table, before the description.
pub(crate) const OUTPUT: &[Role] = &[Role::Name, Role::Type];

/// The bounds of the input and output tables, as indices of lines.
pub(crate) struct TableBounds {
    pub(crate) shape: Shape,
    /// The head of the input table, or its first row if there is no head.
    pub(crate) head: usize,
    /// The rows of the input table.
    pub(crate) input: Range<usize>,
    output_head: Option<usize>,
    output_section: Option<usize>,
    /// The first row of an output table without head and section heading.
    bare_output: Option<usize>,
    request_id: Option<usize>,
}

/// The bounds of the table of error codes, as indices of lines.
pub(crate) struct CodeBounds {
    /// The heading of the section, the head of the table, or the first row.
    pub(crate) start: usize,
    /// The lines that begin with the rows.
    pub(crate) rows: Range<usize>,
    /// Whether no other table follows.
    pub(crate) is_last: bool,
}

impl TableBounds {
    /// Finds the bounds; `first` is the first row of the input table.
    pub(crate) fn find(lines: &[&Line<'_>], first: usize, evidence: &Evidence) -> TableBounds {
        let shape = match &*lines[first].text {
            "Action" => Shape::Stacked,
            _ => Shape::Joined,
        };
        let head = Head::above(lines, first, shape);
        // The output table has a head, or at least the row RequestId.
        let output_head = (first + 1..lines.len()).find(|&at| head.is_output(lines, at, shape));
        let request_id = (first + 1..lines.len()).find(|&at| is_request_id(lines, at, shape));
        let output_head = output_head.filter(|&at| request_id.is_none_or(|id| at <= id));
        let output_begins = output_head.or(request_id).unwrap_or(lines.len());
        let output_section = section_before(lines, first, output_begins, Section::Output)
            .or_else(|| third_heading(lines, first, output_head?));
        // Without a head and heading, the output table begins with the first row that has no word for required.
        let bare_output = match output_section.or(output_head) {
            Some(_) => None,
            None => request_id.map(|id| first_output_row(lines, first, id, shape, evidence)),
        };
        let input_end = output_section
            .or(output_head)
            .or(bare_output)
            .unwrap_or_else(|| table_end(lines, first));
        // Other sections may come between the two tables.
        let input_end = next_section(lines, first + 1, input_end).unwrap_or(input_end);
        TableBounds {
            shape,
            head: head.at,
            input: first..input_end,
            output_head,
            output_section,
            bare_output,
            request_id,
        }
    }

    /// Finds the rows of the output table. The input table should be part of the evidence.
    pub(crate) fn output(&self, lines: &[&Line<'_>], evidence: &Evidence) -> Option<Range<usize>> {
        let start = match self.output_head {
            Some(head) => head + self.shape.lines_of(3),
            None => {
                // Without a head, the rows begin after the section's heading and sentences.
                let from = self.output_section.map(|at| at + 1).or(self.bare_output)?;
                let to = self.request_id.map_or(lines.len(), |id| id + 1);
                let starts =
                    |at: &usize| rows::starts_row(&lines[*at..], OUTPUT, self.shape, evidence);
                (from..to).find(starts)?
            }
        };
        let end = match self.request_id {
            // RequestId is the last row; its description is a sentence that all pages share.
            Some(id) => (id + self.shape.lines_of(3)).min(lines.len()),
            None => table_end(lines, start),
        };
        Some(start..end.max(start))
    }

    /// Finds the table of error codes. `says_none` is whether the page says that there are no codes.
    pub(crate) fn codes(
        &self,
        lines: &[&Line<'_>],
        output: Option<&Range<usize>>,
        says_none: bool,
    ) -> Option<CodeBounds> {
        // The error codes follow the output table, or have their own section before it.
        let early = output.and_then(|output| {
            let section = section_before(lines, self.input.end, output.start, Section::Errors);
            section.map(|at| at..output.start)
        });
        let is_last = early.is_none();
        let Range { start: from, end } = early.unwrap_or_else(|| {
            let from = output.map_or(self.input.end, |output| output.end);
            from..lines.len()
        });
        let head = (from..end).find(|&at| code_rows::head(lines, at) == Some(self.shape));
        let section = section_before(lines, from, head.unwrap_or(end), Section::Errors);
        let first = match head {
            Some(at) => Some(at + self.shape.lines_of(2)).filter(|first| *first < end)?,
            None if says_none => return None,
            // With an unknown head or none, the first code marks the table.
            None => first_code(lines, section.map_or(from, |at| at + 1), end, self.shape)?,
        };
        Some(CodeBounds {
            start: section.or(head).map_or(first, |at| at.min(first)),
            rows: first..end,
            is_last,
        })
    }
}

/// Returns the index of the first row of the input table: the row Action, followed by the row Version with a date.
pub(crate) fn input_table(lines: &[&Line<'_>]) -> Option<usize> {
    // Structures may have fields called Action and Version, but their descriptions have no date.
    let has_date = |at: usize| {
        let length = if lines[at].text == "Version" { 4 } else { 1 };
        lines[at..lines.len().min(at + length)]
            .iter()
            .any(|line| date(&line.text).is_some() || has_foreign_date(&line.text))
    };
    let is_version = |at: usize| starts_common(lines, at, "Version") && has_date(at);
    (0..lines.len())
        .filter(|&at| starts_common(lines, at, "Action"))
        .find(|&at| (at + 1..lines.len().min(at + 8)).any(is_version))
}

/// Whether the row of a common parameter begins at a line, with joined or stacked cells.
fn starts_common(lines: &[&Line<'_>], at: usize, name: &str) -> bool {
    let text = |at: usize| lines.get(at).map_or("", |line| &*line.text);
    let mut words = text(at).split_whitespace();
    if words.next() != Some(name) {
        return false;
    }
    match words.next() {
        Some("String") => true,
        Some(_) => words.next() == Some("String"),
        None => text(at + 1) == "String" || text(at + 2) == "String",
    }
}

/// The head of the input table.
struct Head<'b> {
    /// The index of its first line, or of the first row if there is no head.
    at: usize,
    /// Its words, or its lines if each cell has a line. They identify an output head in an unknown language.
    cells: Vec<&'b str>,
}

impl<'b> Head<'b> {
    /// Finds the head above the first row.
    fn above(lines: &[&'b Line<'b>], first: usize, shape: Shape) -> Head<'b> {
        match shape {
            Shape::Joined => {
                let at = first.checked_sub(1).filter(|&at| {
                    let line = lines[at];
                    line.text.len() < 160 && !line.text.ends_with(['.', '。', ':', '：'])
                });
                match at {
                    Some(at) => Head {
                        at,
                        cells: lines[at].text.split_whitespace().collect(),
                    },
                    None => Head {
                        at: first,
                        cells: Vec::new(),
                    },
                }
            }
            Shape::Stacked => {
                let is_cell =
                    |line: &Line<'_>| line.text.len() < 60 && !line.text.ends_with(['.', '。']);
                match first
                    .checked_sub(4)
                    .filter(|&at| lines[at..first].iter().all(|line| is_cell(line)))
                {
                    Some(at) => Head {
                        at,
                        cells: lines[at..first].iter().map(|line| &*line.text).collect(),
                    },
                    None => Head {
                        at: first,
                        cells: Vec::new(),
                    },
                }
            }
        }
    }

    /// Whether the output table's head is at `at`.
    fn is_output(&self, lines: &[&Line<'_>], at: usize, shape: Shape) -> bool {
        match shape {
            Shape::Joined => {
                let text = &lines[at].text;
                if let Some(roles) = words::joined_head(text) {
                    return roles == [Role::Name, Role::Type, Role::Description];
                }
                self.is_part(&text.split_whitespace().collect::<Vec<_>>())
            }
            Shape::Stacked => {
                let Some(cells) = lines.get(at..at + 3) else {
                    return false;
                };
                let roles: Vec<_> = cells.iter().map(|line| words::role(&line.text)).collect();
                roles == [Some(Role::Name), Some(Role::Type), Some(Role::Description)]
                    || self.is_part(&cells.iter().map(|line| &*line.text).collect::<Vec<_>>())
            }
        }
    }

    /// Whether the cells are those of this head without the column Required.
    fn is_part(&self, cells: &[&str]) -> bool {
        let mut own = self.cells.iter();
        cells.len() >= 3
            && cells.len() < self.cells.len()
            && cells.first() == self.cells.first()
            && cells.last() == self.cells.last()
            && cells.iter().all(|cell| own.any(|word| word == cell))
    }
}

/// Returns the index of the first row of an output table without head and heading. It is between the input table's first
/// row and RequestId.
fn first_output_row(
    lines: &[&Line<'_>],
    first: usize,
    id: usize,
    shape: Shape,
    evidence: &Evidence,
) -> usize {
    let starts = |at: usize, columns: &[Role]| {
        rows::starts_certain_row(&lines[at..=id], columns, shape, evidence)
    };
    let last_input = (first..id)
        .rev()
        .find(|&at| starts(at, INPUT))
        .unwrap_or(first);
    (last_input + 1..id)
        .find(|&at| starts(at, OUTPUT) && !starts(at, INPUT))
        .unwrap_or(id)
}

/// Returns the index of the last heading of `section` in a range of lines.
pub(crate) fn section_before(
    lines: &[&Line<'_>],
    from: usize,
    to: usize,
    section: Section,
) -> Option<usize> {
    (from..to.min(lines.len()))
        .rev()
        .find(|&at| words::section(&lines[at].text) == Some(section))
}

/// Returns the index of the first numbered or marked section heading in a range of lines. For error codes, a blank line
/// before the heading suffices.
fn next_section(lines: &[&Line<'_>], from: usize, to: usize) -> Option<usize> {
    (from..to.min(lines.len())).find(|&at| {
        let line = lines[at];
        words::section(&line.text).is_some_and(|section| {
            line.heading()
                || words::numbered(&line.text).0.is_some()
                || line.gap && section == Section::Errors
        })
    })
}

/// Returns the heading of the third section in an unknown language: the numbered line above the head.
fn third_heading(lines: &[&Line<'_>], from: usize, head: usize) -> Option<usize> {
    let at = head.checked_sub(1).filter(|&at| at > from)?;
    let is_heading =
        words::numbered(&lines[at].text).0 == Some(3) && lines[at].text.chars().count() < 60;
    is_heading.then_some(at)
}

/// Returns the end of the page's last table: the next section heading, or the text of the site.
fn table_end(lines: &[&Line<'_>], start: usize) -> usize {
    let ends = |line: &Line<'_>| {
        words::section(&line.text)
            .is_some_and(|_| line.heading() || words::numbered(&line.text).0.is_some())
            || words::is_site_footer(&line.text)
    };
    (start..lines.len())
        .find(|&at| ends(lines[at]))
        .unwrap_or(lines.len())
}

/// Whether the row RequestId is at `at`.
fn is_request_id(lines: &[&Line<'_>], at: usize, shape: Shape) -> bool {
    match shape {
        Shape::Joined => {
            let mut words = lines[at].text.split_whitespace();
            words.next() == Some("RequestId") && words.next() == Some("String")
        }
        Shape::Stacked => {
            lines[at].text == "RequestId"
                && lines.get(at + 1).is_some_and(|line| line.text == "String")
        }
    }
}

/// Returns the index of the first row of error codes in a range of lines.
fn first_code(lines: &[&Line<'_>], from: usize, end: usize, shape: Shape) -> Option<usize> {
    let end = table_end(lines, from).min(end);
    let starts = |at: usize| {
        let line = lines.get(at);
        line.is_some_and(|line| code_rows::starts_code(&line.text, shape))
    };
    // A sentence may begin with a word like a code. A row begins with a known code, or another code follows it.
    let is_known = |at: usize| {
        let word = lines[at].text.split_whitespace().next();
        word.is_some_and(cell::is_known_code)
    };
    let is_row = |at: &usize| starts(*at) && (is_known(*at) || starts(at + shape.lines_of(2)));
    (from..end).find(is_row)
}
