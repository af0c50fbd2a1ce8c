//! Lossless conversion of JSON numbers.

/// Returns the double of a JSON number, unless digits would be lost.
///
/// A double needs at most 17 digits, so a shorter text counts as printed from a double.
pub(super) fn double(text: &str) -> Option<f64> {
    let double: f64 = text.parse().ok()?;
    let digits = || {
        let mantissa = text.bytes().take_while(|byte| !matches!(byte, b'e' | b'E'));
        mantissa.filter(u8::is_ascii_digit)
    };
    let zeros = digits().take_while(|digit| *digit == b'0').count();
    let significant = digits().count() - zeros;
    // A cast of a larger double saturates at the largest `i128`.
    if let Some(integer) = text.parse().ok().filter(|integer| *integer < i128::MAX) {
        return (double as i128 == integer).then_some(double);
    }
    (significant <= 17 && (double.is_normal() || significant == 0)).then_some(double)
}

/// Returns the integer of a JSON number, which may have a fraction or an exponent.
pub(super) fn integer(text: &str) -> Option<i128> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_end_matches('0');
    if matches!(significant, "" | "-") {
        return Some(0);
    }
    let exponent: i64 = exponent.parse().ok()?;
    let zeros = i64::try_from(digits.len() - significant.len()).ok()?;
    let power = exponent
        .checked_sub(i64::try_from(fraction.len()).ok()?)?
        .checked_add(zeros)?;
    let power = 10_i128.checked_pow(u32::try_from(power).ok()?)?;
    significant.parse::<i128>().ok()?.checked_mul(power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_with_fraction_or_exponent() {
        for (text, expected) in [
            ("1.0", Some(1)),
            ("1e3", Some(1000)),
            ("-12.500E1", Some(-125)),
            ("100e-2", Some(1)),
            ("0.000e99999999999", Some(0)),
            ("-0.0", Some(0)),
            ("9007199254740993.0", Some(9_007_199_254_740_993)),
            ("1.5", None),
            ("1e-1", None),
            ("1e40", None),
            ("1e99999999999999999999", None),
        ] {
            assert_eq!(integer(text), expected, "{text}");
        }
    }

    #[test]
    fn doubles_lose_no_digit() {
        for (text, expected) in [
            ("1.50", Some(1.5)),
            ("0.1", Some(0.1)),
            ("9007199254740993", None),
            ("9007199254740992", Some(9_007_199_254_740_992.0)),
            ("0.12345678901234567", Some(0.123_456_789_012_345_67)),
            ("0.123456789012345678", None),
            ("1e400", None),
            ("0e5", Some(0.0)),
        ] {
            assert_eq!(double(text), expected, "{text}");
        }
    }
}
