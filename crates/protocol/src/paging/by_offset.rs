//! Pagination by the number of items to skip.
//!
//! The next page starts after the last received item, so a service with a smaller maximum page size than `Limit` leaves no
//! gap. Some services take a slice of `Limit` rows and then drop rows that a filter excludes: their pages are short, and
//! the next page begins with items that were received already. Such a page is discarded, and from then on the offset grows
//! by the size of a slice. That size is `Limit`, unless the service has a smaller maximum. To find it, the first slice is
//! fetched again with usual page sizes until it is the same. The next slice must begin with the new items of the discarded
//! page.
//!
//! If `Offset` must be a multiple of `Limit`, a short page can have both causes. After a short first page, `Limit` is
//! lowered to its size. After any other short page, the offset grows by `Limit`.
//!
//! If only the total, or an empty page, says that a full page is the last one, one more call confirms it. The total may be
//! the size of a page, so no new items may follow. The service may also read the offset as a page number, so an offset
//! that is greater by one must return the same page without its first item.

use std::mem;

use crate::message::FieldValue;

use super::received::Received;
use super::step::{MAX_EMPTY_PAGES, Next};

/// Parameter with the number of items to skip.
pub const OFFSET: &str = "Offset";
/// Parameter with the size of a page.
pub const LIMIT: &str = "Limit";

/// Page sizes that services commonly choose.
const USUAL_SIZES: [u64; 8] = [10, 20, 30, 40, 50, 60, 100, 200];

/// Number of consecutive empty slices that end a list without a total.
const MAX_EMPTY_SLICES: usize = 10;

pub(super) struct ByOffset {
    total: Option<&'static str>,
    /// Whether the offset must be a multiple of the limit.
    multiple: bool,
    /// Page to fetch.
    slice: Slice,
    /// Position after the last received item, counted from the start of the list.
    reached: u64,
    /// Last page with items.
    previous: Previous,
    stage: Stage,
    /// Number of consecutive empty pages.
    empty: usize,
}

/// Request for a page.
#[derive(Clone, Copy, Default)]
struct Slice {
    offset: u64,
    /// `Limit` of the request.
    limit: Option<u64>,
}

#[derive(Default)]
struct Previous {
    slice: Slice,
    items: Vec<FieldValue>,
    /// Whether the page had as many items as requested, or a number that a service may have chosen as the page size.
    is_full: bool,
}

/// Stage of the pagination.
enum Stage {
    /// No page was received yet.
    First,
    /// The previous page had as many items as requested.
    Full,
    /// The previous page had fewer items than requested, or no size was requested.
    Short,
    /// The service drops rows from slices of `Limit` rows.
    Sliced {
        /// Items that the fetched page must begin with.
        start: Vec<FieldValue>,
    },
    /// The service drops rows, and the previous slice is fetched again with a usual limit.
    Sizing {
        /// Items that the next slice must begin with.
        start: Vec<FieldValue>,
    },
    /// The previous page was full, and seems to be the last one.
    Confirming {
        /// Number of its items that the next request skips.
        skipped: u64,
    },
}

impl ByOffset {
    pub(super) fn new(
        offset: Option<u64>,
        limit: Option<u64>,
        total: Option<&'static str>,
        multiple: bool,
    ) -> Self {
        let offset = offset.unwrap_or(0);
        let limit = limit.filter(|limit| *limit > 0);
        Self {
            total,
            multiple,
            slice: Slice { offset, limit },
            reached: offset,
            previous: Previous::default(),
            stage: Stage::First,
            empty: 0,
        }
    }

