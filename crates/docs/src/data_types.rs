//! Pages of data types: structures, each a heading, a sentence, the actions that use it, and a table.

use std::collections::{BTreeMap, HashMap, HashSet};

use tc3_spec::{DataType, TypeRef};

use crate::block::{Block, Line, Table, lines};
use crate::cell::{clean_type, has_hump, is_builtin};
use crate::diagnostic::Diagnostics;
use crate::evidence::Evidence;
use crate::fields::{fields, says_required};
use crate::page::Page;
use crate::rows::{self, RawRow, Shape};
use crate::source::At;
use crate::table::Layout;
use crate::words::{self, Role};

const WITH_REQUIRED: &[Role] = &[Role::Name, Role::Type, Role::Required];
const WITHOUT_REQUIRED: &[Role] = &[Role::Name, Role::Type];

/// Reads a page of data types, if the blocks are one.
pub(crate) fn read(
    path: &str,
    blocks: &[Block<'_>],
    diagnostics: &mut Diagnostics<'_, '_>,
) -> Option<Page> {
    // A description can hold a table of another shape, so the shape of most tables decides.
    let is_marked = |block: &&Block<'_>| match block {
        Block::Table(table) => Layout::of(table).is_some_and(|layout| layout.has(Role::Type)),
        Block::Line(_) => false,
    };
    let lines = lines(blocks);
    let lines: Vec<&Line<'_>> = lines.iter().map(|line| &**line).collect();
    let anchors = anchors(&lines);
    let heads = anchors
        .iter()
        .filter(|anchor| anchor.columns.is_some())
        .count();
    let structures = if blocks.iter().filter(is_marked).count() >= heads.max(1) {
        marked(blocks, diagnostics)
    } else if heads > 0 {
        unmarked(&lines, &anchors, diagnostics)
    } else {
        return None;
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
        let with_required = structure.with_required && says_required(&structure.rows, diagnostics);
        let fields = fields(
            &structure.rows,
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
    Some(Page {
        types,
        ..Page::new(path)
    })
}

/// A structure as it was found.
struct Structure {
    at: At,
    /// The text that its table begins with, for messages.
    first: String,
    name: Option<String>,
    description: String,
    with_required: bool,
    rows: Vec<RawRow>,
}

/// The structures of a page whose cells are marked.
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
            // A structure without fields has no table: its heading and sentences stand before those of the next.
            from = without_table(
                &pending,
                from,
                pair[0],
                Some(pair[1]),
                &mut previous,
                &mut structures,
            );
        }
        let intro = Intro::find(&pending[from..end], &referenced, &previous);
        if let Some(intro) = &intro {
            previous.clone_from(&intro.name);
        }
        structures.push(of_table(table, &layout, intro));
        pending.clear();
    }
    // Behind the last table there can be structures without one.
    let mut from = 0;
    let users = used_by(&pending);
    for (index, &at) in users.iter().enumerate() {
        let next = users.get(index + 1).copied();
        from = without_table(&pending, from, at, next, &mut previous, &mut structures);
    }
    structures
}

