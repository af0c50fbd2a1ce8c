//! The emulator's clock.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

/// A clock that can be moved and stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// Runs at this offset from the system clock, in seconds.
    Ahead(i64),
    /// Stopped at this Unix time, in seconds. Rate limits apply to all calls together, as if they were made in one second.
    Stopped(u64),
}

impl Default for Clock {
    fn default() -> Self {
        Clock::Ahead(0)
    }
}

impl Clock {
    /// Creates a clock that starts at a Unix time, in seconds, and runs.
    pub fn running_from(time: u64) -> Self {
        Clock::Ahead(signed(time).saturating_sub(signed(system_now())))
    }

    /// Returns the Unix time in seconds.
    pub fn now(self) -> u64 {
        match self {
            Clock::Ahead(seconds) => shifted(system_now(), seconds),
            Clock::Stopped(time) => time.min(MAX_TIME),
        }
    }

    /// Moves the clock forward by whole seconds.
    pub fn advance(&mut self, by: Duration) {
        match self {
            Clock::Ahead(seconds) => *seconds = seconds.saturating_add(signed(by.as_secs())),
            Clock::Stopped(time) => *time = time.saturating_add(by.as_secs()).min(MAX_TIME),
        }
    }
}

/// The last second of the year 9999, the largest time with a four-digit year.
const MAX_TIME: u64 = 253_402_300_799;

/// Returns `time` shifted by some seconds.
pub(crate) fn shifted(time: u64, by: i64) -> u64 {
    time.saturating_add_signed(by).min(MAX_TIME)
}

fn signed(seconds: u64) -> i64 {
    i64::try_from(seconds).unwrap_or(i64::MAX)
}

/// Returns the system time as Unix time in seconds, or 0 before 1970.
pub(crate) fn system_now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

/// Formats a time as in the documentation, in UTC: `2022-01-13 12:09:08`.
pub(crate) fn timestamp(time: u64) -> String {
    format(
        time,
        format_description!("[year]-[month]-[day] [hour]:[minute]:[second]"),
    )
}

/// Formats a time for the `Date` header.
pub(crate) fn http_date(time: u64) -> String {
    format(
        time,
        format_description!(
            "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
        ),
    )
}

fn format(time: u64, layout: &[BorrowedFormatItem<'_>]) -> String {
    OffsetDateTime::from_unix_timestamp(signed(time.min(MAX_TIME)))
        .ok()
        .and_then(|time| time.format(layout).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_formatted() {
        assert_eq!(timestamp(1_642_075_748), "2022-01-13 12:09:08");
        assert_eq!(timestamp(0), "1970-01-01 00:00:00");
        assert_eq!(timestamp(u64::MAX), "9999-12-31 23:59:59");
        assert_eq!(http_date(784_111_777), "Sun, 06 Nov 1994 08:49:37 GMT");
    }

    #[test]
    fn advance_moves_the_clock() {
        let mut stopped = Clock::Stopped(1000);
        stopped.advance(Duration::from_secs(60));
        assert_eq!((stopped, stopped.now()), (Clock::Stopped(1060), 1060));

        let mut running = Clock::running_from(1_000_000);
        assert!((1_000_000..1_000_060).contains(&running.now()));
        running.advance(Duration::from_secs(3600));
        assert!((1_003_600..1_003_660).contains(&running.now()));
    }

    #[test]
    fn clock_saturates() {
        let mut clock = Clock::Stopped(u64::MAX);
        clock.advance(Duration::MAX);
        assert_eq!(clock.now(), MAX_TIME);
        let mut clock = Clock::Ahead(i64::MAX);
        clock.advance(Duration::MAX);
        assert_eq!(clock.now(), MAX_TIME);
        assert_eq!(Clock::Ahead(i64::MIN).now(), 0);
    }
}
