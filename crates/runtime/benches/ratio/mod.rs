//! Ratio of two run times.

use std::{hint::black_box, time::Instant};

/// Returns how many times longer `one` takes than `other`. It is the median of many short rounds that run both, so that
/// other load on the machine affects both equally.
pub(crate) fn ratio<A, B>(one: impl Fn() -> A, other: impl Fn() -> B, times: usize) -> f64 {
    let mut ratios: Vec<f64> = (0..401)
        .map(|_| seconds(&one, times) / seconds(&other, times))
        .collect();
    ratios.sort_by(f64::total_cmp);
    ratios[ratios.len() / 2]
}

fn seconds<T>(run: impl Fn() -> T, times: usize) -> f64 {
    let start = Instant::now();
    for _ in 0..times {
        black_box(run());
    }
    start.elapsed().as_secs_f64()
}
