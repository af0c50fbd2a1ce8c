//! The next page of a list.

use serde_json::{Map, Value};
use tc3_spec::Pagination;

/// Returns the parameters of the page after a response; `None` if it is the last page, or the pagination is unknown.
pub(super) fn parameters(
    pagination: &Pagination,
    parameters: &Map<String, Value>,
    response: &Map<String, Value>,
) -> Option<Map<String, Value>> {
    let items = at(response, pagination.items()?)?.as_array()?.len() as u64;
    let given = |name: &str| number(parameters.get(name)?);
    let total = |path: &Option<String>| number(at(response, path.as_deref()?)?);
    let (name, next) = match pagination {
        Pagination::None => return None,
        Pagination::Offset {
            total: path,
            multiple,
            ..
        } => {
            let next = given("Offset").unwrap_or(0).checked_add(items)?;
            let is_short = *multiple && given("Limit").is_some_and(|limit| items < limit);
            let is_last = items == 0 || is_short || total(path).is_some_and(|total| next >= total);
            let next = like(parameters.get("Offset"), next);
            (!is_last).then_some(("Offset", next))?
        }
        Pagination::Number {
            number: name,
            first,
            size,
            total: path,
            ..
        } => {
            let page = given(name).unwrap_or(*first);
            let length = size.as_deref().and_then(given).unwrap_or(items);
            let before = page.saturating_sub(*first).checked_mul(length)?;
            let before = before.checked_add(items)?;
            let is_last = items == 0 || total(path).is_some_and(|total| before >= total);
            let next = like(parameters.get(name), page.checked_add(1)?);
            (!is_last).then_some((&**name, next))?
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

/// Returns an integer, which some services send as a String.
fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// Returns a number in the same JSON type as the previous value.
fn like(before: Option<&Value>, number: u64) -> Value {
    match before {
        Some(Value::String(_)) => number.to_string().into(),
        _ => number.into(),
    }
}

/// Returns the value at a path of names.
fn at<'r>(response: &'r Map<String, Value>, path: &str) -> Option<&'r Value> {
    let mut names = path.split('.');
    let first = response.get(names.next()?)?;
    names.try_fold(first, |value, name| value.get(name))
}
