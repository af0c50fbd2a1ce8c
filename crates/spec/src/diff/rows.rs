//! Pairs the rows of two tables.

use std::collections::BTreeMap;

/// The removed, added, kept and moved rows, by index.
pub(super) struct Rows {
    /// The removed old rows.
    pub(super) removed: Vec<usize>,
    /// The new rows.
    pub(super) rows: Vec<Row>,
}

/// A row of the new table.
pub(super) struct Row {
    pub(super) new: usize,
    /// The index in the old table, if any.
    pub(super) old: Option<usize>,
    /// Whether it moved relative to the other old rows.
    pub(super) moved: bool,
}

impl Rows {
    /// Pairs rows by their keys, which are unique in each table.
    pub(super) fn pair<K: Ord>(old: &[K], new: &[K]) -> Rows {
        let mut places: BTreeMap<&K, usize> = old.iter().zip(0..).collect();
        let mut rows: Vec<Row> = new
            .iter()
            .zip(0..)
            .map(|(key, new)| Row {
                new,
                old: places.remove(key),
                moved: false,
            })
            .collect();
        let mut removed: Vec<usize> = places.into_values().collect();
        removed.sort_unstable();
        let kept: Vec<usize> = rows.iter().filter_map(|row| row.old).collect();
        let kept_rows = rows.iter_mut().filter(|row| row.old.is_some());
        for (row, moved) in kept_rows.zip(moved(&kept)) {
            row.moved = moved;
        }
        Rows { removed, rows }
    }
}

/// Returns which rows, given as old indexes in new order, must move so that the others are in their old order. The number
/// of moves is minimal.
pub(super) fn moved(places: &[usize]) -> Vec<bool> {
    // For each row, the longest increasing subsequence that ends with it, and its predecessor.
    let mut runs: Vec<(usize, Option<usize>)> = Vec::new();
    for (at, place) in places.iter().enumerate() {
        let before = (0..at).filter(|&before| places[before] < *place);
        let before = before.max_by_key(|&before| (runs[before].0, std::cmp::Reverse(before)));
        runs.push((before.map_or(0, |before| runs[before].0) + 1, before));
    }
    let mut moved = vec![true; places.len()];
    let longest = (0..runs.len()).max_by_key(|&at| (runs[at].0, std::cmp::Reverse(at)));
    let mut next = longest;
    while let Some(at) = next {
        moved[at] = false;
        next = runs[at].1;
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_are_minimal() {
        for (places, expect) in [
            (&[][..], &[][..]),
            (&[0, 1, 2], &[]),
            (&[3, 0, 1, 2], &[3]),
            (&[1, 2, 3, 0], &[0]),
            (&[1, 0], &[0]),
            (&[2, 1, 0], &[1, 0]),
            (&[0, 4, 2, 7], &[2]),
        ] {
            let moved = moved(places);
            let rows = places.iter().zip(moved).filter(|(_, moved)| *moved);
            let rows: Vec<usize> = rows.map(|(place, _)| *place).collect();
            assert_eq!(rows, expect, "{places:?}");
        }
    }

    #[test]
    fn rows_are_paired_by_key() {
        let rows = Rows::pair(&["a", "b", "c", "d"], &["d", "a", "x", "c"]);
        assert_eq!(rows.removed, [1]);
        let rows = rows.rows.iter();
        let rows: Vec<_> = rows.map(|row| (row.new, row.old, row.moved)).collect();
        assert_eq!(
            rows,
            [
                (0, Some(3), true),
                (1, Some(0), false),
                (2, None, false),
                (3, Some(2), false)
            ]
        );
    }
}
