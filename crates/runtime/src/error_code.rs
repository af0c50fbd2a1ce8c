use std::fmt;

/// A set of error codes that can be told from one another: [`CommonError`](crate::CommonError), and
/// one enum for each action whose codes are documented.
///
/// [`Error::is`](crate::Error::is) and [`Error::code_as`](crate::Error::code_as) take them.
pub trait ErrorCode: Sized + 'static {
    /// The code as the service writes it: `FailedOperation.EmailAlreadyUsed`.
    fn as_str(&self) -> &str;

    /// Finds the code in the set, or keeps it as one that the set does not know.
    fn from_code(code: &str) -> Self;
}

/// Where a code stands in a table of codes and meanings. For generated code.
#[doc(hidden)]
pub fn position(codes: &[(&str, &str)], code: &str) -> Option<usize> {
    codes.iter().position(|(documented, _)| *documented == code)
}

/// A code that is in no table. For implementations of [`ErrorCode::from_code`] in generated code.
#[doc(hidden)]
pub fn unknown(code: &str) -> UnknownCode {
    UnknownCode(code.into())
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
