/// Seconds per day. Unix time has no leap seconds.
pub(super) const DAY: u64 = 24 * 60 * 60;

/// Formats the UTC date of a Unix time for signatures: `2019-02-25`.
pub(super) fn date(timestamp: u64) -> String {
    let (year, month, day) = civil(timestamp / DAY);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Returns year, month and day of a day number, which counts from 1970-01-01.
///
/// The calculation counts from 0000-03-01, so that a leap day is the last day of a year, and in cycles of 400 years,
/// which all have the same number of days.
fn civil(day: u64) -> (u64, u64, u64) {
    const CYCLE: u64 = 146_097;
    const FROM_0000_03_01_TO_1970: u64 = 719_468;

    let days = day + FROM_0000_03_01_TO_1970;
    let (cycle, day) = (days / CYCLE, days % CYCLE);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    // From March, months have 31, 30, 31, 30, 31 days in turn: 153 in five.
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = 400 * cycle + year + u64::from(month <= 2);
    (year, month, day_of_month)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn is_leap(year: u64) -> bool {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    }

    fn days_of_month(year: u64, month: u64) -> u64 {
        match month {
            2 => 28 + u64::from(is_leap(year)),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    #[test]
    fn dates_are_consecutive() {
        let (mut year, mut month, mut day) = (1970, 1, 1);
        let mut days = 0;
        while year < 2870 {
            assert_eq!(civil(days), (year, month, day), "day {days}");
            days += 1;
            day += 1;
            if day > days_of_month(year, month) {
                (month, day) = (month + 1, 1);
            }
            if month > 12 {
                (year, month) = (year + 1, 1);
            }
        }
    }

    #[test]
    fn day_ends_at_midnight_utc() {
        assert_eq!(date(0), "1970-01-01");
        assert_eq!(date(951_782_399), "2000-02-28");
        assert_eq!(date(951_782_400), "2000-02-29");
        assert_eq!(date(1_551_113_065), "2019-02-25");
        assert_eq!(date(u64::MAX), "584554051223-11-09");
    }

    proptest! {
        /// Counts the days of all years and months before the date.
        #[test]
        fn civil_date_converts_back_to_its_day(days in 0_u64..3_000_000) {
            let (year, month, day) = civil(days);
            prop_assert!((1..=12).contains(&month) && (1..=days_of_month(year, month)).contains(&day));
            let years: u64 = (1970..year).map(|year| 365 + u64::from(is_leap(year))).sum();
            let months: u64 = (1..month).map(|month| days_of_month(year, month)).sum();
            prop_assert_eq!(years + months + day - 1, days);
        }
    }
}