    /// Returns the next step after a page.
    ///
    /// # Errors
    /// Fails if the page contradicts the previous one.
    pub(super) fn advance(&mut self, page: &Received<'_>) -> Result<Next, String> {
        let total = page.total(self.total);
        match &mut self.stage {
            Stage::Confirming { skipped } => {
                let skipped = *skipped;
                return Ok(self.confirm(page, skipped));
            }
            Stage::Sizing { start } => {
                let start = mem::take(start);
                return Ok(
                    match (page.items == self.previous.items, self.slice.limit) {
                        (true, Some(limit)) => self.next_slice(limit, start),
                        (_, limit) => self.find_size(start, limit.unwrap_or(0) + 1),
                    },
                );
            }
            Stage::Sliced { start } if !page.items.starts_with(start) => {
                return Err(self.problem("contradicts the previous page; fetch the list again"));
            }
            _ if page.items.is_empty() => return Ok(self.after_empty(total)),
            _ => {}
        }
        if let Some(next) = self.after_repetition(page, total)? {
            return Ok(next);
        }
        let count = page.count();
        self.empty = 0;
        self.reached = self.reached.saturating_add(count);
        let is_first = matches!(self.stage, Stage::First);
        let limit = self.slice.limit;
        // Page sizes that a service chooses are multiples of 10.
        let is_full = count.is_multiple_of(10) || limit.is_some_and(|limit| count >= limit);
        self.previous = Previous {
            slice: self.slice,
            items: page.items.to_vec(),
            is_full,
        };
        Ok(match total {
            Some(all) if self.reached > all && (is_full || is_first) => {
                Next::excess(self.total, all)
            }
            Some(all) if self.reached == all && is_full => self.confirm_end(count),
            Some(all) if self.reached >= all => Next::end(),
            _ => self.after_items(count),
        })
    }

    /// Handles a page that repeats items of the previous one. Returns `None` if the page needs no special handling.
    ///
    /// # Errors
    /// Fails if the service ignores the offset.
    fn after_repetition(
        &mut self,
        page: &Received<'_>,
        total: Option<u64>,
    ) -> Result<Option<Next>, String> {
        let previous = &self.previous.items;
        // Some services return the last page for any offset after it.
        let is_last = match total {
            Some(total) => total <= self.reached || total <= self.slice.offset,
            None => !self.previous.is_full || page.items != previous,
        };
        match (&self.stage, page.after_repeated(previous)) {
            (Stage::Short, Some(new)) => {
                let count = (previous.len() / page.width) as u64;
                Ok(Some(self.find_size(new.to_vec(), count)))
            }
            (Stage::Full | Stage::Sliced { .. }, Some([])) if is_last => {
                Ok(Some(Next::end().discard()))
            }
            _ if page.is_same(previous) => {
                Err(self.problem("equals the previous page; the service ignores `Offset`"))
            }
            _ => Ok(None),
        }
    }

    /// Returns the next step after a page with items that is not the last one.
    fn after_items(&mut self, count: u64) -> Next {
        let Slice { offset, limit } = self.slice;
        let is_sliced = matches!(self.stage, Stage::Sliced { .. });
        let is_short = limit.is_none_or(|limit| count < limit);
        let may_be_maximum = matches!(self.stage, Stage::First) && offset.is_multiple_of(count);
        match limit {
            Some(limit) if is_short && (is_sliced || (self.multiple && !may_be_maximum)) => {
                self.stage = Stage::Sliced { start: Vec::new() };
                self.fetch(offset.saturating_add(limit))
            }
            _ => {
                let lowers = self.multiple && is_short && may_be_maximum;
                self.stage = match is_short {
                    _ if is_sliced => Stage::Sliced { start: Vec::new() },
                    true => Stage::Short,
                    false => Stage::Full,
                };
                let next = self.fetch(offset.saturating_add(count));
                if lowers {
                    self.slice.limit = Some(count);
                    return next.with(LIMIT, count);
                }
                next
            }
        }
    }

