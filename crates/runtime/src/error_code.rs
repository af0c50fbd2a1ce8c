use std::fmt;

/// Set of error codes: [`CommonError`](crate::CommonError), or the enum of an action whose codes are documented.
///
/// [`Error::is`](crate::Error::is) and [`Error::code_as`](crate::Error::code_as) take them.
pub trait ErrorCode: Clone + PartialEq + Sized + 'static {
    /// Documented codes, each with its meaning.
    const DOCUMENTED: &'static [(&'static str, &'static str)];

    /// Variants of the documented codes, in the same order.
    #[doc(hidden)]
    const VARIANTS: &'static [Self];

    /// Returns the variant for an unknown code.
    #[doc(hidden)]
    fn from_unknown(code: UnknownCode) -> Self;

    /// Returns the unknown code, if this is one.
    #[doc(hidden)]
    fn as_unknown(&self) -> Option<&UnknownCode>;

    /// Returns the code as the service writes it, for example `FailedOperation.EmailAlreadyUsed`.
    fn as_str(&self) -> &str {
        match self.as_unknown() {
            Some(code) => code.as_str(),
            None => documented(self).map_or("", |(code, _)| code),
        }
    }

    /// Returns the variant of a code, or the one for unknown codes.
    fn from_code(code: &str) -> Self {
        let mut variants = Self::DOCUMENTED.iter().zip(Self::VARIANTS);
        match variants.find(|((known, _), _)| *known == code) {
            Some((_, variant)) => variant.clone(),
            None => Self::from_unknown(UnknownCode(code.into())),
        }
    }

    /// Returns the documented meaning of the code; `None` for an unknown code.
    fn meaning(&self) -> Option<&'static str> {
        documented(self).map(|(_, meaning)| *meaning)
    }
}

fn documented<E: ErrorCode>(code: &E) -> Option<&'static (&'static str, &'static str)> {
    let mut variants = E::DOCUMENTED.iter().zip(E::VARIANTS);
    variants
        .find(|(_, variant)| *variant == code)
        .map(|(documented, _)| documented)
}

/// Error code without a variant, in the `Unknown` variant of its set.
///
/// Programs cannot create one, so that no program matches a code as unknown that gets a variant in a later version.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnknownCode(Box<str>);

impl UnknownCode {
    /// Returns the code as the service wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
