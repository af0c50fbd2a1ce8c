//! Rows to fields of a spec.

use std::collections::HashSet;

use tc3_spec::{ErrorCode, Field, TypeRef};

use crate::cell::{bare_name, clean_type, is_code, is_name};
use crate::description::take_null_note;
use crate::diagnostic::Diagnostics;
use crate::evidence::Evidence;
use crate::markdown;
use crate::row::RawRow;
use crate::words;

/// Whether the rows say which parameters are required. Where they have a column for it and it is empty, as when it
/// holds pictures, that is an error.
pub(crate) fn says_required(rows: &[RawRow], diagnostics: &mut Diagnostics<'_, '_>) -> bool {
    let says = rows.iter().any(|row| row.required.is_some());
    if let Some(row) = rows.last().filter(|_| !says) {
        diagnostics.no_required_column(row.at, &row.whole);
    }
    says
}

/// The fields that the rows describe. What cannot be used is reported, and nothing is left out without a word.
///
/// `at` is the way to the fields in a spec, and `with_required` says whether the table has a column for it.
pub(crate) fn fields(
    rows: &[RawRow],
    at: &str,
    with_required: bool,
    evidence: &Evidence,
    diagnostics: &mut Diagnostics<'_, '_>,
) -> Vec<Field> {
    let mut seen = HashSet::new();
    let mut fields = Vec::with_capacity(rows.len());
    for row in rows {
        if row.cut {
            diagnostics.cut_row(row.at, &row.whole);
            continue;
        }
        let Some(field) = field(row, with_required, evidence, diagnostics) else {
            continue;
        };
        if seen.insert(field.name.clone()) {
            diagnostics.read_from(row, || format!("{at}.{}", field.name));
            fields.push(field);
        } else {
            diagnostics.duplicate(row.at, &field.name);
        }
    }
    fields
}

fn field(
    row: &RawRow,
    with_required: bool,
    evidence: &Evidence,
    diagnostics: &mut Diagnostics<'_, '_>,
) -> Option<Field> {
    let Some(name) = &row.name else {
        diagnostics.nameless_row(row.at, &row.whole);
        return None;
    };
    let (name, remark) = split_remark(name);
    if !is_name(name) {
        diagnostics.broken_row(row.at, &row.whole, "a name and a type");
        return None;
    }
    let name = bare_name(name);
    let Some(type_text) = &row.type_text else {
        diagnostics.broken_row(row.at, &row.whole, "a name and a type");
        return None;
    };
    let Ok(type_ref) = clean_type(type_text).parse::<TypeRef>() else {
        diagnostics.bad_type(row.at, type_text, name);
        return None;
    };
    let required = match row.required.as_deref().map(words::unmarked) {
        None if with_required => {
            diagnostics.no_required_cell(row.at, name);
            false
        }
        None => false,
        Some(cell) => match words::required(cell) {
            Some(required) => required,
            // The page's own words: the one that the row Action has says yes.
            None if evidence.required.contains(cell) => evidence.yes.as_deref() == Some(cell),
            None => {
                diagnostics.bad_required_cell(row.at, cell, name);
                false
            }
        },
    };
    let mut description = markdown::lines(&row.description);
    let nullable = take_null_note(&mut description);
    Some(Field {
        name: name.to_owned(),
        type_ref,
        format: None,
        required,
        nullable,
        deprecated: remark.is_some_and(words::is_deprecated),
        description,
    })
}

/// Splits `Name (deprecated)` into the name and the remark.
fn split_remark(name: &str) -> (&str, Option<&str>) {
    match name.find(['(', '（']) {
        Some(at) => (
            name[..at].trim_end(),
            Some(name[at..].trim_matches(['(', ')', '（', '）'])),
        ),
        None => (name, None),
    }
}

/// The error codes that the rows list.
///
/// `at` is the way to the codes in a spec, and `twice` says whether a code may stand in the rows again, as on pages with
/// the codes of all services before the service's own.
pub(crate) fn codes(
    rows: &[RawRow],
    at: &str,
    twice: bool,
    diagnostics: &mut Diagnostics<'_, '_>,
) -> Vec<ErrorCode> {
    let mut seen = HashSet::new();
    let mut codes = Vec::with_capacity(rows.len());
    for row in rows {
        let code = row.name.as_deref().map(words::unmarked).unwrap_or_default();
        if row.cut {
            diagnostics.cut_row(row.at, &row.whole);
        } else if !is_code(code) {
            diagnostics.broken_row(row.at, &row.whole, "an error code and its description");
        } else if !twice && !seen.insert(code) {
            diagnostics.duplicate_code(row.at, code);
        } else {
            diagnostics.read_from(row, || format!("{at}.{code}"));
            codes.push(ErrorCode {
                code: code.to_owned(),
                description: markdown::lines(&row.description),
            });
        }
    }
    codes
}
