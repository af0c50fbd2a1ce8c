//! Progress through the pages. Nothing here depends on the action, so it is compiled once.

use std::{collections::HashSet, mem};

use crate::{
    json,
    record::{Elements, Places, Slot, Values, View},
};

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
    /// How many items the page before has, and their JSON, where no total tells the end.
    before: (usize, Vec<u8>),
    /// Tokens that were sent.
    tokens: HashSet<String>,
    /// Number of empty pages in a row.
    empty: usize,
}

/// What a page says about the others.
pub(super) struct Found {
    total: Option<u64>,
    token: Option<String>,
}

impl Progress {
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

    /// Returns what to do next. A fetch stays due until [`advance`](Self::advance).
    pub(super) fn step(&mut self) -> Step {
        match self.step {
            Step::Fetch => Step::Fetch,
            _ => mem::replace(&mut self.step, Step::End),
        }
    }

    pub(super) fn find(&self, response: &dyn Values) -> Found {
        let total = match self.paging {
            Paging::Offset { total } => total.and_then(|name| number(response, name)),
            Paging::Token => None,
        };
        let token = text(response, NEXT_TOKEN);
        Found { total, token }
    }

    /// Changes the request for this page into that for the next one.
    ///
    /// # Errors
    /// Fails if the page is the one before, so that the caller must not get it again. It is the last one then.
    pub(super) fn advance(
        &mut self,
        request: &mut Places<'_>,
        found: Found,
        items: Option<Elements<'_>>,
    ) -> Result<(), String> {
        self.step = Step::End;
        self.step = match self.paging {
            Paging::Offset { .. } => self.by_offset(request, found.total, items)?,
            Paging::Token => self.by_token(request, found.token, items),
        };
        Ok(())
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
        let next = self.offset.saturating_add(items.count() as u64);
        let is_last = match total {
            Some(total) => next >= total,
            None => self.is_short(items)?,
        };
        if is_last {
            return Ok(Step::End);
        }
        self.offset = next;
        match slot(request, OFFSET) {
            Slot::I64(place) => place.set(i64::try_from(next).unwrap_or(i64::MAX)),
            Slot::U64(place) => place.set(next),
            _ => return Ok(lacks(OFFSET)),
        }
        Ok(Step::Fetch)
    }

    /// Whether a page has fewer items than the one before, where nothing else tells the end.
    ///
    /// The request's `Limit` does not count, since the service may have a lower one.
    ///
    /// # Errors
    /// Fails if it is the page before.
    fn is_short(&mut self, items: Elements<'_>) -> Result<bool, String> {
        let (count_before, page_before) = &self.before;
        let count = items.count();
        if count < *count_before {
            return Ok(true);
        }
        let mut page = Vec::with_capacity(page_before.len());
        // A page that cannot be written was not read from JSON, and equals no other.
        let is_written = json::write_view(View::List(items), &mut page).is_ok();
        if is_written && page == *page_before {
            return Err(format!(
                "page at `{OFFSET}` {} equals the page before it; the service ignores `{OFFSET}`",
                self.offset
            ));
        }
        self.before = (count, page);
        Ok(false)
    }

    fn by_token(
        &mut self,
        request: &mut Places<'_>,
        token: Option<String>,
        items: Option<Elements<'_>>,
    ) -> Step {
        let Some(token) = token else {
            return Step::End;
        };
        let is_empty = items.is_none_or(|items| items.count() == 0);
        self.empty = if is_empty { self.empty + 1 } else { 0 };
        if self.empty == MAX_EMPTY_PAGES {
            return Step::Fail(format!(
                "{MAX_EMPTY_PAGES} pages in a row are empty, and there is a `{NEXT_TOKEN}` for another"
            ));
        }
        if self.tokens.contains(&token) {
            return Step::Fail(format!(
                "`{NEXT_TOKEN}` repeats an earlier one; the pages would never end"
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
        "request has no parameter `{name}` for the next page"
    ))
}

/// Returns the value of the field with this wire name.
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

/// Returns the text of a field if it is not empty.
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
