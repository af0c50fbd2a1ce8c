//! What stands in the macro's braces.

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree, token_stream};

use crate::diagnostics::Diagnostics;

/// `spec: "path", actions: [Name, …]`.
pub(crate) struct Input {
    /// The spec's path as it was written.
    pub(crate) path: String,
    /// Where it was written.
    pub(crate) path_span: Span,
    /// The names of the actions, at least one, each once.
    pub(crate) actions: Vec<Ident>,
}

const EXPECTED: &str = "expected `spec: \"path/of/the/spec.json\"` or `actions: [Name, …]`";

impl Input {
    /// Reads the input.
    pub(crate) fn parse(input: TokenStream) -> Result<Self, Diagnostics> {
        let mut spec = None;
        let mut actions = None;
        let mut tokens = input.into_iter();
        while let Some(key) = tokens.next() {
            let TokenTree::Ident(key) = key else {
                return Err(Diagnostics::at(key.span(), EXPECTED));
            };
            match key.to_string().as_str() {
                "spec" if spec.is_none() => spec = Some(path(&value(&key, &mut tokens)?)?),
                "actions" if actions.is_none() => {
                    actions = Some(names(&value(&key, &mut tokens)?)?);
                }
                known @ ("spec" | "actions") => {
                    let message = format!("`{known}` is given twice");
                    return Err(Diagnostics::at(key.span(), message));
                }
                unknown => {
                    let message = format!("`{unknown}` is not known here: {EXPECTED}");
                    return Err(Diagnostics::at(key.span(), message));
                }
            }
            comma(&mut tokens)?;
        }
        let missing =
            |what: &str| Diagnostics::at(Span::call_site(), format!("`{what}` is missing"));
        let (path, path_span) = spec.ok_or_else(|| missing("spec: \"path/of/the/spec.json\""))?;
        Ok(Self {
            path,
            path_span,
            actions: actions.ok_or_else(|| missing("actions: [Name, …]"))?,
        })
    }
}

/// What stands behind `key:`.
fn value(key: &Ident, tokens: &mut token_stream::IntoIter) -> Result<TokenTree, Diagnostics> {
    match tokens.next() {
        Some(TokenTree::Punct(colon)) if colon.as_char() == ':' => {}
        Some(other) => {
            let message = format!("expected `:` between `{key}` and its value");
            return Err(Diagnostics::at(other.span(), message));
        }
        None => {
            let message = format!("expected `:` and a value behind `{key}`");
            return Err(Diagnostics::at(key.span(), message));
        }
    }
    let value = tokens.next().and_then(|token| match token {
        // A literal that another macro passes on stands in a group without delimiters.
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
            group.stream().into_iter().next()
        }
        token => Some(token),
    });
    value.ok_or_else(|| Diagnostics::at(key.span(), format!("`{key}` has no value")))
}

fn comma(tokens: &mut token_stream::IntoIter) -> Result<(), Diagnostics> {
    match tokens.next() {
        None => Ok(()),
        Some(TokenTree::Punct(comma)) if comma.as_char() == ',' => Ok(()),
        Some(other) => Err(Diagnostics::at(other.span(), "expected `,` before this")),
    }
}

fn path(value: &TokenTree) -> Result<(String, Span), Diagnostics> {
    let text = match value {
        TokenTree::Literal(literal) => string(literal),
        _ => None,
    };
    let message =
        "expected the path of a spec as a string, like \"specs/organization/2021-03-31.json\"";
    match text {
        Some(text) => Ok((text, value.span())),
        None => Err(Diagnostics::at(value.span(), message)),
    }
}

/// The text of a string literal. Paths need no escapes but those of backslash and quote.
fn string(literal: &Literal) -> Option<String> {
    let literal = literal.to_string();
    if let Some(raw) = literal.strip_prefix('r') {
        let raw = raw.trim_matches('#');
        return Some(raw.strip_prefix('"')?.strip_suffix('"')?.to_owned());
    }
    let quoted = literal.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::with_capacity(quoted.len());
    let mut rest = quoted.chars();
    while let Some(c) = rest.next() {
        text.push(match c {
            '\\' => match rest.next()? {
                escaped @ ('\\' | '"' | '\'') => escaped,
                _ => return None,
            },
            c => c,
        });
    }
    Some(text)
}

fn names(value: &TokenTree) -> Result<Vec<Ident>, Diagnostics> {
    match value {
        TokenTree::Group(list) if list.delimiter() == Delimiter::Bracket => list_of_names(list),
        other => Err(Diagnostics::at(
            other.span(),
            "expected a list of actions, like `[AddOrganizationMemberEmail]`",
        )),
    }
}

fn list_of_names(list: &Group) -> Result<Vec<Ident>, Diagnostics> {
    let mut names: Vec<Ident> = Vec::new();
    let mut diagnostics = Diagnostics::default();
    let mut tokens = list.stream().into_iter();
    while let Some(token) = tokens.next() {
        let TokenTree::Ident(name) = token else {
            return Err(Diagnostics::at(
                token.span(),
                "expected the name of an action",
            ));
        };
        if names.contains(&name) {
            diagnostics.add(name.span(), format!("`{name}` is listed twice"));
        } else {
            names.push(name);
        }
        comma(&mut tokens)?;
    }
    if names.is_empty() {
        diagnostics.add(list.span(), "the list is empty: name at least one action");
    }
    diagnostics.check().map(|()| names)
}
