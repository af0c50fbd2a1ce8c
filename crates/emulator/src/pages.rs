//! Pagination of lists.

use serde_json::{Map, Value, json};
use tc3::CommonError;
use tc3_spec::{Action, Pagination};

use crate::service_error::ServiceError;

/// Reduces a response with a whole list to the requested page, and sets the total.
///
/// Without a page size, a page has `length` items, or all items. The token of a page is the number of items before it.
///
/// # Errors
/// Fails if a parameter is not a number, or if `Offset` must be a multiple of `Limit` and is not.
pub(crate) fn paginate(
    response: &mut Map<String, Value>,
    action: &Action,
    parameters: &Map<String, Value>,
    length: Option<u64>,
) -> Result<(), ServiceError> {
    let Some(pagination) = &action.pagination else {
        return Ok(());
    };
    let number =
        |name: Option<&str>| match name.and_then(|name| Some((name, parameters.get(name)?))) {
            None | Some((_, Value::Null)) => Ok(None),
            Some((name, value)) => parse_number(name, value).map(Some),
        };
    let position = number(pagination.position())?;
    let size = number(pagination.size(action))?;
    let (items, total, skipped) = match pagination {
        Pagination::None => return Ok(()),
        Pagination::Token {
            items, token, next, ..
        } => {
            let skipped = match parameters.get(token) {
                Some(Value::String(text)) if text.is_empty() => 0,
                _ => number(Some(token))?.unwrap_or(0),
            };
            // The token of an empty page would lead to the same page again.
            let size = size.filter(|size| *size > 0);
            let (count, taken) = take_page(response, items, skipped, size.or(length));
            let end = skipped.saturating_add(taken);
            set_next_token(response, next, (end < count).then_some(end));
            if let Pagination::Token {
                last: Some(last), ..
            } = pagination
            {
                set(response, &last.field, json!(last.value == (end >= count)));
            }
            return Ok(());
        }
        Pagination::Offset {
            items,
            total,
            multiple,
        } => {
            let skipped = position.unwrap_or(0);
            if let (true, Some(limit)) = (multiple, size)
                && skipped.checked_rem(limit) != Some(0)
            {
                return Err(ServiceError::common(
                    CommonError::InvalidParameterValue,
                    format_args!(
                        "The value of the parameter `Offset` must be a multiple of `Limit`; got {skipped} and {limit}."
                    ),
                ));
            }
            (items, total, skipped)
        }
        Pagination::Number {
            items,
            first,
            total,
            ..
        } => {
            let before = position.unwrap_or(*first).saturating_sub(*first);
            // Without a size, all items are on the first page.
            let size = size.or(length).unwrap_or(u64::MAX);
            (items, total, before.saturating_mul(size))
        }
    };
    let (count, _) = take_page(response, items, skipped, size.or(length));
    if let Some(total) = total {
        set(response, total, json!(count));
    }
    Ok(())
}

/// Reduces the list at a path to a page, and returns its length before and after.
fn take_page(
    response: &mut Map<String, Value>,
    items: &str,
    skipped: u64,
    size: Option<u64>,
) -> (u64, u64) {
    let Some(Value::Array(list)) = field_at(response, items) else {
        return (0, 0);
    };
    let count = list.len();
    list.drain(..clamp(skipped, count));
    list.truncate(clamp(size.unwrap_or(u64::MAX), count));
    (count as u64, list.len() as u64)
}

/// Parses a number, which may be sent as text.
fn parse_number(name: &str, value: &Value) -> Result<u64, ServiceError> {
    let number = match value {
        Value::String(text) => text.parse().ok(),
        value => value.as_u64(),
    };
    number.ok_or_else(|| {
        ServiceError::common(
            CommonError::InvalidParameterValue,
            format_args!(
                "The value of the parameter `{name}` must be a non-negative number; got {value}."
            ),
        )
    })
}

fn clamp(number: u64, max: usize) -> usize {
    usize::try_from(number).map_or(max, |number| number.min(max))
}

/// Sets the token of the next page, or removes it if there is none.
fn set_next_token(response: &mut Map<String, Value>, path: &str, next: Option<u64>) {
    if let Some(token) = field_at(response, path) {
        *token = match (&token, next) {
            (Value::String(_), Some(next)) => json!(next.to_string()),
            (Value::String(_), None) => json!(""),
            (_, Some(next)) => json!(next),
            (_, None) => Value::Null,
        };
    }
}

/// Sets the field at a path, if the response has it.
fn set(response: &mut Map<String, Value>, path: &str, value: Value) {
    if let Some(field) = field_at(response, path) {
        *field = value;
    }
}

/// Returns the field at a path, such as `Result.Members`.
pub(crate) fn field_at<'a>(
    response: &'a mut Map<String, Value>,
    path: &str,
) -> Option<&'a mut Value> {
    match path.split_once('.') {
        None => response.get_mut(path),
        Some((name, within)) => field_at(response.get_mut(name)?.as_object_mut()?, within),
    }
}