/// The lists of actions among the lines.
fn used_by(lines: &[&Line<'_>]) -> Vec<usize> {
    (0..lines.len())
        .filter(|&at| words::is_used_by(&lines[at].text))
        .collect()
}

/// Reads a structure without a table: what stands from `from` to the list of actions at `at`, with the
/// next such list at `next`. Gives the line behind.
///
/// A list with no structure's name behind it is a part of the description of a structure that goes on.
fn without_table(
    lines: &[&Line<'_>],
    from: usize,
    at: usize,
    next: Option<usize>,
    previous: &mut String,
    structures: &mut Vec<Structure>,
) -> usize {
    let is_name = |line: &&Line<'_>| is_structure_name(&line.text);
    let goes_on = next.is_some_and(|next| !lines[at + 1..next].iter().any(is_name));
    match Intro::find(&lines[from..at], &HashSet::new(), previous) {
        Some(intro) if !goes_on => {
            previous.clone_from(&intro.name);
            structures.push(empty(&intro, lines[at].at));
            at + 1
        }
        _ => from,
    }
}

fn of_table(table: &Table<'_>, layout: &Layout, intro: Option<Intro>) -> Structure {
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

fn empty(intro: &Intro, at: At) -> Structure {
    Structure {
        at,
        first: intro.name.clone(),
        name: Some(intro.name.clone()),
        description: intro.description.clone(),
        with_required: false,
        rows: Vec::new(),
    }
}

/// What stands above a structure's table.
struct Intro {
    name: String,
    description: String,
    /// The index of the line with the name.
    at: usize,
}

impl Intro {
    /// Finds the name among the lines that end where the list of actions, or else the table, begins.
    ///
    /// The lines begin with the end of the table before, so that a word there could be taken for a name.
    fn find(lines: &[&Line<'_>], referenced: &HashSet<String>, previous: &str) -> Option<Intro> {
        // No description of a structure has more lines than this.
        const REACH: usize = 400;
        let from = lines.len().saturating_sub(REACH);
        let heading = |at: &usize| lines[*at].heading;
        let named = (0..lines.len())
            .rev()
            .filter(heading)
            .find(|&at| is_structure_name(&lines[at].text));
        let at = match (named, (from..lines.len()).rev().find(heading)) {
            (Some(at), _) => at,
            // A heading that is no name: the page's title, say, above a structure whose own heading is lost.
            (None, Some(at)) => best(lines, at + 1, referenced, previous)?,
            (None, None) => best(lines, from, referenced, previous)?,
        };
        let description = lines[at + 1..]
            .iter()
            .map(|line| &*line.text)
            .collect::<Vec<_>>()
            .join("\n");
        Some(Intro {
            name: words::unmarked(&lines[at].text).to_owned(),
            description,
            at,
        })
    }
}

/// The line that is most likely the name, from `from` on.
fn best(
    lines: &[&Line<'_>],
    from: usize,
    referenced: &HashSet<String>,
    previous: &str,
) -> Option<usize> {
    let candidates = (from..lines.len()).filter(|&at| is_structure_name(&lines[at].text));
    candidates.max_by_key(|&at| {
        let name = words::unmarked(&lines[at].text);
        let behind = lines.len() - at - 1;
        let mut score = 0_i32;
        // A heading stands alone between spaces, and a sentence follows it.
        score += if lines[at].gap { 4 } else { 0 };
        score += if lines.get(at + 1).is_some_and(|next| next.gap) {
            3
        } else {
            0
        };
        score += if behind > 0 { 2 } else { 0 };
        score += if referenced.contains(name) { 3 } else { 0 };
        // Structures stand in the order of their names.
        score += if name.to_lowercase().as_str() > previous.to_lowercase().as_str() {
            2
        } else {
            0
        };
        score += if has_hump(name) { 1 } else { 0 };
        score
            - i32::try_from(behind.saturating_sub(1))
                .unwrap_or(i32::MAX)
                .min(8)
    })
}

fn is_structure_name(text: &str) -> bool {
    let text = words::unmarked(text);
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.len() <= 100
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && words::required(text).is_none()
        && !is_builtin(text)
}

/// A place where a structure's table begins, or would.
struct Anchor {
    /// The end of the lines with the structure's name and description.
    intro_end: usize,
    /// The first line below the table's head.
    body: usize,
    /// The columns by the words of the head; nothing where the structure has no table.
    columns: Option<&'static [Role]>,
    shape: Shape,
}

/// The structures of a page whose cells are joined or stacked.
fn unmarked(
    lines: &[&Line<'_>],
    anchors: &[Anchor],
    diagnostics: &mut Diagnostics<'_, '_>,
) -> Vec<Structure> {
    let referenced = referenced(lines);
    // First all the names, then the names again by what they tell of the rows before them: `Tag` and `Tag` on two
    // lines are a field of that type, if there is such a type.
    let names = |intros: &[Option<Intro>]| {
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
    for (index, anchor) in anchors.iter().enumerate() {
        let end = match (anchors.get(index + 1), intros.get(index + 1)) {
            (_, Some(Some(next))) => next.at,
            (Some(next), _) => unnamed_end(lines, anchor.body, next.intro_end),
            _ => last_end(lines, anchor),
        };
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
    structures
}

/// Finds the heads of tables, and the lists of actions under which there is none.
fn anchors(lines: &[&Line<'_>]) -> Vec<Anchor> {
    let is_known = |at: usize| words::joined_head(&lines[at].text).is_some();
    let unknown = if (0..lines.len()).any(is_known) {
        HashMap::new()
    } else {
        unknown_heads(lines)
    };
    let mut anchors: Vec<Anchor> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let joined = |roles: &[Role]| match roles {
            [Role::Name, Role::Type, Role::Required, Role::Description] => Some(WITH_REQUIRED),
            [Role::Name, Role::Type, Role::Description] => Some(WITHOUT_REQUIRED),
            _ => None,
        };
        let text = &*lines[at].text;
        let stacked = |count: usize| -> Option<Vec<Role>> {
            lines
                .get(at..at + count)?
                .iter()
                .map(|line| words::role(&line.text))
                .collect()
        };
        let head = words::joined_head(text)
            .and_then(|roles| joined(&roles))
            .or_else(|| unknown.get(text).copied())
            .map(|columns| (columns, Shape::Joined, 1))
            .or_else(|| Some((joined(&stacked(4)?)?, Shape::Stacked, 4)))
            .or_else(|| Some((joined(&stacked(3)?)?, Shape::Stacked, 3)));
        let used_by = words::is_used_by(text);
        match head {
            Some((columns, shape, length)) => {
                let body = at + length;
                join_lists(&mut anchors, lines, at, false);
                match anchors
                    .last_mut()
                    .filter(|last| last.columns.is_none() && last.body == at)
                {
                    Some(last) => {
                        (last.body, last.columns, last.shape) = (body, Some(columns), shape)
                    }
                    None => {
                        // The list of actions in a language that is not known stands right above the head.
                        let is_list = at > 0 && words::is_list_of_actions(&lines[at - 1].text);
                        let intro_end = at - usize::from(is_list);
                        anchors.push(Anchor {
                            intro_end,
                            body,
                            columns: Some(columns),
                            shape,
                        });
                    }
                }
                at = body;
            }
            None => {
                if used_by {
                    join_lists(&mut anchors, lines, at, true);
                    anchors.push(Anchor {
                        intro_end: at,
                        body: at + 1,
                        columns: None,
                        shape: Shape::Joined,
                    });
                }
                at += 1;
            }
        }
    }
    anchors
}

/// Takes a list of actions off the anchors that has no structure's name behind it up to `at`: it is a part of the
/// description, and what follows is of the same structure.
///
/// `is_list` says whether at `at` stands another such list, or else a head.
fn join_lists(anchors: &mut Vec<Anchor>, lines: &[&Line<'_>], at: usize, is_list: bool) {
    if let Some(last) = anchors.last()
        && last.columns.is_none()
        && (last.body < at || is_list)
        && !lines[last.body..at]
            .iter()
            .any(|line| is_structure_name(&line.text))
    {
        anchors.pop();
    }
}

/// Heads in a language that is not known: the same line again and again, each time with a row below it.
fn unknown_heads<'b>(lines: &[&'b Line<'b>]) -> HashMap<&'b str, &'static [Role]> {
    let evidence = Evidence::default();
    let mut counts: HashMap<&str, (usize, &'static [Role])> = HashMap::new();
    for pair in lines.windows(2) {
        let text = &*pair[0].text;
        let words = text.split_whitespace().count();
        if !(3..=8).contains(&words)
            || text.len() > 160
            || text.ends_with(['.', '。', ':', '：', ';'])
        {
            continue;
        }
        let below = &pair[1..];
        let starts =
            |columns: &'static [Role]| rows::starts_row(below, columns, Shape::Joined, &evidence);
        if starts(WITH_REQUIRED) {
            counts.entry(text).or_insert((0, WITH_REQUIRED)).0 += 1;
        } else if starts(WITHOUT_REQUIRED) {
            counts.entry(text).or_insert((0, WITHOUT_REQUIRED)).0 += 1;
        }
    }
    // A line that is itself a row is no head, however often it stands above another.
    counts.retain(|text, (count, _)| {
        let line = Line {
            text: (*text).into(),
            at: At(0),
            heading: false,
            gap: false,
        };
        let is_row = |columns: &'static [Role]| {
            rows::starts_row(&[&line], columns, Shape::Joined, &evidence)
        };
        *count >= 2
            && words::joined_head(text).is_none()
            && !is_row(WITH_REQUIRED)
            && !is_row(WITHOUT_REQUIRED)
    });
    counts
        .into_iter()
        .map(|(text, (_, columns))| (text, columns))
        .collect()
}

/// The names of structures that rows are surely made of.
fn referenced(lines: &[&Line<'_>]) -> HashSet<String> {
    let mut names = HashSet::new();
    for line in lines {
        if let Some((_, behind)) = line.text.split_once("Array of ")
            && let Some(name) = behind
                .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .next()
        {
            names.insert(name.to_owned());
        }
        // `Name Type No …`
        let mut words = line.text.split_whitespace();
        if let (Some(_), Some(of), Some(required)) = (words.next(), words.next(), words.next())
            && words::required(required).is_some()
            && let Ok(TypeRef::Named(name)) = clean_type(of).parse()
        {
            names.insert(name);
        }
    }
    names
}

/// What stands above the tables.
fn intros(
    lines: &[&Line<'_>],
    anchors: &[Anchor],
    referenced: &HashSet<String>,
    evidence: &Evidence,
) -> Vec<Option<Intro>> {
    let mut previous = String::new();
    let mut table: Option<&Anchor> = None;
    let mut intros = Vec::with_capacity(anchors.len());
    for anchor in anchors {
        let from = table.map_or(0, |table| {
            last_row_end(lines, table, anchor.intro_end, evidence)
        });
        let mut intro = Intro::find(&lines[from..anchor.intro_end], referenced, &previous);
        if let Some(intro) = &mut intro {
            intro.at += from;
            previous.clone_from(&intro.name);
        }
        intros.push(intro);
        table = Some(anchor);
    }
    intros
}

/// The line behind the last row of `table` that surely is one, before the place `to` above the next table.
fn last_row_end(lines: &[&Line<'_>], table: &Anchor, to: usize, evidence: &Evidence) -> usize {
    let Some(columns) = table.columns else {
        return table.body;
    };
    let lines = &lines[..to.max(table.body)];
    let length = if table.shape == Shape::Stacked {
        columns.len()
    } else {
        1
    };
    let is_row = |at: usize| {
        let rest = &lines[at..];
        rows::starts_sure_row(rest, columns, table.shape, evidence)
            || !evidence.types.is_empty()
                && rows::starts_row(rest, columns, table.shape, evidence)
                // The name of the next structure stands behind the row.
                && rest[length..].iter().any(|line| is_structure_name(&line.text))
    };
    (table.body..lines.len())
        .rev()
        .find(|&at| is_row(at))
        .map_or(table.body, |at| (at + length).min(lines.len()))
}

/// Where the rows end before a structure that has no name: at the sentence above its table.
fn unnamed_end(lines: &[&Line<'_>], from: usize, to: usize) -> usize {
    (from..to).rev().find(|&at| lines[at].gap).unwrap_or(to)
}

/// Where the rows of the last table end: the site's own words follow, often behind a blank line.
fn last_end(lines: &[&Line<'_>], anchor: &Anchor) -> usize {
    let Some(columns) = anchor.columns else {
        return anchor.body;
    };
    let evidence = Evidence::default();
    let limit = (anchor.body..lines.len())
        .find(|&at| words::is_furniture(&lines[at].text))
        .unwrap_or(lines.len());
    let last = (anchor.body..limit)
        .rev()
        .find(|&at| rows::starts_row(&lines[at..limit], columns, anchor.shape, &evidence))
        .unwrap_or(anchor.body);
    let is_note = |line: &Line<'_>| line.text.contains("null");
    // The row's cells can have space between them; its description has none within.
    let behind = last
        + if anchor.shape == Shape::Stacked {
            columns.len() + 1
        } else {
            1
        };
    (behind..limit)
        .find(|&at| lines[at].gap && !is_note(lines[at]))
        .unwrap_or(limit)
}
