//! Parallel work.

use std::cmp::Reverse;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Maps the items on all cores. Returns the results in the order of the items.
pub(crate) fn map<'t, T: Sync, R: Send>(
    items: &'t [T],
    work: impl Fn(&'t T) -> R + Sync,
) -> Vec<R> {
    map_largest_first(items, |_| (), work)
}

/// Maps the items on all cores, the largest first: a large item begun last would leave the other cores idle.
pub(crate) fn map_largest_first<'t, T: Sync, R: Send, S: Ord>(
    items: &'t [T],
    size: impl Fn(&T) -> S,
    work: impl Fn(&'t T) -> R + Sync,
) -> Vec<R> {
    let mut order: Vec<(usize, &T)> = items.iter().enumerate().collect();
    order.sort_by_cached_key(|(_, item)| Reverse(size(item)));
    let next = AtomicUsize::new(0);
    let worker = || {
        let next = || order.get(next.fetch_add(1, Ordering::Relaxed));
        let items = std::iter::from_fn(next);
        let results = items.map(|(index, item)| (*index, work(item)));
        results.collect::<Vec<_>>()
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let mut results = thread::scope(|scope| {
        let others = 1..threads.min(items.len());
        let others: Vec<_> = others.map(|_| scope.spawn(worker)).collect();
        let mut results = worker();
        for other in others {
            results.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        results
    });
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::{map, map_largest_first};

    #[test]
    fn results_are_in_order() {
        let items: Vec<u64> = (0..1000).collect();
        let expect: Vec<u64> = items.iter().map(|item| item * 2).collect();
        assert_eq!(map(&items, |item| item * 2), expect);
        assert_eq!(
            map_largest_first(&items, |item| *item, |item| item * 2),
            expect
        );
        assert_eq!(map(&[], |item: &u64| *item), [0; 0]);
    }
}