    /// Returns the next step after a page without items.
    fn after_empty(&mut self, total: Option<u64>) -> Next {
        self.empty += 1;
        let name = self.total.unwrap_or_default();
        let Slice { offset, limit } = self.slice;
        let missing = total.filter(|total| *total > self.reached);
        match (&self.stage, missing, limit) {
            // The limit was lowered, and the service dropped all rows of this slice.
            (Stage::Short, Some(_), Some(lowered)) if self.multiple => {
                let limit = self.previous.slice.limit.unwrap_or(lowered);
                self.next_slice(limit, Vec::new())
            }
            // Without a total, a slice with all rows dropped looks like the end.
            (Stage::Sliced { .. }, None, Some(limit)) if total.is_none() => {
                match self.empty <= MAX_EMPTY_SLICES {
                    true => self.fetch(offset.saturating_add(limit)),
                    false => Next::end(),
                }
            }
            (Stage::Sliced { .. }, Some(total), Some(limit)) => {
                if offset >= total {
                    Next::end()
                } else if self.empty == MAX_EMPTY_PAGES {
                    Next::fail(format!(
                        "{MAX_EMPTY_PAGES} consecutive pages are empty, but `{name}` is {total}"
                    ))
                } else {
                    self.fetch(offset.saturating_add(limit))
                }
            }
            (_, Some(total), _) => Next::fail(self.problem(&format!(
                "is empty, but `{name}` is {total}; the list is incomplete"
            ))),
            (Stage::Full | Stage::Short, None, _) if self.previous.is_full && !self.multiple => {
                self.confirm_end(1)
            }
            (_, None, _) => Next::end(),
        }
    }

    /// Fetches the last page again without some of its items.
    fn confirm_end(&mut self, skipped: u64) -> Next {
        self.stage = Stage::Confirming { skipped };
        self.fetch(self.previous.slice.offset.saturating_add(skipped))
    }

    /// Returns the next step after the page that was fetched to confirm the end.
    fn confirm(&self, page: &Received<'_>, skipped: u64) -> Next {
        let previous = &self.previous.items;
        let rest = &previous[(skipped as usize * page.width).min(previous.len())..];
        let is_rest = page.items.starts_with(rest);
        let is_new = match page.after_repeated(previous) {
            Some(new) => !new.is_empty(),
            None => !page.items.is_empty(),
        };
        let next = if page.is_same(previous) || (is_rest && !is_new) {
            Next::end()
        } else if is_rest {
            Next::excess(self.total, self.reached)
        } else {
            Next::fail(self.problem(
                "does not begin with the second item of the previous page; \
                 the service does not read `Offset` as the number of items to skip",
            ))
        };
        next.discard()
    }

    /// Discards a page. Fetches the previous slice with the next usual limit, to find the size of a slice.
    fn find_size(&mut self, start: Vec<FieldValue>, minimum: u64) -> Next {
        let Slice { offset, limit } = self.previous.slice;
        let fits = |size: &u64| *size >= minimum && limit.is_none_or(|limit| *size < limit);
        if let Some(size) = USUAL_SIZES.into_iter().find(fits) {
            self.stage = Stage::Sizing { start };
            self.slice.limit = Some(size);
            return self.fetch(offset).with(LIMIT, size).discard();
        }
        if let Some(limit) = limit {
            return self.next_slice(limit, start);
        }
        let repeats = "repeats items of the previous page; \
                       set `Limit`, so that the next page can be found";
        Next::fail(self.problem(repeats)).discard()
    }

    /// Discards a page. Fetches the slice after the previous one.
    fn next_slice(&mut self, limit: u64, start: Vec<FieldValue>) -> Next {
        self.stage = Stage::Sliced { start };
        self.slice.limit = Some(limit);
        let offset = self.previous.slice.offset.saturating_add(limit);
        self.fetch(offset).with(LIMIT, limit).discard()
    }

    fn fetch(&mut self, offset: u64) -> Next {
        self.slice.offset = offset;
        Next::fetch(OFFSET, offset)
    }

    fn problem(&self, problem: &str) -> String {
        format!("page at `{OFFSET}` {} {problem}", self.slice.offset)
    }
}
