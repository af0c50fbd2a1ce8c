//! Parses pages of data types: structures, each with a heading, a sentence, the actions that use it, and a table.

use std::collections::{BTreeMap, HashSet};

use tc3_spec::{DataType, Fragment, TypeRef};

use crate::anchors::{self, Anchor, WITH_REQUIRED};
use crate::block::{Block, Line, Table, lines};
use crate::cell::{is_compound, type_of};
use crate::diagnostic::Diagnostics;
use crate::evidence::Evidence;
use crate::fields::{fields, has_required_cells};
use crate::introduction;
use crate::row::RawRow;
use crate::rows;
use crate::source::At;
use crate::structure_intro::{StructureIntro, is_structure_name};
use crate::table::Layout;
use crate::words::{self, Role};

/// Parses a page of data types; `None` if it is of another kind.
pub(crate) fn read(
    path: &str,
    blocks: &[Block<'_>],
    diagnostics: &mut Diagnostics<'_, '_>,
) -> Option<Fragment> {
    // A description may contain a table of another shape, so the shape of most tables decides.
    let is_marked = |block: &&Block<'_>| match block {
        Block::Table(table) => Layout::of(table).is_some_and(|layout| layout.has(Role::Type)),
        Block::Line(_) => false,
    };
    // Pages of error codes describe the fields of an error in a table.
    let rows_of = |role: Role| {
        let tables = blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Layout::of(table)
                .filter(|layout| layout.has(role))
                .map(|_| table.rows.len()),
            Block::Line(_) => None,
        });
        tables.sum::<usize>()
    };
    if rows_of(Role::Code) > rows_of(Role::Type) {
        return None;
    }
    let heads = |anchors: &[Anchor]| {
        let with_table = anchors.iter().filter(|anchor| anchor.columns.is_some());
        with_table.count()
    };
    let tables = blocks.iter().filter(is_marked).count();
    let text: Vec<&Line<'_>> = blocks.iter().filter_map(Block::line).collect();
    let structures = if tables > 0 && tables >= heads(&anchors::find(&text)) {
        marked(blocks, diagnostics)
    } else {
        let lines = lines(blocks);
        let lines: Vec<&Line<'_>> = lines.iter().map(|line| &**line).collect();
        let anchors = anchors::find(&lines);
        if heads(&anchors) == 0 {
            return None;
        }
        unmarked(&lines, &anchors, diagnostics)
    };
    if structures.is_empty() {
        return None;
    }
    let mut types = BTreeMap::new();
    for structure in structures {
        let Some(name) = structure.name else {
            diagnostics.nameless_structure(structure.at, &structure.first, structure.rows.len());
            continue;
        };
        if types.contains_key(&name) {
            diagnostics.duplicate_structure(structure.at, &name);
            continue;
        }
        let with_required =
            structure.with_required && has_required_cells(&structure.rows, diagnostics);
        if structure.rows.is_empty() {
            diagnostics.structure_without_table(structure.at, &structure.first, &name);
        }
        diagnostics.record_table(structure.at, &structure.first, &name);
        let fields = fields(
            &structure.rows,
            &format!("types.{name}.fields"),
            with_required,
            &Evidence::default(),
            diagnostics,
        );
        types.insert(
            name,
            DataType {
                description: structure.description,
                fields,
            },
        );
    }
    Some(Fragment {
        types,
        source: Some(introduction::source(path, blocks)),
        ..Fragment::of(path)
    })
}

/// A structure on the page.
struct Structure {
    at: At,
    /// The text at `at`, for messages.
    first: String,
    name: Option<String>,
    description: String,
    with_required: bool,
    rows: Vec<RawRow>,
}

