//! Finds the tables of an action's page: input parameters, output parameters, error codes.

use std::borrow::Cow;
use std::ops::Range;

use crate::block::{Block, Line, Table, lines};
use crate::cell::{self, type_of};
use crate::code_rows;
use crate::diagnostic::Diagnostics;
use crate::evidence::Evidence;
use crate::example;
use crate::headings::{LineRole, Sections};
use crate::row::RawRow;
use crate::rows::{self, Shape};
use crate::table::{self, Layout};
use crate::words::{self, Role, Section};

const INPUT: &[Role] = &[Role::Name, Role::Required, Role::Type];
const OUTPUT: &[Role] = &[Role::Name, Role::Type];

/// The tables of a page, and the lines around them.
pub(crate) struct ActionTables<'b> {
    /// The lines before the input table.
    pub(crate) before: Vec<Cow<'b, Line<'b>>>,
    pub(crate) input: Vec<RawRow>,
    /// The rows of the output table; `None` if there is no such table.
    pub(crate) output: Option<Vec<RawRow>>,
    /// The lines after the input table that belong to examples or to an unknown section.
    pub(crate) examples: Vec<Cow<'b, Line<'b>>>,
    /// Whether the examples have a section heading.
    pub(crate) has_example_section: bool,
    pub(crate) errors: Option<Vec<RawRow>>,
    /// Whether the page says that there are no error codes, if it has none.
    pub(crate) says_no_errors: bool,
    /// The first line of the section of error codes.
    pub(crate) errors_text: Option<String>,
}

