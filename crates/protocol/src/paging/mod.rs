//! Progress through the pages of a list: which page is next, and whether the list is complete. Nothing is fetched here. The
//! code does not depend on the action, so it is compiled once.

mod by_number;
mod by_offset;
mod by_token;
mod received;
mod scheme;
mod step;

use std::mem;

use self::by_number::ByNumber;
use self::by_offset::ByOffset;
pub use self::by_offset::{LIMIT, OFFSET};
use self::by_token::ByToken;
use self::received::Received;
pub use self::scheme::{Flag, Paging};
pub use self::step::{Step, Verdict};
use crate::message::{FieldValue, Kind, Table};

/// Progress through the pages of one list.
pub struct Progress {
    /// Table of the request.
    request: &'static Table,
    /// Table of the response.
    response: &'static Table,
    /// Path of the response field with the items.
    items: &'static str,
    /// Parameters of the request for the next page.
    pub parameters: Vec<FieldValue>,
    step: Step,
    scheme: Scheme,
}

/// State of the pagination, by its kind.
enum Scheme {
    Offset(ByOffset),
    Number(ByNumber),
    Token(ByToken),
}

impl Progress {
    /// Returns the progress of a list before its first page.
    ///
    /// The tables are those of the request and of the response, `required` are the names of the required parameters, and
    /// `items` is the path of the response field with the items.
    pub fn new(
        paging: Paging,
        [request, response]: [&'static Table; 2],
        required: &[&str],
        items: &'static str,
        parameters: Vec<FieldValue>,
    ) -> Self {
        let parameter = |name| FieldValue::of(&parameters, request, name);
        let number = |name| parameter(name).and_then(received::number);
        let mut first = None;
        let scheme = match paging {
            Paging::Offset { total, multiple } => {
                first = Some((by_offset::OFFSET, 0));
                let (offset, limit) = (number(by_offset::OFFSET), number(by_offset::LIMIT));
                Scheme::Offset(ByOffset::new(offset, limit, total, multiple))
            }
            Paging::Number {
                number: name,
                first: base,
                size,
                total,
            } => {
                first = Some((name, base));
                Scheme::Number(ByNumber::new(
                    name,
                    base,
                    number(name),
                    size.and_then(number),
                    total,
                ))
            }
            Paging::Token { token, next, last } => {
                Scheme::Token(ByToken::new(token, next, last, parameter(token)))
            }
        };
        let mut progress = Self {
            request,
            response,
            items,
            parameters,
            step: Step::Fetch,
            scheme,
        };
        // A request that does not select a page starts at the first one.
        if let Some((name, base)) = first
            && required.contains(&name)
            && matches!(
                FieldValue::of(&progress.parameters, request, name),
                Some(FieldValue::Absent)
            )
        {
            progress.set_number(name, base);
        }
        progress
    }

    /// Returns the next step. `Fetch` is repeated until [`advance`](Self::advance).
    pub fn step(&mut self) -> Step {
        match self.step {
            Step::Fetch => Step::Fetch,
            _ => mem::replace(&mut self.step, Step::End),
        }
    }

    /// Updates the parameters for the page after `page`.
    ///
    /// # Errors
    /// Fails if the page equals or contradicts the previous one. The caller must not return it, and the list ends.
    pub fn advance(&mut self, page: &[FieldValue]) -> Result<Verdict, String> {
        self.step = Step::End;
        let page = match Received::new(self.response, page, self.items) {
            Ok(page) => page,
            Err(problem) => {
                self.step = Step::Fail(problem);
                return Ok(Verdict::Keep);
            }
        };
        let next = match &mut self.scheme {
            Scheme::Offset(scheme) => scheme.advance(&page)?,
            Scheme::Number(scheme) => scheme.advance(&page)?,
            Scheme::Token(scheme) => {
                self.step = scheme.advance(&page);
                if let Some(token) = scheme.take() {
                    let name = scheme.token;
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
            Kind::String | Kind::Public => Some(FieldValue::String(number.to_string())),
            _ => None,
        });
    }

    /// Sets a parameter. If the request has no parameter of this name and kind, the next step is an error.
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
