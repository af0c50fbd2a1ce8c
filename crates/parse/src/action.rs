//! Parses pages of actions.

use std::collections::BTreeMap;

use tc3_spec::{Action, ErrorCode, Field, Fragment, Region, Source as SpecSource};

use crate::action_tables::ActionTables;
use crate::block::{Block, Line};
use crate::cell::{bare_name, is_compound, is_name};
use crate::dates::date;
use crate::diagnostic::Diagnostics;
use crate::evidence::Evidence;
use crate::example;
use crate::fields::{codes, fields, has_required_cells};
use crate::introduction::{Introduction, host};
use crate::markdown;
use crate::names;
use crate::request_lines::{is_request_line, is_url};
use crate::row::RawRow;
use crate::source::At;
use crate::words::{self, RegionWords};

/// Parses an action's page; `None` if no table has the rows Action and Version.
pub(crate) fn read(
    path: &str,
    blocks: &[Block<'_>],
    diagnostics: &mut Diagnostics<'_, '_>,
) -> Option<Fragment> {
    let mut evidence = Evidence::default();
    let tables = ActionTables::find(blocks, &mut evidence, diagnostics)?;
    let introduction = Introduction::read(&tables.before);
    Some(page(path, &tables, introduction, &evidence, diagnostics))
}

/// Assembles the page.
fn page(
    path: &str,
    found: &ActionTables<'_>,
    mut introduction: Introduction,
    evidence: &Evidence,
    diagnostics: &mut Diagnostics<'_, '_>,
) -> Fragment {
    let name = action_name(found, diagnostics);
    let version = version(found, diagnostics);
    // The facts of an action without a name are dropped below, so its path does not matter.
    let action_path = format!("actions.{}", name.as_deref().unwrap_or_default());
    if let (Some(row), true) = (common(found, "Action"), name.is_some()) {
        diagnostics.record_row(row, || action_path.clone());
    }
    if introduction.endpoint.is_none() {
        introduction.endpoint = example_host(found);
        let (at, whole) = first_row(found);
        match &introduction.endpoint {
            Some(host) => diagnostics.endpoint_of_example(at, whole, host),
            None => diagnostics.no_endpoint(at, whole),
        }
    }
    let region = common(found, "Region").map(|row| region(row, evidence, diagnostics));
    if let Some((at, text)) = &introduction.unread_rate {
        diagnostics.unread_rate(*at, text);
    }
    if let Some(name) = &name {
        names::check(name, found, diagnostics);
    }
    let with_required = has_required_cells(&found.input, diagnostics);
    let request = fields(
        &own_rows(&found.input),
        &format!("{action_path}.request"),
        with_required,
        evidence,
        diagnostics,
    );
    let response = response(found, &action_path, evidence, diagnostics);
    let lines: Vec<&Line<'_>> = found.examples.iter().map(|line| &**line).collect();
    let examples = example::read(
        &lines,
        found.has_example_section,
        &request,
        &response,
        diagnostics,
    );
    let errors = errors(found, &action_path, diagnostics);
    let action = Action {
        description: introduction.description,
        rate_limit: introduction.rate_limit,
        region,
        // Derived from specs, because pages do not say it.
        access: None,
        pagination: None,
        // Pages do not deprecate whole actions.
        deprecated: false,
        request,
        response,
        errors,
        examples,
        source: Some(SpecSource {
            page: path.to_owned(),
            updated: introduction.updated,
            // Filled in by the caller: a page does not know its own URL.
            url: None,
            fetched: None,
        }),
    };
    Fragment {
        service: introduction
            .endpoint
            .as_ref()
            .and_then(|host| host.split('.').next())
            .map(str::to_owned),
        version,
        endpoint: introduction.endpoint,
        actions: name
            .map(|name| BTreeMap::from([(name, action)]))
            .unwrap_or_default(),
        ..Fragment::of(path)
    }
}

/// Whether a row has this name.
fn is_named(row: &RawRow, name: &str) -> bool {
    row.name.as_deref().map(bare_name) == Some(name)
}

/// Returns the row of a common parameter.
fn common<'t>(found: &'t ActionTables<'_>, name: &str) -> Option<&'t RawRow> {
    found.input.iter().find(|row| is_named(row, name))
}

/// Returns the location and text of the first row, for diagnostics of the whole page.
fn first_row<'t>(found: &'t ActionTables<'_>) -> (At, &'t str) {
    let first = found.input.first();
    first.map_or((At(0), ""), |row| (row.at, &row.whole))
}

/// Returns the name of the action from the row Action.
fn action_name(found: &ActionTables<'_>, diagnostics: &mut Diagnostics<'_, '_>) -> Option<String> {
    let row = common(found, "Action");
    let name = row.and_then(|row| named_value(&row.description));
    if name.is_none() {
        let (at, whole) = row.map_or(first_row(found), |row| (row.at, &row.whole));
        diagnostics.no_action_name(at, whole);
    }
    name
}

