//! What the benchmarks of this folder measure with.

use std::fs;

/// CPU time.
#[derive(Clone, Copy)]
pub(crate) struct Seconds {
    /// In programs.
    pub(crate) user: f64,
    /// In the system on their behalf.
    pub(crate) system: f64,
}

impl Seconds {
    /// What all processes took that this one has waited for, and that these have waited for. Linux tells it.
    pub(crate) fn of_children() -> Self {
        let stat =
            fs::read_to_string("/proc/self/stat").expect("Linux tells the times of processes");
        let (_, fields) = stat
            .rsplit_once(')')
            .expect("the name stands in parentheses");
        // The times of children, in hundredths of a second.
        let mut times = fields.split_whitespace().skip(13);
        let mut next = || {
            let ticks = times.next().expect("there are more fields");
            ticks.parse::<f64>().expect("times are numbers") / 100.0
        };
        Self {
            user: next(),
            system: next(),
        }
    }

    /// What was added since.
    pub(crate) fn since(before: Self) -> Self {
        let now = Self::of_children();
        Self {
            user: now.user - before.user,
            system: now.system - before.system,
        }
    }
}

/// How many processes wanted to run in the last minute, for whoever judges the figures.
pub(crate) fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").expect("Linux tells its load");
    load.split(' ').next().unwrap_or_default().to_owned()
}

/// How many lines there are of Rust.
#[derive(Clone, Copy, Default)]
pub(crate) struct Lines {
    /// All of them.
    pub(crate) all: usize,
    /// Without those that are nothing but a comment.
    pub(crate) uncommented: usize,
    /// Without these and without blank ones.
    pub(crate) code: usize,
}

impl Lines {
    /// Counts those of one more file.
    pub(crate) fn add(&mut self, text: &str) {
        for line in text.lines().map(str::trim_start) {
            let is_comment = line.starts_with("//");
            self.all += 1;
            self.uncommented += usize::from(!is_comment);
            self.code += usize::from(!is_comment && !line.is_empty());
        }
    }
}
