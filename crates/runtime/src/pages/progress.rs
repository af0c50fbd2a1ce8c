//! Progress through the pages. Nothing here depends on the action, so it is compiled once.

use std::{collections::HashSet, mem};

use crate::message::{FieldValue, Kind, Table};

/// How an action is paginated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paging {
    /// The request says by `Offset` how many items to skip.
    Offset {
        /// Wire name of the response field with the total number of items.
        total: Option<&'static str>,
    },
    /// The response returns a `NextToken`, which the request for the next page sends.
    Token,
}

const OFFSET: &str = "Offset";
const NEXT_TOKEN: &str = "NextToken";

/// Maximum number of empty pages in a row that each have a token.
const MAX_EMPTY_PAGES: usize = 1000;

/// What the next request for a page gets.
pub(super) enum Step {
    Fetch,
    /// The error of pages without an end, once.
    Fail(String),
    End,
}

pub(super) struct Progress {
    paging: Paging,
    step: Step,
    /// How many items the next page skips.
    offset: u64,
    /// Items of the page before, where no total tells the end.
    before: Vec<FieldValue>,
    /// Tokens that were sent.
    tokens: HashSet<String>,
    /// Number of empty pages in a row.
    empty: usize,
}

impl Progress {
    pub(super) fn new(paging: Paging, table: &Table, parameters: &[FieldValue]) -> Self {
        let token = field(table, parameters, NEXT_TOKEN).and_then(text);
        Self {
            paging,
            step: Step::Fetch,
            offset: field(table, parameters, OFFSET)
                .and_then(number)
                .unwrap_or(0),
            before: Vec::new(),
            tokens: token.map(str::to_owned).into_iter().collect(),
            empty: 0,
        }
    }

    /// Returns what to do next. A fetch stays due until [`advance`](Self::advance).
    pub(super) fn step(&mut self) -> Step {
        match self.step {
            Step::Fetch => Step::Fetch,
            _ => mem::replace(&mut self.step, Step::End),
        }
    }

    /// Changes the parameters of the request for this page into those for the next one. `items` is the wire name of the
    /// response field with the items.
    ///
    /// # Errors
    /// Fails if the page is the one before, so that the caller must not get it again. It is the last one then.
    pub(super) fn advance(
        &mut self,
        (request, parameters): (&Table, &mut [FieldValue]),
        (response, page): (&Table, &[FieldValue]),
        items: &str,
    ) -> Result<(), String> {
        self.step = Step::End;
        let index = response.position(items);
        let width = match index.map(|index| response.fields[index].1) {
            Some(Kind::List(Kind::Message(table))) => table().width(),
            _ => 1,
        };
        let items = match index.and_then(|index| page.get(index)) {
            Some(FieldValue::List(items) | FieldValue::Messages(items)) => items.as_slice(),
            _ => &[],
        };
        let count = items.len() / width;
        let next = match self.paging {
            Paging::Offset { total } => {
                let total = total.and_then(|name| field(response, page, name));
                self.by_offset(total.and_then(number), items, count)?
            }
            Paging::Token => {
                let token = field(response, page, NEXT_TOKEN);
                self.by_token(token.and_then(text), count)
            }
        };
        self.step = match next {
            Next::End => Step::End,
            Next::Fail(problem) => Step::Fail(problem),
            Next::Parameter(name, value) => {
                let index = request.position(name);
                match index.and_then(|index| parameters.get_mut(index)) {
                    Some(parameter) => {
                        *parameter = value;
                        Step::Fetch
                    }
                    None => Step::Fail(format!(
                        "request has no parameter `{name}` for the next page"
                    )),
                }
            }
        };
        Ok(())
    }

    fn by_offset(
        &mut self,
        total: Option<u64>,
        items: &[FieldValue],
        count: usize,
    ) -> Result<Next, String> {
        let next = self.offset.saturating_add(count as u64);
        let is_last = match total {
            _ if count == 0 => true,
            Some(total) => next >= total,
            // The request's `Limit` does not count, since the service may have a lower one.
            None => items.len() < self.before.len(),
        };
        if is_last {
            return Ok(Next::End);
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
        Ok(Next::Parameter(OFFSET, FieldValue::U64(next)))
    }

    fn by_token(&mut self, token: Option<&str>, count: usize) -> Next {
        let Some(token) = token else {
            return Next::End;
        };
        self.empty = if count == 0 { self.empty + 1 } else { 0 };
        if self.empty == MAX_EMPTY_PAGES {
            let problem = format!(
                "{MAX_EMPTY_PAGES} pages in a row are empty, and there is a `{NEXT_TOKEN}` for another"
            );
            return Next::Fail(problem);
        }
        if !self.tokens.insert(token.to_owned()) {
            let problem =
                format!("`{NEXT_TOKEN}` repeats an earlier one; the pages would never end");
            return Next::Fail(problem);
        }
        let token = FieldValue::String(token.to_owned());
        Next::Parameter(NEXT_TOKEN, token)
    }
}

/// What follows a page.
enum Next {
    End,
    Fail(String),
    /// The page that is requested with this parameter.
    Parameter(&'static str, FieldValue),
}

/// The value of the field with this wire name.
fn field<'a>(table: &Table, values: &'a [FieldValue], name: &str) -> Option<&'a FieldValue> {
    values.get(table.position(name)?)
}

fn number(value: &FieldValue) -> Option<u64> {
    match value {
        FieldValue::I64(number) => u64::try_from(*number).ok(),
        FieldValue::U64(number) => Some(*number),
        _ => None,
    }
}

/// A text that is not empty.
fn text(value: &FieldValue) -> Option<&str> {
    match value {
        FieldValue::String(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}
