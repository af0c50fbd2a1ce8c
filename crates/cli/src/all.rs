//! All pages of a list.

use std::process::ExitCode;

use serde_json::{Map, Value};
use tc3::Json;
use tc3::pages::{Flag, Listing, Paging};
use tc3_spec::{Pagination, TypeRef};

use crate::failure::Failure;
use crate::json;
use crate::line::Line;
use crate::options::Options;
use crate::progress::Progress;
use crate::session::Session;
use crate::target::Target;
use crate::terminal::print_stderr;

/// Page size for actions that require one. Most services accept it, and many have it as their default.
const PAGE_SIZE: u64 = 20;

/// Prepares the parameters of `--all`: checks that the action is paginated, and adds the number of the first page and
/// the page size if the action requires them.
///
/// # Errors
/// Fails if the action is not paginated.
pub(crate) fn prepare(
    line: &Line,
    target: &Target,
    options: &Options,
    parameters: &mut Map<String, Value>,
) -> Result<(), Failure> {
    if !options.all {
        return Ok(());
    }
    let described = target.described();
    let pagination = pagination(target);
    let first = match &pagination {
        Pagination::None => {
            let message = format!(
                "{} does not list pages, so --all does not apply",
                target.action
            );
            let at = line.words.iter().position(|word| word == "--all");
            return Err(match at {
                Some(at) => Failure::at_word(line, 0..0, at, message),
                None => Failure::usage(message),
            });
        }
        Pagination::Number { first, .. } => *first,
        Pagination::Offset { .. } | Pagination::Token { .. } => 0,
    };
    for (name, number) in [
        (pagination.position(), first),
        (pagination.size(described.action), PAGE_SIZE),
    ] {
        let mut request = described.action.request.iter();
        if let Some(field) = request.find(|field| field.required && name == Some(&field.name)) {
            let number = match is_text(&field.type_ref) {
                true => Value::from(number.to_string()),
                false => Value::from(number),
            };
            parameters.entry(field.name.clone()).or_insert(number);
        }
    }
    Ok(())
}

fn pagination(target: &Target) -> Pagination {
    let described = target.described();
    let action = described.action;
    action.pagination_or_derived(described.name, described.types)
}

fn is_text(type_ref: &TypeRef) -> bool {
    *type_ref == TypeRef::String
}

/// Describes the list to the runtime. The description is kept for the rest of the process.
fn listing(session: &Session<'_>, pagination: &Pagination) -> Option<&'static Listing> {
    let leak = |text: &str| &*text.to_owned().leak();
    let total = |total: &Option<String>| total.as_deref().map(leak);
    let paging = match pagination {
        Pagination::None => return None,
        Pagination::Offset {
            total: all,
            multiple,
            ..
        } => Paging::Offset {
            total: total(all),
            multiple: *multiple,
        },
        Pagination::Number {
            number,
            first,
            size,
            total: all,
            ..
        } => Paging::Number {
            number: leak(number),
            first: *first,
            size: size.as_deref().map(leak),
            total: total(all),
        },
        Pagination::Token {
            token, next, last, ..
        } => Paging::Token {
            token: leak(token),
            next: leak(next),
            last: last.as_ref().map(|last| Flag {
                field: leak(&last.field),
                value: last.value,
            }),
        },
    };
    let request = &session.target.described().action.request;
    let is_text = |name: &str| {
        let field = request.iter().find(|field| field.name == name);
        field.is_some_and(|field| is_text(&field.type_ref))
    };
    let items = leak(pagination.items()?);
    Some(Listing::describe(session.action, paging, items, is_text))
}

/// Fetches all pages, and prints them as one response, or each item as soon as its page arrives.
///
/// # Errors
/// Fails if a page fails. The earlier items are printed.
pub(crate) async fn run(session: &Session<'_>, parameters: Json) -> Result<ExitCode, Failure> {
    let pagination = pagination(session.target);
    let (Some(listing), Some(path)) = (listing(session, &pagination), pagination.items()) else {
        return Err(Failure::usage(format!(
            "{} does not list pages",
            session.target.action
        )));
    };
    let call = |error| Failure::Call(Box::new(error));
    let mut pages = session
        .client
        .pages_described(listing, parameters)
        .map_err(call)?;
    let mut list = Items {
        path,
        limit: session.options.max_items.unwrap_or(u64::MAX),
        count: 0,
        kept: Vec::new(),
        last: None,
    };
    let progress = Progress::new();
    let mut end = Ok(());
    while list.count < list.limit {
        progress.show(&format!("{} items", list.count));
        let page = tokio::select! {
            page = pages.next() => page,
            () = session.interrupted() => {
                end = Err(session.interruption());
                break;
            }
        };
        let response = match page {
            None => break,
            Some(Ok(response)) => session.response(&response).0,
            Some(Err(error)) => {
                end = Err(call(error));
                break;
            }
        };
        let is_streaming = session.printer.is_streaming();
        progress.show("");
        let is_open = list.add(response, |items| match is_streaming {
            true => session.printer.print_items(items).map(Some),
            false => Ok(None),
        })?;
        if !is_open {
            return Ok(ExitCode::SUCCESS);
        }
    }
    drop(progress);
    if list.count == list.limit {
        print_stderr(format_args!(
            "stopped after {} items (--max-items); the list may have more",
            list.count
        ));
    }
    let is_interrupted = matches!(end, Err(Failure::Interrupted { .. }));
    let is_whole = end.is_ok() || (!is_interrupted && session.printer.query.is_none());
    if is_whole
        && !session.printer.is_streaming()
        && let Some(response) = list.response()
    {
        session.printer.print(&response, "")?;
    }
    match end {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(failure) if list.count == 0 => Err(failure),
        Err(failure) => Err(Failure::Incomplete {
            items: list.count,
            failure: Box::new(failure),
        }),
    }
}

/// The items of the pages so far.
struct Items<'p> {
    /// Path of the items in a page.
    path: &'p str,
    limit: u64,
    count: u64,
    /// The items as JSON, unless they were printed.
    kept: Vec<String>,
    /// The last page.
    last: Option<String>,
}

impl Items<'_> {
    /// Adds the items of a page, and returns whether standard output is still open. `print` returns `None` to keep the
    /// items instead.
    fn add(
        &mut self,
        page: String,
        print: impl FnOnce(&[&str]) -> Result<Option<bool>, Failure>,
    ) -> Result<bool, Failure> {
        let mut items = json::elements(&page, self.path);
        items.truncate(usize::try_from(self.limit - self.count).unwrap_or(usize::MAX));
        self.count += items.len() as u64;
        match print(&items)? {
            Some(is_open) => Ok(is_open),
            None => {
                let items: Vec<String> = items.into_iter().map(str::to_owned).collect();
                self.kept.extend(items);
                self.last = Some(page);
                Ok(true)
            }
        }
    }

    /// Returns the last page with the items of all pages; `None` without a page.
    fn response(&self) -> Option<String> {
        let items = format!("[{}]", self.kept.join(","));
        Some(json::replace(self.last.as_deref()?, self.path, &items))
    }
}
