//! The languages of snippets.

use std::fmt;
use std::str::FromStr;

use tc3_spec::did_you_mean;

/// A language of snippets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// Rust with the generated crate of the service, in an async program.
    Rust,
    /// The same in a program without an async runtime.
    RustBlocking,
    /// Rust with the macro of `tc3-macros`.
    Macro,
    /// The vendor's SDK for Python.
    Python,
    /// The vendor's SDK for Node.js.
    Node,
    /// The vendor's SDK for Go.
    Go,
    /// The vendor's SDK for Java.
    Java,
    /// The vendor's SDK for PHP.
    Php,
    /// The vendor's SDK for .NET.
    Csharp,
    /// The vendor's SDK for C++.
    Cpp,
    /// The vendor's SDK for Ruby.
    Ruby,
    /// A shell script with curl and openssl.
    Curl,
    /// The vendor's command line.
    Tccli,
    /// The command line of this project.
    Tc3,
}

impl Language {
    /// All languages, in the order for a list.
    pub const ALL: [Language; 14] = [
        Language::Rust,
        Language::RustBlocking,
        Language::Macro,
        Language::Python,
        Language::Node,
        Language::Go,
        Language::Java,
        Language::Php,
        Language::Csharp,
        Language::Cpp,
        Language::Ruby,
        Language::Curl,
        Language::Tccli,
        Language::Tc3,
    ];

    /// Returns the name in options, such as `rust`.
    pub fn name(self) -> &'static str {
        self.facts().0
    }

    /// Returns the name to display, such as `Rust`.
    pub fn title(self) -> &'static str {
        self.facts().1
    }

    /// Returns the usual extension of a file with the snippet, such as `rs`.
    pub fn extension(self) -> &'static str {
        self.facts().2
    }

    fn facts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Language::Rust => ("rust", "Rust", "rs"),
            Language::RustBlocking => ("rust-blocking", "Rust (blocking)", "rs"),
            Language::Macro => ("macro", "Rust (macro)", "rs"),
            Language::Python => ("python", "Python", "py"),
            Language::Node => ("node", "Node.js", "js"),
            Language::Go => ("go", "Go", "go"),
            Language::Java => ("java", "Java", "java"),
            Language::Php => ("php", "PHP", "php"),
            Language::Csharp => ("csharp", "C#", "cs"),
            Language::Cpp => ("cpp", "C++", "cpp"),
            Language::Ruby => ("ruby", "Ruby", "rb"),
            Language::Curl => ("curl", "curl", "sh"),
            Language::Tccli => ("tccli", "tccli", "sh"),
            Language::Tc3 => ("tc3", "tc3", "sh"),
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Error of a text that does not name a language.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown language `{name}`: expected one of {}{}", names().join(", "), hint(name))]
pub struct UnknownLanguage {
    name: String,
}

fn hint(name: &str) -> String {
    did_you_mean(name, Language::ALL.iter().map(|language| language.name()))
}

fn names() -> [String; Language::ALL.len()] {
    Language::ALL.map(|language| format!("`{language}`"))
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let mut all = Language::ALL.into_iter();
        let named = all.find(|language| language.name() == name);
        named.ok_or_else(|| UnknownLanguage {
            name: name.to_owned(),
        })
    }
}
