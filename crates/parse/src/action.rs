//! Parses pages of actions.

use std::collections::BTreeMap;

use tc3_spec::{Action, Fragment, Region, Source as SpecSource};

use crate::action_tables::{ActionTables, date};
use crate::block::{Block, Line};
use crate::cell::{bare_name, has_hump, is_name};
use crate::diagnostic::Diagnostics;
use crate::evidence::Evidence;
use crate::example::{self, is_request_line, is_url};
use crate::fields::{codes, fields, says_required};
use crate::introduction::{Introduction, host};
use crate::markdown;
use crate::names;
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
    introduction: Introduction,
    evidence: &Evidence,
    diagnostics: &mut Diagnostics<'_, '_>,
) -> Fragment {
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
    // Facts of an action without a name cannot be used.
    let way = format!("actions.{}", name.as_deref().unwrap_or_default());
    if let (Some(row), true) = (common("Action"), name.is_some()) {
        diagnostics.read_from(row, || way.clone());
    }
    if name.is_none() {
        let row = common("Action");
        diagnostics.no_action_name(
            row.map_or(at, |row| row.at),
            row.map_or(whole, |row| &row.whole),
        );
    }
    if let (Some(row), Some(version)) = (common("Version"), &version)
        && !row.description.contains(version.as_str())
    {
        diagnostics.version_with_slashes(row.at, &row.whole, version);
    }
    if version.is_none() {
        let row = common("Version");
        diagnostics.no_version(
            row.map_or(at, |row| row.at),
            row.map_or(whole, |row| &row.whole),
        );
    }
    let mut introduction = introduction;
    if introduction.endpoint.is_none() {
        introduction.endpoint = example_host(found);
        match &introduction.endpoint {
            Some(host) => diagnostics.endpoint_of_example(at, whole, host),
            None => diagnostics.no_endpoint(at, whole),
        }
    }
    let region = common("Region").map(|row| region(row, evidence, diagnostics));
    if let Some((at, text)) = &introduction.unread_rate {
        diagnostics.unread_rate(*at, text);
    }
    if let Some(name) = &name {
        names::check(name, found, diagnostics);
    }
    // Only the first row of each name is the common parameter; the action may have a parameter of the same name.
    let mut common_names = vec!["Action", "Version", "Region"];
    let mut is_own = |row: &&RawRow| {
        let name = row.name.as_deref().map(bare_name);
        let common = common_names.iter().position(|common| Some(*common) == name);
        common.map(|at| common_names.remove(at)).is_none()
    };
    let own: Vec<RawRow> = found
        .input
        .iter()
        .filter(|row| is_own(row))
        .cloned()
        .collect();
    let with_required = says_required(&found.input, diagnostics);
    let at_request = format!("{way}.request");
    let request = fields(&own, &at_request, with_required, evidence, diagnostics);

    // A table without rows counts as missing, because the row RequestId is always there.
    let response = match found.output.as_ref().filter(|rows| !rows.is_empty()) {
        Some(rows) => {
            let is_id = |row: &RawRow| row.name.as_deref().map(bare_name) == Some("RequestId");
            if let Some(last) = rows.last().filter(|last| !is_id(last)) {
                diagnostics.no_request_id(last.at, &last.whole);
            }
            if let Some(id) = rows.iter().find(|row| is_id(row)) {
                if id.cut {
                    diagnostics.cut_row(id.at, &id.whole);
                }
                diagnostics.read_from(id, || format!("{way}.response.RequestId"));
            }
            let own: Vec<RawRow> = rows.iter().filter(|row| !is_id(row)).cloned().collect();
            fields(
                &own,
                &format!("{way}.response"),
                false,
                evidence,
                diagnostics,
            )
        }
        None => {
            diagnostics.no_output(at, whole);
            Vec::new()
        }
    };
    let lines: Vec<&Line<'_>> = found.examples.iter().map(|line| &**line).collect();
    let examples = example::read(
        &lines,
        found.has_example_section,
        &request,
        &response,
        diagnostics,
    );
    let errors = match &found.errors {
        Some(rows) => codes(rows, &format!("{way}.errors"), false, diagnostics),
        None => {
            if !found.says_no_errors && !says_so_in_its_words(found) {
                let last = lines
                    .last()
                    .map_or((at, whole), |line| (line.at, &*line.text));
                diagnostics.no_errors(last.0, last.1);
            }
            Vec::new()
        }
    };
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

/// Whether the section of error codes has a sentence in an unknown language and no code.
fn says_so_in_its_words(found: &ActionTables<'_>) -> bool {
    let sentence = found.errors_text.as_ref();
    sentence.is_some_and(|text| {
        text.contains(' ') && text.ends_with(['.', '。', '!']) && !words::announces_errors(text)
    })
}

/// Returns the domain name to which the examples send their requests.
fn example_host(found: &ActionTables<'_>) -> Option<String> {
    let hosts = found.examples.iter().filter_map(|line| {
        let is_request =
            is_url(&line.text) || is_request_line(&line.text) || line.text.starts_with("Host:");
        host(&line.text)
            .filter(|_| is_request)
            .map(|range| line.text[range].to_owned())
    });
    hosts.into_iter().next()
}

/// Returns the value at the end of `Common Params. The value used for this API: DescribeInstances.`
fn named_value(description: &str) -> Option<String> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let description = markdown::unlinked(description);
    let words = |text: &'_ str| -> Vec<String> {
        // Excludes URLs.
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
    value.or_else(|| words(&description).into_iter().rfind(|word| has_hump(word)))
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
