//! Compares error codes of actions and of the service.

use super::change::{addition, breaking, documentation};
use super::comparison::Comparison;
use super::kind::Kind;
use super::place::Place;
use super::rows::Rows;
use crate::model::ErrorCode;

/// Compares the codes of an action, or of the service if `action` is `None`.
pub(super) fn compare(
    comparison: &mut Comparison<'_>,
    action: Option<&str>,
    old: &[ErrorCode],
    new: &[ErrorCode],
) {
    let owner = || match action {
        Some(action) => Place::Action(action.to_owned()),
        None => Place::Version,
    };
    match (old.is_empty(), new.is_empty()) {
        (true, false) => {
            let verdict = addition("its error enum is added");
            comparison.add(owner(), Kind::FirstCode, verdict);
        }
        (false, true) => {
            let verdict = breaking("its error enum is removed");
            comparison.add(owner(), Kind::LastCode, verdict);
        }
        _ => {}
    }
    let place = |code: &ErrorCode| match action {
        Some(action) => Place::ErrorCode {
            action: action.to_owned(),
            code: code.code.clone(),
        },
        None => Place::ServiceCode(code.code.clone()),
    };
    let codes = |codes: &[ErrorCode]| -> Vec<String> {
        codes.iter().map(|code| code.code.clone()).collect()
    };
    let rows = Rows::pair(&codes(old), &codes(new));
    for removed in rows.removed {
        let verdict = breaking("its variant is removed");
        comparison.add(place(&old[removed]), Kind::Removed, verdict);
    }
    for row in rows.rows {
        let code = &new[row.new];
        let Some(before) = row.old.map(|at| &old[at]) else {
            let verdict = addition("a variant is added to a non-exhaustive enum");
            comparison.add(place(code), Kind::Added, verdict);
            continue;
        };
        if row.moved {
            let verdict = documentation("the order of variants does not matter");
            comparison.add(place(code), Kind::Moved, verdict);
        }
        comparison.description(place(code), &before.description, &code.description);
    }
}
