//! How far the pages have come. Nothing here depends on the action, so that it is compiled once.

use std::{collections::HashSet, mem};

use crate::{
    json,
    record::{Elements, Places, Slot, Values, View},
};

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
    /// The page before and how many items it has, where no total tells the end.
    before: (usize, Vec<u8>),
    /// The tokens that were sent.
    tokens: HashSet<String>,
    /// How many pages without an item there were in a row.
    empty: usize,
}

/// What a page says of the others.
pub(super) struct Found {
    total: Option<u64>,
    token: Option<String>,
}

impl Progress {
    /// Before the page that the request asks for.
    pub(super) fn new(paging: Paging, request: &dyn Values) -> Self {
        Self {
            paging,
            step: Step::Fetch,
            offset: number(request, OFFSET).unwrap_or(0),
            before: (0, Vec::new()),
            tokens: text(request, NEXT_TOKEN).into_iter().collect(),
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

    /// Looks for what a response says of the other pages.
    pub(super) fn find(&self, response: &dyn Values) -> Found {
        match self.paging {
            Paging::Offset { total } => Found {
                total: total.and_then(|name| number(response, name)),
                token: None,
            },
            Paging::Token => Found {
                total: None,
                token: text(response, NEXT_TOKEN),
            },
        }
    }

    /// Turns the request for a page that came into the one for the next page.
    ///
    /// # Errors
    /// If the page came before, so that it must not be given to the caller again; there is no other page then.
    pub(super) fn turn(
        &mut self,
        request: &mut Places<'_>,
        found: Found,
        items: Option<Elements<'_>>,
    ) -> Result<(), String> {
        let step = match self.paging {
            Paging::Offset { .. } => self.by_offset(request, found.total, items),
            Paging::Token => {
                let count = items.map_or(0, |items| items.count());
                Ok(self.by_token(request, found.token, count))
            }
        };
        let (step, result) = match step {
            Ok(step) => (step, Ok(())),
            Err(problem) => (Step::End, Err(problem)),
        };
        self.step = step;
        result
    }

    fn by_offset(
        &mut self,
        request: &mut Places<'_>,
        total: Option<u64>,
        items: Option<Elements<'_>>,
    ) -> Result<Step, String> {
        let Some(items) = items.filter(|items| items.count() > 0) else {
            return Ok(Step::End);
        };
        let count = items.count();
        let is_last = match total {
            Some(total) => self.offset.saturating_add(count as u64) >= total,
            None => self.is_short(items)?,
        };
        if is_last {
            return Ok(Step::End);
        }
        self.offset = self.offset.saturating_add(count as u64);
        match slot(request, OFFSET) {
            Slot::I64(place) => place.set(i64::try_from(self.offset).unwrap_or(i64::MAX)),
            Slot::U64(place) => place.set(self.offset),
            _ => return Ok(lacks(OFFSET)),
        }
        Ok(Step::Fetch)
    }

    /// Whether a page is shorter than the one before, where nothing else tells the end.
    ///
    /// That it is shorter than the request's `Limit` does not count: the service may have a lower one.
    ///
    /// # Errors
    /// If it is the page before.
    fn is_short(&mut self, items: Elements<'_>) -> Result<bool, String> {
        let (count_before, page_before) = &self.before;
        let count = items.count();
        if count < *count_before {
            return Ok(true);
        }
        let mut page = Vec::with_capacity(page_before.len());
        // What cannot be written was not read from JSON, and is like no other page.
        let is_whole = json::write_view(View::List(items), &mut page).is_ok();
        if is_whole && page == *page_before {
            return Err(format!(
                "the page from `{OFFSET}` {} on is the same as the page before it, so that there would be no end",
                self.offset
            ));
        }
        self.before = (count, page);
        Ok(false)
    }

    fn by_token(&mut self, request: &mut Places<'_>, token: Option<String>, count: usize) -> Step {
        let Some(token) = token else {
            return Step::End;
        };
        self.empty = if count == 0 { self.empty + 1 } else { 0 };
        if self.empty == EMPTY_PAGES {
            return Step::Fail(format!(
                "{EMPTY_PAGES} pages in a row were empty, and the last of them names another"
            ));
        }
        if self.tokens.contains(&token) {
            return Step::Fail(format!(
                "the `{NEXT_TOKEN}` of the last page came before, so that there would be no end"
            ));
        }
        match slot(request, NEXT_TOKEN) {
            Slot::Str(place) => place.set(token.clone()),
            _ => return lacks(NEXT_TOKEN),
        }
        self.tokens.insert(token);
        Step::Fetch
    }
}

fn lacks(name: &str) -> Step {
    Step::Fail(format!(
        "the request has no parameter `{name}` to ask for the next page with"
    ))
}

/// What the field of this wire name holds.
fn view<'a>(record: &'a dyn Values, name: &str) -> View<'a> {
    let index = record.fields().table().position(name);
    index.map_or(View::Absent, |index| record.fields().view(index))
}

fn number(record: &dyn Values, name: &str) -> Option<u64> {
    match view(record, name) {
        View::I64(number) => u64::try_from(number).ok(),
        View::U64(number) => Some(number),
        _ => None,
    }
}

/// The text of a field, if it has one that is not empty.
fn text(record: &dyn Values, name: &str) -> Option<String> {
    match view(record, name) {
        View::Str(text) if !text.is_empty() => Some(text.to_owned()),
        _ => None,
    }
}

fn slot<'a>(record: &'a mut Places<'_>, name: &str) -> Slot<'a> {
    let index = record.table().position(name);
    index.map_or(Slot::Absent, |index| record.place(index))
}
