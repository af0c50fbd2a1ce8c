//! The macro input.

use std::collections::HashSet;

use proc_macro2::Span;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Error, Ident, LitStr, Result, Token, bracketed, token};

/// `service: "name", version: "date", site: "name", spec: "path", actions: [Name, …]`, in any order.
pub(crate) struct Input {
    pub(crate) texts: Texts,
    /// The action names without duplicates; `None` means all actions.
    pub(crate) actions: Option<Vec<Ident>>,
}

/// The values that are strings. `spec` or `service` is present.
#[derive(Default)]
pub(crate) struct Texts {
    /// The spec's path.
    pub(crate) spec: Option<LitStr>,
    pub(crate) service: Option<LitStr>,
    pub(crate) version: Option<LitStr>,
    pub(crate) site: Option<LitStr>,
}

/// A key and its value.
struct Entry {
    key: Ident,
    value: Value,
}

enum Value {
    Text(LitStr),
    Actions(Actions),
}

/// An unchecked list of names, or `all`.
enum Actions {
    All,
    List {
        brackets: token::Bracket,
        names: Punctuated<Ident, Token![,]>,
    },
}

const SOURCE: &str = "`service: \"cvm\"` or `spec: \"path/of/the/spec.json\"`";
const ACTIONS: &str = "`actions: [Name, …]`";

impl Texts {
    /// Returns the slot of a key with a string value.
    fn slot(&mut self, key: &str) -> Option<&mut Option<LitStr>> {
        Some(match key {
            "spec" => &mut self.spec,
            "service" => &mut self.service,
            "version" => &mut self.version,
            "site" => &mut self.site,
            _ => return None,
        })
    }
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let (mut texts, mut actions) = (Texts::default(), None);
        let mut errors = Vec::new();
        for Entry { key, value } in input.parse_terminated(Entry::parse, Token![,])? {
            let is_duplicate = match value {
                Value::Text(text) => texts
                    .slot(&key.to_string())
                    .is_some_and(|slot| slot.replace(text).is_some()),
                Value::Actions(list) => {
                    errors.extend(list.problems());
                    actions.replace(list.names()).is_some()
                }
            };
            if is_duplicate {
                let message = format!("duplicate key `{key}`: remove one of them");
                errors.push(Error::new(key.span(), message));
            }
        }
        let has_source = texts.spec.is_some() || texts.service.is_some();
        match (has_source, actions) {
            (true, Some(actions)) => combine(errors).map(|()| Self { texts, actions }),
            (false, None) => Err(missing(
                "`service` and `actions` are",
                &[SOURCE, ACTIONS],
                errors,
            )),
            (false, Some(_)) => Err(missing("`service` is", &[SOURCE], errors)),
            (true, None) => Err(missing("`actions` is", &[ACTIONS], errors)),
        }
    }
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let expected = "expected `service`, `version`, `site`, `spec` or `actions`";
        let key = input
            .call(Ident::parse_any)
            .map_err(|error| Error::new(error.span(), expected))?;
        let value = if key == "actions" {
            colon(&key, input)?;
            Value::Actions(list(&key, input)?)
        } else if Texts::default().slot(&key.to_string()).is_some() {
            colon(&key, input)?;
            Value::Text(text(&key, input)?)
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
        let Actions::List { brackets, names } = self else {
            return Vec::new();
        };
        if names.is_empty() {
            let message = "the list is empty: name at least one action, or write `all`";
            return vec![Error::new(brackets.span.join(), message)];
        }
        let mut seen = HashSet::new();
        let repeated = names.iter().filter(|name| !seen.insert(*name));
        repeated
            .map(|name| {
                let message = format!("duplicate action `{name}`: remove one of them");
                Error::new(name.span(), message)
            })
            .collect()
    }

    /// Returns the names; `None` means all actions.
    fn names(self) -> Option<Vec<Ident>> {
        match self {
            Actions::All => None,
            Actions::List { names, .. } => Some(names.into_iter().collect()),
        }
    }
}

fn colon(key: &Ident, input: ParseStream<'_>) -> Result<Token![:]> {
    let span = value_span(key, input);
    input.parse().map_err(|_| {
        let message = format!("expected `:` between `{key}` and its value");
        Error::new(span, message)
    })
}

fn text(key: &Ident, input: ParseStream<'_>) -> Result<LitStr> {
    let span = value_span(key, input);
    input.parse().map_err(|_| {
        let message = if key == "spec" {
            "expected the path of a spec in quotes, like \"specs/organization/2021-03-31.json\""
        } else if key == "service" {
            "expected the name of a service in quotes, like \"organization\""
        } else if key == "version" {
            "expected a version in quotes, like \"2021-03-31\""
        } else {
            "expected `\"intl\"` or `\"mainland\"`"
        };
        Error::new(span, message)
    })
}

fn list(key: &Ident, input: ParseStream<'_>) -> Result<Actions> {
    if input.peek(Ident) && input.fork().parse::<Ident>()? == "all" {
        input.parse::<Ident>()?;
        return Ok(Actions::All);
    }
    if !input.peek(token::Bracket) {
        let message = "expected a list of actions, like `[AddOrganizationMemberEmail]`, or `all`";
        return Err(Error::new(value_span(key, input), message));
    }
    let content;
    let brackets = bracketed!(content in input);
    let names = content.parse_terminated(action, Token![,])?;
    Ok(Actions::List { brackets, names })
}

/// Returns the span for the error of a missing value: the next token, or the key at the end of the input.
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
