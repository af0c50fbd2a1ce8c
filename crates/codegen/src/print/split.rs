//! Tokens in pieces.

use proc_macro2::{Delimiter, Group, TokenTree};

/// What stands between top-level separators: not within groups, nor within generic arguments.
pub(super) fn split(tokens: &[TokenTree], separator: char) -> Vec<&[TokenTree]> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut depth = 0usize;
    for (at, token) in tokens.iter().enumerate() {
        if let TokenTree::Punct(punct) = token {
            match punct.as_char() {
                '<' => depth += 1,
                '>' if !is_arrow(tokens, at) => depth = depth.saturating_sub(1),
                c if c == separator && depth == 0 => {
                    pieces.push(&tokens[start..at]);
                    start = at + 1;
                }
                _ => {}
            }
        }
    }
    if start < tokens.len() {
        pieces.push(&tokens[start..]);
    }
    pieces
}

/// Where the first of these punctuation characters stands at top level.
pub(super) fn find(tokens: &[TokenTree], punct: char) -> Option<usize> {
    tokens
        .iter()
        .position(|token| matches!(token, TokenTree::Punct(p) if p.as_char() == punct))
}

/// Where this word stands at top level.
pub(super) fn find_word(tokens: &[TokenTree], word: &str) -> Option<usize> {
    tokens
        .iter()
        .position(|token| matches!(token, TokenTree::Ident(ident) if ident == word))
}

/// The index behind the generic arguments that start at `open`.
pub(super) fn close(tokens: &[TokenTree], open: usize) -> usize {
    let mut depth = 0usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        if let TokenTree::Punct(punct) = token {
            match punct.as_char() {
                '<' => depth += 1,
                '>' if !is_arrow(tokens, at) => {
                    depth -= 1;
                    if depth == 0 {
                        return at + 1;
                    }
                }
                _ => {}
            }
        }
    }
    tokens.len()
}

fn is_arrow(tokens: &[TokenTree], at: usize) -> bool {
    at > 0
        && matches!(&tokens[at - 1], TokenTree::Punct(punct) if matches!(punct.as_char(), '-' | '='))
}

/// The token as a group of this kind.
pub(super) fn group(token: &TokenTree, delimiter: Delimiter) -> Option<&Group> {
    match token {
        TokenTree::Group(group) if group.delimiter() == delimiter => Some(group),
        _ => None,
    }
}

/// What stands in a group.
pub(super) fn inside(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}