impl<'b> ActionTables<'b> {
    /// Finds the tables, if this is the page of an action.
    pub(crate) fn find(
        blocks: &'b [Block<'_>],
        evidence: &mut Evidence,
        diagnostics: &mut Diagnostics<'_, '_>,
    ) -> Option<Self> {
        let marked = blocks
            .iter()
            .enumerate()
            .find_map(|(at, block)| match block {
                Block::Table(table) if table::is_input(table) => Some((at, table)),
                _ => None,
            });
        match marked {
            Some((at, table)) => Self::marked(blocks, at, table, evidence, diagnostics),
            None => Self::unmarked(lines(blocks), evidence, diagnostics),
        }
    }

    /// Finds the tables of a page with marked cells.
    fn marked(
        blocks: &'b [Block<'_>],
        input_at: usize,
        input: &Table<'_>,
        evidence: &mut Evidence,
        diagnostics: &mut Diagnostics<'_, '_>,
    ) -> Option<Self> {
        let layout = Layout::of(input)?;
        let rows = layout.rows(input);
        let mut words = rows.iter().filter_map(|row| row.required.as_deref());
        if let Some(yes) = words.next() {
            evidence.learn_required(yes, words);
        }
        let mut output = None;
        let mut errors = None;
        let mut examples = ExampleLines::default();
        for block in blocks.iter().skip(input_at + 1) {
            let table = match block {
                Block::Table(table) => table,
                Block::Line(line) => {
                    examples.take(Cow::Borrowed(line));
                    continue;
                }
            };
            if table::is_input(table) {
                diagnostics.second_page(table.rows[0].at(), &table.rows[0].text());
                break;
            }
            let layout = Layout::of(table);
            if layout.as_ref().is_some_and(|layout| layout.is_empty(table)) {
                diagnostics.empty_table(table.rows[0].at(), &table.rows[0].text());
            }
            match layout {
                Some(layout) if layout.has(Role::Code) && errors.is_none() => {
                    if layout.numbered_codes {
                        diagnostics.numbered_codes(table.rows[0].at(), &table.rows[0].text());
                    }
                    errors = Some(layout.rows(table));
                }
                Some(layout) if layout.has(Role::Type) && output.is_none() => {
                    output = Some(layout.rows(table));
                    examples.discard();
                }
                Some(layout) if layout.has(Role::Code) || layout.has(Role::Type) => {
                    diagnostics.further_table(table.rows[0].at(), &table.rows[0].text());
                }
                _ => diagnostics.rows_outside(table.rows[0].at(), &table.rows[0].text()),
            }
        }
        let mut text = blocks[input_at..].iter().filter_map(Block::line);
        let says_no_errors = errors.is_none() && text.any(|line| words::says_no_errors(&line.text));
        Some(ActionTables {
            before: lines(&blocks[..input_at]),
            input: rows,
            output,
            examples: examples.lines,
            has_example_section: examples.has_section,
            errors_text: examples.errors_text,
            errors,
            says_no_errors,
        })
    }

    /// Finds the tables of a page with joined or stacked cells.
    fn unmarked(
        mut all: Vec<Cow<'b, Line<'b>>>,
        evidence: &mut Evidence,
        diagnostics: &mut Diagnostics<'_, '_>,
    ) -> Option<Self> {
        let lines: Vec<&Line<'_>> = all.iter().map(|line| &**line).collect();
        let first = input_table(&lines)?;
        let second = input_table(&lines[first + 1..]).map(|at| first + 1 + at);
        let end = second.map(|second| {
            diagnostics.second_page(lines[second].at, &lines[second].text);
            section_before(&lines, first, second, Section::Description).unwrap_or(second)
        });
        all.truncate(end.unwrap_or(all.len()));
        let lines: Vec<&Line<'_>> = all.iter().map(|line| &**line).collect();
        evidence.keys.extend(example::response_keys(
            lines[first..].iter().map(|line| &*line.text),
        ));
        let shape = if lines[first].text == "Action" {
            Shape::Stacked
        } else {
            Shape::Joined
        };
        let head = Head::above(&lines, first, shape);

        // The output table has a head, or at least the row RequestId.
        let output_head = (first + 1..lines.len()).find(|&at| head.is_output(&lines, at, shape));
        let request_id = (first + 1..lines.len()).find(|&at| is_request_id(&lines, at, shape));
        let output_head = output_head.filter(|&at| request_id.is_none_or(|id| at <= id));
        let output_begins = output_head.or(request_id).unwrap_or(lines.len());
        let output_section = section_before(&lines, first, output_begins, Section::Output);
        let output_section = output_section.or_else(|| third_heading(&lines, first, output_head?));
        // Without a head and heading, the output table begins with the first row that has no word for required.
        let headless = || request_id.map(|id| first_output_row(&lines, first, id, shape, evidence));
        let bare_start = if output_section.or(output_head).is_none() {
            headless()
        } else {
            None
        };
        let input_end = output_section
            .or(output_head)
            .or(bare_start)
            .unwrap_or_else(|| table_end(&lines, first));
        // Other sections may come between the two tables.
        let input_end = next_section(&lines, first + 1, input_end).unwrap_or(input_end);
        let with_required = learn_required(&lines[first..input_end], shape, evidence);
        let columns = if with_required { INPUT } else { OUTPUT };
        let input = rows::read(
            &lines[first..input_end],
            columns,
            shape,
            evidence,
            diagnostics,
        );
        evidence.types.extend(input.iter().filter_map(named_type));

        let head_lines = if shape == Shape::Stacked { 3 } else { 1 };
        let output_start = output_head.map(|at| at + head_lines).or_else(|| {
            // Without a head, the rows begin after the section's heading and sentences.
            let from = output_section.map(|at| at + 1).or(bare_start)?;
            let to = request_id.map_or(lines.len(), |id| id + 1);
            (from..to).find(|&at| rows::starts_row(&lines[at..], OUTPUT, shape, evidence))
        });
        let mut taken: Vec<Range<usize>> = Vec::new();
        taken.push(first..input_end);
        let output = output_start.map(|start| {
            let end = match request_id {
                // RequestId is the last row; its description is a sentence that all pages share.
                Some(at) => (at + if shape == Shape::Stacked { 3 } else { 1 }).min(lines.len()),
                None => table_end(&lines, start),
            }
            .max(start);
            taken.push(start..end);
            evidence.types.extend(array_types(&lines[start..end]));
            rows::read(&lines[start..end], OUTPUT, shape, evidence, diagnostics)
        });
        let output_end = taken[taken.len() - 1].end;

        let says_no_errors = lines[input_end..]
            .iter()
            .any(|line| words::says_no_errors(&line.text));
        // The error codes follow the output table, or have a section of their own before it.
        let early = output_start.and_then(|start| {
            section_before(&lines, input_end, start, Section::Errors).map(|at| at..start)
        });
        let (reach, is_last) = match early {
            Some(reach) => (reach, false),
            None => (output_end..lines.len(), true),
        };
        let (section, start) = errors_table(&lines, reach.clone(), shape, says_no_errors);
        let errors = start.map(|start| {
            let (rows, length) =
                code_rows::read(&lines[start..reach.end], shape, is_last, diagnostics);
            taken.push(section.unwrap_or(start).min(start)..start + length);
            rows
        });
        let mut examples = ExampleLines::default();
        for (at, line) in all.iter().enumerate().skip(first) {
            if !taken.iter().any(|range| range.contains(&at)) {
                examples.take(line.clone());
            } else if output_end == at + 1 {
                examples.discard();
            }
        }
        Some(ActionTables {
            before: all[..head.at].to_vec(),
            input,
            output,
            examples: examples.lines,
            has_example_section: examples.has_section,
            errors_text: examples.errors_text,
            errors,
            says_no_errors,
        })
    }
}

/// The lines that may contain examples: those of their section, and those of unknown sections.
#[derive(Default)]
struct ExampleLines<'b> {
    lines: Vec<Cow<'b, Line<'b>>>,
    sections: Sections,
    has_section: bool,
    errors_text: Option<String>,
}

impl<'b> ExampleLines<'b> {
    fn take(&mut self, line: Cow<'b, Line<'b>>) {
        match self.sections.take(&line) {
            LineRole::In(Some(Section::Example)) => {
                self.has_section = true;
                self.lines.push(line);
            }
            LineRole::In(None) => self.lines.push(line),
            LineRole::In(Some(Section::Errors)) if self.errors_text.is_none() => {
                self.errors_text = Some(line.text.to_string());
            }
            LineRole::In(_) | LineRole::Heading => {}
        }
    }