/// Finds the structures of a page with marked cells.
fn marked(blocks: &[Block<'_>], diagnostics: &mut Diagnostics<'_, '_>) -> Vec<Structure> {
    let mut structures = Vec::new();
    let mut pending: Vec<&Line<'_>> = Vec::new();
    let referenced: HashSet<String> = HashSet::new();
    let mut previous = String::new();
    for block in blocks {
        let table = match block {
            Block::Table(table) => table,
            Block::Line(line) => {
                pending.push(line);
                continue;
            }
        };
        let Some(layout) = Layout::of(table).filter(|layout| layout.has(Role::Type)) else {
            diagnostics.rows_outside(table.rows[0].at(), &table.rows[0].text());
            pending.clear();
            continue;
        };
        let is_list = pending
            .last()
            .is_some_and(|line| words::is_list_of_actions(&line.text));
        let users = used_by(&pending);
        let end = users
            .last()
            .copied()
            .unwrap_or(pending.len() - usize::from(is_list));
        let mut from = 0;
        for pair in users.windows(2) {
            // A structure without fields has no table: its heading and sentences precede those of the next one.
            from = without_table(
                &pending,
                from,
                pair[0],
                Some(pair[1]),
                &mut previous,
                &mut structures,
            );
        }
        let intro = StructureIntro::find(&pending[from..end], &referenced, &previous);
        if let Some(intro) = &intro {
            previous.clone_from(&intro.name);
        }
        structures.push(of_table(table, &layout, intro));
        pending.clear();
    }
    // Structures without tables may also follow the last table.
    let mut from = 0;
    let users = used_by(&pending);
    for (index, &at) in users.iter().enumerate() {
        let next = users.get(index + 1).copied();
        from = without_table(&pending, from, at, next, &mut previous, &mut structures);
    }
    // A heading may be a structure's name: a compound word, or any word at the end of the page.
    let last = pending.last().map(|line| line.at);
    let is_name = |line: &&&Line<'_>| {
        line.heading()
            && is_structure_name(&line.text)
            && (is_compound(&line.text) || Some(line.at) == last)
            && !words::is_site_footer(&line.text)
    };
    if let Some(line) = pending[from.min(pending.len())..].iter().find(is_name) {
        diagnostics.structure_cut(line.at, &line.text);
    }
    structures
}

