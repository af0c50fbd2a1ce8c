use crate::language::Language;

/// Error of printing a call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The spec is invalid, or lacks the action.
    #[error(transparent)]
    Spec(#[from] tc3_codegen::Error),
    /// The region is invalid.
    #[error("`{0}` is not a region: it must be a name like `ap-guangzhou`")]
    Region(String),
    /// The endpoint is invalid.
    #[error(
        "`{0}` is not an endpoint: it must be a host or host:port, optionally after `https://` or `http://`"
    )]
    Endpoint(String),
    /// The endpoint has a user name, which may come with a password, so it is not quoted.
    #[error(
        "the endpoint has a user name: remove it; an endpoint is a host or host:port, optionally after `https://` or `http://`"
    )]
    EndpointUser,
    /// A number is beyond the range of floating-point numbers.
    #[error("the number {0} is too large: use one that a double can represent")]
    Number(String),
    /// The name of a parameter cannot be part of an argument.
    #[error(
        "the parameter `{0}` cannot be an argument, because its name is not a word; send it with another language"
    )]
    Name(String),
    /// The language cannot send a parameter.
    #[error("{language} cannot send {what}; choose another language")]
    Unsupported {
        /// The title of the language.
        language: &'static str,
        /// The unsupported value.
        what: String,
    },
}

impl Error {
    pub(crate) fn unsupported(language: Language, what: impl Into<String>) -> Self {
        Self::Unsupported {
            language: language.title(),
            what: what.into(),
        }
    }
}
