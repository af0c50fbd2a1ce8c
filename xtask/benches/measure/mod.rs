//! Measuring tools of the benchmarks.

use std::fs;

/// CPU time.
#[derive(Clone, Copy)]
pub(crate) struct Seconds {
    /// User time.
    pub(crate) user: f64,
    /// System time.
    pub(crate) system: f64,
}

impl Seconds {
    /// Returns the CPU time of all finished child processes and their children. Requires Linux.
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

    /// Returns the time added since `self`.
    pub(crate) fn since(before: Self) -> Self {
        let now = Self::of_children();
        Self {
            user: now.user - before.user,
            system: now.system - before.system,
        }
    }
}

/// Returns the system load of the last minute, to judge the measurements.
pub(crate) fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").expect("Linux tells its load");
    load.split(' ').next().unwrap_or_default().to_owned()
}

/// Line counts of Rust code.
#[derive(Clone, Copy, Default)]
pub(crate) struct Lines {
    /// All lines.
    pub(crate) all: usize,
    /// Lines that are not only a comment.
    pub(crate) uncommented: usize,
    /// Lines that are neither comments nor blank.
    pub(crate) code: usize,
}

impl Lines {
    /// Adds the lines of a file.
    pub(crate) fn add(&mut self, text: &str) {
        for line in text.lines().map(str::trim_start) {
            let is_comment = line.starts_with("//");
            self.all += 1;
            self.uncommented += usize::from(!is_comment);
            self.code += usize::from(!is_comment && !line.is_empty());
        }
    }
}
