//! The next page of a list.

use serde_json::{Map, Value};
use tc3_spec::Pagination;

/// Returns the parameters that ask for the page behind a response; `None` if there is none, or none is known of.
pub(super) fn parameters(
    pagination: &Pagination,
    parameters: &Map<String, Value>,
    response: &Map<String, Value>,
) -> Option<Map<String, Value>> {
    let items = at(response, pagination.items()?)?.as_array()?.len() as u64;
    let given = |name: &str| parameters.get(name).and_then(Value::as_u64);
    let total = |path: &Option<String>| at(response, path.as_deref()?)?.as_u64();
    let (name, next) = match pagination {
        Pagination::None => return None,
        Pagination::Offset { total: path, .. } => {
            let next = given("Offset").unwrap_or(0) + items;
            let is_last = items == 0 || total(path).is_some_and(|total| next >= total);
            (!is_last).then_some(("Offset", Value::from(next)))?
        }
        Pagination::Number {
            number,
            first,
            size,
            total: path,
            ..
        } => {
            let page = given(number).unwrap_or(*first);
            let length = size.as_deref().and_then(given).unwrap_or(items);
            let before = page.saturating_sub(*first) * length + items;
            let is_last = items == 0 || total(path).is_some_and(|total| before >= total);
            (!is_last).then_some((&**number, Value::from(page + 1)))?
        }
        Pagination::Token {
            token, next, last, ..
        } => {
            let last = last.as_ref();
            let is_last = last.is_some_and(|flag| {
                at(response, &flag.field).and_then(Value::as_bool) == Some(flag.value)
            });
            let next = at(response, next).filter(|next| match next {
                Value::Null => false,
                Value::String(text) => !text.is_empty(),
                _ => true,
            });
            (&**token, next.filter(|_| !is_last)?.clone())
        }
    };
    let mut parameters = parameters.clone();
    parameters.insert(name.to_owned(), next);
    Some(parameters)
}

/// Returns the value at a path of names.
fn at<'r>(response: &'r Map<String, Value>, path: &str) -> Option<&'r Value> {
    let mut names = path.split('.');
    let first = response.get(names.next()?)?;
    names.try_fold(first, |value, name| value.get(name))
}
