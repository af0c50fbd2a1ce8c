//! How far the pages have come. Nothing here depends on the action, so that it is compiled once.

use std::{collections::HashSet, mem};

use crate::message::{FieldValue, Kind, Table};

/// How the pages of an action follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paging {
    /// The request says by `Offset` how many items to pass over.
    Offset {
        /// The field of the response that tells how many items there are in all, by its wire name.
        total: Option<&'static str>,
    },
    /// The response says by `NextToken` where the next page begins, and the next request repeats it.
    Token,
}

const OFFSET: &str = "Offset";
const NEXT_TOKEN: &str = "NextToken";

/// How many empty pages there may be in a row, each with a token for another.
const EMPTY_PAGES: usize = 1000;

/// What to do when the next page is asked for.
pub(super) enum Step {
    /// Call the action.
    Fetch,
    /// Say why there is no end, once.
    Fail(String),
    /// There are no more pages.
    End,
}

/// How far the pages have come.
pub(super) struct Progress {
    paging: Paging,
    step: Step,
    /// How many items the next page is to pass over.
    offset: u64,
    /// The items of the page before, where no total tells the end.
    before: Vec<FieldValue<'static>>,
    /// The tokens that were sent.
    tokens: HashSet<String>,
    /// How many pages without an item there were in a row.
    empty: usize,
}

impl Progress {
    /// Before the page that the parameters ask for.
    pub(super) fn new(paging: Paging, table: &Table, parameters: &[FieldValue<'static>]) -> Self {
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

    /// What to do next. It stays the same until [`turn`](Self::turn), but for the failure, which comes once.
    pub(super) fn step(&mut self) -> Step {
        match &self.step {
            Step::Fetch => Step::Fetch,
            _ => mem::replace(&mut self.step, Step::End),
        }
    }

    /// Turns the request for a page that came into the one for the next page.
    ///
    /// # Errors
    /// If the page came before, so that it must not be given to the caller again; there is no other page then.
    pub(super) fn turn(
        &mut self,
        (request, parameters): (&Table, &mut [FieldValue<'static>]),
        (response, page): (&Table, &[FieldValue<'static>]),
        items: &str,
    ) -> Result<(), String> {
        let width = match response
            .position(items)
            .map(|index| response.fields[index].1)
        {
            Some(Kind::List(Kind::Message(table))) => table().width(),
            _ => 1,
        };
        let items = match field(response, page, items) {
            Some(FieldValue::List(items)) => items.as_slice(),
            _ => &[],
        };
        let count = items.len() / width;
        let next = match self.paging {
            Paging::Offset { total } => {
                let total = total.and_then(|name| field(response, page, name).and_then(number));
                self.by_offset(total, items, count)
            }
            Paging::Token => {
                let token = field(response, page, NEXT_TOKEN).and_then(text);
                Ok(self.by_token(token, count))
            }
        };
        let (step, result) = match next {
            Ok(Next::Parameter(name, value)) => {
                let index = request.position(name);
                let place = index.and_then(|index| parameters.get_mut(index));
                let step = match place {
                    Some(place) => {
                        *place = value;
                        Step::Fetch
                    }
                    None => Step::Fail(format!(
                        "the request has no parameter `{name}` to ask for the next page with"
                    )),
                };
                (step, Ok(()))
            }
            Ok(Next::Step(step)) => (step, Ok(())),
            Err(problem) => (Step::End, Err(problem)),
        };
        self.step = step;
        result
    }

    fn by_offset(
        &mut self,
        total: Option<u64>,
        items: &[FieldValue<'static>],
        count: usize,
    ) -> Result<Next, String> {
        let behind = self.offset.saturating_add(count as u64);
        let is_last = match total {
            _ if count == 0 => true,
            Some(total) => behind >= total,
            // That it is shorter than the request's `Limit` does not count: the service may have a lower one.
            None if items.len() < self.before.len() => true,
            None if items == self.before => {
                return Err(format!(
                    "the page from `{OFFSET}` {} on is the same as the page before it, so that there would be no end",
                    self.offset
                ));
            }
            None => {
                self.before = items.to_vec();
                false
            }
        };
        if is_last {
            return Ok(Next::Step(Step::End));
        }
        self.offset = behind;
        let offset = FieldValue::U64(self.offset);
        Ok(Next::Parameter(OFFSET, offset))
    }

    fn by_token(&mut self, token: Option<&str>, count: usize) -> Next {
        let Some(token) = token else {
            return Next::Step(Step::End);
        };
        self.empty = if count == 0 { self.empty + 1 } else { 0 };
        if self.empty == EMPTY_PAGES {
            return Next::Step(Step::Fail(format!(
                "{EMPTY_PAGES} pages in a row were empty, and the last of them names another"
            )));
        }
        if !self.tokens.insert(token.to_owned()) {
            return Next::Step(Step::Fail(format!(
                "the `{NEXT_TOKEN}` of the last page came before, so that there would be no end"
            )));
        }
        let token = FieldValue::String(token.to_owned().into());
        Next::Parameter(NEXT_TOKEN, token)
    }
}

/// What a page leads to.
enum Next {
    /// Another page, with this parameter.
    Parameter(&'static str, FieldValue<'static>),
    Step(Step),
}

/// The value of the field with this wire name.
fn field<'a>(
    table: &Table,
    values: &'a [FieldValue<'static>],
    name: &str,
) -> Option<&'a FieldValue<'static>> {
    values.get(table.position(name)?)
}

fn number(value: &FieldValue<'_>) -> Option<u64> {
    match value {
        FieldValue::I64(number) => u64::try_from(*number).ok(),
        FieldValue::U64(number) => Some(*number),
        _ => None,
    }
}

/// A text that is not empty.
fn text<'a>(value: &'a FieldValue<'_>) -> Option<&'a str> {
    match value {
        FieldValue::String(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}
