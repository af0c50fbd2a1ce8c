//! Pages of actions.

use std::collections::BTreeMap;

use tc3_spec::{Action, Region, Source as SpecSource};

use crate::block::{Block, Line, Table};
use crate::code_rows;
use crate::diagnostic::Diagnostics;
use crate::example;
use crate::fields::{codes, fields};
use crate::introduction::Introduction;
use crate::page::Page;
use crate::rows::{self, Evidence, RawRow, Shape, bare_name, clean_type};
use crate::source::At;
use crate::table::{self, Layout};
use crate::words::{self, Role, Section};

const INPUT: &[Role] = &[Role::Name, Role::Required, Role::Type];
const OUTPUT: &[Role] = &[Role::Name, Role::Type];

/// Reads the page of an action, if the blocks are one: if they hold a table with the row Action.
pub(crate) fn read(
    path: &str,
    blocks: &[Block<'_>],
    diagnostics: &mut Diagnostics<'_, '_>,
) -> Option<Page> {
    let input_at = input_table(blocks)?;
    let mut evidence = Evidence::default();
    let behind = blocks[input_at..]
        .iter()
        .filter_map(Block::line)
        .map(|line| &*line.text);
    evidence.keys.extend(example::response_keys(behind));

    let found = match &blocks[input_at] {
        Block::Table(table) => marked(blocks, input_at, table, diagnostics)?,
        Block::Line(_) => unmarked(blocks, input_at, &mut evidence, diagnostics)?,
    };
    let introduction = Introduction::read(blocks, found.head_at);
    Some(page(
        path,
        blocks,
        &found,
        &introduction,
        &evidence,
        diagnostics,
    ))
}

/// The tables of a page, and where they stand among its blocks.
struct Found {
    /// The index of the input table's head, or of its first row where it has none.
    head_at: usize,
    input: Vec<RawRow>,
    /// Whether the input table has a column Required.
    with_required: bool,
    /// The output table's rows; nothing where there is no such table.
    output: Option<Vec<RawRow>>,
    /// The blocks between the output table and the error codes.
    examples: std::ops::Range<usize>,
    errors: Option<Vec<RawRow>>,
    /// Whether the page says that there are no error codes.
    says_no_errors: bool,
}

/// The index of the block in which the input table begins: the one with the row Action.
fn input_table(blocks: &[Block<'_>]) -> Option<usize> {
    (0..blocks.len()).find(|&index| match &blocks[index] {
        Block::Table(table) => table::is_input(table),
        Block::Line(_) => {
            // Structures have fields called Action too, and even Version, but no date is its value.
            starts_common(blocks, index, "Action")
                && (index + 1..blocks.len().min(index + 8)).any(|next| {
                    let end = blocks.len().min(next + 6);
                    starts_common(blocks, next, "Version")
                        && blocks[next..end]
                            .iter()
                            .filter_map(Block::line)
                            .any(|line| date(&line.text).is_some())
                })
        }
    })
}

/// Whether the row of a common parameter begins at `index`, with joined or stacked cells.
fn starts_common(blocks: &[Block<'_>], index: usize, name: &str) -> bool {
    let text = |index: usize| {
        blocks
            .get(index)
            .and_then(Block::line)
            .map_or("", |line| &line.text)
    };
    let mut words = text(index).split_whitespace();
    if words.next() != Some(name) {
        return false;
    }
    match words.next() {
        Some("String") => true,
        Some(_) => words.next() == Some("String"),
        None => text(index + 1) == "String" || text(index + 2) == "String",
    }
}

/// The tables of a page whose cells are marked.
fn marked(
    blocks: &[Block<'_>],
    input_at: usize,
    input: &Table<'_>,
    diagnostics: &mut Diagnostics<'_, '_>,
) -> Option<Found> {
    let layout = Layout::of(input)?;
    let mut found = Found {
        head_at: input_at,
        input: layout.rows(input),
        with_required: true,
        output: None,
        examples: input_at + 1..blocks.len(),
        errors: None,
        says_no_errors: false,
    };
    for (index, block) in blocks.iter().enumerate().skip(input_at + 1) {
        let table = match block {
            Block::Table(table) => table,
            Block::Line(line) => {
                if found.errors.is_none() && words::says_no_errors(&line.text) {
                    found.says_no_errors = true;
                    found.examples.end = found.examples.end.min(index);
                }
                continue;
            }
        };
        let layout = Layout::of(table);
        match layout {
            Some(layout) if layout.has(Role::Code) && found.errors.is_none() => {
                found.errors = Some(layout.rows(table));
                found.examples.end = found.examples.end.min(index);
            }
            Some(layout)
                if layout.has(Role::Type) && found.output.is_none() && found.errors.is_none() =>
            {
                found.output = Some(layout.rows(table));
                found.examples.start = index + 1;
            }
            _ => diagnostics.rows_outside(table.rows[0].at(), &table.rows[0].text()),
        }
    }
    found.examples.end = found.examples.end.max(found.examples.start);
    Some(found)
}

/// The tables of a page whose cells are joined or stacked.
fn unmarked(
    blocks: &[Block<'_>],
    input_at: usize,
    evidence: &mut Evidence,
    diagnostics: &mut Diagnostics<'_, '_>,
) -> Option<Found> {
    // A table with marks among lines that are a table themselves is not of this page's shape.
    let end = blocks[input_at..]
        .iter()
        .position(|block| block.line().is_none())
        .map_or(blocks.len(), |at| input_at + at);
    let lines: Vec<&Line<'_>> = blocks[..end].iter().filter_map(Block::line).collect();
    // Tables before the input table would shift the lines against the blocks.
    let shift = blocks[..input_at]
        .iter()
        .filter(|block| block.line().is_none())
        .count();
    let first = input_at - shift;
    let shape = if lines[first].text.trim() == "Action" {
        Shape::Stacked
    } else {
        Shape::Joined
    };
    let with_required = learn_required(&lines, first, shape, evidence);
    let columns = if with_required { INPUT } else { OUTPUT };
    let head = Head::above(&lines, first, shape);

    // The input table ends where the output table begins, or whatever comes before it.
    let output_head = (first + 1..lines.len()).find(|&at| head.is_output(&lines, at, shape));
    let request_id = (first + 1..lines.len()).find(|&at| is_request_id(&lines, at, shape));
    let output_head = output_head.filter(|&at| request_id.is_none_or(|id| at <= id));
    let output_section = section_before(
        &lines,
        first,
        output_head.or(request_id).unwrap_or(lines.len()),
        Section::Output,
    );
    let input_end = output_section
        .or(output_head)
        .or(request_id)
        .unwrap_or_else(|| table_end(&lines, first));
    let input = rows::read(
        &lines[first..input_end],
        columns,
        shape,
        evidence,
        diagnostics,
    );
    evidence
        .types
        .extend(input.iter().filter_map(|row| named_type(row)));

    let output_start = output_head.map(|at| at + head.output_lines(&lines, at, shape));
    let output_start = output_start.or_else(|| {
        // Without a head the rows begin behind the section's heading and sentences.
        let from = output_section.map(|at| at + 1).or(request_id)?;
        (from..lines.len()).find(|&at| rows::starts_row(&lines[at..], OUTPUT, shape, evidence))
    });
    let mut examples_start = input_end;
    let output = output_start.map(|start| {
        let end = match request_id {
            // The row RequestId is the last one; its description is a sentence that all pages share.
            Some(at) => (at + if shape == Shape::Stacked { 3 } else { 1 }).min(lines.len()),
            None => table_end(&lines, start),
        };
        examples_start = end;
        evidence.types.extend(array_types(&lines[start..end]));
        rows::read(&lines[start..end], OUTPUT, shape, evidence, diagnostics)
    });

    let says_no_errors = lines[examples_start..]
        .iter()
        .any(|line| words::says_no_errors(&line.text));
    let (errors_at, errors_start) = errors_table(&lines, examples_start, shape, says_no_errors);
    let errors = errors_start.map(|start| code_rows::read(&lines[start..], shape, diagnostics));
    let says_no_errors = lines[examples_start..]
        .iter()
        .any(|line| words::says_no_errors(&line.text));
    Some(Found {
        head_at: head.at + shift,
        input,
        with_required: true,
        output,
        examples: examples_start + shift..errors_at.unwrap_or(lines.len()) + shift,
        errors,
        says_no_errors,
    })
}

/// Learns from the rows of the common parameters which words the column Required has, and whether there are any.
fn learn_required(
    lines: &[&Line<'_>],
    first: usize,
    shape: Shape,
    evidence: &mut Evidence,
) -> bool {
    let second = |at: usize| match shape {
        Shape::Joined => lines[at].text.split_whitespace().nth(1),
        Shape::Stacked => lines.get(at + 1).map(|line| &*line.text),
    };
    match second(first) {
        Some("String") | None => return false,
        Some(yes) if words::required(yes).is_none() => {
            evidence.required.insert(yes.to_owned());
            evidence.yes = Some(yes.to_owned());
        }
        Some(_) => {}
    }
    // The rows Version and Region follow; their types tell that the word before is one of the column.
    for at in first + 1..lines.len().min(first + 40) {
        let (name, of) = match shape {
            Shape::Joined => {
                let mut words = lines[at].text.split_whitespace();
                (words.next(), words.nth(1))
            }
            Shape::Stacked => (
                Some(&*lines[at].text),
                lines.get(at + 2).map(|line| &*line.text),
            ),
        };
        if matches!(name, Some("Version" | "Region"))
            && of == Some("String")
            && let Some(word) = second(at)
            && words::required(word).is_none()
        {
            evidence.required.insert(word.to_owned());
        }
    }
    true
}

/// The head of the input table.
struct Head<'b> {
    /// The index of its first line, or of the first row where it has no head.
    at: usize,
    /// Its words, or its lines where each cell has one; for heads in languages that are not known.
    cells: Vec<&'b str>,
}

impl<'b> Head<'b> {
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

    /// Whether the output table's head stands at `at`.
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

    /// Whether the cells are those of this head without the one for required.
    fn is_part(&self, cells: &[&str]) -> bool {
        let mut own = self.cells.iter();
        cells.len() >= 3
            && cells.len() < self.cells.len()
            && cells.first() == self.cells.first()
            && cells.last() == self.cells.last()
            && cells.iter().all(|cell| own.any(|word| word == cell))
    }

    fn output_lines(&self, _lines: &[&Line<'_>], _at: usize, shape: Shape) -> usize {
        if shape == Shape::Stacked { 3 } else { 1 }
    }
}

/// The heading of a section between two places, the last one.
fn section_before(lines: &[&Line<'_>], from: usize, to: usize, section: Section) -> Option<usize> {
    (from..to.min(lines.len()))
        .rev()
        .find(|&at| words::section(&lines[at].text) == Some(section))
}

/// Where a table ends that no other table follows: at the next section, or at the site's own words.
fn table_end(lines: &[&Line<'_>], start: usize) -> usize {
    let ends = |line: &Line<'_>| {
        words::section(&line.text)
            .is_some_and(|_| line.heading || words::numbered(&line.text).0.is_some())
            || words::is_furniture(&line.text)
    };
    (start..lines.len())
        .find(|&at| ends(lines[at]))
        .unwrap_or(lines.len())
}

/// Whether the row RequestId stands at `at`.
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
    let of: tc3_spec::TypeRef = clean_type(row.type_text.as_deref()?).parse().ok()?;
    of.named().map(str::to_owned)
}

/// The data types that lines name as `Array of …` behind a name: no prose does so.
fn array_types<'l>(lines: &'l [&Line<'_>]) -> impl Iterator<Item = String> + 'l {
    lines.iter().filter_map(|line| {
        let (_, behind) = line.text.split_once("Array of ")?;
        let of = behind
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .next()?;
        rows::has_hump(of).then(|| of.to_owned())
    })
}

/// Where the section of error codes begins, and where the first of its rows stands.
///
/// `none` says whether the page says that there are none.
fn errors_table(
    lines: &[&Line<'_>],
    from: usize,
    shape: Shape,
    none: bool,
) -> (Option<usize>, Option<usize>) {
    let head = (from..lines.len()).find(|&at| code_rows::head(lines, at) == Some(shape));
    let section = section_before(lines, from, head.unwrap_or(lines.len()), Section::Errors);
    let start = match head {
        Some(at) => {
            let first = at + if shape == Shape::Stacked { 2 } else { 1 };
            (first < lines.len()).then_some(first)
        }
        // A head in a language that is not known, or none: the first code tells.
        None if none => None,
        None => {
            let from = section.map_or(from, |at| at + 1);
            let rows = from..table_end(lines, from);
            rows.into_iter()
                .find(|&at| code_rows::starts_code(&lines[at].text, shape))
        }
    };
    (section.or(head).or(start), start)
}

/// Puts the page together.
fn page(
    path: &str,
    blocks: &[Block<'_>],
    found: &Found,
    introduction: &Introduction,
    evidence: &Evidence,
    diagnostics: &mut Diagnostics<'_, '_>,
) -> Page {
    let first = found.input.first();
    let (at, whole) = first.map_or((At(0), ""), |row| (row.at, &row.whole));
    let common = |name: &str| {
        found
            .input
            .iter()
            .find(|row| row.name.as_deref().map(bare_name) == Some(name))
    };
    let name = common("Action").and_then(|row| named_value(&row.description));
    let version = common("Version").and_then(|row| date(&row.description));
    if name.is_none() {
        let row = common("Action");
        diagnostics.no_action_name(
            row.map_or(at, |row| row.at),
            row.map_or(whole, |row| &row.whole),
        );
    }
    if version.is_none() {
        let row = common("Version");
        diagnostics.no_version(
            row.map_or(at, |row| row.at),
            row.map_or(whole, |row| &row.whole),
        );
    }
    if introduction.endpoint.is_none() {
        diagnostics.no_endpoint(at, whole);
    }
    let region = common("Region").map(|row| region(row, evidence));
    let own = |row: &&RawRow| {
        !matches!(
            row.name.as_deref().map(bare_name),
            Some("Action" | "Version" | "Region")
        )
    };
    let own: Vec<RawRow> = found.input.iter().filter(own).cloned().collect();
    let request = fields(&own, found.with_required, evidence, diagnostics);

    let response = match &found.output {
        Some(rows) => {
            let is_id = |row: &RawRow| row.name.as_deref().map(bare_name) == Some("RequestId");
            if let Some(last) = rows.last().filter(|last| !is_id(last)) {
                diagnostics.no_request_id(last.at, &last.whole);
            }
            let own: Vec<RawRow> = rows.iter().filter(|row| !is_id(row)).cloned().collect();
            fields(&own, false, evidence, diagnostics)
        }
        None => {
            diagnostics.no_output(at, whole);
            Vec::new()
        }
    };
    let lines: Vec<&Line<'_>> = blocks[found.examples.clone()]
        .iter()
        .filter_map(Block::line)
        .collect();
    let examples = example::read(&lines, &request, &response, diagnostics);
    let errors = match &found.errors {
        Some(rows) => codes(rows, false, diagnostics),
        None => {
            if !found.says_no_errors && !says_so_in_its_words(&lines) {
                let last = lines
                    .last()
                    .map_or((at, whole), |line| (line.at, &*line.text));
                diagnostics.no_errors(last.0, last.1);
            }
            Vec::new()
        }
    };
    let action = Action {
        description: introduction.description.clone(),
        rate_limit: introduction.rate_limit,
        region,
        request,
        response,
        errors,
        examples,
        source: Some(SpecSource {
            page: path.to_owned(),
            updated: introduction.updated.clone(),
        }),
    };
    Page {
        service: introduction
            .endpoint
            .as_ref()
            .and_then(|host| host.split('.').next())
            .map(str::to_owned),
        version,
        endpoint: introduction.endpoint.clone(),
        actions: name
            .map(|name| BTreeMap::from([(name, action)]))
            .unwrap_or_default(),
        ..Page::new(path)
    }
}

/// Whether the section of error codes holds a sentence in a language that is not known, and no code.
fn says_so_in_its_words(lines: &[&Line<'_>]) -> bool {
    let section = lines
        .iter()
        .rposition(|line| words::section(&line.text) == Some(Section::Errors));
    let sentence = section.and_then(|at| lines.get(at + 1));
    sentence.is_some_and(|line| line.text.contains(' ') && !words::announces_errors(&line.text))
}

/// The value at the end of `Common Params. The value used for this API: DescribeInstances.`
fn named_value(description: &str) -> Option<String> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let after = description
        .rfind([':', '：'])
        .map_or(description, |at| &description[at..]);
    let value = after
        .split(|c: char| !is_word(c))
        .find(|word| !word.is_empty());
    let last = || {
        description
            .split(|c: char| !is_word(c))
            .rfind(|word| rows::has_hump(word))
    };
    value
        .filter(|value| rows::is_name(value))
        .or_else(last)
        .map(str::to_owned)
}

/// The date in `Common Params. The value used for this API: 2021-03-31.`
fn date(description: &str) -> Option<String> {
    let is_date = |text: &str| {
        text.bytes().enumerate().all(|(at, byte)| {
            if at == 4 || at == 7 {
                byte == b'-'
            } else {
                byte.is_ascii_digit()
            }
        })
    };
    (0..description.len())
        .filter_map(|at| description.get(at..at + 10))
        .find(|text| is_date(text))
        .map(str::to_owned)
}

/// What the row Region says.
fn region(row: &RawRow, evidence: &Evidence) -> Region {
    const UNUSED: &[&str] = &[
        "not required",
        "no need",
        "不需要传递",
        "无需传递",
        "不需要傳遞",
        "必要ありません",
        "不要です",
        "필요하지 않",
        "não é necessário",
        "não é obrigatório",
        "не требуется",
        "tidak diperlukan",
        "no es necesario",
        "nicht erforderlich",
    ];
    let cell = row.required.as_deref().unwrap_or_default();
    let required = words::required(cell)
        .unwrap_or_else(|| evidence.yes.as_deref() == Some(cell) && !cell.is_empty());
    let description = row.description.to_lowercase();
    if required {
        Region::Required
    } else if UNUSED.iter().any(|words| description.contains(words)) {
        Region::Unused
    } else {
        Region::Optional
    }
}
