//! Services with various pagination rules: each item of a list is returned once, or an error follows.

use std::collections::BTreeSet;

use tc3::{Client, pages::Paginated};

use super::{
    mock_service::{ERROR, MockService},
    requests::{ByMultiple, ByTotal, WithoutTotal},
};

/// Pagination rules of a service.
#[derive(Clone, Copy, Debug)]
struct Rules {
    /// Number of rows.
    rows: u64,
    /// Filter of rows.
    is_kept: fn(u64) -> bool,
    /// Whether rows are dropped from the slice, and not before it is taken.
    filters_slices: bool,
    /// Page size without `Limit`, and the maximum.
    page_sizes: (u64, u64),
    /// Whether an offset that is not a multiple of the limit is refused, or else rounded down.
    offsets: Offsets,
    total: Total,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Offsets {
    Any,
    RoundedDown,
    OnlyMultiples,
    /// The offset is the number of a page.
    PageNumbers,
    Ignored,
    /// An offset beyond the end returns the last page.
    LastPageBeyondEnd,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Total {
    Rows,
    Page,
    Pages,
    Zero,
    Missing,
}

impl Rules {
    /// Returns the numbers of all items.
    fn items(&self) -> Vec<u64> {
        (0..self.rows).filter(|row| (self.is_kept)(*row)).collect()
    }

    /// Returns the members of the response to a request for a slice.
    fn respond(&self, offset: u64, limit: Option<u64>) -> String {
        let limit = limit.unwrap_or(self.page_sizes.0).min(self.page_sizes.1);
        let rows: Vec<u64> = match self.filters_slices {
            true => (0..self.rows).collect(),
            false => self.items(),
        };
        let last = (rows.len() as u64).saturating_sub(1) / limit * limit;
        let offset = match self.offsets {
            Offsets::OnlyMultiples if !offset.is_multiple_of(limit) => return ERROR.to_owned(),
            Offsets::RoundedDown => offset / limit * limit,
            Offsets::PageNumbers => offset * limit,
            Offsets::Ignored => 0,
            Offsets::LastPageBeyondEnd if offset >= rows.len() as u64 => last,
            _ => offset,
        };
        let slice = rows.iter().skip(offset as usize).take(limit as usize);
        let names: Vec<String> = slice
            .filter(|row| (self.is_kept)(**row))
            .map(|row| format!("\"{row}\""))
            .collect();
        let total = match self.total {
            Total::Rows => rows.len() as u64,
            Total::Page => names.len() as u64,
            Total::Pages => (rows.len() as u64).div_ceil(limit),
            Total::Zero => 0,
            Total::Missing => return format!(r#""Names": [{}]"#, names.join(",")),
        };
        format!(r#""Names": [{}], "Total": {total}"#, names.join(","))
    }
}

/// Fetches a list, and returns its items, and whether it ended with an error.
async fn list<R: Paginated<Item = String>>(client: Client, request: R) -> (Vec<u64>, bool) {
    let mut items = client.items(request);
    let mut found = Vec::new();
    loop {
        match items.next().await {
            Some(Ok(item)) => found.push(item.parse().unwrap()),
            Some(Err(_)) => return (found, true),
            None => return (found, false),
        }
    }
}

/// Pagination of the action that a client calls.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Pagination {
    WithTotal,
    WithoutTotal,
    Multiples,
}

/// Checks the lists of a service with several page sizes: no item comes twice, and none is missing without an error. If
/// the limit is at most `complete`, there is no error.
async fn check(rules: Rules, pagination: Pagination, complete: i64) {
    for limit in [None, Some(7), Some(10), Some(20), Some(50), Some(100)] {
        let service = MockService::responding(move |body| {
            let number = |name| {
                let (_, rest) = body.split_once(&format!("\"{name}\":"))?;
                let end = rest.find(|c: char| !c.is_ascii_digit())?;
                rest[..end].parse().ok()
            };
            rules.respond(number("Offset").unwrap_or(0), number("Limit"))
        });
        let client = service.client();
        let (found, is_error) = match pagination {
            Pagination::WithTotal => {
                let request = ByTotal {
                    limit,
                    ..ByTotal::default()
                };
                list(client, request).await
            }
            Pagination::WithoutTotal => {
                let request = WithoutTotal {
                    limit,
                    ..WithoutTotal::default()
                };
                list(client, request).await
            }
            Pagination::Multiples => {
                let request = ByMultiple {
                    limit,
                    ..ByMultiple::default()
                };
                list(client, request).await
            }
        };
        let case = format!("{pagination:?}, limit {limit:?}, {rules:?}");
        let unique: BTreeSet<u64> = found.iter().copied().collect();
        assert_eq!(unique.len(), found.len(), "an item comes twice: {case}");
        assert!(
            is_error || found == rules.items(),
            "items are missing: {case}"
        );
        let may_fail = limit.is_none_or(|limit| limit > complete);
        assert!(!is_error || may_fail, "the list ends with an error: {case}");
    }
}

const PLAIN: Rules = Rules {
    rows: 95,
    is_kept: |_| true,
    filters_slices: false,
    page_sizes: (20, 50),
    offsets: Offsets::Any,
    total: Total::Rows,
};

/// Filters by row number.
const FILTERS: [fn(u64) -> bool; 5] = [
    |_| true,
    |row| row % 2 == 0,
    |row| row % 7 != 3,
    |row| row % 20 < 15,
    |row| row % 20 > 5,
];

#[tokio::test]
async fn slices_may_be_filtered() {
    for is_kept in FILTERS {
        for offsets in [
            Offsets::Any,
            Offsets::RoundedDown,
            Offsets::LastPageBeyondEnd,
        ] {
            for total in [Total::Rows, Total::Zero, Total::Missing] {
                let rules = Rules {
                    is_kept,
                    filters_slices: true,
                    offsets,
                    total,
                    ..PLAIN
                };
                check(rules, Pagination::WithTotal, 20).await;
                check(rules, Pagination::WithoutTotal, 20).await;
            }
        }
    }
}

#[tokio::test]
async fn offsets_may_have_to_be_multiples() {
    for is_kept in FILTERS {
        for filters_slices in [false, true] {
            for offsets in [Offsets::OnlyMultiples, Offsets::RoundedDown] {
                let rules = Rules {
                    is_kept,
                    filters_slices,
                    offsets,
                    ..PLAIN
                };
                check(rules, Pagination::Multiples, 50).await;
                check(rules, Pagination::WithTotal, 0).await;
            }
        }
    }
}

#[tokio::test]
async fn service_may_lower_the_limit() {
    for page_sizes in [(20, 50), (10, 10), (20, 33), (1, 7)] {
        for rows in [1, 10, 50, 95, 100] {
            for total in [Total::Rows, Total::Zero, Total::Missing] {
                let rules = Rules {
                    rows,
                    page_sizes,
                    total,
                    ..PLAIN
                };
                check(rules, Pagination::WithTotal, 100).await;
                check(rules, Pagination::WithoutTotal, 100).await;
                check(rules, Pagination::Multiples, 100).await;
            }
        }
    }
}

#[tokio::test]
async fn misread_offsets_are_an_error() {
    for offsets in [Offsets::PageNumbers, Offsets::Ignored] {
        for total in [Total::Rows, Total::Missing] {
            let rules = Rules {
                offsets,
                total,
                ..PLAIN
            };
            check(rules, Pagination::WithTotal, 0).await;
            check(rules, Pagination::WithoutTotal, 0).await;
        }
    }
}

#[tokio::test]
async fn other_totals_are_an_error() {
    for rows in [20, 60, 81, 95, 100] {
        for total in [Total::Page, Total::Pages] {
            let rules = Rules {
                rows,
                total,
                ..PLAIN
            };
            check(rules, Pagination::WithTotal, 0).await;
            check(rules, Pagination::WithoutTotal, 100).await;
            check(rules, Pagination::Multiples, 0).await;
        }
    }
}
