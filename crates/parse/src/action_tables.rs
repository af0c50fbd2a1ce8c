//! Finds the tables of an action's page: input parameters, output parameters, error codes.

use std::borrow::Cow;

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
use crate::table_bounds::{INPUT, OUTPUT, TableBounds, input_table, section_before};
use crate::words::{self, Role, Section};

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
        let bounds = TableBounds::find(&lines, first, evidence);
        let TableBounds { shape, head, .. } = bounds;
        let input_rows = &lines[bounds.input.clone()];
        let with_required = learn_required(input_rows, shape, evidence);
        let columns = if with_required { INPUT } else { OUTPUT };
        let input = rows::read(input_rows, columns, shape, evidence, diagnostics);
        evidence.types.extend(input.iter().filter_map(named_type));

        let output_bounds = bounds.output(&lines, evidence);
        let output = output_bounds.clone().map(|bounds| {
            let rows = &lines[bounds];
            evidence.types.extend(array_types(rows));
            rows::read(rows, OUTPUT, shape, evidence, diagnostics)
        });

        let mut after_input = lines[bounds.input.end..].iter();
        let says_no_errors = after_input.any(|line| words::says_no_errors(&line.text));
        let code_bounds = bounds.codes(&lines, output_bounds.as_ref(), says_no_errors);
        let mut taken = vec![bounds.input.clone()];
        taken.extend(output_bounds.clone());
        let errors = code_bounds.map(|codes| {
            let lines = &lines[codes.rows.clone()];
            let (rows, length) = code_rows::read(lines, shape, codes.is_last, diagnostics);
            taken.push(codes.start..codes.rows.start + length);
            rows
        });
        let output_end = output_bounds.map_or(bounds.input.end, |rows| rows.end);
        let mut examples = ExampleLines::default();
        for (at, line) in all.iter().enumerate().skip(first) {
            if !taken.iter().any(|range| range.contains(&at)) {
                examples.take(line.clone());
            } else if output_end == at + 1 {
                examples.discard();
            }
        }
        Some(ActionTables {
            before: all[..head].to_vec(),
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
