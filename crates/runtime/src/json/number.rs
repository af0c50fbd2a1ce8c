use super::{ReadError, Scanner};
use std::fmt;
use std::str::FromStr;

/// A JSON number of any size and precision: its text is kept.
///
/// Two numbers are equal if their texts are: `1` is not `1.0`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Repr);

/// Each text has one representation, so that the derived equality is that of texts.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    I64(i64),
    /// Above what an `i64` holds.
    U64(u64),
    /// Not the usual text of an `i64` or `u64`.
    Text(Box<str>),
}

/// A number on its way from a text to a field.
#[derive(Clone, Copy)]
pub(crate) enum Digits<'a> {
    I64(i64),
    /// Above what an `i64` holds.
    U64(u64),
    /// Not the usual text of an `i64` or `u64`, but within JSON's grammar.
    Text(&'a str),
}

impl Number {
    pub(crate) fn new(digits: Digits<'_>) -> Self {
        Self(match digits {
            Digits::I64(value) => Repr::I64(value),
            Digits::U64(value) => Repr::U64(value),
            Digits::Text(text) => Repr::Text(text.into()),
        })
    }

    pub(crate) fn digits(&self) -> Digits<'_> {
        match &self.0 {
            Repr::I64(value) => Digits::I64(*value),
            Repr::U64(value) => Digits::U64(*value),
            Repr::Text(text) => Digits::Text(text),
        }
    }

    /// The number as an integer, if it is one and fits: `1.0` is `1`.
    pub fn as_i64(&self) -> Option<i64> {
        self.digits().to_i64()
    }

    /// The number as an unsigned integer, if it is one and fits.
    pub fn as_u64(&self) -> Option<u64> {
        self.digits().to_u64()
    }

    /// The nearest double; `None` where that is infinite.
    pub fn as_f64(&self) -> Option<f64> {
        match self.digits() {
            Digits::I64(value) => Some(value as f64),
            Digits::U64(value) => Some(value as f64),
            Digits::Text(text) => text.parse().ok().filter(|value: &f64| value.is_finite()),
        }
    }

    /// The number's shortest text that gives this double again; `None` for what JSON has no number for: NaN and
    /// infinities.
    pub fn from_f64(value: f64) -> Option<Self> {
        value
            .is_finite()
            .then(|| Self(Repr::Text(format!("{value:?}").into())))
    }
}

impl<'a> Digits<'a> {
    /// Reads the text of a JSON number.
    pub(crate) fn parse(text: &'a str) -> Result<Self, ReadError> {
        let mut scanner = Scanner::new(text.as_bytes());
        let digits = scanner.number()?;
        scanner.end_here()?;
        Ok(digits)
    }

    /// The integer that this is, if it fits.
    pub(crate) fn to_i64(self) -> Option<i64> {
        match self {
            Self::I64(value) => Some(value),
            Self::U64(_) => None,
            Self::Text(text) => match whole(text)? {
                (false, size) => size.try_into().ok(),
                (true, size) => 0i64.checked_sub_unsigned(size),
            },
        }
    }

    /// The unsigned integer that this is, if it fits.
    pub(crate) fn to_u64(self) -> Option<u64> {
        match self {
            Self::I64(value) => value.try_into().ok(),
            Self::U64(value) => Some(value),
            Self::Text(text) => match whole(text)? {
                (false, size) => Some(size),
                (true, size) => (size == 0).then_some(0),
            },
        }
    }

    /// The double that this is, if it tells the same number as the text.
    ///
    /// Seventeen digits are as many as a double can need, so a text of no more is taken to be a double's.
    pub(crate) fn to_f64(self) -> Option<f64> {
        match self {
            Self::I64(value) => {
                let double = value as f64;
                (double as i128 == i128::from(value)).then_some(double)
            }
            Self::U64(value) => {
                let double = value as f64;
                (double as u128 == u128::from(value)).then_some(double)
            }
            Self::Text(text) => {
                let digits = text
                    .bytes()
                    .take_while(|byte| !matches!(byte, b'e' | b'E'))
                    .filter(u8::is_ascii_digit);
                let zeros = digits.clone().take_while(|&digit| digit == b'0').count();
                let significant = digits.clone().count() - zeros;
                let double: f64 = text.parse().ok()?;
                let whole = significant <= 17 && (double.is_normal() || significant == 0);
                whole.then_some(double)
            }
        }
    }
}

impl fmt::Display for Digits<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::I64(value) => write!(f, "{value}"),
            Self::U64(value) => write!(f, "{value}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.digits())
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Reads the text of a JSON number.
impl FromStr for Number {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        Digits::parse(text).map(Self::new)
    }
}

macro_rules! from_integers {
    ($($type:ty)*) => {$(
        impl From<$type> for Number {
            fn from(value: $type) -> Self {
                Self::from(i64::from(value))
            }
        }
    )*};
}

from_integers!(i8 i16 i32 u8 u16 u32);

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(Repr::I64(value))
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self(i64::try_from(value).map_or(Repr::U64(value), Repr::I64))
    }
}

/// The integer that a JSON number with a fraction or an exponent is: whether it is negative, and its size.
fn whole(text: &str) -> Option<(bool, u64)> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent),
        None => (text, "0"),
    };
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = || integer.bytes().chain(fraction.bytes());
    let length = integer.len() + fraction.len();
    let trailing = digits().rev().take_while(|&digit| digit == b'0').count();
    if trailing == length {
        return Some((negative, 0));
    }
    // An exponent that an i64 does not hold is that of no integer that a u64 holds, unless the mantissa were as long.
    let exponent: i64 = exponent.parse().ok()?;
    let power = exponent
        .checked_sub(i64::try_from(fraction.len()).ok()?)?
        .checked_add(i64::try_from(trailing).ok()?)?;
    let power = u32::try_from(power).ok()?;
    let size = digits()
        .take(length - trailing)
        .try_fold(0u64, |size, digit| {
            size.checked_mul(10)?.checked_add(u64::from(digit - b'0'))
        })?;
    Some((negative, size.checked_mul(10u64.checked_pow(power)?)?))
}