    /// Discards lines between the input and the output table, unless there is a section of examples.
    fn discard(&mut self) {
        if !self.has_section {
            self.lines.clear();
        }
    }
}

/// Returns the first line of the input table: the row Action, followed by the row Version with a date.
fn input_table(lines: &[&Line<'_>]) -> Option<usize> {
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

/// Learns the words of the column Required. Returns whether there is such a column.
///
/// In an unknown language, the row Action has the word for yes. The word for no is the other word in that column.
fn learn_required(table: &[&Line<'_>], shape: Shape, evidence: &mut Evidence) -> bool {
    let cells = |at: usize| -> Option<[&str; 3]> {
        match shape {
            Shape::Joined => {
                let mut words = table[at].text.split_whitespace();
                Some([words.next()?, words.next()?, words.next()?])
            }
            Shape::Stacked => Some([
                &table[at].text,
                &table.get(at + 1)?.text,
                &table.get(at + 2)?.text,
            ]),
        }
    };
    let Some([_, yes, "String"]) = cells(0) else {
        return false;
    };
    let is_type =
        |of: &str| cell::is_builtin(of) || of.starts_with("Array") || cell::is_compound(of);
    let rows = (1..table.len())
        .filter_map(cells)
        .filter(|[name, _, of]| cell::is_name(name) && is_type(of));
    // The common parameters are certainly rows; a line that begins with a type is certainly not.
    let (common, others): (Vec<_>, Vec<_>) = rows
        .filter(|[name, word, _]| *name != "Array" && *word != "of")
        .partition(|[name, ..]| matches!(*name, "Version" | "Region"));
    let no = common.iter().find(|[_, word, _]| *word != yes);
    match no {
        Some([_, no, _]) => evidence.learn_required(yes, std::iter::once(*no)),
        None => evidence.learn_required(yes, others.iter().map(|[_, word, _]| *word)),
    }
    true
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

/// Returns the first row of an unannounced output table, between the input table's first row and RequestId.
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
fn section_before(lines: &[&Line<'_>], from: usize, to: usize, section: Section) -> Option<usize> {
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

fn named_type(row: &RawRow) -> Option<String> {
    let of = type_of(row.type_text.as_deref()?)?;
    of.named().map(str::to_owned)
}

/// Returns the data types in lines with `Array of …`, which prose does not contain.
fn array_types<'l>(lines: &'l [&Line<'_>]) -> impl Iterator<Item = String> + 'l {
    lines.iter().filter_map(|line| {
        let (_, after) = line.text.split_once("Array of ")?;
        let of = after
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .next()?;
        cell::is_compound(of).then(|| of.to_owned())
    })
}

/// Returns the indices of the first line of the section of error codes and of its first row.
///
/// `says_none` is whether the page says that there are no codes.
fn errors_table(
    lines: &[&Line<'_>],
    reach: Range<usize>,
    shape: Shape,
    says_none: bool,
) -> (Option<usize>, Option<usize>) {
    let Range { start: from, end } = reach;
    let head = (from..end).find(|&at| code_rows::head(lines, at) == Some(shape));
    let section = section_before(lines, from, head.unwrap_or(end), Section::Errors);
    let start = match head {
        Some(at) => {
            let first = at + if shape == Shape::Stacked { 2 } else { 1 };
            (first < end).then_some(first)
        }
        // With an unknown head or none, the first code marks the table.
        None if says_none => None,
        None => {
            let from = section.map_or(from, |at| at + 1);
            let end = table_end(lines, from).min(end);
            let starts = |at: usize| {
                lines
                    .get(at)
                    .is_some_and(|line| code_rows::starts_code(&line.text, shape))
            };
            // A sentence may begin with a word like a code. A row begins with a known code, or another code follows it.
            let next = if shape == Shape::Stacked { 2 } else { 1 };
            let is_known = |at: usize| {
                lines[at]
                    .text
                    .split_whitespace()
                    .next()
                    .is_some_and(cell::is_known_code)
            };
            (from..end).find(|&at| starts(at) && (is_known(at) || starts(at + next)))
        }
    };
    (section.or(head).or(start), start)
}

/// Whether a text contains a date in another order, which is no version: `2/28/2018`.
fn has_foreign_date(text: &str) -> bool {
    let is_date = |word: &str| {
        let mut parts = word.split('/');
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        parts.clone().count() == 3
            && parts
                .clone()
                .all(|part| !part.is_empty() && is_number(part))
            && parts.next_back().is_some_and(|year| year.len() == 4)
    };
    text.split(|c: char| !c.is_ascii_digit() && c != '/')
        .any(is_date)
}

/// Parses the date in `Common Params. The value used for this API: 2021-03-31.`, also written `2021/03/31`.
pub(crate) fn date(description: &str) -> Option<String> {
    let is_date = |text: &str, mark: u8| {
        text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == mark,
            _ => byte.is_ascii_digit(),
        })
    };
    let find = |mark: u8| {
        (0..description.len())
            .filter_map(|at| description.get(at..at + 10))
            .find(|text| is_date(text, mark))
    };
    find(b'-')
        .map(str::to_owned)
        .or_else(|| Some(find(b'/')?.replace('/', "-")))
}
