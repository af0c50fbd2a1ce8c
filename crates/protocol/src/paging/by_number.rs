//! Pagination by page number.
//!
//! The service decides where a page begins, so a smaller maximum page size leaves no gap. A page with fewer items than
//! the largest page is the last one only if no page with items follows: some services drop rows that a filter excludes.

use crate::message::FieldValue;

use super::received::Received;
use super::step::Next;

pub(super) struct ByNumber {
    /// Parameter with the number of the page.
    parameter: &'static str,
    total: Option<&'static str>,
    /// Number of the page to fetch.
    number: u64,
    /// Requested page size.
    size: Option<u64>,
    /// Number of received pages and items.
    pages: u64,
    reached: u64,
    /// Largest number of items in a page.
    largest: u64,
    /// Items of the previous page.
    previous: Vec<FieldValue>,
    /// Whether another page followed a page with fewer items than the largest page.
    drops_rows: bool,
    /// Whether the fetched page must confirm that the previous one is the last. So far only the total says so, and it may
    /// be the size of a page.
    is_confirming: bool,
}

impl ByNumber {
    pub(super) fn new(
        parameter: &'static str,
        first: u64,
        number: Option<u64>,
        size: Option<u64>,
        total: Option<&'static str>,
    ) -> Self {
        let number = number.unwrap_or(first);
        Self {
            parameter,
            // The number of items before a later page is unknown.
            total: total.filter(|_| number == first),
            number,
            size: size.filter(|size| *size > 0),
            pages: 0,
            reached: 0,
            largest: 0,
            previous: Vec::new(),
            drops_rows: false,
            is_confirming: false,
        }
    }

    /// Returns the next step after a page.
    ///
    /// # Errors
    /// Fails if the service ignores the number of the page.
    pub(super) fn advance(&mut self, page: &Received<'_>) -> Result<Next, String> {
        let (total, count) = (page.total(self.total), page.count());
        let name = self.total.unwrap_or_default();
        if count == 0 {
            let all_seen = |total: u64| {
                let drops_rows = self.drops_rows && self.pages * self.largest >= total;
                self.reached >= total || drops_rows
            };
            return Ok(match total {
                Some(total) if !all_seen(total) => Next::fail(format!(
                    "page {} is empty, but `{name}` is {total}, and only {} items were received; the list is incomplete",
                    self.number, self.reached
                )),
                _ => Next::end(),
            });
        }
        let previous = self.previous.len() as u64 / page.width as u64;
        if page.is_same(&self.previous) {
            let was_last =
                !previous.is_multiple_of(10) && self.size.is_some_and(|size| previous < size);
            if self.is_confirming || (total.is_none() && was_last) {
                return Ok(Next::end().discard());
            }
            return Err(format!(
                "page {} equals the previous page; the service ignores `{}`",
                self.number, self.parameter
            ));
        }
        self.drops_rows |= previous < self.largest;
        self.pages += 1;
        self.largest = self.largest.max(count);
        self.reached = self.reached.saturating_add(count);
        // Page sizes that a service chooses are multiples of 10.
        let is_full = count.is_multiple_of(10) || self.size.is_some_and(|size| count >= size);
        let is_new = self.pages == 1 || self.is_confirming;
        Ok(match total {
            Some(all) if self.reached > all && (is_full || is_new) => Next::excess(self.total, all),
            Some(total) if self.reached == total && is_full => {
                self.is_confirming = true;
                self.fetch(page)
            }
            Some(total) if self.reached >= total => Next::end(),
            _ => {
                self.is_confirming = false;
                self.fetch(page)
            }
        })
    }

    fn fetch(&mut self, page: &Received<'_>) -> Next {
        self.previous = page.items.to_vec();
        self.number = self.number.saturating_add(1);
        Next::fetch(self.parameter, self.number)
    }
}
