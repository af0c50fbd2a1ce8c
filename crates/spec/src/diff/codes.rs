//! Error codes of actions and of the service.

use super::Comparison;
use super::change::{addition, breaking, documentation};
use super::kind::Kind;
use super::place::Place;
use super::rows::Rows;
use crate::model::ErrorCode;

impl Comparison<'_> {
    /// Compares the codes of an action; of the service, if none is named.
    pub(super) fn codes(&mut self, action: Option<&str>, old: &[ErrorCode], new: &[ErrorCode]) {
        let owner = || match action {
            Some(action) => Place::Action(action.to_owned()),
            None => Place::Version,
        };
        match (old.is_empty(), new.is_empty()) {
            (true, false) => {
                let verdict = addition("the enum of its codes comes");
                self.add(owner(), Kind::FirstCode, verdict);
            }
            (false, true) => {
                let verdict = breaking("the enum of its codes goes");
                self.add(owner(), Kind::LastCode, verdict);
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
        for gone in rows.gone {
            let verdict = breaking("its variant goes");
            self.add(place(&old[gone]), Kind::Removed, verdict);
        }
        for row in rows.rows {
            let code = &new[row.new];
            let Some(before) = row.old.map(|at| &old[at]) else {
                let verdict = addition("a variant more, in an enum that may grow");
                self.add(place(code), Kind::Added, verdict);
                continue;
            };
            if row.moved {
                let verdict = documentation("variants are found by their names");
                self.add(place(code), Kind::Moved, verdict);
            }
            self.description(place(code), &before.description, &code.description);
        }
    }
}
