//! Prints a call of an action as code.
//!
//! [`snippet`] returns a complete program or command in one of the [languages](Language): for the clients of this
//! project, for the vendor's SDKs and command line, and for curl. It makes the call with exactly the given parameters.
//! [`arguments`] returns the arguments of `tc3` for the call.
//!
//! Snippets contain no credential: programs read it from `TENCENTCLOUD_SECRET_ID` and `TENCENTCLOUD_SECRET_KEY`, or find
//! it as their SDK does. Integers of any size are exact. Names and values are literals of the language, so they cannot
//! become code. Snippets send undocumented parameters, and values that do not fit their documented type, with the untyped
//! call of the SDK.
//!
//! Tests run the snippets of Rust, curl, the vendor's SDKs for Python and Node.js and its command line against the
//! emulator. They check the syntax of the others with compilers and grammars. They skip tools that are not installed.

#![forbid(unsafe_code)]

mod arguments;
mod call;
mod code;
mod error;
mod json;
mod language;
mod languages;
mod literal;
mod text;
mod typed;
mod variables;

pub use arguments::arguments;
pub use call::Call;
pub use error::Error;
pub use language::{Language, UnknownLanguage};

use call::Checked;

/// Returns the code of a call: a complete program or command, with a newline at its end.
///
/// # Errors
/// Fails if the spec lacks the action, if it has invalid names, if the region, the endpoint or a number is invalid, or if
/// the language has no means to send a parameter.
pub fn snippet(call: &Call<'_>, language: Language) -> Result<String, Error> {
    let checked = Checked::new(call)?;
    languages::print(&checked, language)
}
