use std::fmt;
use std::ops::Range;

/// Problem of the arguments, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Subject and problem, without values of parameters, which may be secrets.
    pub message: String,
    /// The place in the arguments, if known.
    pub place: Option<ArgumentSpan>,
    /// Similar arguments, the closest first.
    pub similar: Vec<String>,
}

/// A part of an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArgumentSpan {
    /// The index of the argument.
    pub argument: usize,
    /// The bytes of the argument.
    pub range: Range<usize>,
    /// Whether the part may contain a secret, so that it must not be shown.
    pub is_hidden: bool,
}

impl Problem {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            place: None,
            similar: Vec::new(),
        }
    }

    pub(crate) fn at(mut self, argument: usize, range: Range<usize>) -> Self {
        self.place = Some(ArgumentSpan {
            argument,
            range,
            is_hidden: false,
        });
        self
    }

    /// Sets the place to a part of a value that may be a secret.
    pub(crate) fn within_value(mut self, argument: usize, range: Range<usize>) -> Self {
        self.place = Some(ArgumentSpan {
            argument,
            range,
            is_hidden: true,
        });
        self
    }

    pub(crate) fn similar(mut self, similar: Vec<String>) -> Self {
        self.similar = similar;
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
