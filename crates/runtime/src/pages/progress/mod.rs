//! Progress through the pages. Nothing here depends on the action, so it is compiled once.

mod by_number;
mod by_offset;
mod by_token;
mod received;

use std::mem;

use self::by_number::ByNumber;
use self::by_offset::ByOffset;
use self::by_token::ByToken;
use self::received::Received;
use crate::message::{FieldValue, Kind, Table};

/// How an action is paginated.
///
/// Parameters are named by their wire names, response fields by their paths: `Result.Total` is the field `Total` of the
/// structure `Result`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paging {
    /// The request has an `Offset`, the number of items to skip, and a `Limit`, the size of a page.
    Offset {
        /// Response field with the total number of items.
        total: Option<&'static str>,
        /// Whether `Offset` must be a multiple of `Limit`.
        multiple: bool,
    },
    /// The request has the number of a page.
    Number {
        /// Parameter with the number of the page.
        number: &'static str,
        /// Number of the first page.
        first: u64,
        /// Parameter with the size of a page.
        size: Option<&'static str>,
        /// Response field with the total number of items.
        total: Option<&'static str>,
    },
    /// The response has a token, which the request for the next page sends back.
    Token {
        /// Parameter with the token.
        token: &'static str,
        /// Response field with the token of the next page.
        next: &'static str,
        /// Boolean response field that says whether this page is the last one.
        last: Option<Flag>,
    },
}

/// Boolean field that says whether a page is the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flag {
    /// Path of the field.
    pub field: &'static str,
    /// Value of the field on the last page: `true` for `ListOver`, `false` for `HasMore`.
    pub value: bool,
}

/// Maximum number of empty pages in a row that are not the end.
const MAX_EMPTY_PAGES: usize = 1000;

/// What to do for the next page.
#[derive(Debug)]
pub(super) enum Step {
    /// Fetch the page with the [parameters](Progress::parameters).
    Fetch,
    /// Return this error, once.
    Fail(String),
    End,
}

/// What becomes of a page that was received.
#[derive(Debug)]
pub(super) enum Verdict {
    /// The caller gets the page.
    Keep,
    /// The page repeats items that the caller has.
    Discard,
}

/// What a page leads to, as one way of paging sees it.
struct Next {
    verdict: Verdict,
    step: Step,
    /// Parameters of the next request that differ from those of the last one.
    parameters: Vec<(&'static str, u64)>,
}

impl Next {
    fn end() -> Self {
        Self::step(Step::End)
    }

    fn fail(problem: String) -> Self {
        Self::step(Step::Fail(problem))
    }

    /// More items came than the total says.
    fn beyond(name: Option<&str>, total: u64) -> Self {
        let name = name.unwrap_or_default();
        Self::fail(format!(
            "`{name}` is {total}, but more items came; the list may be incomplete"
        ))
    }

    fn fetch(name: &'static str, number: u64) -> Self {
        Self::step(Step::Fetch).with(name, number)
    }

    fn step(step: Step) -> Self {
        Self {
            verdict: Verdict::Keep,
            step,
            parameters: Vec::new(),
        }
    }

    fn with(mut self, name: &'static str, number: u64) -> Self {
        self.parameters.push((name, number));
        self
    }

    /// Discards the page that led here.
    fn discard(self) -> Self {
        Self {
            verdict: Verdict::Discard,
            ..self
        }
    }
}

pub(super) struct Progress {
    /// Table of the request.
    request: &'static Table,
    /// Table of the response.
    response: &'static Table,
    /// Path of the response field with the items.
    items: &'static str,
    /// Parameters of the request for the next page.
    pub(super) parameters: Vec<FieldValue>,
    step: Step,
    way: Way,
}

enum Way {
    Offset(ByOffset),
    Number(ByNumber),
    Token(ByToken),
}

impl Progress {
    pub(super) fn new(
        paging: Paging,
        [request, response]: [&'static Table; 2],
        items: &'static str,
        parameters: Vec<FieldValue>,
    ) -> Self {
        let given = |name| request.value(&parameters, name);
        let number = |name| given(name).and_then(received::number);
        let mut first = None;
        let way = match paging {
            Paging::Offset { total, multiple } => {
                first = Some((by_offset::OFFSET, 0));
                let (offset, limit) = (number(by_offset::OFFSET), number(by_offset::LIMIT));
                Way::Offset(ByOffset::new(offset, limit, total, multiple))
            }
            Paging::Number {
                number: name,
                first: base,
                size,
                total,
            } => {
                first = Some((name, base));
                Way::Number(ByNumber::new(
                    name,
                    base,
                    number(name),
                    size.and_then(number),
                    total,
                ))
            }
            Paging::Token { token, next, last } => {
                Way::Token(ByToken::new(token, next, last, given(token)))
            }
        };
        let mut progress = Self {
            request,
            response,
            items,
            parameters,
            step: Step::Fetch,
            way,
        };
        // A request whose first page is not chosen starts with the first one.
        if let Some((name, base)) = first
            && request.required.contains(&name)
            && matches!(
                request.value(&progress.parameters, name),
                Some(FieldValue::Absent)
            )
        {
            progress.set_number(name, base);
        }
        progress
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
    pub(super) fn advance(&mut self, page: &[FieldValue]) -> Result<Verdict, String> {
        self.step = Step::End;
        let page = match Received::new(self.response, page, self.items) {
            Ok(page) => page,
            Err(problem) => {
                self.step = Step::Fail(problem);
                return Ok(Verdict::Keep);
            }
        };
        let next = match &mut self.way {
            Way::Offset(way) => way.advance(&page)?,
            Way::Number(way) => way.advance(&page)?,
            Way::Token(way) => {
                self.step = way.advance(&page);
                if let Some(token) = way.take() {
                    let name = way.token;
                    self.set(name, |_| Some(token));
                }
                return Ok(Verdict::Keep);
            }
        };
        self.step = next.step;
        for (name, number) in next.parameters {
            self.set_number(name, number);
        }
        Ok(next.verdict)
    }

    fn set_number(&mut self, name: &'static str, number: u64) {
        self.set(name, |kind| match kind {
            Kind::I64 | Kind::U64 => Some(FieldValue::U64(number)),
            Kind::String => Some(FieldValue::String(number.to_string())),
            _ => None,
        });
    }

    /// Sets a parameter, or fails if the request has none of this name and kind.
    fn set(&mut self, name: &str, value: impl FnOnce(Kind) -> Option<FieldValue>) {
        let index = self.request.position(name);
        let value = index.and_then(|index| value(self.request.fields[index].1));
        let parameter = index.and_then(|index| self.parameters.get_mut(index));
        match (parameter, value) {
            (Some(parameter), Some(value)) => *parameter = value,
            _ => {
                self.step = Step::Fail(format!(
                    "request has no parameter `{name}` for the next page"
                ));
            }
        }
    }
}
