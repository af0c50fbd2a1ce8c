//! Converts rows to fields of a spec.

use std::collections::HashSet;

use tc3_spec::{ErrorCode, Field};

use crate::cell::{bare_name, is_code, is_name, type_of};
use crate::description::take_null_note;
use crate::diagnostic::Diagnostics;
use crate::evidence::Evidence;
use crate::markdown;
use crate::row::RawRow;
use crate::words;

/// Whether any row has a cell in the column Required. A column without text, for example with pictures, is an error.
pub(crate) fn has_required_cells(rows: &[RawRow], diagnostics: &mut Diagnostics<'_, '_>) -> bool {
    let has_cells = rows.iter().any(|row| row.required.is_some());
    if let Some(row) = rows.last().filter(|_| !has_cells) {
        diagnostics.no_required_column(row.at, &row.whole);
    }
    has_cells
}

/// Converts rows to fields. Reports invalid rows, so that none is dropped silently.
///
/// `spec_path` is that of the fields, and `with_required` is whether the table has the column Required.
pub(crate) fn fields(
    rows: &[RawRow],
    spec_path: &str,
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
            diagnostics.record_row(row, || format!("{spec_path}.{}", field.name));
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
    let Some(type_text) = row.type_text.as_ref().filter(|text| !text.is_empty()) else {
        diagnostics.broken_row(row.at, &row.whole, "a name and a type");
        return None;
    };
    let Some(type_ref) = type_of(type_text) else {
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
            // In an unknown language, the row Action has the word for yes.
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
        secret: None,
        description,
    })
}

/// Splits `Name (deprecated)` into name and remark.
fn split_remark(name: &str) -> (&str, Option<&str>) {
    match name.find(['(', '（']) {
        Some(at) => (
            name[..at].trim_end(),
            Some(name[at..].trim_matches(['(', ')', '（', '）'])),
        ),
        None => (name, None),
    }
}

/// Converts rows to error codes.
///
/// `spec_path` is that of the codes. `allow_duplicates` is for pages that list the common codes before the service's own.
pub(crate) fn codes(
    rows: &[RawRow],
    spec_path: &str,
    allow_duplicates: bool,
    diagnostics: &mut Diagnostics<'_, '_>,
) -> Vec<ErrorCode> {
    let mut seen = HashSet::new();
    let mut codes = Vec::with_capacity(rows.len());
    for row in rows {
        let code = row.name.as_deref().map(words::unmarked).unwrap_or_default();
        if row.cut {
            diagnostics.cut_row(row.at, &row.whole);
        } else if !is_code(code) {
            diagnostics.broken_row(row.at, &row.whole, "an error code");
        } else if !allow_duplicates && !seen.insert(code) {
            diagnostics.duplicate_code(row.at, code);
        } else {
            diagnostics.record_row(row, || format!("{spec_path}.{code}"));
            codes.push(ErrorCode {
                code: code.to_owned(),
                description: markdown::lines(&row.description),
            });
        }
    }
    codes
}
