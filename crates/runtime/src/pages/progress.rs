//! Progress through the pages. Nothing here depends on the action, so it is compiled once.

use std::{collections::HashSet, mem};

use crate::message::{FieldValue, Kind, Table};

/// How an action is paginated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paging {
    /// The request has an `Offset`, the number of items to skip.
    Offset {
        /// Wire name of the response field with the total number of items.
        total: Option<&'static str>,
    },
    /// The response has a `NextToken`, which the request for the next page sends back.
    Token,
}

const OFFSET: &str = "Offset";
const NEXT_TOKEN: &str = "NextToken";

/// Maximum number of empty pages in a row that each have a token.
const MAX_EMPTY_PAGES: usize = 1000;

/// What to do for the next page.
pub(super) enum Step {
    Fetch,
    /// Return this error, once.
    Fail(String),
    End,
}

pub(super) struct Progress {
    paging: Paging,
    /// Tables of the request and of the response.
    tables: [&'static Table; 2],
    /// Wire name of the response field with the items.
    items: &'static str,
    /// Parameters of the request for the next page.
    pub(super) parameters: Vec<FieldValue>,
    step: Step,
    /// `Offset` of the next page.
    offset: u64,
    /// Items of the previous page, if there is no total.
    before: Vec<FieldValue>,
    /// Tokens that were sent.
    tokens: HashSet<String>,
    /// Number of empty pages in a row.
    empty: usize,
}

impl Progress {
    pub(super) fn new(
        paging: Paging,
        tables: [&'static Table; 2],
        items: &'static str,
        parameters: Vec<FieldValue>,
    ) -> Self {
        let given = |name| tables[0].value(&parameters, name);
        Self {
            paging,
            tables,
            items,
            step: Step::Fetch,
            offset: given(OFFSET).and_then(number).unwrap_or(0),
            before: Vec::new(),
            tokens: HashSet::from_iter(
                given(NEXT_TOKEN)
                    .and_then(FieldValue::text)
                    .map(str::to_owned),
            ),
            empty: 0,
            parameters,
        }
    }

    /// Returns what to do next. A fetch stays due until [`advance`](Self::advance).
    pub(super) fn step(&mut self) -> Step {
        match self.step {
            Step::Fetch => Step::Fetch,
            _ => mem::replace(&mut self.step, Step::End),
        }
    }

    /// Changes the parameters of the request for this page into those for the next one.
    ///
    /// # Errors
    /// Fails if the page equals the previous one. The caller must not return it, and no page follows.
    pub(super) fn advance(&mut self, page: &[FieldValue]) -> Result<(), String> {
        self.step = Step::End;
        let response = self.tables[1];
        let index = response.position(self.items);
        let width = match index.map(|index| response.fields[index].1) {
            Some(Kind::List(Kind::Message(table))) => table().width(),
            _ => 1,
        };
        let items = match index.and_then(|index| page.get(index)) {
            Some(FieldValue::List(items) | FieldValue::Messages(items)) => items.as_slice(),
            _ => &[],
        };
        let count = items.len() / width;
        let received = |name| response.value(page, name);
        self.step = match self.paging {
            Paging::Offset { total } => {
                let total = total.and_then(received).and_then(number);
                self.by_offset(total, items, count)?
            }
            Paging::Token => self.by_token(received(NEXT_TOKEN).and_then(FieldValue::text), count),
        };
        Ok(())
    }

    fn by_offset(
        &mut self,
        total: Option<u64>,
        items: &[FieldValue],
        count: usize,
    ) -> Result<Step, String> {
        let next = self.offset.saturating_add(count as u64);
        let is_last = match total {
            _ if count == 0 => true,
            Some(total) => next >= total,
            // The request's `Limit` is not used, because the service may have a lower one.
            None => items.len() < self.before.len(),
        };
        if is_last {
            return Ok(Step::End);
        }
        if total.is_none() {
            if items == self.before {
                return Err(format!(
                    "page at `{OFFSET}` {} equals the page before it; the service ignores `{OFFSET}`",
                    self.offset
                ));
            }
            self.before = items.to_vec();
        }
        self.offset = next;
        Ok(self.fetch_with(OFFSET, FieldValue::U64(next)))
    }

    fn by_token(&mut self, token: Option<&str>, count: usize) -> Step {
        let Some(token) = token else {
            return Step::End;
        };
        self.empty = if count == 0 { self.empty + 1 } else { 0 };
        if self.empty == MAX_EMPTY_PAGES {
            return Step::Fail(format!(
                "{MAX_EMPTY_PAGES} consecutive pages are empty; the pages would never end"
            ));
        }
        if !self.tokens.insert(token.to_owned()) {
            let problem =
                format!("`{NEXT_TOKEN}` repeats an earlier one; the pages would never end");
            return Step::Fail(problem);
        }
        self.fetch_with(NEXT_TOKEN, FieldValue::String(token.to_owned()))
    }

    /// Sets the parameter that requests the next page.
    fn fetch_with(&mut self, name: &str, value: FieldValue) -> Step {
        let index = self.tables[0].position(name);
        let Some(parameter) = index.and_then(|index| self.parameters.get_mut(index)) else {
            return Step::Fail(format!(
                "request has no parameter `{name}` for the next page"
            ));
        };
        *parameter = value;
        Step::Fetch
    }
}

fn number(value: &FieldValue) -> Option<u64> {
    match value {
        FieldValue::I64(number) => u64::try_from(*number).ok(),
        FieldValue::U64(number) => Some(*number),
        _ => None,
    }
}
