//! Tokens on one line.

use proc_macro2::{Delimiter, Spacing, TokenTree};

use super::split::group;

/// The tokens on one line, spaced as rustfmt does it.
///
/// Angle brackets are taken for those of generic arguments: the emitters compare nothing.
pub(super) fn flat(tokens: &[TokenTree]) -> String {
    let mut line = String::new();
    append(tokens, &mut line);
    line
}

fn append(tokens: &[TokenTree], line: &mut String) {
    for (at, token) in tokens.iter().enumerate() {
        if at > 0 && is_spaced(&tokens[..at], token, tokens.get(at + 1)) {
            line.push(' ');
        }
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::None => ("", ""),
                };
                let inside: Vec<_> = group.stream().into_iter().collect();
                line.push_str(open);
                append(&inside, line);
                line.push_str(close);
            }
            other => line.push_str(&other.to_string()),
        }
    }
}

/// Whether a space stands between what is before and this token.
fn is_spaced(before: &[TokenTree], token: &TokenTree, after: Option<&TokenTree>) -> bool {
    let previous = &before[before.len() - 1];
    if let TokenTree::Punct(punct) = previous {
        return match punct.as_char() {
            _ if punct.spacing() == Spacing::Joint => false,
            // `::` in a path; a lone colon stands before a type.
            ':' => !ends_with_separator(before),
            '.' | '<' | '&' | '!' | '#' | '\'' => false,
            '>' if ends_with(before, &['-', '>']) || ends_with(before, &['=', '>']) => true,
            '>' => matches!(token, TokenTree::Ident(_)) || is_binary(token),
            _ => true,
        };
    }
    match token {
        TokenTree::Punct(punct) => match punct.as_char() {
            // Two colons go on with a path, unless they start one after a keyword.
            ':' if is_separator(punct, after) => {
                is_keyword(previous) || group(previous, Delimiter::Parenthesis).is_some()
            }
            '-' | '=' | '+' => true,
            '&' | '#' | '\'' => true,
            _ => false,
        },
        TokenTree::Group(group) => match group.delimiter() {
            Delimiter::Parenthesis => {
                is_keyword(previous) && !is_word(previous, &["self", "super"])
            }
            Delimiter::Brace => !is_separator_group(before),
            _ => false,
        },
        _ => true,
    }
}

fn is_binary(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if matches!(punct.as_char(), '=' | '+' | '-'))
        || matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

fn is_separator(punct: &proc_macro2::Punct, after: Option<&TokenTree>) -> bool {
    punct.spacing() == Spacing::Joint
        && matches!(after, Some(TokenTree::Punct(punct)) if punct.as_char() == ':')
}

fn ends_with_separator(tokens: &[TokenTree]) -> bool {
    ends_with(tokens, &[':', ':'])
}

/// Whether a brace group stands in a path, as in `use a::{b, c}`.
fn is_separator_group(before: &[TokenTree]) -> bool {
    ends_with_separator(before)
}

fn ends_with(tokens: &[TokenTree], puncts: &[char]) -> bool {
    tokens.len() >= puncts.len()
        && tokens[tokens.len() - puncts.len()..]
            .iter()
            .zip(puncts)
            .all(|(token, expect)| {
                matches!(token, TokenTree::Punct(punct) if punct.as_char() == *expect)
            })
}

fn is_keyword(token: &TokenTree) -> bool {
    is_word(
        token,
        &["dyn", "for", "impl", "in", "mut", "return", "use", "where"],
    )
}

fn is_word(token: &TokenTree, words: &[&str]) -> bool {
    matches!(token, TokenTree::Ident(ident) if words.iter().any(|word| ident == word))
}
