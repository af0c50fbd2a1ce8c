use std::fmt;

/// Wrong line in a step of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The step.
    pub part: Part,
    /// The line of the step, from 1.
    pub line: usize,
    /// The line as the client made it.
    pub found: String,
    /// The expected line, if the rules or another step determine it.
    pub expected: Option<String>,
    /// The rule.
    pub rule: &'static str,
}

/// A step of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Method, path, query, signed headers and the hash of the body.
    CanonicalRequest,
    /// Algorithm, timestamp, scope and the hash of the canonical request.
    StringToSign,
    /// The `Authorization` header.
    Authorization,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CanonicalRequest => "canonical request",
            Self::StringToSign => "string to sign",
            Self::Authorization => "Authorization header",
        })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            part,
            line,
            found,
            rule,
            ..
        } = self;
        write!(
            f,
            "{part}, line {line}: {rule}\n  found    `{}`",
            found.escape_debug()
        )?;
        match &self.expected {
            Some(expected) => write!(f, "\n  expected `{}`", expected.escape_debug()),
            None => Ok(()),
        }
    }
}
