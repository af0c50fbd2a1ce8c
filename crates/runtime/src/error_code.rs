use std::fmt;

/// Set of error codes: [`CommonError`](crate::CommonError), or the enum of an action whose codes are documented.
///
/// [`Error::is`](crate::Error::is) and [`Error::code_as`](crate::Error::code_as) take it.
pub trait ErrorCode: Sized + 'static {
    /// Returns the code as the service writes it, for example `FailedOperation.EmailAlreadyUsed`.
    fn as_str(&self) -> &str;

    /// Returns the variant of a code, or the one for unknown codes.
    fn from_code(code: &str) -> Self;
}

/// Returns the index of a code in a table of codes and meanings. For generated code.
#[doc(hidden)]
pub fn position(codes: &[(&str, &str)], code: &str) -> Option<usize> {
    codes.iter().position(|(documented, _)| *documented == code)
}

/// Returns a code that is in no table. For generated code.
#[doc(hidden)]
pub fn unknown(code: &str) -> UnknownCode {
    UnknownCode(code.into())
}

/// Error code that has no variant, in the `Unknown` variant of its set.
///
/// Programs cannot make one, so that they do not match a code as unknown that a later version has a variant for.
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
