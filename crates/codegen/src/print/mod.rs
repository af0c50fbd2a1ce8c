//! Tokens as text, laid out the way rustfmt would.
//!
//! This knows the syntax that the [emitters](crate::emit) write and no more: items, methods of one or two plain
//! statements, the runtime's macros. In return its output is what rustfmt's defaults make of it, with blank lines
//! where a reader expects them; a test holds it against rustfmt itself.

mod flat;
mod items;
mod split;
mod wrap;

use proc_macro2::{TokenStream, TokenTree};

/// The text of items.
pub(crate) fn items(tokens: TokenStream) -> String {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut out = String::new();
    items::items(&tokens, 0, &mut out);
    out
}

/// How wide lines may be.
const WIDTH: usize = 100;
/// How wide the arguments of a call on one line may be.
const CALL_WIDTH: usize = 60;
const INDENT: usize = 4;

/// Starts a line.
fn indent(indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
}

fn width(text: &str) -> usize {
    text.chars().count()
}
