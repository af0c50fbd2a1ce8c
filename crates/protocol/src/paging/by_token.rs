//! Pagination by token.

use std::collections::HashSet;

use crate::message::FieldValue;
use serde_json::Value;

use super::Flag;
use super::received::Received;
use super::step::{MAX_EMPTY_PAGES, Step};

pub(super) struct ByToken {
    /// Parameter with the token.
    pub(super) token: &'static str,
    /// Response field with the token of the next page.
    next: &'static str,
    last: Option<Flag>,
    /// Token of the next page.
    found: Option<FieldValue>,
    /// Texts of all sent tokens.
    sent: HashSet<String>,
    /// Number of consecutive empty pages.
    empty: usize,
}

impl ByToken {
    pub(super) fn new(
        token: &'static str,
        next: &'static str,
        last: Option<Flag>,
        first: Option<&FieldValue>,
    ) -> Self {
        Self {
            token,
            next,
            last,
            found: None,
            sent: first.and_then(text).into_iter().collect(),
            empty: 0,
        }
    }

    /// Returns the next step after a page.
    pub(super) fn advance(&mut self, page: &Received<'_>) -> Step {
        let found = match page.field(self.next) {
            Ok(Some(token)) => match text(token) {
                Some(text) => Some((token, text)).filter(|(_, text)| !text.is_empty()),
                None => return Step::Fail(page.type_mismatch(self.next)),
            },
            Ok(None) => None,
            Err(problem) => return Step::Fail(problem),
        };
        let is_last = self.last.and_then(|last| match page.field(last.field) {
            Ok(Some(FieldValue::Bool(value))) => Some(*value == last.value),
            _ => None,
        });
        if is_last == Some(true) {
            return Step::End;
        }
        let Some((token, text)) = found else {
            return match (self.last, is_last) {
                (Some(last), Some(false)) => Step::Fail(format!(
                    "`{}` says that more pages follow, but `{}` is missing; the list is incomplete",
                    last.field, self.next
                )),
                _ => Step::End,
            };
        };
        self.empty = if page.count() == 0 { self.empty + 1 } else { 0 };
        if self.empty == MAX_EMPTY_PAGES {
            return Step::Fail(format!(
                "{MAX_EMPTY_PAGES} consecutive pages are empty; the pagination would never end"
            ));
        }
        if !self.sent.insert(text) {
            return Step::Fail(format!(
                "`{}` repeats an earlier one; the pagination would never end",
                self.next
            ));
        }
        self.found = Some(token.clone());
        Step::Fetch
    }

    /// Takes the token of the next page.
    pub(super) fn take(&mut self) -> Option<FieldValue> {
        self.found.take()
    }
}

/// Returns the text of a token, which is empty if there is none, or `None` if the value is neither a String nor a number.
fn text(token: &FieldValue) -> Option<String> {
    Some(match token {
        FieldValue::Absent => String::new(),
        FieldValue::String(text) => text.clone(),
        FieldValue::I64(number) => number.to_string(),
        FieldValue::U64(number) => number.to_string(),
        FieldValue::Json(json) => match json.parse() {
            Ok(Value::Null) => String::new(),
            Ok(Value::String(text)) => text,
            Ok(Value::Number(number)) => number.to_string(),
            _ => return None,
        },
        _ => return None,
    })
}