/// Returns the date from the row Version.
fn version(found: &ActionTables<'_>, diagnostics: &mut Diagnostics<'_, '_>) -> Option<String> {
    let row = common(found, "Version");
    let version = row.and_then(|row| date(&row.description));
    match (row, &version) {
        (Some(row), Some(version)) if !row.description.contains(version.as_str()) => {
            diagnostics.version_with_slashes(row.at, &row.whole, version);
        }
        (_, Some(_)) => {}
        (row, None) => {
            let (at, whole) = row.map_or(first_row(found), |row| (row.at, &row.whole));
            diagnostics.no_version(at, whole);
        }
    }
    version
}

/// Returns the rows without the common parameters. Only the first row of each name is the common parameter, because the
/// action may have a parameter of the same name.
fn own_rows(rows: &[RawRow]) -> Vec<RawRow> {
    let mut own = rows.to_vec();
    for name in ["Action", "Version", "Region"] {
        if let Some(at) = own.iter().position(|row| is_named(row, name)) {
            own.remove(at);
        }
    }
    own
}

/// Parses the output table.
fn response(
    found: &ActionTables<'_>,
    action_path: &str,
    evidence: &Evidence,
    diagnostics: &mut Diagnostics<'_, '_>,
) -> Vec<Field> {
    // A table without rows counts as missing, because the row RequestId is always there.
    let Some(rows) = found.output.as_ref().filter(|rows| !rows.is_empty()) else {
        let (at, whole) = first_row(found);
        diagnostics.no_output(at, whole);
        return Vec::new();
    };
    let is_id = |row: &&RawRow| is_named(row, "RequestId");
    if let Some(last) = rows.last().filter(|last| !is_id(last)) {
        diagnostics.no_request_id(last.at, &last.whole);
    }
    let path = format!("{action_path}.response");
    if let Some(id) = rows.iter().find(is_id) {
        if id.cut {
            diagnostics.cut_row(id.at, &id.whole);
        }
        diagnostics.record_row(id, || format!("{path}.RequestId"));
    }
    let own: Vec<RawRow> = rows.iter().filter(|row| !is_id(row)).cloned().collect();
    fields(&own, &path, false, evidence, diagnostics)
}

/// Parses the table of error codes.
fn errors(
    found: &ActionTables<'_>,
    action_path: &str,
    diagnostics: &mut Diagnostics<'_, '_>,
) -> Vec<ErrorCode> {
    if let Some(rows) = &found.errors {
        return codes(rows, &format!("{action_path}.errors"), false, diagnostics);
    }
    if !found.says_no_errors && !has_unknown_sentence(found) {
        let last = found.examples.last();
        let (at, text) = last.map_or(first_row(found), |line| (line.at, &*line.text));
        diagnostics.no_errors(at, text);
    }
    Vec::new()
}

/// Whether the section of error codes has only a sentence in an unknown language, which probably says that there are none.
fn has_unknown_sentence(found: &ActionTables<'_>) -> bool {
    let sentence = found.errors_text.as_ref();
    sentence.is_some_and(|text| {
        text.contains(' ') && text.ends_with(['.', '。', '!']) && !words::announces_errors(text)
    })
}

/// Returns the domain name in the requests of the examples.
fn example_host(found: &ActionTables<'_>) -> Option<String> {
    found.examples.iter().find_map(|line| {
        let is_request =
            is_url(&line.text) || is_request_line(&line.text) || line.text.starts_with("Host:");
        host(&line.text)
            .filter(|_| is_request)
            .map(|range| line.text[range].to_owned())
    })
}

/// Returns the value at the end of `Common Params. The value used for this API: DescribeInstances.`
fn named_value(description: &str) -> Option<String> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let description = markdown::unlinked(description);
    let words = |text: &'_ str| -> Vec<String> {
        // The words of a URL are not names.
        let texts = text.split_whitespace().filter(|text| !text.contains("://"));
        texts
            .flat_map(|text| text.split(move |c: char| !is_word(c)))
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let after = description.rsplit([':', '：']).next().unwrap_or_default();
    // Only the name may follow the last colon.
    let value = match &*words(after) {
        [value] if is_name(value) => Some(value.clone()),
        _ => None,
    };
    value.or_else(|| {
        words(&description)
            .into_iter()
            .rfind(|word| is_compound(word))
    })
}

/// Parses the row Region.
fn region(row: &RawRow, evidence: &Evidence, diagnostics: &mut Diagnostics<'_, '_>) -> Region {
    let cell = row.required.as_deref().map_or("", words::unmarked);
    let required = words::required(cell)
        .unwrap_or_else(|| evidence.yes.as_deref() == Some(cell) && !cell.is_empty());
    match (words::region(&row.description), required) {
        (Some(RegionWords::Unused), true) => {
            diagnostics.region_contradicted(row.at, &row.whole);
            Region::Required
        }
        (_, true) => Region::Required,
        (Some(RegionWords::Unused), false) => Region::Unused,
        (Some(RegionWords::Used), false) => Region::Optional,
        (None, false) => {
            diagnostics.unread_region(row.at, &row.whole);
            Region::Optional
        }
    }
}
