//! The macro input.

use std::collections::HashSet;

use proc_macro2::Span;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Error, Ident, LitStr, Result, Token, bracketed, token};

/// `spec: "path", actions: [Name, …]`, in any order.
pub(crate) struct Input {
    /// The spec's path.
    pub(crate) spec: LitStr,
    /// The action names, at least one and without duplicates.
    pub(crate) actions: Vec<Ident>,
}

/// A key and its value.
struct Entry {
    key: Ident,
    value: Value,
}

enum Value {
    Spec(LitStr),
    Actions(Actions),
}

/// An unchecked list of names.
struct Actions {
    brackets: token::Bracket,
    names: Punctuated<Ident, Token![,]>,
}

const SPEC: &str = "`spec: \"path/of/the/spec.json\"`";
const ACTIONS: &str = "`actions: [Name, …]`";

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let (mut spec, mut actions) = (None, None);
        let mut errors = Vec::new();
        for Entry { key, value } in input.parse_terminated(Entry::parse, Token![,])? {
            let is_duplicate = match value {
                Value::Spec(path) => spec.replace(path).is_some(),
                Value::Actions(list) => {
                    errors.extend(list.problems());
                    actions.replace(list.names).is_some()
                }
            };
            if is_duplicate {
                let message = format!("duplicate key `{key}`: remove one of them");
                errors.push(Error::new(key.span(), message));
            }
        }
        match (spec, actions) {
            (Some(spec), Some(actions)) => combine(errors).map(|()| Self {
                spec,
                actions: actions.into_iter().collect(),
            }),
            (None, None) => Err(missing(
                "`spec` and `actions` are",
                &[SPEC, ACTIONS],
                errors,
            )),
            (None, Some(_)) => Err(missing("`spec` is", &[SPEC], errors)),
            (Some(_), None) => Err(missing("`actions` is", &[ACTIONS], errors)),
        }
    }
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let expected = format!("expected {SPEC} or {ACTIONS}");
        let key = input
            .call(Ident::parse_any)
            .map_err(|error| Error::new(error.span(), &expected))?;
        let value = if key == "spec" {
            colon(&key, input)?;
            Value::Spec(path(&key, input)?)
        } else if key == "actions" {
            colon(&key, input)?;
            Value::Actions(list(&key, input)?)
        } else {
            let message = format!("unknown key `{key}`: {expected}");
            return Err(Error::new(key.span(), message));
        };
        Ok(Self { key, value })
    }
}

impl Actions {
    /// Returns all errors of the list.
    fn problems(&self) -> Vec<Error> {
        if self.names.is_empty() {
            let message = "the list is empty: name at least one action";
            return vec![Error::new(self.brackets.span.join(), message)];
        }
        let mut seen = HashSet::new();
        let repeated = self.names.iter().filter(|name| !seen.insert(*name));
        repeated
            .map(|name| {
                let message = format!("duplicate action `{name}`: remove one of them");
                Error::new(name.span(), message)
            })
            .collect()
    }
}

fn colon(key: &Ident, input: ParseStream<'_>) -> Result<Token![:]> {
    let span = value_span(key, input);
    input.parse().map_err(|_| {
        let message = format!("expected `:` between `{key}` and its value");
        Error::new(span, message)
    })
}

fn path(key: &Ident, input: ParseStream<'_>) -> Result<LitStr> {
    let span = value_span(key, input);
    input.parse().map_err(|_| {
        let message =
            "expected the path of a spec in quotes, like \"specs/organization/2021-03-31.json\"";
        Error::new(span, message)
    })
}

fn list(key: &Ident, input: ParseStream<'_>) -> Result<Actions> {
    if !input.peek(token::Bracket) {
        let message = "expected a list of actions, like `[AddOrganizationMemberEmail]`";
        return Err(Error::new(value_span(key, input), message));
    }
    let content;
    let brackets = bracketed!(content in input);
    let names = content.parse_terminated(action, Token![,])?;
    Ok(Actions { brackets, names })
}

/// Returns the span for a missing value: the next token, or the key at the end of the input.
fn value_span(key: &Ident, input: ParseStream<'_>) -> Span {
    if input.is_empty() {
        key.span()
    } else {
        input.span()
    }
}

fn action(input: ParseStream<'_>) -> Result<Ident> {
    if let Ok(quoted) = input.fork().parse::<LitStr>() {
        let message = format!("write the name without quotes: `{}`", quoted.value());
        return Err(Error::new(quoted.span(), message));
    }
    input.call(Ident::parse_any).map_err(|error| {
        let message = "expected the name of an action, like `AddOrganizationMemberEmail`";
        Error::new(error.span(), message)
    })
}

/// Creates the error for missing keys, combined with other errors.
fn missing(keys: &str, entries: &[&str], others: Vec<Error>) -> Error {
    let message = format!("{keys} missing: add {}", entries.join(" and "));
    let mut error = Error::new(Span::call_site(), message);
    error.extend(others);
    error
}

/// Combines all errors into one, if there are any.
pub(crate) fn combine(errors: impl IntoIterator<Item = Error>) -> Result<()> {
    let combined = errors.into_iter().reduce(|mut all, error| {
        all.combine(error);
        all
    });
    combined.map_or(Ok(()), Err)
}
