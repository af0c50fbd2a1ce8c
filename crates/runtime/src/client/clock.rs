//! The client's estimate of the service's clock, by which requests are signed.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use http::{HeaderMap, header};

use crate::Error;

/// Minimum clock difference that is corrected, in seconds. Services tolerate five minutes, so a smaller difference is
/// not the cause of a refused signature.
const MIN_DEVIATION: u64 = 60;

/// Maximum clock offset, ten years. Larger offsets are ignored as errors of the reporter. A machine without a battery
/// starts with the date of its firmware, and an emulator may run at another date.
const MAX_OFFSET: u64 = 10 * 365 * 24 * 60 * 60;

/// Clock by which requests are signed: the system clock, corrected by the time that the service reports.
#[derive(Default)]
pub(super) struct ServerClock {
    /// Lead of the service's clock over the system clock, in seconds.
    offset: AtomicI64,
}

impl ServerClock {
    /// Returns Unix time in seconds.
    pub(super) fn now(&self) -> Result<u64, Error> {
        let now = system_now().saturating_add(self.offset.load(Ordering::Relaxed));
        let problem = "system clock is before 1970, so the request cannot be signed; set the clock";
        u64::try_from(now).map_err(|_| Error::request(problem))
    }

    /// Corrects the clock by the time that the service reports in an error, or else in the header `Date`, if that is
    /// plausible. `signed` is the time that the refused request was signed with.
    ///
    /// Returns whether that time was wrong, so that it helps to sign the request again.
    pub(super) fn correct(&self, reported: Option<u64>, headers: &HeaderMap, signed: u64) -> bool {
        let system = system_now();
        let offset = |server: u64| {
            let offset = 0_i64.saturating_add_unsigned(server).saturating_sub(system);
            let is_new = server.abs_diff(signed) >= MIN_DEVIATION;
            (is_new && offset.unsigned_abs() <= MAX_OFFSET).then_some(offset)
        };
        let date = || http_date(headers.get(header::DATE)?.to_str().ok()?);
        let offset = reported
            .and_then(offset)
            .or_else(|| date().and_then(offset));
        if let Some(offset) = offset {
            self.offset.store(offset, Ordering::Relaxed);
        }
        offset.is_some()
    }
}

/// Returns Unix time in seconds by the system clock, negative before 1970.
fn system_now() -> i64 {
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => 0_i64.saturating_add_unsigned(since.as_secs()),
        Err(error) => 0_i64.saturating_sub_unsigned(error.duration().as_secs()),
    }
}

/// Parses the date of a header to Unix time in seconds.
pub(super) fn http_date(text: &str) -> Option<u64> {
    let date = httpdate::parse_http_date(text).ok()?;
    let since = date.duration_since(UNIX_EPOCH).ok()?;
    Some(since.as_secs())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn reads_dates() {
        for (text, expect) in [
            ("Thu, 01 Jan 1970 00:00:00 GMT", Some(0)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(784_111_777)),
            ("Tue, 29 Feb 2000 23:59:59 GMT", Some(951_868_799)),
            ("Wed, 01 Mar 2000 00:00:00 GMT", Some(951_868_800)),
            ("Fri, 20 Nov 2026 18:15:27 GMT", Some(1_795_198_527)),
            ("Thu, 31 Dec 2099 00:00:00 GMT", Some(4_102_358_400)),
            ("Sun, 06 Nov 1994 08:49:37 CET", None),
            ("Sun, 06 Nov 1994 25:49:37 GMT", None),
            ("Sun, 06 Foo 1994 08:49:37 GMT", None),
            ("Sun, 06 Nov 0000 08:49:37 GMT", None),
            ("Sunday, 06-Nov-94 08:49:37 GMT", Some(784_111_777)),
            ("Sun, 06 Nov 1994 08:49:37 \u{e9}\u{e9}", None),
            ("", None),
        ] {
            assert_eq!(http_date(text), expect, "{text}");
        }
    }

    #[test]
    fn clock_is_corrected_only_if_it_was_wrong() {
        let clock = ServerClock::default();
        let now = clock.now().unwrap();
        let dated = |time: u64| {
            let date = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(time));
            HeaderMap::from_iter([(header::DATE, date.parse().unwrap())])
        };
        assert!(!clock.correct(None, &HeaderMap::new(), now));
        assert!(!clock.correct(Some(now), &HeaderMap::new(), now));
        assert!(clock.now().unwrap().abs_diff(now) < 30);

        assert!(clock.correct(Some(now + 3600), &HeaderMap::new(), now));
        assert!(clock.now().unwrap().abs_diff(now + 3600) < 30);
        assert!(clock.correct(None, &dated(now - 7200), now));
        assert!(clock.now().unwrap().abs_diff(now - 7200) < 30);

        // An impossible time is ignored, and the next plausible one corrects a wrong one.
        let far = now + MAX_OFFSET + 30;
        assert!(!clock.correct(Some(far), &dated(far), now));
        assert!(clock.now().unwrap().abs_diff(now - 7200) < 30);
        assert!(clock.correct(Some(far), &dated(now), now - 7200));
        assert!(clock.now().unwrap().abs_diff(now) < 30);
    }
}
