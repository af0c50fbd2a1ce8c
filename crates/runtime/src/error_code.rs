use std::fmt;

/// A set of error codes: [`CommonError`](crate::CommonError), and one enum for each action whose codes are documented.
///
/// [`Error::is`](crate::Error::is) and [`Error::code_as`](crate::Error::code_as) take them.
pub trait ErrorCode: Clone + PartialEq + Sized + 'static {
    /// The documented codes, each with its meaning.
    const DOCUMENTED: &'static [(&'static str, &'static str)];

    /// The variants of the documented codes, in the same order.
    #[doc(hidden)]
    const VARIANTS: &'static [Self];

    /// The variant of an undocumented code.
    #[doc(hidden)]
    fn from_unknown(code: UnknownCode) -> Self;

    /// The undocumented code that this is.
    #[doc(hidden)]
    fn as_unknown(&self) -> Option<&UnknownCode>;

    /// The code as the service writes it: `FailedOperation.EmailAlreadyUsed`.
    fn as_str(&self) -> &str {
        match self.as_unknown() {
            Some(code) => code.as_str(),
            None => documented(self).map_or("", |(code, _)| code),
        }
    }

    /// Finds the code in the set, or keeps it as one that the set does not know.
    fn from_code(code: &str) -> Self {
        let index = position(Self::DOCUMENTED, code);
        match index.and_then(|index| Self::VARIANTS.get(index)) {
            Some(variant) => variant.clone(),
            None => Self::from_unknown(UnknownCode(code.into())),
        }
    }

    /// The documented meaning of the code, if it has one.
    fn meaning(&self) -> Option<&'static str> {
        documented(self).map(|(_, meaning)| *meaning)
    }
}

fn documented<E: ErrorCode>(code: &E) -> Option<&'static (&'static str, &'static str)> {
    let index = E::VARIANTS.iter().position(|variant| variant == code)?;
    E::DOCUMENTED.get(index)
}

fn position(documented: &[(&str, &str)], code: &str) -> Option<usize> {
    documented.iter().position(|(known, _)| *known == code)
}

/// A code that a set of error codes does not know, kept as the service wrote it.
///
/// It is what the `Unknown` variants hold. Programs cannot make one, so that a code which gets a variant
/// of its own in a later version is never matched as unknown by design.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct UnknownCode(Box<str>);

impl UnknownCode {
    /// The code as the service wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