/// Returns the indices of the lists of actions among the lines.
fn used_by(lines: &[&Line<'_>]) -> Vec<usize> {
    (0..lines.len())
        .filter(|&at| words::is_used_by(&lines[at].text))
        .collect()
}

/// Parses a structure without a table: the lines from `from` to the list of actions at `at`; the next list is at
/// `next`. Returns the line after it.
///
/// If no structure's name follows a list, the list is part of the description, and the structure continues.
fn without_table(
    lines: &[&Line<'_>],
    from: usize,
    at: usize,
    next: Option<usize>,
    previous: &mut String,
    structures: &mut Vec<Structure>,
) -> usize {
    let is_name = |line: &&Line<'_>| is_structure_name(&line.text);
    let continues = next.is_some_and(|next| !lines[at + 1..next].iter().any(is_name));
    match StructureIntro::find(&lines[from..at], &HashSet::new(), previous) {
        Some(intro) if !continues => {
            previous.clone_from(&intro.name);
            structures.push(empty(&intro, lines[at].at));
            at + 1
        }
        _ => from,
    }
}

/// Converts a table with marked cells to a structure.
fn of_table(table: &Table<'_>, layout: &Layout, intro: Option<StructureIntro>) -> Structure {
    let (name, description) = intro.map_or((None, String::new()), |intro| {
        (Some(intro.name), intro.description)
    });
    Structure {
        at: table.rows[0].at(),
        first: table.rows[0].text(),
        name,
        description,
        with_required: layout.has(Role::Required),
        rows: layout.rows(table),
    }
}

/// Creates a structure without fields.
fn empty(intro: &StructureIntro, at: At) -> Structure {
    Structure {
        at,
        first: intro.name.clone(),
        name: Some(intro.name.clone()),
        description: intro.description.clone(),
        with_required: false,
        rows: Vec::new(),
    }
}

/// Finds the structures of a page with joined or stacked cells.
fn unmarked(
    lines: &[&Line<'_>],
    anchors: &[Anchor],
    diagnostics: &mut Diagnostics<'_, '_>,
) -> Vec<Structure> {
    let referenced = referenced(lines);
    // The first pass finds all names. The second pass needs them: `Tag` and `Tag` on two lines are a field if there is a
    // type of that name.
    let names = |intros: &[Option<StructureIntro>]| {
        intros
            .iter()
            .flatten()
            .map(|intro| intro.name.clone())
            .collect()
    };
    let first: HashSet<String> = names(&intros(lines, anchors, &referenced, &Evidence::default()));
    let evidence = Evidence {
        types: first,
        all_types: true,
        ..Evidence::default()
    };
    let mut intros = intros(lines, anchors, &referenced, &evidence);
    let named: HashSet<String> = names(&intros);
    let all_types = intros.iter().all(Option::is_some);
    let evidence = Evidence {
        types: named,
        all_types,
        ..Evidence::default()
    };
    let mut structures = Vec::new();
    let mut rows_end = lines.len();
    for (index, anchor) in anchors.iter().enumerate() {
        let end = match (anchors.get(index + 1), intros.get(index + 1)) {
            (_, Some(Some(next))) => next.at,
            (Some(next), _) => unnamed_end(lines, anchor.body, next.intro_end),
            _ => last_end(lines, anchor),
        };
        rows_end = end.max(anchor.body);
        let rows = match anchor.columns {
            Some(columns) => rows::read(
                &lines[anchor.body..end.max(anchor.body)],
                columns,
                anchor.shape,
                &evidence,
                diagnostics,
            ),
            None => Vec::new(),
        };
        let intro = intros[index].take();
        let (name, description) = intro.map_or((None, String::new()), |intro| {
            (Some(intro.name), intro.description)
        });
        let at = lines
            .get(anchor.body)
            .or(lines.last())
            .map_or(At(0), |line| line.at);
        structures.push(Structure {
            at,
            first: lines
                .get(anchor.body)
                .map(|line| line.text.to_string())
                .unwrap_or_default(),
            name,
            description,
            with_required: anchor.columns == Some(WITH_REQUIRED),
            rows,
        });
    }
    // Without text of the site after the documentation, a name there is that of a structure.
    let rest = lines.get(rows_end..).unwrap_or_default();
    let is_name = |line: &&&Line<'_>| is_structure_name(&line.text) && is_compound(&line.text);
    if !rest.iter().any(|line| words::is_site_footer(&line.text))
        && let Some(line) = rest.iter().find(is_name)
    {
        diagnostics.structure_cut(line.at, &line.text);
    }
    structures
}

/// Returns the names of structures that are certainly types of rows.
fn referenced(lines: &[&Line<'_>]) -> HashSet<String> {
    let mut names = HashSet::new();
    for line in lines {
        if let Some((_, after)) = line.text.split_once("Array of ")
            && let Some(name) = after
                .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .next()
        {
            names.insert(name.to_owned());
        }
        // `Name Type No …`
        let mut words = line.text.split_whitespace();
        if let (Some(_), Some(of), Some(required)) = (words.next(), words.next(), words.next())
            && words::required(required).is_some()
            && let Some(TypeRef::Named(name)) = type_of(of)
        {
            names.insert(name);
        }
    }
    names
}

/// Returns the name and description above each table.
fn intros(
    lines: &[&Line<'_>],
    anchors: &[Anchor],
    referenced: &HashSet<String>,
    evidence: &Evidence,
) -> Vec<Option<StructureIntro>> {
    let mut previous = String::new();
    let mut table: Option<&Anchor> = None;
    let mut intros = Vec::with_capacity(anchors.len());
    for anchor in anchors {
        let from = table.map_or(0, |table| {
            last_row_end(lines, table, anchor.intro_end, evidence)
        });
        let mut intro = StructureIntro::find(&lines[from..anchor.intro_end], referenced, &previous);
        if let Some(intro) = &mut intro {
            intro.at += from;
            previous.clone_from(&intro.name);
        }
        intros.push(intro);
        table = Some(anchor);
    }
    intros
}

/// Returns the index of the line after the last certain row of `table`, before the line `to` above the next table.
fn last_row_end(lines: &[&Line<'_>], table: &Anchor, to: usize, evidence: &Evidence) -> usize {
    let Some(columns) = table.columns else {
        return table.body;
    };
    let to = to.max(table.body);
    let lines = &lines[..to];
    let length = table.shape.lines_of(columns.len());
    let last_name = (table.body..to)
        .rev()
        .find(|&at| is_structure_name(&lines[at].text));
    let is_row = |at: usize| {
        let rest = &lines[at..];
        rows::starts_certain_row(rest, columns, table.shape, evidence)
            || !evidence.types.is_empty()
                && rows::starts_row(rest, columns, table.shape, evidence)
                // The next structure's name follows the row.
                && last_name.is_some_and(|name| name >= at + length)
    };
    (table.body..to)
        .rev()
        .find(|&at| is_row(at))
        .map_or(table.body, |at| (at + length).min(to))
}

/// Returns the end of the rows before a structure without a name: the sentence above its table.
fn unnamed_end(lines: &[&Line<'_>], from: usize, to: usize) -> usize {
    (from..to).rev().find(|&at| lines[at].gap).unwrap_or(to)
}

/// Returns the end of the last table's rows: the text of the site, often after a blank line.
fn last_end(lines: &[&Line<'_>], anchor: &Anchor) -> usize {
    let Some(columns) = anchor.columns else {
        return anchor.body;
    };
    let evidence = Evidence::default();
    // The site's own text ends the rows, even if it looks like a row or description.
    let last = (anchor.body..lines.len())
        .rev()
        .find(|&at| rows::starts_certain_row(&lines[at..], columns, anchor.shape, &evidence))
        .unwrap_or(anchor.body);
    let limit = (last + 1..lines.len())
        .find(|&at| words::is_site_footer(&lines[at].text))
        .unwrap_or(lines.len());
    let is_note = |line: &Line<'_>| line.text.contains("null");
    // Blank lines may separate cells, but not the lines of a description.
    let after_row = last + anchor.shape.lines_of(columns.len() + 1);
    (after_row..limit)
        .find(|&at| lines[at].gap && !is_note(lines[at]))
        .unwrap_or(limit)
}
