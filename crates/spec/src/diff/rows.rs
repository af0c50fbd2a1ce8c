//! The rows of a table before and after.

use std::collections::BTreeMap;

/// Which rows are gone, came, stayed and moved, by their places in the tables.
pub(super) struct Rows {
    /// The old rows that are gone.
    pub(super) gone: Vec<usize>,
    /// The new rows.
    pub(super) rows: Vec<Row>,
}

/// A row of the new table.
pub(super) struct Row {
    pub(super) new: usize,
    /// Its place in the old table, if it was there.
    pub(super) old: Option<usize>,
    /// Whether it stands elsewhere among the rows that were there.
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
        let mut gone: Vec<usize> = places.into_values().collect();
        gone.sort_unstable();
        let kept: Vec<usize> = rows.iter().filter_map(|row| row.old).collect();
        let kept_rows = rows.iter_mut().filter(|row| row.old.is_some());
        for (row, moved) in kept_rows.zip(moved(&kept)) {
            row.moved = moved;
        }
        Rows { gone, rows }
    }
}

/// Which of these places, in the order in which they stand now, are to move so that the others are in their old order: as
/// few as can be.
pub(super) fn moved(places: &[usize]) -> Vec<bool> {
    // For each place, the longest run of rising places that ends with it, and the one before it in that run.
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
    fn as_few_rows_as_can_be_moved() {
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
    fn rows_are_paired_by_their_keys() {
        let rows = Rows::pair(&["a", "b", "c", "d"], &["d", "a", "x", "c"]);
        assert_eq!(rows.gone, [1]);
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
